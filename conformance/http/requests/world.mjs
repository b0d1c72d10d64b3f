// What the requests of all files are made of.
import { SignJWT } from 'jose'

/** Seconds since the epoch. */
export const NOW = 1_800_000_000
export const ISSUER = 'https://auth.example'
const SECRET = Buffer.from(Array.from({ length: 64 }, (_, index) => index)).toString('base64url')
export const kit = { issuer: ISSUER, audience: 'api', secret: SECRET, leeway: 0 }

export const token = (claims = {}, secret = SECRET) =>
  new SignJWT({ iss: ISSUER, aud: 'api', sub: 'u1', jti: 'j1', iat: NOW - 10, exp: NOW + 600, ...claims })
    .setProtectedHeader({ alg: 'HS512', typ: 'JWT' })
    .sign(Buffer.from(secret, 'base64url'))

const limit = (name, quota, more = {}) => ({ name, quota, windowSeconds: 60, ...more })
export const READ = limit('read', 120)
export const WRITE = limit('write', 30)
export const ODD = limit('a "b" \\c', 5, { windowSeconds: 3600, burst: 7 })

const OWNER_OR_FINANCE = { anyOf: [{ subject: { ref: 'id' } }, { rolesAny: ['finance'] }] }
const ADMIN = { rolesAny: ['admin'] }

/** What stands in front of which path. `context: id`: the last segment is the context's `id`; `allow: owner`: it is the subject. */
const routes = {
  '/me': {},
  '/admin': { policy: ADMIN },
  '/users/:id': { policy: OWNER_OR_FINANCE, context: 'id' },
  '/files/:id': { allow: 'owner' },
  '/once': { replay: true },
  '/read': { limits: [READ] },
  '/write': { limits: [READ, WRITE], cost: 5 },
  '/odd': { limits: [ODD] },
  '/client': { limits: [READ], by: 'client' },
  '/lenient': { limits: [READ], onLimiterFailure: 'pass' },
  '/address': { limits: [READ], by: 'address' },
  '/door': { limits: [READ], by: 'address', before: true },
  '/all': { policy: ADMIN, limits: [WRITE], replay: true },
}

export const guards = {
  plain: { routes },
  cookie: { cookie: 'session', routes },
  query: { query: 'access_token', routes },
  unavailable: { replay: 'unavailable', routes },
  proxied: { trustedProxies: ['127.0.0.1', '10.0.0.0/8'], routes },
}

const TITLES = { 401: 'Unauthorized', 403: 'Forbidden', 429: 'Quota Exceeded', 503: 'Service Unavailable' }
const QUOTA = 'https://iana.org/assignments/http-problem-types#quota-exceeded'

const problem = (status, code, headers, more = {}) => ({
  status,
  headers: { 'cache-control': 'no-store', 'content-type': 'application/problem+json', ...headers },
  // RFC 8785: members sorted, no white space.
  body: `{"code":"${code}","status":${status},"title":"${TITLES[status]}",${more.rest ?? '"type":"about:blank"'}}`,
})
const none = { 'www-authenticate': null, ratelimit: null, 'ratelimit-policy': null, 'retry-after': null }
const challenge = (text) => ({ ...none, 'www-authenticate': text })

/** RFC 6750 section 3.1: where there is no token at all, no error is named. */
export const missing = (why = 'credentials_missing') => ({
  ...problem(401, 'authentication_required', challenge('Bearer')),
  why,
})
export const invalid = (why) => ({ ...problem(401, 'invalid_token', challenge('Bearer error="invalid_token"')), why })
export const denied = (more = {}) => ({
  ...problem(403, 'insufficient_scope', challenge('Bearer error="insufficient_scope"')),
  why: 'policy_denied',
  ...more,
})
export const unavailable = (why, headers = {}) => ({
  ...problem(503, 'temporarily_unavailable', { ...none, 'retry-after': '5', ...headers }),
  why,
})
export const exceeded = (name, headers) => ({
  ...problem(
    429,
    'quota_exceeded',
    { ...none, ...headers },
    {
      rest: `"type":"${QUOTA}","violated-policies":[${JSON.stringify(name)}]`,
    },
  ),
  why: 'quota_exceeded',
})
export const passed = (subject = 'u1', headers = {}) => ({
  status: 200,
  headers: { ...none, ...headers },
  subject,
})

export const get = (path, headers, answer, more = {}) => ({ method: 'GET', path, headers, ...more, answer })
export const bearer = (text) => [['Authorization', `Bearer ${text}`]]
export const test = (guard, comment, ...requests) => ({ comment, guard, now: NOW, requests })
