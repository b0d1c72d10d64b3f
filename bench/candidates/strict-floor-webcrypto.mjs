// The strict floor of runtimes whose cryptography is WebCrypto: what the one of Node.js does, with what every runtime has.
import { toBytes, toText, usesOf } from './floor-webcrypto.mjs'
import { checkHeader, claimsOf, jsonOf, MAX_LENGTH } from './strict-claims.mjs'
import { isPoint } from './strict-points.mjs'

export const name = 'strict-floor'
export const isRepeated = true

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const ALGORITHMS = { hs512: 'HMAC', eddsa: 'Ed25519' }

const headerOf = (profile, kid) =>
  toText(
    encoder.encode(
      JSON.stringify(profile === 'hs512' ? { alg: 'HS512', typ: 'JWT' } : { alg: 'EdDSA', kid, typ: 'JWT' }),
    ),
  )

export async function sign(material, profile) {
  const { issuer, audience, kid } = material
  const key = await usesOf[profile](material, 'sign')
  const algorithm = ALGORITHMS[profile]
  const header = `${headerOf(profile, kid)}.`
  return async (claims) => {
    const input = header + toText(encoder.encode(jsonOf(claims, issuer, audience)))
    if (input.length + 87 > MAX_LENGTH) throw new Error('refused')
    return `${input}.${toText(new Uint8Array(await crypto.subtle.sign(algorithm, key, encoder.encode(input))))}`
  }
}

/** What a segment holds, written in the one way that there is. */
function bytesOf(segment) {
  const bytes = toBytes(segment)
  if (toText(bytes) !== segment) throw new Error('refused')
  return bytes
}

export async function verify(material, profile) {
  const key = await usesOf[profile](material, 'verify')
  const algorithm = ALGORITHMS[profile]
  const known = headerOf(profile, material.kid)
  const isEdwards = profile === 'eddsa'
  return async (token) => {
    if (typeof token !== 'string' || token.length > MAX_LENGTH) throw new Error('refused')
    const first = token.indexOf('.')
    const second = token.indexOf('.', first + 1)
    if (first < 1 || second < first + 2) throw new Error('refused')
    if (first !== known.length || !token.startsWith(known))
      checkHeader(
        decoder.decode(bytesOf(token.slice(0, first))),
        isEdwards ? 'EdDSA' : 'HS512',
        isEdwards ? material.kid : undefined,
      )
    const signature = bytesOf(token.slice(second + 1))
    if (signature.length !== 64 || (isEdwards && !isPoint(signature))) throw new Error('refused')
    if (!(await crypto.subtle.verify(algorithm, key, signature, encoder.encode(token.slice(0, second)))))
      throw new Error('refused')
    return claimsOf(decoder.decode(bytesOf(token.slice(first + 1, second))), material)
  }
}
