import { HS512 } from '../crypto/algorithms'
import { hs512 } from '../crypto/hs512'
import { decodeBase64url } from '../encoding/base64url'
import { isText } from '../encoding/json-value'
import { type Bytes, encodeUtf8 } from '../encoding/utf8'
import { ConfigError, MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { isAnotherKey } from './another-key'
import { agreedKid, checkMetadata, invalid, readJwk } from './jwk'
import type { Jwk, SecretKey } from './key'

/** RFC 7518 section 3.2 asks for a key of at least the size of the hash: 64 bytes. */
export const MIN_SECRET_BYTES = 64

/** @throws ConfigError - `key_invalid`, then `key_weak` */
function bytesOfText(text: unknown): Bytes {
  const bytes = typeof text === 'string' ? decodeBase64url(text) : undefined
  // Without its line breaks the text of a key can be base64url itself.
  if (bytes === undefined || isAnotherKey(bytes) || isAnotherKey(encodeUtf8(text as string))) throw invalid()
  if (bytes.length < MIN_SECRET_BYTES) throw new ConfigError('key_weak')
  return bytes
}

const keyOf = (secret: Bytes, kid: string | undefined): SecretKey =>
  Object.freeze({ alg: HS512.name as 'HS512', kid, bytes: secret.length, ...hs512(secret) })

/** Reads a secret, with the `kid` that it is given. */
export type SecretReader = (input: unknown, kid?: string, signs?: boolean) => SecretKey

/**
 * Reads a secret that is base64url text.
 *
 * @throws ConfigError - `key_invalid`, `key_weak`
 */
export const readSecretText: SecretReader = (text, kid) => keyOf(bytesOfText(text), kid)

/**
 * Reads a secret: base64url text, or an `oct` JWK as an object (never as text, which could be a public key's).
 *
 * @param kid - its id; a JWK's own must agree
 * @param signs - whether it is to sign: then `key_ops` of a JWK must say so
 * @throws ConfigError - `key_invalid`, `key_unsuitable`, `key_weak`, `config_conflict`
 */
export function readSecret(input: unknown, kid?: string, signs = false): SecretKey {
  if (typeof input === 'string') return readSecretText(input, kid)
  const jwk = readJwk(input)
  const own = checkMetadata(jwk, HS512, signs ? ['verify', 'sign'] : ['verify'])
  const secret = bytesOfText(jwk['k'])
  return keyOf(secret, agreedKid(own, kid))
}

/**
 * A shared secret for HS512 (RFC 7518 section 3.2).
 *
 * @param input - canonical, unpadded base64url text of at least 64 bytes, or an `oct` JWK object
 * @param options - `kid`: the key's id; a JWK's own must agree
 * @returns a key that signs and verifies, and shows nothing of the secret
 * @throws ConfigError - `key_invalid` (not canonical base64url, or the text of a PEM, SSH or JSON key), `key_unsuitable`
 *   (a JWK for something else), `key_weak` (less than 64 bytes), `config_conflict` (the JWK has another `kid`)
 * @throws MisuseError - wrong options
 * @example
 * const key = await importSecret(generateSecret(), { kid: '2026-11' })
 */
export async function importSecret(input: string | Jwk, options: { readonly kid?: string } = {}): Promise<SecretKey> {
  const { kid } = readOptions(options, ['kid'])
  if ('kid' in options && !isText(kid)) throw new MisuseError('kid is not a non-empty string')
  return readSecret(input, kid)
}
