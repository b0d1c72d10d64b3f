import { type Algorithm, EDDSA, HS512 } from '../crypto/algorithms'
import { isNonEmpty, isObject, isText } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import { ConfigError } from '../errors/errors'
import type { SecretKey } from '../keys/key'
import { type PublicMaterial, readPublicJwk } from '../keys/public-key'
import type { SecretReader } from '../keys/secret'
import { readJwks, usableKeys } from '../sources/key-set'
import type { KeySource } from '../sources/key-source'
import { remoteSource } from '../sources/remote-jwks'
import type { MemberReader } from './members'
import type { Settings } from './settings'

/** What verifies the tokens of one issuer. */
export interface Verification {
  readonly secrets: readonly SecretKey[]
  readonly publicKeys: readonly PublicMaterial[]
  readonly source: KeySource | undefined
  /** Whether there may be further public keys: a set, of which any may be unusable, or a source. */
  readonly isOpen: boolean
}

/** The members of which an entry has one at most: where its public keys come from. */
const SOURCES = ['publicKeys', 'jwksUrl', 'jwksService', 'keySource']

/** Beside `secret`. */
const MAX_ACCEPTED = 3

/**
 * What a list of secrets looks like, whatever its keys are: text, `oct` JWK objects, or `{ kid, secret }`.
 *
 * @param readOne - reads one, later
 * @returns what reads each key, and throws the codes of keys
 * @throws ConfigError - `config_invalid`
 */
export const readSecretEntries = (
  members: MemberReader,
  readOne: SecretReader,
  name = 'acceptSecrets',
  most = MAX_ACCEPTED,
): readonly (() => SecretKey)[] =>
  members.items(name, most).map((item, index) => {
    const path = `${name}[${index}]`
    const isKey = isNonEmpty(item) || (isObject(item) && 'kty' in item)
    const { kid, secret, ...others } = (isKey ? { secret: item } : Object(item)) as Record<string, unknown>
    if (!isKey && !(isText(kid) && isNonEmpty(secret) && Object.keys(others).length === 0))
      members.fail('config_invalid', path)
    return () => members.blame(path, () => readOne(secret, kid as string | undefined))
  })

/** Whether there is, or may be, a key for an algorithm. */
export const serves = ({ secrets, publicKeys, isOpen }: Verification, algorithm: Algorithm): boolean =>
  algorithm === HS512 ? secrets.length > 0 : isOpen || publicKeys.some((key) => key.algorithm === algorithm)

/**
 * Public keys: those of a set are ignored where they cannot be used; keys that are given one by one are refused.
 *
 * @param accepted - algorithms; where none of them is asymmetric, public keys are taken for Ed25519 keys
 * @throws ConfigError - `config_invalid`, `jwks_invalid`, the codes of keys
 */
export function readPublicKeys(
  members: MemberReader,
  accepted: readonly Algorithm[],
): Pick<Verification, 'publicKeys' | 'isOpen'> {
  const name = 'publicKeys'
  const rows = accepted.filter((algorithm) => algorithm !== HS512)
  const algorithms = rows.length > 0 ? rows : [EDDSA]
  const isOpen = SOURCES.slice(1).some((source) => members.has(source))
  if (!members.has(name)) return { publicKeys: [], isOpen }
  const given = members.get(name)
  if (Array.isArray(given)) {
    const read = (jwk: unknown, index: number): PublicMaterial[] =>
      members.blame(`${name}[${index}]`, () => readOne(isObject(jwk) ? jwk : null, algorithms))
    return { publicKeys: members.items(name, given.length).flatMap(read), isOpen }
  }
  if (!isNonEmpty(given) && !isObject(given)) members.fail('config_invalid', name)
  return members.blame(name, () => {
    const source = isObject(given) ? given : parseJsonObject(given)
    const isSet = isObject(source) && Object.hasOwn(source, 'keys')
    const publicKeys = isSet ? usableKeys(readJwks(source), algorithms) : readOne(source, algorithms)
    return { publicKeys, isOpen: isOpen || isSet }
  })
}

/** A key on its own must be right for one of the algorithms at least. */
function readOne(jwk: unknown, algorithms: readonly Algorithm[]): PublicMaterial[] {
  const found: PublicMaterial[] = []
  let fault: unknown
  for (const algorithm of algorithms) {
    try {
      found.push(readPublicJwk(jwk, algorithm))
    } catch (error) {
      // What is wrong with the key itself says more than that it is not for another algorithm.
      if (fault === undefined || !ConfigError.is(error) || error.code !== 'key_unsuitable') fault = error
    }
  }
  if (found.length === 0) throw fault
  return found
}

/**
 * Where further keys come from.
 *
 * @param settings - of the kit, which has the cache's setting and the transport
 * @throws ConfigError - `config_conflict`: more than one of the members that say so
 */
export function readSource(
  members: MemberReader,
  { jwksUrl, keySource }: Pick<Settings, 'jwksUrl' | 'keySource'>,
  settings: Settings,
): KeySource | undefined {
  const named = SOURCES.filter((name) => members.has(name))
  // An adapter that knows the service puts its key source beside the name.
  if (named.length > 1 && named.join() !== 'jwksService,keySource')
    members.fail('config_conflict', named.at(-1) as string)
  const { jwksCacheTtl: cacheTtl, transport } = settings
  return jwksUrl === undefined ? keySource : remoteSource(jwksUrl, { cacheTtl, transport })
}
