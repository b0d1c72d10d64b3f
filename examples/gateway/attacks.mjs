// What an attacker sends, and the code that must refuse it. Each attack is made with what an attacker could have: a token
// seen in passing, a public key, an old token, or a service of its own.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const decode = (segment) => JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'))
const mine = generateKeyPairSync('ed25519')

/** Signs with the attacker's own key. */
function signedByMe(header, payload) {
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${sign(null, Buffer.from(input), mine.privateKey).toString('base64url')}`
}

/** The text of a header with a second `alg`, which one parser reads first and another last. */
function twiceNamed(header) {
  return JSON.stringify(header).replace(/\}$/, ',"\\u0061lg":"none"}')
}

/** The same signature in other letters: the unused bits of the last character set. */
function otherLetters(token) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)) + 1]
}

/**
 * The attacks on the service in the middle, `orders`.
 * @returns a list of `{ name, token, code }`; `at` names another service, `headers` adds to the request
 */
export async function attacks({ profile, publicKey, as, widened }, outside) {
  const claims = { sub: 'login|alice', permissions: ['orders:read', 'ledger:read'], act: { sub: 'gateway' } }
  const gateway = as('gateway')
  const good = await gateway.sign(claims, { aud: 'orders' })
  const other = await gateway.sign({ ...claims, sub: 'login|mallory', permissions: [] }, { aud: 'orders' })
  const [header, payload, signature] = good.split('.')
  const names = decode(header)
  const an_hour_ago = () => Date.now() / 1000 - 3600
  const rich = encode({ ...decode(payload), permissions: ['orders:read', 'ledger:read', 'admin:all'] })

  return [
    {
      name: 'an expired token',
      code: 'token_expired',
      token: await as('gateway', { clock: an_hour_ago }).sign(claims, { aud: 'orders' }),
    },
    {
      name: 'a token for another service',
      code: 'audience_mismatch',
      token: await gateway.sign(claims, { aud: 'ledger' }),
    },
    {
      name: 'alg: none, and no signature',
      code: 'alg_not_allowed',
      token: `${encode({ ...names, alg: 'none' })}.${payload}.`,
    },
    confusion(profile, publicKey, names, payload),
    {
      name: 'permissions written into the payload',
      code: 'signature_invalid',
      token: `${header}.${rich}.${signature}`,
    },
    {
      name: "a payload under another token's signature",
      code: 'signature_invalid',
      token: `${header}.${payload}.${other.split('.')[2]}`,
    },
    { name: "the attacker's own key in the header", ...embedded(names, payload) },
    {
      name: 'a second alg in the header',
      code: 'header_invalid',
      token: `${encode(twiceNamed(names))}.${payload}.${signature}`,
    },
    { name: 'a signature in other base64url letters', code: 'token_malformed', token: otherLetters(good) },
    {
      name: 'crit, which nobody here understands',
      code: 'header_invalid',
      token: `${encode({ ...names, crit: ['exp'] })}.${payload}.${signature}`,
    },
    { name: "the outside issuer's token, past the gateway", code: 'alg_not_allowed', token: await outside.token() },
    {
      name: 'a service that nobody named as actor',
      code: 'actor_not_allowed',
      token: await gateway.sign({ ...claims, act: { sub: 'mallory' } }, { aud: 'orders' }),
    },
    { name: 'too few permissions for the route', code: 'policy_denied', token: other },
    {
      name: 'rights widened on the way to the ledger',
      code: widened ?? 'delegation_escalation',
      token: good,
      headers: { 'x-permissions': 'ledger:read,admin:all' },
    },
  ]
}

/** The classic: a public key used as an HMAC secret; or, where secrets are shared, a signature of the other kind. */
function confusion(profile, publicKey, names, payload) {
  if (profile === 'HS512')
    return {
      name: 'an EdDSA signature where HS512 is spoken',
      code: 'alg_not_allowed',
      token: signedByMe({ ...names, alg: 'EdDSA' }, decode(payload)),
    }
  const input = `${encode({ ...names, alg: 'HS512' })}.${payload}`
  const mac = createHmac('sha512', Buffer.from(publicKey.x, 'base64url')).update(input).digest('base64url')
  return { name: 'the public key as an HMAC secret', code: 'alg_not_allowed', token: `${input}.${mac}` }
}

function embedded(names, payload) {
  const { kty, crv, x } = mine.publicKey.export({ format: 'jwk' })
  const token = signedByMe({ ...names, jwk: { kty, crv, x } }, decode(payload))
  return { token, code: 'signature_invalid' }
}
