// What the requests of all files are made of.
import { createHash, createPrivateKey } from 'node:crypto'
import { SignJWT } from 'jose'

/** Seconds since the epoch: the keys of the document kd-0001 are active from 5000 to 6000 where they rotate every 1000. */
export const NOW = 5200
export const ISSUER = 'https://auth.example'
export const SECRET = 'admin-secret-of-more-than-32-characters'
export const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const TYPE = 'urn:ietf:params:oauth:token-type:'
export const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const base64url = (hex) => Buffer.from(hex, 'hex').toString('base64url')
const key = (kid, d, x) => ({ kty: 'OKP', crv: 'Ed25519', kid, alg: 'EdDSA', use: 'sig', x, d })
const ed25519 = (kid, d, x) => key(kid, base64url(d), base64url(x))
// RFC 8037 appendix A: k1 of the document; RFC 8032 section 7.1: test 3, and test 1024.
export const OWN = key(
  'k1',
  'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
)
export const WORKER = ed25519(
  'w1',
  'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
  'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
)
export const IDP = ed25519(
  'idp1',
  'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5',
  '278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e',
)
const publicOf = ({ d: _, ...jwk }) => jwk
export const signed = (key, claims, header = {}) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT', ...header })
    .sign(createPrivateKey({ key, format: 'jwk' }))

export const digest = (secret) => createHash('sha256').update(secret).digest('base64url')
export const GATEWAY_SECRET = 'gateway-secret-0123456789'
export const ODD_SECRET = 'a+b %:ü'
export const issuers = {
  plain: { issuer: ISSUER },
  path: { issuer: 'http://127.0.0.1:8787/tenant/one' },
  admin: {
    issuer: ISSUER,
    audience: 'api',
    adminSecret: SECRET,
    adminPolicy: { roles: ['admin', 'finance'], permissions: ['read:data'], audiences: ['api', 'billing'], ttl: 3600 },
    ttl: 600,
  },
  metered: {
    issuer: ISSUER,
    audience: 'api',
    adminSecret: SECRET,
    adminPolicy: { roles: ['admin'] },
    ttl: 600,
    metrics: true,
  },
  strict: { issuer: ISSUER, audience: 'api', adminSecret: SECRET, adminPolicy: { subjects: ['u1', 'u2'] } },
  full: {
    issuer: ISSUER,
    audience: 'api',
    adminSecret: SECRET,
    clients: [
      {
        id: 'gateway',
        secretSha256: digest(GATEWAY_SECRET),
        grants: ['client_credentials', 'token-exchange'],
        audiences: ['orders', 'billing'],
        names: ['gateway', 'https://gateway.example'],
        permissions: ['orders:read'],
        scopes: ['read', 'write'],
      },
      {
        id: 'worker',
        jwks: { keys: [publicOf(WORKER)] },
        grants: ['client_credentials'],
        audiences: ['orders'],
        roles: ['worker'],
        ttl: 60,
      },
      { id: 'orders', secretSha256: [digest('old-secret'), digest('new-secret')] },
      { id: 'odd/%+client', secretSha256: digest(ODD_SECRET), grants: ['client_credentials'], audiences: ['orders'] },
    ],
    trust: [
      {
        issuer: 'https://idp.example',
        audience: ['gateway', 'shared-api'],
        algorithms: ['EdDSA'],
        publicKeys: { keys: [publicOf(IDP)] },
        mapping: { subjectPrefix: 'idp|', permissions: 'perms' },
      },
    ],
  },
  typed: {
    issuer: ISSUER,
    tokenType: 'at+jwt',
    clients: [
      { id: 'gateway', secretSha256: digest(GATEWAY_SECRET), grants: ['client_credentials'], audiences: ['orders'] },
    ],
  },
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const encoded = (text) => encodeURIComponent(text).replaceAll('%20', '+')
export const basic = (id, secret) => ({
  authorization: `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64')}`,
})
export const GATEWAY = basic('gateway', GATEWAY_SECRET)
export const ORDERS = basic('orders', 'new-secret')

export const post = (path, headers, body, answer) => ({ method: 'POST', path, headers, body, answer })
export const form = (path, headers, parameters, answer) => {
  const body = Object.entries(parameters).map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  return post(path, { ...FORM, ...headers }, body.join('&').replaceAll('%7B', '{').replaceAll('%7D', '}'), answer)
}
export const ask = (parameters, answer, headers = GATEWAY) => form('/auth/token', headers, parameters, answer)
export const own = (parameters, answer, headers) =>
  ask({ grant_type: 'client_credentials', ...parameters }, answer, headers)
export const trade = (token, parameters, answer, headers) =>
  ask(
    { grant_type: GRANT, subject_token: token, subject_token_type: `${TYPE}access_token`, ...parameters },
    answer,
    headers,
  )
export const asserted = (assertion, answer, parameters = {}) =>
  own({ client_assertion_type: ASSERTION, client_assertion: assertion, ...parameters }, answer, {})
export const JSON_BODY = { 'content-type': 'application/json', 'x-issuer-secret': SECRET }
export const admin = (body, answer, headers = JSON_BODY) =>
  post('/auth/token', headers, typeof body === 'string' ? body : JSON.stringify(body), answer)
export const get = (path, answer, headers = {}, method = 'GET') => ({ method, path, headers, body: '', answer })

const STATUS = { invalid_client: 401, access_denied: 403, not_found: 404, method_not_allowed: 405 }
export const refused = (code, why, more = {}) => ({
  status: STATUS[code] ?? 400,
  json: { error: code },
  refusal: { code, why, endpoint: 'token' },
  ...more,
})
export const at = (endpoint, { refusal, ...answer }) => ({ ...answer, refusal: { ...refusal, endpoint } })
export const issued = (claims, json, more = {}) => ({
  status: 200,
  issued: { member: 'access_token', client: 'gateway', typ: 'JWT', claims: { iss: ISSUER, iat: NOW, ...claims } },
  json: { token_type: 'Bearer', ...json },
  ...more,
})
export const minted = (claims, exp = NOW + 600) => ({
  status: 200,
  issued: {
    member: 'token',
    client: 'admin',
    typ: 'JWT',
    claims: { iss: ISSUER, aud: 'api', iat: NOW, client_id: 'admin', exp, ...claims },
  },
  json: { expiresAt: exp, kid: 'k1' },
})

export const test = (issuer, comment, ...requests) => ({ comment, issuer, now: NOW, requests })
