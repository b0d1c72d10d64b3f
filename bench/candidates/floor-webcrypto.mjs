// The floor of runtimes whose cryptography is WebCrypto: the same as the floor of Node.js, with what every runtime has.
import { join } from './payload.mjs'

export const name = 'floor'
export const isBare = true
export const isRepeated = true
const JTI = '3f1d7c52-6c0e-4a57-9a53-1f6b8f0a2c11'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const HMAC = { name: 'HMAC', hash: 'SHA-512' }
const URL_SAFE = { alphabet: 'base64url', omitPadding: true }

/** By the platform where it can (Uint8Array.fromBase64), and by `atob` where it cannot. */
export const toBytes = Uint8Array.fromBase64
  ? (text) => Uint8Array.fromBase64(text, URL_SAFE)
  : (text) => {
      const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
      const bytes = new Uint8Array(binary.length)
      for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i)
      return bytes
    }

export const toText = Uint8Array.prototype.toBase64
  ? (bytes) => bytes.toBase64(URL_SAFE)
  : (bytes) =>
      btoa(String.fromCharCode(...bytes))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace(/=+$/, '')

/** The key of a profile, for signing or for verifying. */
export const usesOf = {
  hs512: ({ secret }, use) => crypto.subtle.importKey('raw', toBytes(secret), HMAC, false, [use]),
  eddsa: ({ jwk, publicJwk }, use) => {
    const { kty, crv, x, d } = use === 'sign' ? jwk : publicJwk
    return crypto.subtle.importKey('jwk', { kty, crv, x, ...(d ? { d } : {}) }, 'Ed25519', false, [use])
  },
}

export async function sign(material, profile) {
  const { issuer, audience, kid } = material
  const key = await usesOf[profile](material, 'sign')
  const algorithm = profile === 'hs512' ? 'HMAC' : 'Ed25519'
  const alg = profile === 'hs512' ? { alg: 'HS512', typ: 'JWT' } : { alg: 'EdDSA', kid, typ: 'JWT' }
  const header = `${toText(encoder.encode(JSON.stringify(alg)))}.`
  return async (claims) => {
    const iat = Math.floor(Date.now() / 1000)
    const payload = join({ iss: issuer, aud: audience, iat, exp: iat + 900, jti: JTI }, claims)
    const input = header + toText(encoder.encode(JSON.stringify(payload)))
    return `${input}.${toText(new Uint8Array(await crypto.subtle.sign(algorithm, key, encoder.encode(input))))}`
  }
}

export async function verify(material, profile) {
  const { issuer, audience } = material
  const key = await usesOf[profile](material, 'verify')
  const algorithm = profile === 'hs512' ? 'HMAC' : 'Ed25519'
  return async (token) => {
    const [header, payload, signature] = token.split('.')
    if (!(await crypto.subtle.verify(algorithm, key, toBytes(signature), encoder.encode(`${header}.${payload}`))))
      throw new Error('refused')
    const claims = JSON.parse(decoder.decode(toBytes(payload)))
    if (claims.iss !== issuer || claims.aud !== audience || !(Date.now() / 1000 < claims.exp))
      throw new Error('refused')
    return claims
  }
}
