import { type Algorithm, HS512 } from '../crypto/algorithms'
import { isJsonObject, isObject, isText, type JsonValue } from '../encoding/json-value'
import { parseJson } from '../encoding/strict-json'
import { ConfigError } from '../errors/errors'
import type { SecretKey } from '../keys/key'
import { type PublicMaterial, readPublicJwk } from '../keys/public-key'
import { readSecret } from '../keys/secret'
import { readJwks, usableKeys } from '../sources/key-set'
import type { Members } from './members'

/** At most so many secrets verify at once: enough to rotate, and each is tried in turn. */
const MAX_SECRETS = 4

/** The secrets of a list: text, `oct` JWK objects, or `{ kid, secret }`. */
export function readSecrets(members: Members, name: string, most = MAX_SECRETS): readonly SecretKey[] {
  if (!members.has(name)) return []
  const given = members.get(name)
  if (!Array.isArray(given) || given.length === 0 || given.length > most) members.fail('config_invalid', name)
  return [...given].map((item: unknown, index) =>
    members.blame(`${name}[${index}]`, () => {
      if (!isObject(item) || 'kty' in item) return readSecret(isText(item) || isObject(item) ? item : wrong())
      const { kid, secret, ...others } = item
      return isText(kid) && isText(secret) && Object.keys(others).length === 0 ? readSecret(secret, kid) : wrong()
    }),
  )
}

function wrong(): never {
  throw new ConfigError('config_invalid')
}

/**
 * The public keys of a member, each for every algorithm that it can be used with. Those of a set are ignored where they
 * cannot be used; keys that are named one by one are refused.
 *
 * @param algorithms - accepted ones
 */
export function readPublicKeys(
  members: Members,
  name: string,
  algorithms: readonly Algorithm[],
): readonly PublicMaterial[] {
  if (!members.has(name)) return []
  const rows = algorithms.filter((algorithm) => algorithm !== HS512)
  const given = members.get(name)
  if (Array.isArray(given)) {
    if (given.length === 0) members.fail('config_invalid', name)
    return [...given].flatMap((jwk: unknown, index) => members.blame(`${name}[${index}]`, () => readOne(jwk, rows)))
  }
  return members.blame(name, () => {
    const source = typeof given === 'string' ? parseText(given) : given
    if (source === undefined) wrong()
    return isObject(source) && Object.hasOwn(source, 'keys')
      ? usableKeys(readJwks(source), rows)
      : readOne(source, rows)
  })
}

function parseText(text: string): JsonValue | undefined {
  if (text === '') return undefined
  const value = parseJson(text)
  if (!isJsonObject(value)) throw new ConfigError('key_invalid')
  return value
}

/** A key on its own must be right for one of the algorithms at least. */
function readOne(jwk: unknown, algorithms: readonly Algorithm[]): PublicMaterial[] {
  const found: PublicMaterial[] = []
  const faults: unknown[] = []
  for (const algorithm of algorithms) {
    try {
      found.push(readPublicJwk(jwk, algorithm))
    } catch (fault) {
      faults.push(fault)
    }
  }
  if (found.length > 0) return found
  // What is wrong with the key itself says more than that it is not for another algorithm.
  throw faults.find((fault) => !(ConfigError.is(fault) && fault.code === 'key_unsuitable')) ?? faults[0]
}
