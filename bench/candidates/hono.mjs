// hono/jwt: it imports its key again at each call, in whatever form it is given.
import { sign as honoSign, verify as honoVerify } from 'hono/jwt'
import { join } from './payload.mjs'

export const name = 'hono'

/** Text is UTF-8 to it: bytes that are no text have to come as a JWK. */
const keyOf = ({ secret, jwk, publicJwk, kid }, profile, use) => {
  if (profile === 'hs512') return { kty: 'oct', k: secret, alg: 'HS512' }
  const { kty, crv, x, d } = use === 'sign' ? jwk : publicJwk
  return { kty, crv, x, kid, alg: 'EdDSA', ...(d ? { d } : {}) }
}

export function sign(material, profile) {
  const { issuer, audience } = material
  const key = keyOf(material, profile, 'sign')
  return (claims) => {
    const iat = Math.floor(Date.now() / 1000)
    const registered = { iss: issuer, aud: audience, iat, exp: iat + 900, jti: crypto.randomUUID() }
    return honoSign(join(registered, claims), key, profile === 'hs512' ? 'HS512' : 'EdDSA')
  }
}

export function verify(material, profile) {
  const { issuer, audience } = material
  const key = keyOf(material, profile, 'verify')
  const options = { alg: profile === 'hs512' ? 'HS512' : 'EdDSA', iss: issuer, aud: audience }
  return (token) => honoVerify(token, key, options)
}
