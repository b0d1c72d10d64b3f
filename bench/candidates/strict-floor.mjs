// What signing and verifying must do, in straight lines: one algorithm, one key, one issuer, one audience, nothing that can be
// configured, nothing that is called through anything else, no frozen result and no error that says why. What is faster than
// this leaves something out. It need not be slow where a token has the form in which tokens are minted: JSON that comes out of
// `JSON.stringify` as it went in holds no member twice.
import { isAscii, isUtf8 } from 'node:buffer'
import * as crypto from 'node:crypto'
import { headerOf, keysOf } from './floor.mjs'
import { isStrict } from './strict-json.mjs'

const { createHmac, randomUUID, timingSafeEqual } = crypto

export const name = 'strict-floor'
export const isRepeated = true
export const hasKeySets = true

const TTL = 900
const LEEWAY = 90
const MAX_LIFETIME = 86400
const MAX_TIME = 253402300799
const MAX_LENGTH = 16384
const MAX_DEPTH = 16

const isText = (value) => typeof value === 'string' && value !== ''
const isTime = (value) => typeof value === 'number' && value >= 0 && value <= MAX_TIME

function areTexts(value) {
  if (!Array.isArray(value)) return false
  for (let i = 0; i < value.length; i++) if (typeof value[i] !== 'string') return false
  return true
}

/** Whether numbers and depth of a value are such that every language reads them alike. */
function isPortable(value, depth) {
  if (typeof value === 'number') return value >= -Number.MAX_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
  if (typeof value !== 'object' || value === null) return true
  if (depth > MAX_DEPTH) return false
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++)
      if (typeof value[i] !== 'string' && !isPortable(value[i], depth + 1)) return false
    return true
  }
  for (const member in value)
    if (typeof value[member] !== 'string' && !isPortable(value[member], depth + 1)) return false
  return true
}

/** Names that an object does not keep in the order in which they are given: refused here, so that one `JSON.stringify` will do. */
const isIndex = (name) => name >= '0' && name < ':' && /^\d+$/.test(name)

/** A copy that `JSON.stringify` writes as RFC 8785 wants it. Throws for what JSON cannot carry exactly. */
function inOrder(value, depth) {
  if (typeof value === 'string') return value
  if (typeof value === 'number') {
    if (!isPortable(value, depth)) throw new Error('refused')
    return value
  }
  if (typeof value === 'boolean' || value === null) return value
  if (typeof value !== 'object' || depth > MAX_DEPTH) throw new Error('refused')
  if (Array.isArray(value)) {
    const copy = []
    for (let i = 0; i < value.length; i++) copy.push(inOrder(value[i], depth + 1))
    return copy
  }
  const names = Object.keys(value).sort()
  const copy = {}
  for (let i = 0; i < names.length; i++) {
    const member = names[i]
    if (isIndex(member) || member === '__proto__') throw new Error('refused')
    copy[member] = inOrder(value[member], depth + 1)
  }
  return copy
}

/** Whether each claim that is there has its type, `iat` and `sub` among those that must be. */
function areTyped({ iss, aud, exp, iat, nbf, sub, jti, permissions, roles, groups, scope, act }) {
  return (
    isText(iss) &&
    (isText(aud) || (areTexts(aud) && aud.length > 0 && !aud.includes(''))) &&
    isTime(exp) &&
    isTime(iat) &&
    (nbf === undefined || isTime(nbf)) &&
    (sub === undefined || isText(sub)) &&
    (jti === undefined || isText(jti)) &&
    (permissions === undefined || areTexts(permissions)) &&
    (roles === undefined || areTexts(roles)) &&
    (groups === undefined || areTexts(groups)) &&
    (scope === undefined || typeof scope === 'string') &&
    (act === undefined || isActor(act))
  )
}

function isActor(act) {
  let depth = 0
  for (let one = act; one !== undefined; one = one.act) {
    if (++depth > 5 || typeof one !== 'object' || one === null || Array.isArray(one)) return false
    if (!isText(one.sub) || (one.iss !== undefined && !isText(one.iss))) return false
  }
  return true
}

function inputOf(claims, header, issuer, aud) {
  const iat = Math.floor(Date.now() / 1000)
  const names = Object.keys(claims)
  names.push('aud', 'exp', 'iat', 'iss')
  if (claims.jti === undefined) names.push('jti')
  names.sort()
  const whole = {}
  for (let i = 0; i < names.length; i++) {
    const member = names[i]
    switch (member) {
      case 'aud':
        whole.aud = aud
        break
      case 'exp':
        whole.exp = iat + TTL
        break
      case 'iat':
        whole.iat = iat
        break
      case 'iss':
        whole.iss = issuer
        break
      case 'jti':
        whole.jti = claims.jti ?? randomUUID()
        break
      default: {
        const value = claims[member]
        // A name that is there twice now was given as a claim that only options may set.
        if (isIndex(member) || member === '__proto__') throw new Error('refused')
        whole[member] = typeof value === 'string' ? value : inOrder(value, 2)
      }
    }
  }
  if (names.length !== Object.keys(whole).length || !areTyped(whole)) throw new Error('refused')
  const json = JSON.stringify(whole)
  // Half of a pair, or a text that merely looks like one.
  if (json.includes('\\u') && !isStrict(json)) throw new Error('refused')
  const input = header + Buffer.from(json).toString('base64url')
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

/** The claims of a payload whose signature holds. */
function read(segment, { issuer, audience }) {
  const bytes = Buffer.from(segment, 'base64url')
  if (bytes.toString('base64url') !== segment) throw new Error('refused')
  const plain = isAscii(bytes)
  if (!plain && !isUtf8(bytes)) throw new Error('refused')
  const text = plain ? bytes.latin1Slice() : bytes.utf8Slice()
  const claims = JSON.parse(text)
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) throw new Error('refused')
  if ((text.includes('\\') || JSON.stringify(claims) !== text) && !isStrict(text)) throw new Error('refused')
  if (!isPortable(claims, 1) || !areTyped(claims)) throw new Error('refused')
  const { iss, aud, exp, iat, nbf } = claims
  if (iss !== issuer || (aud !== audience && !(Array.isArray(aud) && aud.includes(audience))))
    throw new Error('refused')
  const now = Date.now() / 1000
  if (!(now < exp + LEEWAY) || (nbf !== undefined && !(nbf <= now + LEEWAY)) || !(iat <= now + LEEWAY))
    throw new Error('refused')
  if (exp - iat > MAX_LIFETIME || claims.cnf !== undefined) throw new Error('refused')
  return claims
}

/** The y below p of the points of low order; with either sign they are 10 of the 14 encodings, the other four are not below p. */
const SMALL = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])

/** Whether the R of a signature is below p and not of low order. By its last byte alone nearly every one is. */
function isPoint(signature) {
  const last = signature[31] & 0x7f
  if (last !== 0 && last !== 0x7f && last !== 0x05 && last !== 0x7a) return true
  const y = Buffer.from(signature.subarray(0, 32))
  y[31] = last
  // p is 2^255 − 19, little-endian: ed, then ff, then 7f.
  if (last === 0x7f && y[0] >= 0xed && y.subarray(1, 31).every((byte) => byte === 0xff)) return false
  return !SMALL.has(y.toString('hex'))
}

/** The header that the kit writes is known by sight; any other is read. */
function checkHeader(segment, alg, wanted) {
  const bytes = Buffer.from(segment, 'base64url')
  const text = bytes.toString()
  const header = JSON.parse(text)
  const { typ, kid } = header
  if (
    bytes.toString('base64url') !== segment ||
    !isUtf8(bytes) ||
    !isStrict(text) ||
    header.alg !== alg ||
    'crit' in header ||
    'b64' in header ||
    (typ !== undefined && !/^(?:application\/)?jwt$/i.test(typ)) ||
    (kid !== undefined && (wanted === undefined ? !isText(kid) : kid !== wanted))
  )
    throw new Error('refused')
}

export function verify(material, profile, { keySet } = {}) {
  const { kid } = material
  const { secretKey, publicKey } = keysOf(material)
  const known = headerOf(profile, kid)
  const keys = new Map(keySet?.keys.map((jwk) => [jwk.kid, crypto.createPublicKey({ key: jwk, format: 'jwk' })]))
  const alg = profile === 'hs512' ? 'HS512' : 'EdDSA'
  const isKnown = (token, dot) => dot === known.length && token.startsWith(known)
  if (profile === 'hs512')
    return (token) => {
      if (typeof token !== 'string' || token.length > MAX_LENGTH) throw new Error('refused')
      const first = token.indexOf('.')
      const second = token.indexOf('.', first + 1)
      if (first < 1 || second < first + 2) throw new Error('refused')
      if (!isKnown(token, first)) checkHeader(token.slice(0, first), alg)
      const mac = createHmac('sha512', secretKey).update(token.slice(0, second)).digest('base64url')
      const given = Buffer.from(token.slice(second + 1))
      // The one canonical text of the right bytes: whatever else is written there differs from it.
      if (given.length !== 86 || !timingSafeEqual(Buffer.from(mac), given)) throw new Error('refused')
      return read(token.slice(first + 1, second), material)
    }
  return (token) => {
    if (typeof token !== 'string' || token.length > MAX_LENGTH) throw new Error('refused')
    const first = token.indexOf('.')
    const second = token.indexOf('.', first + 1)
    if (first < 1 || second < first + 2) throw new Error('refused')
    if (!isKnown(token, first)) checkHeader(token.slice(0, first), alg, kid)
    const text = token.slice(second + 1)
    const signature = Buffer.from(text, 'base64url')
    if (signature.length !== 64 || signature.toString('base64url') !== text || !isPoint(signature))
      throw new Error('refused')
    const key = keySet ? keys.get(kid) : publicKey
    if (!crypto.verify(null, Buffer.from(token.slice(0, second)), key, signature)) throw new Error('refused')
    return read(token.slice(first + 1, second), material)
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
