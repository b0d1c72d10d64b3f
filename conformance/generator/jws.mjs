// Signs the exact bytes it is given, whatever they are: no JOSE library would put most of these headers on a token.
import { createHmac, sign } from 'node:crypto'
import { ecdsa, pss } from './deterministic.mjs'

export const bytesOf = (value) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value))
export const b64u = (value) => bytesOf(value).toString('base64url')

/** The signature of `message` by a key of keys.mjs; `alg` overrides the key's own algorithm (RSA keys serve two). */
export const signBytes = (key, message, alg = key.alg) => {
  const data = bytesOf(message)
  switch (alg) {
    case 'HS256':
    case 'HS384':
    case 'HS512':
      return createHmac(`sha${alg.slice(2)}`, key.bytes)
        .update(data)
        .digest()
    case 'EdDSA':
      return sign(null, data, key.privateKey)
    case 'RS256':
    case 'RS384':
    case 'RS512':
      return sign(`sha${alg.slice(2)}`, data, key.privateKey)
    case 'PS256':
      return pss(key, data)
    case 'ES256':
    case 'ES384':
    case 'ES512':
      return ecdsa(alg, key, data)
    default:
      throw new Error(`no signer for ${alg}`)
  }
}

/** A compact JWS of exactly these header and payload bytes. */
export const token = ({ header, payload, key, alg }) => {
  const input = `${b64u(header)}.${b64u(payload)}`
  return `${input}.${b64u(signBytes(key, input, alg))}`
}

/** Signs a signing input whose segments are already text, canonical or not. */
export const tokenOfSegments = ({ header, payload, key, alg }) => {
  const input = `${header}.${payload}`
  return `${input}.${b64u(signBytes(key, input, alg))}`
}

/** The token with another signature: bytes, or text that need not be base64url. */
export const withSignature = (compact, signature) => {
  const text = typeof signature === 'string' ? signature : b64u(signature)
  return `${compact.slice(0, compact.lastIndexOf('.'))}.${text}`
}

export const signatureOf = (compact) => Buffer.from(compact.slice(compact.lastIndexOf('.') + 1), 'base64url')
export const signingInputOf = (compact) => compact.slice(0, compact.lastIndexOf('.'))

/** The token with one of its three segments rewritten by `change(text)`; nothing is signed again. */
export const withSegment = (compact, index, change) => {
  const segments = compact.split('.')
  segments[index] = change(segments[index])
  return segments.join('.')
}
