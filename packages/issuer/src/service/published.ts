// What anybody may read: the keys, and where everything is.
import type { Jwk, Jwks } from '@kit/jwt'
import { canonicalize, encodeBase64url } from '@kit/jwt/encoding'
import { type Answer, answer, type Message } from '../http/message'
import type { IssuerConfig } from './config'

/** Members of public keys (RFC 7518 section 6, RFC 8037 section 2); nothing else leaves, and no other kind of key. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'x'],
  EC: ['crv', 'x', 'y'],
  RSA: ['n', 'e'],
}
const COMMON = ['kty', 'kid', 'alg', 'use']
const METHODS = 'GET, HEAD, OPTIONS'
const DAY = '86400'

// A browser may ask too: there is nothing secret in it.
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'etag' }

/** What a browser asks before it asks with `If-None-Match` (Fetch standard, CORS preflight). */
export const preflight = (): Answer => ({
  status: 204,
  headers: {
    ...OPEN,
    allow: METHODS,
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': 'if-none-match',
    'access-control-max-age': DAY,
  },
  body: '',
})

/** The set as it goes out: public members alone, whatever an authority gave. */
const publicOnly = ({ keys }: Jwks): Jwks => ({
  keys: keys.flatMap((key) => {
    const names = MEMBERS[key.kty]
    if (names === undefined) return []
    const members = Object.entries(key).filter(([name]) => COMMON.includes(name) || names.includes(name))
    return [Object.fromEntries(members) as unknown as Jwk]
  }),
})

export async function keys(message: Message, { authority }: IssuerConfig): Promise<Answer> {
  const set = publicOnly(await authority.jwks())
  return document(message, 'application/jwk-set+json', set, authority.timing.maxAge)
}

/** A document that caches may keep (RFC 9111) for some seconds, with a strong entity tag (RFC 9110 section 8.8.3). */
async function document(message: Message, type: string, value: object, maxAge: number): Promise<Answer> {
  const body = canonicalize(value)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))
  const etag = `"${encodeBase64url(new Uint8Array(digest).slice(0, 16))}"`
  const headers = { ...OPEN, 'cache-control': `public, max-age=${maxAge}`, etag }
  if (isKnown(message.headers['if-none-match'], etag)) return { status: 304, headers, body: '' }
  return { status: 200, headers: { 'content-type': type, ...headers }, body }
}

/** Weak comparison (RFC 9110 section 13.1.2): `W/` is left aside. */
const isKnown = (shown: string | undefined, etag: string): boolean =>
  shown !== undefined &&
  (shown.trim() === '*' || shown.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))

const METHODS_OF_CLIENTS = ['client_secret_basic', 'private_key_jwt']

/** Authorization server metadata (RFC 8414 section 2). */
export function metadata(message: Message, { authority, issuer }: IssuerConfig): Promise<Answer> {
  const base = issuer.replace(/\/$/, '')
  const value = {
    issuer,
    jwks_uri: `${base}/auth/.well-known/jwks.json`,
    token_endpoint: `${base}/auth/token`,
    introspection_endpoint: `${base}/auth/introspect`,
    revocation_endpoint: `${base}/auth/revoke`,
    grant_types_supported: ['client_credentials', 'urn:ietf:params:oauth:grant-type:token-exchange'],
    // There is no authorization endpoint.
    response_types_supported: [],
    token_endpoint_auth_methods_supported: METHODS_OF_CLIENTS,
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    introspection_endpoint_auth_methods_supported: METHODS_OF_CLIENTS,
    introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint_auth_methods_supported: METHODS_OF_CLIENTS,
    revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  }
  return document(message, 'application/json', value, authority.timing.maxAge)
}

/** What clients may sign their assertions with. */
export const ASSERTION_ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'RS256'] as const

/** Whether there is a key that signs now. */
export async function ready(_: Message, { authority }: IssuerConfig): Promise<Answer> {
  await authority.signer()
  return answer(200, { status: 'ready' })
}
