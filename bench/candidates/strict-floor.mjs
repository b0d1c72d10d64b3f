// What signing and verifying must do, in straight lines: one algorithm, one key, one issuer, one audience, nothing that can be
// configured, nothing that is called through anything else, no frozen result and no error that says why. What is faster than
// this leaves something out. It need not be slow where a token has the form in which tokens are minted: JSON that comes out of
// `JSON.stringify` as it went in holds no member twice.
import { isAscii, isUtf8 } from 'node:buffer'
import * as crypto from 'node:crypto'
import { headerOf, keysOf } from './floor.mjs'
import { checkHeader, claimsOf, jsonOf, MAX_LENGTH } from './strict-claims.mjs'
import { isPoint } from './strict-points.mjs'

const { createHmac, timingSafeEqual } = crypto

export const name = 'strict-floor'
export const isRepeated = true
export const hasKeySets = true

/** What is signed. */
function inputOf(claims, header, issuer, aud) {
  const input = header + Buffer.from(jsonOf(claims, issuer, aud)).toString('base64url')
  if (input.length + 87 > MAX_LENGTH) throw new Error('refused')
  return input
}

export function sign(material, profile) {
  const { issuer, audience, kid } = material
  const { secretKey, privateKey } = keysOf(material)
  const header = `${headerOf(profile, kid)}.`
  if (profile === 'hs512')
    return (claims, aud = audience) => {
      const input = inputOf(claims, header, issuer, aud)
      return `${input}.${createHmac('sha512', secretKey).update(input).digest('base64url')}`
    }
  return (claims, aud = audience) => {
    const input = inputOf(claims, header, issuer, aud)
    return `${input}.${crypto.sign(null, Buffer.from(input), privateKey).toString('base64url')}`
  }
}

/** What a segment says, written in the one way that there is. */
export function textOf(segment) {
  const bytes = Buffer.from(segment, 'base64url')
  if (bytes.toString('base64url') !== segment) throw new Error('refused')
  const plain = isAscii(bytes)
  if (!plain && !isUtf8(bytes)) throw new Error('refused')
  return plain ? bytes.latin1Slice() : bytes.utf8Slice()
}

/** Whether a header is the one that the kit writes. */
const isSight = (token, dot, known) => dot === known.length && token.startsWith(known)

/**
 * What an Ed25519 signature is held against: the message, and what it says.
 *
 * @param known - the header that is known by sight
 */
export function openEdwards(token, known, kid) {
  if (typeof token !== 'string' || token.length > MAX_LENGTH) throw new Error('refused')
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first < 1 || second < first + 2) throw new Error('refused')
  if (!isSight(token, first, known)) checkHeader(textOf(token.slice(0, first)), 'EdDSA', kid)
  const text = token.slice(second + 1)
  const signature = Buffer.from(text, 'base64url')
  if (signature.length !== 64 || signature.toString('base64url') !== text || !isPoint(signature))
    throw new Error('refused')
  return { input: Buffer.from(token.slice(0, second)), payload: token.slice(first + 1, second), signature }
}

export function verify(material, profile, { keySet } = {}) {
  const { kid } = material
  const { secretKey, publicKey } = keysOf(material)
  const known = headerOf(profile, kid)
  const keys = new Map(keySet?.keys.map((jwk) => [jwk.kid, crypto.createPublicKey({ key: jwk, format: 'jwk' })]))
  if (profile === 'hs512')
    return (token) => {
      if (typeof token !== 'string' || token.length > MAX_LENGTH) throw new Error('refused')
      const first = token.indexOf('.')
      const second = token.indexOf('.', first + 1)
      if (first < 1 || second < first + 2) throw new Error('refused')
      if (!isSight(token, first, known)) checkHeader(textOf(token.slice(0, first)), 'HS512')
      const mac = createHmac('sha512', secretKey).update(token.slice(0, second)).digest('base64url')
      const given = Buffer.from(token.slice(second + 1))
      // The one canonical text of the right bytes: whatever else is written there differs from it.
      if (given.length !== 86 || !timingSafeEqual(Buffer.from(mac), given)) throw new Error('refused')
      return claimsOf(textOf(token.slice(first + 1, second)), material)
    }
  return (token) => {
    const { input, payload, signature } = openEdwards(token, known, kid)
    const key = keySet ? keys.get(kid) : publicKey
    if (!crypto.verify(null, input, key, signature)) throw new Error('refused')
    return claimsOf(textOf(payload), material)
  }
}

/** A token in which the gateway acts for the subject of verified claims. */
export function delegate(material, profile, token, { permission }) {
  const mint = sign(material, profile)
  const original = verify(material, profile)(token)
  return () => {
    const { sub, permissions, roles, scope, tid, exp } = original
    if (!(Date.now() / 1000 < exp) || !permissions.includes(permission)) throw new Error('refused')
    return mint({ sub, permissions: [permission], roles, scope, tid, act: { sub: 'gateway' } }, 'orders')
  }
}
