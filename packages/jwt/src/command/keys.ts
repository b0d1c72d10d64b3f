// Keys that a command is given: JWKs and JWKS, from files and standard input.
import type { PublicAlgorithmName } from '../crypto/algorithms'
import { isJsonObject, type JsonObject, type JsonValue } from '../encoding/json-value'
import { ConfigError } from '../errors/errors'
import type { Jwk } from '../keys/key'
import { exportPublicJwk, importPublicKey, PRIVATE_MEMBERS } from '../keys/public-key'
import { algorithmOfKey } from '../keys/thumbprint'
import { CommandFailure, EXIT } from './failure'
import { objectOf, readSource, requireOneInput, sourceName } from './inputs'
import type { Output } from './output'

/** A JWK that was given, none of whose members is trusted yet. */
export interface GivenKey {
  /** Where it came from, as sentences say it. */
  readonly source: string
  readonly jwk: JsonObject
}

/** Of a key of another type, after what it is called. */
const UNKNOWN_TYPE = 'is not an Ed25519, P-256, P-384, P-521 or RSA key'

/** Why a key is refused, with the error code that it has everywhere. */
export const refusedKey = (code: string, sentence: string): CommandFailure =>
  new CommandFailure(sentence, EXIT.usage, code)

/**
 * The keys in FILEs, or on standard input where there are none.
 *
 * @throws CommandFailure
 */
export async function readKeys(output: Output, paths: readonly string[]): Promise<readonly GivenKey[]> {
  const sources = paths.length === 0 ? [undefined] : paths
  requireOneInput(sources)
  const found: GivenKey[] = []
  for (const path of sources) found.push(...keysOf(await readSource(output, path, 'a key'), sourceName(path)))
  return found
}

function keysOf(text: string, source: string): readonly GivenKey[] {
  if (text.includes('-----BEGIN '))
    throw new CommandFailure(`${source} is PEM, not JSON: 'kit-jwt jwks --import' makes JWKs of PEM`)
  const value = objectOf(text, source)
  if (Object.hasOwn(value, 'kty') || !Object.hasOwn(value, 'keys')) return [{ source, jwk: value }]
  const keys = value['keys']
  if (!Array.isArray(keys)) throw refusedKey('jwks_invalid', `'keys' in ${source} is not an array`)
  if (keys.length === 0) throw new CommandFailure(`there is no key in ${source}`)
  return (keys as readonly JsonValue[]).map((jwk, index) => {
    const name = `key ${index + 1} of ${source}`
    if (!isJsonObject(jwk)) throw refusedKey('key_invalid', `${name} is not a JSON object`)
    return { source: name, jwk }
  })
}

/** Refuses a shared secret: whatever is told of it tells of the secret. @throws CommandFailure */
export function requireNoSecret({ source, jwk }: GivenKey): void {
  if (jwk['kty'] === 'oct')
    throw refusedKey('key_unsuitable', `${source} is a shared secret, and nothing of it is shown`)
}

/**
 * The JWK to publish for a key: its public members, `kid`, `alg` and `use`.
 *
 * @param rsaAlg - the algorithm of an RSA key that does not say its own
 * @throws CommandFailure
 */
export async function publicJwkOf(key: GivenKey, rsaAlg: string | undefined): Promise<JsonObject> {
  requireNoSecret(key)
  const { source, jwk } = key
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name)))
    throw refusedKey('key_unsuitable', `${source} is a private key, and a set is published: give its public half`)
  const alg = algorithmFor(key, rsaAlg)
  try {
    const imported = await importPublicKey(jwk as unknown as Jwk, { alg })
    if (imported.alg === 'EdDSA') return exportPublicJwk(imported) as unknown as JsonObject
    return { ...imported.jwk, kid: imported.kid, alg: imported.alg, use: 'sig' }
  } catch (error) {
    throw judged(source, error)
  }
}

function algorithmFor({ source, jwk }: GivenKey, rsaAlg: string | undefined): PublicAlgorithmName {
  const found = algorithmOfKey(jwk)
  if (found === undefined) throw refusedKey('key_unsuitable', `${source} ${UNKNOWN_TYPE}`)
  if (found.kty !== 'RSA') return found.name as PublicAlgorithmName
  const alg = Object.hasOwn(jwk, 'alg') ? jwk['alg'] : rsaAlg
  if (alg === undefined)
    throw new CommandFailure(`${source} is an RSA key that does not say its algorithm: add --alg RS256 or --alg PS256`)
  if (alg !== 'RS256' && alg !== 'PS256')
    throw refusedKey('key_unsuitable', `${source} is an RSA key, and its alg is neither RS256 nor PS256`)
  return alg
}

const SENTENCES: Readonly<Record<string, string>> = {
  key_invalid: 'is not a valid key',
  key_weak: 'is an RSA key of less than 2048 bits',
  key_unsuitable: 'is not meant for verifying signatures: see its alg, use and key_ops',
}

/** What a fault of the toolkit says of a key that was given. */
function judged(source: string, error: unknown): unknown {
  const sentence = ConfigError.is(error) ? SENTENCES[error.code] : undefined
  return ConfigError.is(error) && sentence !== undefined ? refusedKey(error.code, `${source} ${sentence}`) : error
}

/** The same of a key of which only the material counts. */
export const judgedMaterial = (source: string, error: unknown): unknown =>
  ConfigError.is(error) && error.code === 'key_unsuitable'
    ? refusedKey(error.code, `${source} ${UNKNOWN_TYPE}`)
    : judged(source, error)
