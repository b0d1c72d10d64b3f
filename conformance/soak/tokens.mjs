// The tokens that are shown to the kits: good ones, and all that is wrong in its own way.
import { createHmac, randomBytes } from 'node:crypto'
import { mint, newKey } from './issuer.mjs'

export const AUDIENCE = 'soak'
/** Of kits with a secret. */
export const SECRET_ISSUER = 'https://secret.example'
export const SECRET = randomBytes(64).toString('base64url')

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

function mintSecret(payload, secret = SECRET) {
  const input = `${encode({ alg: 'HS512', typ: 'JWT' })}.${encode(payload)}`
  return `${input}.${createHmac('sha512', Buffer.from(secret, 'base64url')).update(input).digest('base64url')}`
}

/** The same token, in which the subject says something else. */
function tampered(token) {
  const [header, payload, signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return `${header}.${encode({ ...claims, sub: 'root' })}.${signature}`
}

/**
 * Makes tokens for kits that trust some issuers.
 *
 * @returns a function that gives `{ name, kit, token }` with what the oracle has to know: `issuer`, `key`, `fault`, `exp`
 */
export function tokenMaker(r, issuers, evil, clock) {
  const nobody = newKey('nobody')
  const claims = (issuer, more) => {
    const now = Math.floor(clock())
    // Some outlive their key by far.
    const exp = now + (r.chance(0.5) ? 180 : 3600)
    return { aud: AUDIENCE, exp, iat: now, iss: issuer.iss, jti: r.hex(8), sub: 'u1', ...more }
  }
  const expired = () => ({ iat: Math.floor(clock()) - 900, exp: Math.floor(clock()) - 600 })
  const anyKey = (issuer) => {
    const states = r.chance(0.7) ? ['active'] : r.pick([['next'], ['retired'], ['removed']])
    const keys = issuer.inState(...states)
    return r.pick(keys.length > 0 ? keys.slice(-4) : issuer.inState('active'))
  }
  const by = (issuer, key, more, header) => {
    const payload = claims(issuer, more)
    return { kit: 'trusting', issuer, key, exp: payload.exp, token: mint(key, payload, header) }
  }
  const signed = (more) => {
    const issuer = r.pick(issuers)
    return by(issuer, anyKey(issuer), more)
  }
  const unknown = (kid, header) => {
    const key = { ...nobody, kid }
    return { ...by(r.pick(issuers), key, {}, header), isUnknown: true }
  }
  const secret = (more, name) => {
    const payload = claims({ iss: SECRET_ISSUER }, more)
    return { kit: 'secret', isFixed: true, exp: payload.exp, token: mintSecret(payload, name) }
  }

  const KINDS = {
    good: [60, () => signed()],
    'of a key that is gone': [
      10,
      () => {
        const issuer = r.pick(issuers)
        const gone = issuer.inState('removed')
        return by(issuer, gone.length > 0 ? r.pick(gone) : anyKey(issuer))
      },
    ],
    'of an unknown key': [6, () => ({ ...unknown(`x${r.hex(6)}`), isUnique: true })],
    'of a kid that is too long': [1, () => unknown('k'.repeat(300))],
    'without a kid': [1, () => ({ ...unknown('', { alg: 'EdDSA', typ: 'JWT' }), also: ['key_ambiguous'] })],
    'of a key behind a redirect': [1, () => ({ ...by(r.pick(issuers), evil), isUnknown: true })],
    forged: [
      3,
      () => {
        const issuer = r.pick(issuers)
        const key = anyKey(issuer)
        return { ...by(issuer, { ...nobody, kid: key.kid }), key, fault: 'signature_invalid' }
      },
    ],
    tampered: [
      4,
      () => {
        const made = signed()
        return { ...made, token: tampered(made.token), fault: 'signature_invalid' }
      },
    ],
    "in another issuer's name": [
      4,
      () => {
        const [named, other] = r.chance(0.5) ? issuers : [...issuers].reverse()
        return { ...by(named, anyKey(other)), issuer: other, fault: 'issuer_mismatch' }
      },
    ],
    expired: [4, () => ({ ...signed(expired()), fault: 'token_expired' })],
    'for another audience': [4, () => ({ ...signed({ aud: 'others' }), fault: 'audience_mismatch' })],
    'good, by secret': [10, () => secret()],
    'tampered, by secret': [2, () => ({ ...secret({}, nobody.jwk.x.repeat(2)), fault: 'signature_invalid' })],
    'expired, by secret': [2, () => ({ ...secret(expired()), fault: 'token_expired' })],
    'by secret, for keys': [2, () => ({ ...secret(), kit: 'trusting', fault: 'alg_not_allowed' })],
    'by key, for secrets': [2, () => ({ ...signed(), kit: 'secret', isFixed: true, fault: 'alg_not_allowed' })],
  }
  const names = Object.entries(KINDS).flatMap(([name, [weight]]) => Array(weight).fill(name))
  return () => {
    const name = r.pick(names)
    return { name, ...KINDS[name][1]() }
  }
}
