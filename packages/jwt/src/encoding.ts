// Texts that must be the same bytes in every language, for those who write documents beside tokens.
import * as base64url from './encoding/base64url'
import { canonicalize as canonicalText } from './encoding/jcs'
import { type JsonValue, readJson } from './encoding/json-value'
import { parseJson as parseText } from './encoding/strict-json'
import type { Bytes } from './encoding/utf8'
import { MisuseError } from './errors/errors'

/**
 * Base64url without padding (RFC 4648 section 5).
 *
 * @param bytes - any number of them
 * @returns their text
 * @example
 * encodeBase64url(new Uint8Array([255, 255])) // '__8'
 */
export const encodeBase64url = (bytes: Uint8Array): string => base64url.encodeBase64url(bytes)

/**
 * The bytes of canonical base64url text: no padding, no other character, no unused bits that are set.
 *
 * @param text - base64url
 * @returns the bytes; undefined where the text is not the one that `encodeBase64url` gives for them
 * @example
 * decodeBase64url('__8') // Uint8Array(2) [ 255, 255 ]
 */
export const decodeBase64url = (text: string): Bytes | undefined => base64url.decodeBase64url(text)

/**
 * Canonical text of a JSON value (RFC 8785): the same for the same value in every language.
 *
 * @param value - plain objects, arrays, strings, numbers, booleans, null
 * @returns the text
 * @throws MisuseError - JSON cannot carry the value exactly: a number beyond ±(2^53 − 1), a lone surrogate, `undefined`, a
 *   cycle, more than 16 levels
 * @example
 * canonicalize({ b: 1, a: [true] }) // '{"a":[true],"b":1}'
 */
export function canonicalize(value: unknown): string {
  const json = readJson(value)
  if (json === undefined) throw new MisuseError('value: not JSON')
  return canonicalText(json)
}

/**
 * The value of a strict JSON text (RFC 8259, RFC 7493), deeply frozen.
 *
 * @param text - JSON, without a byte order mark
 * @returns the value; undefined where the text is not JSON, or says something twice or more than JSON can carry: duplicate
 *   members, numbers beyond ±(2^53 − 1), lone surrogates, more than 16 levels
 * @example
 * parseJson('{"a":1,"a":2}') // undefined
 */
export const parseJson = (text: string): JsonValue | undefined => parseText(text)

export type { JsonObject, JsonValue } from './encoding/json-value'
