// Keys and tokens that the tests share, made by node:crypto and not by the kit.
import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Jwk, KitConfig } from '../src/index'

export const NOW = 1_800_000_000
export const ISSUER = 'https://issuer.example'
export const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64url')

const digest = (text: string): Buffer => createHash('sha512').update(text).digest()
export const SECRET_BYTES = digest('a secret for tests')
export const SECRET = b64(SECRET_BYTES)
export const OTHER_SECRET = b64(digest('another secret for tests'))

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const ed25519 = (first: number) => {
  const seed = Uint8Array.from({ length: 32 }, (_, index) => index + first)
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}
export const ED_KEY = ed25519(0)
export const OTHER_ED_KEY = ed25519(1)
const jwkOf = (key: ReturnType<typeof ed25519>, kid: string) => ({ ...(key.export({ format: 'jwk' }) as Jwk), kid })
export const JWK = jwkOf(ED_KEY, 'ed-1')
export const OTHER_JWK = jwkOf(OTHER_ED_KEY, 'ed-2')

/** A JWK without its private member. */
export function publicJwk({ d: _, ...jwk }: Jwk): Jwk {
  return jwk
}
export const PUBLIC_JWK = publicJwk(JWK)

export const RSA_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
export const EC_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
export const publicHalf = (key: typeof RSA_KEY, members: object = {}): Jwk => ({
  ...(createPublicKey(key as never).export({ format: 'jwk' }) as Jwk),
  ...members,
})

export const HS_CONFIG = { issuer: ISSUER, audience: 'api', secret: SECRET, clock: () => NOW } satisfies KitConfig
export const ED_CONFIG = { issuer: ISSUER, audience: 'api', privateKey: JWK, clock: () => NOW } satisfies KitConfig

export const CLAIMS = { iss: ISSUER, aud: 'api', exp: NOW + 300, iat: NOW }

/** A compact JWS over exactly these texts. */
export function hs512(payload: unknown, header: unknown = { alg: 'HS512' }, secret: Uint8Array = SECRET_BYTES): string {
  const input = `${segment(header)}.${segment(payload)}`
  return `${input}.${createHmac('sha512', secret).update(input).digest('base64url')}`
}

export function eddsa(payload: unknown, header: unknown = { alg: 'EdDSA' }, key = ED_KEY): string {
  const input = `${segment(header)}.${segment(payload)}`
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`
}

export function outside(alg: 'RS256' | 'PS256' | 'ES256', payload: unknown, kid?: string): string {
  const input = `${segment({ alg, ...(kid !== undefined && { kid }) })}.${segment(payload)}`
  const padding = alg === 'PS256' ? { padding: 6, saltLength: 32 } : {}
  const key = alg === 'ES256' ? { key: EC_KEY, dsaEncoding: 'ieee-p1363' as const } : { key: RSA_KEY, ...padding }
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

const segment = (value: unknown): string => b64(typeof value === 'string' ? value : JSON.stringify(value))

/** What a promise is rejected with, as far as a test compares it. */
export async function refusal(promise: Promise<unknown> | (() => unknown)): Promise<object> {
  try {
    await (typeof promise === 'function' ? promise() : promise)
  } catch (error) {
    const { name, code, claim, variable } = error as Record<string, unknown>
    const members = Object.entries({ code, claim, variable }).filter(([, value]) => value !== undefined)
    return members.length > 0 ? Object.fromEntries(members) : { name }
  }
  return { refused: false }
}

export const MISUSE = { name: 'MisuseError' }
