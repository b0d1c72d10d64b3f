import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { decodeBase64url } from '../encoding/base64url'
import { isStrings, isText } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import type { Bytes } from '../encoding/utf8'
import { ConfigError } from '../errors/errors'

/** A private copy of a JWK's own members, none of which is trusted yet. */
export type Members = Readonly<Record<string, unknown>>

export const invalid = (): ConfigError => new ConfigError('key_invalid')
export const unsuitable = (): ConfigError => new ConfigError('key_unsuitable')

/**
 * The members of a JWK given as an object or as its JSON text.
 *
 * @throws ConfigError - `key_invalid`: not an object, not strict JSON, or without a `kty`
 */
export function readJwk(input: unknown): Members {
  const source = typeof input === 'string' ? parseJsonObject(input) : input
  // A null prototype: a member that the JWK lacks is never found on Object.prototype. What is no object has no members.
  const members: Members = { __proto__: null, ...(source as object) }
  if (typeof members['kty'] !== 'string') throw invalid()
  return members
}

/**
 * Checks the types of a JWK's metadata, then whether it is meant for this algorithm and these operations (RFC 7517 section 4).
 *
 * @param operations - values that `key_ops` must hold, where it is present
 * @returns the key's own `kid`
 * @throws ConfigError - `key_invalid` or `key_unsuitable`
 */
export function checkMetadata(jwk: Members, algorithm: Algorithm, operations: readonly string[]): string | undefined {
  const { kty, crv, kid, alg, use, key_ops: given } = jwk
  for (const member of [kid, alg, use]) if (member !== undefined && !isText(member)) throw invalid()
  if (given !== undefined && !isListOfOperations(given)) throw invalid()
  if (kty !== algorithm.kty || (algorithm.crv !== undefined && crv !== algorithm.crv)) throw unsuitable()
  if (alg !== undefined && algorithmOf(alg) !== algorithm) throw unsuitable()
  if (use !== undefined && use !== 'sig') throw unsuitable()
  if (given !== undefined && !operations.every((operation) => given.includes(operation))) throw unsuitable()
  return kid as string | undefined
}

const isListOfOperations = (value: unknown): value is readonly string[] =>
  isStrings(value) && new Set(value).size === value.length

/**
 * The bytes of a member in canonical base64url.
 *
 * @param size - the exact length, where the type of key says it
 * @throws ConfigError - `key_invalid`
 */
export function bytesOf(jwk: Members, name: string, size?: number): Bytes {
  const text = jwk[name]
  const bytes = isText(text) ? decodeBase64url(text) : undefined
  if (bytes === undefined || (size !== undefined && bytes.length !== size)) throw invalid()
  return bytes
}

/**
 * The `kid` of a key that may have one of its own and be given one.
 *
 * @throws ConfigError - `config_conflict`: they differ
 */
export function agreedKid(own: string | undefined, given: string | undefined): string | undefined {
  if (own !== undefined && given !== undefined && own !== given) throw new ConfigError('config_conflict')
  return own ?? given
}
