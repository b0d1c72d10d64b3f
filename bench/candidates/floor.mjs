// The least that can be called signing and verifying on Node.js: `node:crypto`, JSON, and the three checks without which
// nobody may take part. Lenient base64url, lenient JSON, a `jti` that never changes.
import * as crypto from 'node:crypto'
import { join } from './payload.mjs'

const { createHmac, createPrivateKey, createPublicKey, createSecretKey, timingSafeEqual } = crypto
const LIFETIME = 900
const JTI = '3f1d7c52-6c0e-4a57-9a53-1f6b8f0a2c11'

export const name = 'floor'
export const isBare = true
export const isRepeated = true

/** Keys that `node:crypto` has imported once. */
export const keysOf = ({ secret, privatePem, publicPem }) => ({
  secretKey: createSecretKey(secret, 'base64url'),
  privateKey: createPrivateKey(privatePem),
  publicKey: createPublicKey(publicPem),
})

export const headerOf = (profile, kid) =>
  Buffer.from(
    profile === 'hs512' ? '{"alg":"HS512","typ":"JWT"}' : `{"alg":"EdDSA","kid":"${kid}","typ":"JWT"}`,
  ).toString('base64url')

export function sign(material, profile) {
  const { issuer, audience, kid } = material
  const { secretKey, privateKey } = keysOf(material)
  const header = `${headerOf(profile, kid)}.`
  const inputOf = (claims) => {
    const iat = Math.floor(Date.now() / 1000)
    const payload = join({ iss: issuer, aud: audience, iat, exp: iat + LIFETIME, jti: JTI }, claims)
    return header + Buffer.from(JSON.stringify(payload)).toString('base64url')
  }
  if (profile === 'hs512')
    return (claims) => {
      const input = inputOf(claims)
      return `${input}.${createHmac('sha512', secretKey).update(input).digest('base64url')}`
    }
  return (claims) => {
    const input = inputOf(claims)
    return `${input}.${crypto.sign(null, Buffer.from(input), privateKey).toString('base64url')}`
  }
}

/** The claims of a payload, once its signature holds. */
export function read(payload, { issuer, audience }) {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  if (claims.iss !== issuer || claims.aud !== audience || !(Date.now() / 1000 < claims.exp)) throw new Error('refused')
  return claims
}

export function verify(material, profile) {
  const { secretKey, publicKey } = keysOf(material)
  if (profile === 'hs512')
    return (token) => {
      const [header, payload, signature] = token.split('.')
      const mac = createHmac('sha512', secretKey).update(`${header}.${payload}`).digest()
      const given = Buffer.from(signature, 'base64url')
      if (given.length !== mac.length || !timingSafeEqual(mac, given)) throw new Error('refused')
      return read(payload, material)
    }
  return (token) => {
    const [header, payload, signature] = token.split('.')
    if (!crypto.verify(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url')))
      throw new Error('refused')
    return read(payload, material)
  }
}
