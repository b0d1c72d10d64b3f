// jose, as its documentation says, with keys that were imported once.
import { createRemoteJWKSet, customFetch, importJWK, jwtVerify, SignJWT } from 'jose'

export const name = 'jose'
export const isRepeated = true
export const hasKeySets = true

/** A CryptoKey, which every runtime takes: raw bytes would be imported again at each call. */
async function keyOf(material, profile, use) {
  if (profile === 'eddsa') return importJWK(use === 'sign' ? material.jwk : material.publicJwk, 'EdDSA')
  const bytes = Uint8Array.from(atob(material.secret.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-512' }, false, [use])
}

export async function sign(material, profile) {
  const { issuer, audience, kid } = material
  const key = await keyOf(material, profile, 'sign')
  const header = profile === 'hs512' ? { alg: 'HS512', typ: 'JWT' } : { alg: 'EdDSA', kid, typ: 'JWT' }
  return (claims, aud = audience) => {
    const iat = Math.floor(Date.now() / 1000)
    return new SignJWT(claims)
      .setProtectedHeader(header)
      .setIssuer(issuer)
      .setAudience(aud)
      .setIssuedAt(iat)
      .setExpirationTime(iat + 900)
      .setJti(crypto.randomUUID())
      .sign(key)
  }
}

export async function verify({ issuer, audience, ...material }, profile, { keySet } = {}) {
  const fetched = async () => Response.json(keySet)
  const key = keySet
    ? createRemoteJWKSet(new URL('https://auth.example/jwks.json'), { [customFetch]: fetched })
    : await keyOf(material, profile, 'verify')
  const options = {
    algorithms: [profile === 'hs512' ? 'HS512' : 'EdDSA'],
    issuer,
    audience,
    typ: 'JWT',
    requiredClaims: ['exp', 'iat'],
    clockTolerance: 90,
  }
  return async (token) => (await jwtVerify(token, key, options)).payload
}

/** A token in which the gateway acts for the subject of verified claims, by hand. */
export async function delegate(material, profile, token, { permission }) {
  const mint = await sign(material, profile)
  const { sub, permissions, roles, scope, tid, exp } = await (await verify(material, profile))(token)
  return () => {
    if (!(Date.now() / 1000 < exp) || !permissions.includes(permission)) throw new Error('refused')
    return mint({ sub, permissions: [permission], roles, scope, tid, act: { sub: 'gateway' } }, 'orders')
  }
}
