import { type Algorithm, EDDSA, HS512 } from '../crypto/algorithms'
import { isNonEmpty, isObject, isText } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import { ConfigError } from '../errors/errors'
import type { SecretKey } from '../keys/key'
import { type PublicMaterial, readPublicJwk } from '../keys/public-key'
import { readSecret } from '../keys/secret'
import { readJwks, usableKeys } from '../sources/key-set'
import type { KeySource } from '../sources/key-source'
import { JWKS_CACHE_TTL, RemoteJwks } from '../sources/remote-jwks'
import { fetchFrom, isJwksUrl, type Transport } from '../sources/transport'
import { MAX_INTEGER, type Members } from './members'

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

/**
 * The keys of an entry.
 *
 * @param algorithms - accepted ones; where none of them is asymmetric, public keys are taken for Ed25519 keys
 * @param secrets - name of the list of secrets, and how many it may have
 * @param kit - members of the kit, which has the cache's setting and the transport
 */
export function readVerification(
  members: Members,
  algorithms: readonly Algorithm[],
  secrets: readonly [name: string, most: number],
  kit: Members,
): Verification {
  const rows = algorithms.filter((algorithm) => algorithm !== HS512)
  const named = SOURCES.filter((name) => members.has(name))
  const result = {
    secrets: readSecrets(members, ...secrets),
    ...readPublicKeys(members, rows.length > 0 ? rows : [EDDSA]),
  }
  // An adapter that knows the service puts its key source beside the name.
  if (named.length > 1 && `${named}` !== 'jwksService,keySource')
    members.fail('config_conflict', named.at(-1) as string)
  const source = readSource(members, kit)
  return { ...result, source, isOpen: result.isOpen || named.some((name) => name !== 'publicKeys') }
}

/** Whether there is, or may be, a key for an algorithm. */
export const serves = ({ secrets, publicKeys, isOpen }: Verification, algorithm: Algorithm): boolean =>
  algorithm === HS512 ? secrets.length > 0 : isOpen || publicKeys.some((key) => key.algorithm === algorithm)

/** Secrets as text, as `oct` JWK objects, or as `{ kid, secret }`. */
function readSecrets(members: Members, name: string, most: number): readonly SecretKey[] {
  return members.items(name, most).map((item, index) =>
    members.blame(`${name}[${index}]`, () => {
      if (isNonEmpty(item) || (isObject(item) && 'kty' in item)) return readSecret(item)
      const { kid, secret, ...others } = Object(item) as Record<string, unknown>
      if (!isText(kid) || !isText(secret) || Object.keys(others).length > 0) throw new ConfigError('config_invalid')
      return readSecret(secret, kid)
    }),
  )
}

/** Those of a set are ignored where they cannot be used; keys that are given one by one are refused. */
function readPublicKeys(
  members: Members,
  algorithms: readonly Algorithm[],
): Pick<Verification, 'publicKeys' | 'isOpen'> {
  const name = 'publicKeys'
  const given = members.get(name)
  if (!members.has(name)) return { publicKeys: [], isOpen: false }
  if (Array.isArray(given)) {
    const read = (jwk: unknown, index: number): PublicMaterial[] =>
      members.blame(`${name}[${index}]`, () => readOne(isObject(jwk) ? jwk : null, algorithms))
    return { publicKeys: members.items(name, given.length).flatMap(read), isOpen: false }
  }
  if (!isNonEmpty(given) && !isObject(given)) members.fail('config_invalid', name)
  return members.blame(name, () => {
    const source = isObject(given) ? given : parseJsonObject(given)
    const isOpen = isObject(source) && Object.hasOwn(source, 'keys')
    return { publicKeys: isOpen ? usableKeys(readJwks(source), algorithms) : readOne(source, algorithms), isOpen }
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

function readSource(members: Members, kit: Members): KeySource | undefined {
  const cacheTtl = kit.integer('jwksCacheTtl', 1, MAX_INTEGER, JWKS_CACHE_TTL)
  const transport = kit.callable<Transport>('transport') ?? fetchFrom
  const url = members.text('jwksUrl')
  if (url === undefined) return members.port<KeySource>('keySource', 'select')
  return isJwksUrl(url) ? new RemoteJwks(url, cacheTtl, transport) : members.fail('config_invalid', 'jwksUrl')
}
