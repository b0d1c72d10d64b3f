// What must be done with claims and headers, in straight lines and on every platform.
import { isStrict } from './strict-json.mjs'

const TTL = 900
const LEEWAY = 90
const MAX_LIFETIME = 86400
const MAX_TIME = 253402300799
/** Of a token, in characters. */
export const MAX_LENGTH = 16384
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

/** The text of a payload: RFC 8785, with a fresh `jti`. */
export function jsonOf(claims, issuer, aud) {
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
        whole.jti = claims.jti ?? crypto.randomUUID()
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
  return json
}

/** The claims of a payload whose signature holds. */
export function claimsOf(text, { issuer, audience }) {
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

/** A header that is not the one that the kit writes, which is known by sight. */
export function checkHeader(text, alg, wanted) {
  const header = JSON.parse(text)
  const { typ, kid } = header
  if (
    !isStrict(text) ||
    header.alg !== alg ||
    'crit' in header ||
    'b64' in header ||
    (typ !== undefined && !/^(?:application\/)?jwt$/i.test(typ)) ||
    (kid !== undefined && (wanted === undefined ? !isText(kid) : kid !== wanted))
  )
    throw new Error('refused')
}
