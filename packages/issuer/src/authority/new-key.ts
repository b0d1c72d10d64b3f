import { generateKeyPair, generateSecret, type Jwk, thumbprint } from '@kit/jwt'
import { encodeBase64url } from '@kit/jwt/encoding'
import { type AuthorityAlgorithm, type NewKey, PUBLIC_MEMBERS } from './key-set'

const KID_BYTES = 16

const OUTSIDE = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
} as const

/** A key that nobody knows yet. Its `kid` is its thumbprint; a secret's says nothing of the secret. */
export async function newKey(algorithm: AuthorityAlgorithm): Promise<NewKey> {
  if (algorithm === 'HS512')
    return newKeyOf(algorithm, { kty: 'oct', k: generateSecret(), kid: newSecretKid(), alg: algorithm })
  return newKeyOf(algorithm, algorithm === 'EdDSA' ? (await generateKeyPair()).privateJwk : await outsideKey(algorithm))
}

/** The two halves of a key that has a `kid`; nothing of a secret is published. */
export function newKeyOf(algorithm: AuthorityAlgorithm, privateJwk: Jwk): NewKey {
  const kid = privateJwk.kid as string
  if (algorithm === 'HS512') return { kid, algorithm, privateJwk }
  const members = Object.entries(privateJwk).filter(([name]) => PUBLIC_MEMBERS.includes(name))
  return { kid, algorithm, publicJwk: Object.fromEntries(members) as Jwk, privateJwk }
}

/** Random: a thumbprint would tell of the secret. */
export const newSecretKid = (): string => encodeBase64url(crypto.getRandomValues(new Uint8Array(KID_BYTES)))

async function outsideKey(alg: 'ES256' | 'RS256'): Promise<Jwk> {
  const { privateKey } = await crypto.subtle.generateKey(OUTSIDE[alg], true, ['sign', 'verify'])
  const { key_ops: _, ext: __, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey)
  const members = jwk as unknown as Jwk
  return { ...members, kid: await thumbprint(members), alg, use: 'sig' }
}
