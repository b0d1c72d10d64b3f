import {
  ConfigError,
  createKeySet,
  importSecret,
  type Jwk,
  type PublicAlgorithmName,
  TokenError,
  thumbprint,
} from '@kit/jwt'
import { decodeBase64url } from '@kit/jwt/encoding'
import { isObject } from '../json'
import type { AuthorityAlgorithm, NewKey } from './key-set'
import type { Keys } from './life'
import { newKeyOf, newSecretKid } from './new-key'
import { signerOf } from './signers'

/** Of a private JWK (RFC 7518 section 6, RFC 8037 section 2): all of them must be there, and no others are stored. */
const MATERIAL = {
  EdDSA: ['x', 'd'],
  ES256: ['x', 'y', 'd'],
  RS256: ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'],
  HS512: ['k'],
} as const
const KINDS = { EdDSA: 'OKP', ES256: 'EC', RS256: 'RSA', HS512: 'oct' } as const
/** RFC 9864 gives the one algorithm another name. */
const NAMES = { EdDSA: ['EdDSA', 'Ed25519'], ES256: ['ES256'], RS256: ['RS256'], HS512: ['HS512'] } as const
const PROBE = new TextEncoder().encode('probe')

/**
 * A key that signs elsewhere already, and goes on here. It keeps its `kid`: tokens of it are on their way.
 *
 * @param jwk - a private JWK, or an `oct` one
 * @throws ConfigError - `key_invalid`, `key_unsuitable`, `key_weak` with `firstKey`
 */
export async function givenKey(jwk: unknown, algorithm: AuthorityAlgorithm): Promise<NewKey> {
  try {
    return await read(jwk, algorithm)
  } catch (error) {
    throw new ConfigError(codeOf(error), { variable: 'firstKey' })
  }
}

/** Of those that come after it, each is new. */
export function givenFirst(given: NewKey | undefined, keys: Keys): Keys {
  let first = given
  return () => {
    const key = first ?? keys()
    first = undefined
    return key
  }
}

/** What an import says of a key is of another library, and may quote it. */
function codeOf(error: unknown): 'key_invalid' | 'key_unsuitable' | 'key_weak' {
  // A set leaves out what its readers cannot use.
  if (TokenError.is(error)) return 'key_unsuitable'
  return ConfigError.is(error) && (error.code === 'key_unsuitable' || error.code === 'key_weak')
    ? error.code
    : 'key_invalid'
}

async function read(jwk: unknown, algorithm: AuthorityAlgorithm): Promise<NewKey> {
  if (!isObject(jwk)) throw new ConfigError('key_invalid')
  const { kty, crv, alg = algorithm, use = 'sig', key_ops: uses = ['sign'], kid: own } = jwk
  const isFor = kty === KINDS[algorithm] && (NAMES[algorithm] as readonly unknown[]).includes(alg)
  if (!isFor || use !== 'sig' || ![uses].flat().includes('sign')) throw new ConfigError('key_unsuitable')
  if (own !== undefined && (typeof own !== 'string' || own === '')) throw new ConfigError('key_invalid')
  const material = MATERIAL[algorithm].map((name) => [name, jwk[name]] as const)
  const isWhole = material.every(([, text]) => typeof text === 'string' && decodeBase64url(text) !== undefined)
  if (!isWhole) throw new ConfigError('key_invalid')
  const members = { kty, ...Object.fromEntries(material), alg: algorithm } as unknown as Jwk
  if (algorithm === 'HS512') {
    await importSecret(members)
    return newKeyOf(algorithm, { ...members, kid: own ?? newSecretKid() })
  }
  const whole = typeof crv === 'string' ? { ...members, crv, use: 'sig' } : { ...members, use: 'sig' }
  const key = newKeyOf(algorithm, { ...whole, kid: own ?? (await thumbprint(whole)) })
  await prove(key, algorithm)
  return key
}

/** What it signs must hold under what is published, for the verifiers of the kits. */
async function prove(key: NewKey, alg: PublicAlgorithmName): Promise<void> {
  const set = await createKeySet({ keys: [key.publicJwk as Jwk] }, { algorithms: [alg] })
  const published = set.select({ alg, kid: key.kid })
  const signer = await signerOf({ ...key, state: 'active', publishedAt: 0, activatedAt: 0 })
  if (!(await published.verify(PROBE, (await signer.sign(PROBE)) as Uint8Array<ArrayBuffer>)))
    throw new ConfigError('key_invalid')
}
