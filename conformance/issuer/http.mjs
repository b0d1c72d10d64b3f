// node conformance/issuer/http.mjs [--check]: requests to an issuer, with tokens that jose signed.
import { createHash, createPrivateKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { SignJWT } from 'jose'

/** Seconds since the epoch: the keys of the document kd-0001 are active from 5000 to 6000 where they rotate every 1000. */
const NOW = 5200
const ISSUER = 'https://auth.example'
const SECRET = 'admin-secret-of-more-than-32-characters'
const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const TYPE = 'urn:ietf:params:oauth:token-type:'
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const base64url = (hex) => Buffer.from(hex, 'hex').toString('base64url')
const key = (kid, d, x) => ({ kty: 'OKP', crv: 'Ed25519', kid, alg: 'EdDSA', use: 'sig', x, d })
const ed25519 = (kid, d, x) => key(kid, base64url(d), base64url(x))
// RFC 8037 appendix A: k1 of the document; RFC 8032 section 7.1: test 3, and test 1024.
const OWN = key('k1', 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo')
const WORKER = ed25519(
  'w1',
  'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
  'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
)
const IDP = ed25519(
  'idp1',
  'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5',
  '278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e',
)
const publicOf = ({ d: _, ...jwk }) => jwk
const signed = (key, claims, header = {}) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT', ...header })
    .sign(createPrivateKey({ key, format: 'jwk' }))

const digest = (secret) => createHash('sha256').update(secret).digest('base64url')
const GATEWAY_SECRET = 'gateway-secret-0123456789'
const ODD_SECRET = 'a+b %:ü'
const issuers = {
  plain: { issuer: ISSUER },
  path: { issuer: 'http://127.0.0.1:8787/tenant/one' },
  admin: {
    issuer: ISSUER,
    audience: 'api',
    adminSecret: SECRET,
    adminPolicy: { roles: ['admin', 'finance'], permissions: ['read:data'], audiences: ['api', 'billing'], ttl: 3600 },
    ttl: 600,
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

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const encoded = (text) => encodeURIComponent(text).replaceAll('%20', '+')
const basic = (id, secret) => ({
  authorization: `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString('base64')}`,
})
const GATEWAY = basic('gateway', GATEWAY_SECRET)
const ORDERS = basic('orders', 'new-secret')

const post = (path, headers, body, answer) => ({ method: 'POST', path, headers, body, answer })
const form = (path, headers, parameters, answer) => {
  const body = Object.entries(parameters).map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  return post(path, { ...FORM, ...headers }, body.join('&').replaceAll('%7B', '{').replaceAll('%7D', '}'), answer)
}
const ask = (parameters, answer, headers = GATEWAY) => form('/auth/token', headers, parameters, answer)
const own = (parameters, answer, headers) => ask({ grant_type: 'client_credentials', ...parameters }, answer, headers)
const trade = (token, parameters, answer, headers) =>
  ask(
    { grant_type: GRANT, subject_token: token, subject_token_type: `${TYPE}access_token`, ...parameters },
    answer,
    headers,
  )
const asserted = (assertion, answer, parameters = {}) =>
  own({ client_assertion_type: ASSERTION, client_assertion: assertion, ...parameters }, answer, {})
const JSON_BODY = { 'content-type': 'application/json', 'x-issuer-secret': SECRET }
const admin = (body, answer, headers = JSON_BODY) =>
  post('/auth/token', headers, typeof body === 'string' ? body : JSON.stringify(body), answer)
const get = (path, answer, headers = {}, method = 'GET') => ({ method, path, headers, body: '', answer })

const STATUS = { invalid_client: 401, access_denied: 403, not_found: 404, method_not_allowed: 405 }
const refused = (code, why, more = {}) => ({
  status: STATUS[code] ?? 400,
  json: { error: code },
  refusal: { code, why, endpoint: 'token' },
  ...more,
})
const at = (endpoint, { refusal, ...answer }) => ({ ...answer, refusal: { ...refusal, endpoint } })
const issued = (claims, json, more = {}) => ({
  status: 200,
  issued: { member: 'access_token', client: 'gateway', typ: 'JWT', claims: { iss: ISSUER, iat: NOW, ...claims } },
  json: { token_type: 'Bearer', ...json },
  ...more,
})
const minted = (claims, exp = NOW + 600) => ({
  status: 200,
  issued: {
    member: 'token',
    client: 'admin',
    typ: 'JWT',
    claims: { iss: ISSUER, aud: 'api', iat: NOW, client_id: 'admin', exp, ...claims },
  },
  json: { expiresAt: exp, kid: 'k1' },
})

const test = (issuer, comment, ...requests) => ({ comment, issuer, now: NOW, requests })
const files = {
  published: await published(),
  admin: admins(),
  clients: await clients(),
  exchange: await exchanges(),
  introspection: await introspections(),
  hostile: hostile(),
}

async function published() {
  const keys = ['11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw']
  const members = (x, index) =>
    `{"alg":"EdDSA","crv":"Ed25519","kid":"k${index + 1}","kty":"OKP","use":"sig","x":"${x}"}`
  const body = `{"keys":[${keys.map(members).join(',')}]}`
  const etag = `"${createHash('sha256').update(body).digest().subarray(0, 16).toString('base64url')}"`
  const cached = {
    'cache-control': 'public, max-age=300',
    etag,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'etag',
    pragma: null,
  }
  const headers = { 'content-type': 'application/jwk-set+json', ...cached }
  const unchanged = { status: 304, headers: { ...cached, 'content-type': null }, body: '' }
  const path = '/auth/.well-known/jwks.json'
  const about = (issuer) => {
    const methods = ['client_secret_basic', 'private_key_jwt']
    const algorithms = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'RS256']
    const endpoints = Object.fromEntries(
      ['token', 'introspection', 'revocation'].flatMap((name) => [
        [`${name}_endpoint_auth_methods_supported`, methods],
        [`${name}_endpoint_auth_signing_alg_values_supported`, algorithms],
      ]),
    )
    return {
      issuer,
      jwks_uri: `${issuer}/auth/.well-known/jwks.json`,
      token_endpoint: `${issuer}/auth/token`,
      introspection_endpoint: `${issuer}/auth/introspect`,
      revocation_endpoint: `${issuer}/auth/revoke`,
      grant_types_supported: ['client_credentials', GRANT],
      response_types_supported: [],
      ...endpoints,
    }
  }
  const open = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' }
  const described = (issuer) => ({
    status: 200,
    headers: { 'content-type': 'application/json', ...open },
    json: about(issuer),
  })
  const missing = at(undefined, refused('not_found', 'not_found', { headers: { 'cache-control': 'no-store' } }))
  const wrongMethod = (endpoint, allow) =>
    at(endpoint, refused('method_not_allowed', 'method_not_allowed', { headers: { allow } }))
  const status = (status) => ({ status: 200, headers: { 'cache-control': 'no-store' }, json: { status } })
  return [
    test(
      'plain',
      'the keys, at both of their paths',
      get(path, { status: 200, headers, body }),
      get('/.well-known/jwks.json', { status: 200, headers, body }),
    ),
    test('plain', 'HEAD has the headers of GET and no body', get(path, { status: 200, headers, body: '' }, {}, 'HEAD')),
    test(
      'plain',
      'who has the keys is not sent them again (RFC 9110 section 13.1.2)',
      get(path, unchanged, { 'if-none-match': etag }),
      get(path, unchanged, { 'if-none-match': `"other" , W/${etag}` }),
      get(path, unchanged, { 'if-none-match': '*' }),
      get(path, unchanged, { 'if-none-match': etag }, 'HEAD'),
      get(path, { status: 200, headers, body }, { 'if-none-match': '"other"' }),
      get(path, { status: 200, headers, body }, { 'if-none-match': etag.slice(1, -1) }),
    ),
    test(
      'plain',
      'a browser may ask first',
      get(
        path,
        {
          status: 204,
          headers: {
            'access-control-allow-origin': '*',
            'access-control-allow-methods': 'GET, HEAD, OPTIONS',
            'access-control-allow-headers': 'if-none-match',
            'access-control-max-age': '86400',
          },
          body: '',
        },
        { origin: 'https://app.example', 'access-control-request-method': 'GET' },
        'OPTIONS',
      ),
    ),
    test('plain', 'metadata', get('/.well-known/oauth-authorization-server', described(ISSUER))),
    test(
      'path',
      'the path of an issuer comes after the well-known one (RFC 8414 section 3.1), and before all others',
      get('/.well-known/oauth-authorization-server/tenant/one', described('http://127.0.0.1:8787/tenant/one')),
      get(`/tenant/one${path}`, { status: 200, headers, body }),
      get('/tenant/one/.well-known/jwks.json', { status: 200, headers, body }),
      get('/.well-known/oauth-authorization-server', missing),
      get('/tenant/one/.well-known/oauth-authorization-server', missing),
      get(path, missing),
    ),
    test('plain', 'health, and whether there is a key', get('/healthz', status('ok')), get('/readyz', status('ready'))),
    test(
      'plain',
      'what is not there',
      get('/', missing),
      get('/auth/token/', missing),
      get('/AUTH/token', missing),
      get('/auth/%74oken', missing),
      get('/constructor', missing),
    ),
    test(
      'plain',
      'another method (RFC 9110 section 15.5.6)',
      post(path, {}, '', wrongMethod('keys', 'GET, HEAD, OPTIONS')),
      get('/auth/token', wrongMethod('token', 'POST')),
      get('/auth/token', { ...wrongMethod('token', 'POST'), json: undefined, body: '' }, {}, 'HEAD'),
      get('/auth/token', wrongMethod('token', 'POST'), {}, 'OPTIONS'),
      get('/auth/introspect', wrongMethod('introspect', 'POST'), {}, 'DELETE'),
      get('/auth/revoke', wrongMethod('revoke', 'POST'), {}, 'PUT'),
      post('/healthz', {}, '', wrongMethod('health', 'GET, HEAD')),
      get('/readyz', wrongMethod('ready', 'GET, HEAD'), {}, 'OPTIONS'),
    ),
  ]
}

function admins() {
  const wrong = refused('invalid_client', 'secret_wrong', {
    headers: { 'www-authenticate': 'Basic realm="issuer", charset="UTF-8"', 'cache-control': 'no-store' },
  })
  const guess = admin({ sub: 'u1' }, wrong, { ...JSON_BODY, 'x-issuer-secret': `${SECRET}.` })
  const later = (seconds, request) => ({ after: seconds, ...request })
  const waiting = (seconds) =>
    refused('temporarily_unavailable', 'too_many_failures', {
      status: 429,
      headers: { 'retry-after': String(seconds) },
    })
  const invalid = refused('invalid_request', 'parameter_invalid')
  const bad = (...bodies) => bodies.map((body) => admin(body, invalid))
  const denied = (what) => refused('access_denied', `${what}_not_allowed`)
  return [
    test(
      'admin',
      'a token for a subject, for as long as the issuer says',
      admin({ sub: 'u1' }, minted({ sub: 'u1' })),
      admin({ sub: 'u1' }, minted({ sub: 'u1' }), { ...JSON_BODY, 'content-type': 'Application/JSON; charset=utf-8' }),
    ),
    test(
      'admin',
      'with all that may be asked for',
      admin(
        { sub: 'u1', roles: ['admin'], permissions: ['read:data'], aud: ['api', 'billing'], ttl: 60 },
        minted({ sub: 'u1', roles: ['admin'], permissions: ['read:data'], aud: ['api', 'billing'] }, NOW + 60),
      ),
      admin({ sub: 'u1', roles: [], aud: 'billing' }, minted({ sub: 'u1', roles: [], aud: 'billing' })),
    ),
    test(
      'admin',
      'who asks for longer than allowed has it for as long as allowed',
      admin({ sub: 'u1', ttl: 3600 }, minted({ sub: 'u1' }, NOW + 3600)),
      admin({ sub: 'u1', ttl: 3601 }, minted({ sub: 'u1' }, NOW + 3600)),
      admin('{"sub":"u1","ttl":9007199254740991}', minted({ sub: 'u1' }, NOW + 3600)),
      admin('{"sub":"u1","ttl":60.0}', minted({ sub: 'u1' }, NOW + 60)),
    ),
    test(
      'admin',
      'what the policy does not name',
      admin({ sub: 'u1', roles: ['admin', 'root'] }, denied('role')),
      admin({ sub: 'u1', permissions: ['write:data'] }, denied('permission')),
      admin({ sub: 'u1', aud: 'orders' }, denied('audience')),
      admin({ sub: 'u1', aud: ['api', 'orders'] }, denied('audience')),
    ),
    test(
      'strict',
      'subjects that are named, and nothing else: neither roles nor permissions nor another audience',
      admin({ sub: 'u2' }, minted({ sub: 'u2' }, NOW + 900)),
      admin({ sub: 'u3' }, denied('subject')),
      admin({ sub: 'U1' }, denied('subject')),
      admin({ sub: 'u1', roles: ['admin'] }, denied('role')),
      admin({ sub: 'u1', permissions: ['read:data'] }, denied('permission')),
      admin({ sub: 'u1', aud: 'billing' }, denied('audience')),
    ),
    test(
      'admin',
      'a secret that is wrong, empty or not there',
      guess,
      admin({ sub: 'u1' }, wrong, { ...JSON_BODY, 'x-issuer-secret': '' }),
      admin({ sub: 'u1' }, refused('invalid_client', 'authentication_missing'), { 'content-type': 'application/json' }),
    ),
    test(
      'admin',
      'two ways to say who one is',
      admin({ sub: 'u1' }, refused('invalid_request', 'authentication_ambiguous'), { ...JSON_BODY, ...GATEWAY }),
    ),
    test(
      'admin',
      'after ten failures within a minute not even the right secret is listened to',
      ...Array.from({ length: 9 }, () => guess),
      admin({ sub: 'u1' }, minted({ sub: 'u1' })),
      later(30, guess),
      later(30.5, admin({ sub: 'u1' }, waiting(30))),
      later(59.9, admin({ sub: 'u1' }, waiting(1), { ...JSON_BODY, 'x-issuer-secret': 'no' })),
      later(60, { ...guess }),
    ),
    test(
      'admin',
      'what is not a request',
      ...bad({ sub: 1 }, { sub: '' }, { sub: null }, { sub: 'u1', roles: 'admin' }, { sub: 'u1', roles: [1] }),
      ...bad(
        { sub: 'u1', permissions: {} },
        { sub: 'u1', permissions: null },
        { sub: 'u1', aud: [] },
        { sub: 'u1', aud: 7 },
      ),
      ...bad(
        { sub: 'u1', aud: '' },
        { sub: 'u1', ttl: 0 },
        { sub: 'u1', ttl: -1 },
        { sub: 'u1', ttl: 1.5 },
        { sub: 'u1', ttl: '60' },
      ),
      ...bad({ sub: 'u1', ttl: true }, { sub: 'u1', ttl: null }, { sub: 'u1', aud: null }),
      admin({}, refused('invalid_request', 'parameter_missing')),
      admin({ sub: 'u1', iss: 'me' }, refused('invalid_request', 'parameter_unknown')),
      ...['', '[]', 'null', '{"sub":"u1","sub":"u2"}', '{"sub":"\\ud800"}', '\ufeff{"sub":"u1"}', '{"sub":"u1"'].map(
        (text) => admin(text, refused('invalid_request', 'body_malformed')),
      ),
    ),
    test(
      'admin',
      'more than a token holds',
      admin({ sub: 'u'.repeat(20_000) }, refused('invalid_request', 'value_unsupported')),
    ),
    test(
      'plain',
      'without an admin secret there is no admin form',
      admin({ sub: 'u1' }, refused('invalid_request', 'content_type_unsupported', { status: 415 })),
    ),
  ]
}

async function clients() {
  const mine = { sub: 'gateway', client_id: 'gateway', permissions: ['orders:read'], aud: 'orders', exp: NOW + 900 }
  const scoped = (scope) => issued({ ...mine, scope }, { expires_in: 900, scope })
  const unknown = (why) =>
    refused('invalid_client', why, { headers: { 'www-authenticate': 'Basic realm="issuer", charset="UTF-8"' } })
  const worker = (claims) =>
    signed(WORKER, { iss: 'worker', sub: 'worker', aud: ISSUER, exp: NOW + 60, iat: NOW, jti: 'j1', ...claims })
  const token = issued(
    { sub: 'worker', client_id: 'worker', roles: ['worker'], aud: 'orders', exp: NOW + 60 },
    { expires_in: 60 },
  )
  const good = { ...token, issued: { ...token.issued, client: 'worker' } }
  const assert = async (claims, answer, parameters) => asserted(await worker(claims), answer, parameters)
  const fails = async (claims, why) => assert(claims, unknown(why))
  const to = { audience: 'orders' }
  const odd = issued(
    { sub: 'odd/%+client', client_id: 'odd/%+client', aud: 'orders', exp: NOW + 900 },
    { expires_in: 900 },
  )
  const raw = (text) => ({ authorization: `Basic ${Buffer.from(text, 'latin1').toString('base64')}` })
  return [
    test(
      'full',
      'a token of its own, with all of its scopes or with those that it asks for (RFC 6749 section 4.4)',
      own(to, scoped('read write')),
      own({ ...to, scope: 'write' }, scoped('write')),
      own({ ...to, scope: 'write read' }, scoped('write read')),
      own({ ...to, scope: '', unheard: 'of' }, scoped('read write')),
      own({ resource: 'orders', client_id: 'gateway' }, scoped('read write')),
    ),
    test(
      'typed',
      'an access token by its profile (RFC 9068)',
      own(
        {},
        {
          ...issued({ sub: 'gateway', client_id: 'gateway', aud: 'orders', exp: NOW + 900 }, { expires_in: 900 }),
          issued: {
            member: 'access_token',
            client: 'gateway',
            typ: 'at+jwt',
            claims: { iss: ISSUER, iat: NOW, sub: 'gateway', client_id: 'gateway', aud: 'orders', exp: NOW + 900 },
          },
        },
      ),
    ),
    test(
      'full',
      'scopes that are not its own, or not written as scopes are',
      own({ ...to, scope: 'read admin' }, refused('invalid_scope', 'scope_not_allowed')),
      own({ ...to, scope: 'READ' }, refused('invalid_scope', 'scope_not_allowed')),
      ...['read  write', ' read', 'read ', 'read\twrite', 'r\u00e9ad', 'read"'].map((scope) =>
        own({ ...to, scope }, refused('invalid_scope', 'scope_malformed')),
      ),
    ),
    test(
      'full',
      'one of the services that it may call, and no other',
      own({}, refused('invalid_target', 'audience_not_one')),
      own({ audience: 'orders', resource: 'billing' }, refused('invalid_target', 'audience_not_one')),
      own({ audience: 'payroll' }, refused('invalid_target', 'audience_not_allowed')),
      own({ audience: 'orders billing' }, refused('invalid_target', 'audience_not_allowed')),
    ),
    test(
      'full',
      'id and secret are form-encoded, then joined (RFC 6749 section 2.3.1)',
      own({}, { ...odd, issued: { ...odd.issued, client: 'odd/%+client' } }, basic('odd/%+client', ODD_SECRET)),
      own({}, unknown('authentication_unsupported'), raw(`odd/%+client:${ODD_SECRET}`)),
      own(to, scoped('read write'), { authorization: GATEWAY.authorization.replace('Basic', 'bASIC  ') }),
    ),
    test(
      'full',
      'a secret that is wrong, of nobody, or not shown as it must be',
      own(to, unknown('secret_wrong'), basic('gateway', `${GATEWAY_SECRET}.`)),
      own(to, unknown('secret_wrong'), basic('gateway', '')),
      own(to, unknown('secret_wrong'), basic('worker', 'anything')),
      own(to, unknown('client_unknown'), basic('nobody', GATEWAY_SECRET)),
      own(to, unknown('client_unknown'), basic('', '')),
      own(to, unknown('client_unknown'), basic('__proto__', '')),
      own(to, unknown('authentication_missing'), {}),
      own({ ...to, client_id: 'gateway', client_secret: GATEWAY_SECRET }, unknown('authentication_unsupported'), {}),
      ...[
        'Basic',
        'Basic ',
        'Basic ====',
        'Basic Z2F0ZXdheQ==',
        'Basic Z2F0ZXdheTp4A',
        'Basic Z2F0ZXdheTp4\u00e9A==',
      ].map((authorization) => own(to, unknown('authentication_unsupported'), { authorization })),
      own(to, unknown('authentication_unsupported'), { authorization: 'Bearer abc' }),
      own(to, unknown('authentication_unsupported'), raw('gateway\xff:x')),
      own(to, unknown('authentication_unsupported'), {
        authorization: `${GATEWAY.authorization}, ${GATEWAY.authorization}`,
      }),
    ),
    test(
      'full',
      'while a secret changes, both are right; who has no grant has no token',
      own({}, refused('unauthorized_client', 'grant_not_allowed'), basic('orders', 'old-secret')),
      own({}, refused('unauthorized_client', 'grant_not_allowed'), basic('orders', 'new-secret')),
      own({}, unknown('secret_wrong'), basic('orders', 'older-secret')),
    ),
    test(
      'full',
      'two methods at once (RFC 6749 section 2.3)',
      own({ ...to, client_secret: GATEWAY_SECRET }, refused('invalid_request', 'authentication_ambiguous')),
      own(
        { ...to, client_assertion_type: ASSERTION, client_assertion: await worker({}) },
        refused('invalid_request', 'authentication_ambiguous'),
      ),
      own({ ...to, client_assertion: 'x' }, refused('invalid_request', 'authentication_ambiguous')),
      own(to, refused('invalid_request', 'authentication_ambiguous'), { ...GATEWAY, 'x-issuer-secret': SECRET }),
      own(to, unknown('authentication_unsupported'), { 'x-issuer-secret': SECRET }),
      own({ ...to, client_id: 'worker' }, refused('invalid_request', 'client_id_mismatch')),
    ),
    test(
      'full',
      'a key of its own (RFC 7523), each assertion once',
      await assert({}, good, { client_id: 'worker' }),
      await assert({}, unknown('token_replayed')),
      await assert({ jti: 'j2', aud: [ISSUER], iat: undefined }, good),
      { after: 59, ...(await assert({}, unknown('token_replayed'))) },
      { after: 150, ...(await assert({}, unknown('token_expired'))) },
    ),
    test(
      'full',
      'an assertion for another client id',
      await assert({}, refused('invalid_request', 'client_id_mismatch'), { client_id: 'gateway' }),
    ),
    test(
      'full',
      'an assertion is of the client, by the client, for this issuer alone, and short',
      await fails({ iss: 'gateway' }, 'client_unknown'),
      await fails({ iss: undefined }, 'client_unknown'),
      await fails({ iss: 7 }, 'client_unknown'),
      await fails({ sub: 'gateway' }, 'assertion_not_its_own'),
      await fails({ sub: undefined }, 'assertion_not_its_own'),
      await fails({ aud: [ISSUER, 'https://other.example'] }, 'assertion_not_its_own'),
      await fails({ aud: `${ISSUER}/` }, 'audience_mismatch'),
      await fails({ aud: `${ISSUER}/auth/token` }, 'audience_mismatch'),
      await fails({ jti: undefined }, 'claim_missing'),
      await fails({ exp: undefined }, 'claim_missing'),
      await fails({ exp: NOW - 90 }, 'token_expired'),
      await fails({ nbf: NOW + 91 }, 'token_not_yet_valid'),
      await assert({ jti: 'j3', exp: NOW + 600 }, good),
      await fails({ jti: 'j4', exp: NOW + 600.5 }, 'assertion_too_long'),
      asserted(
        await signed(IDP, { iss: 'worker', sub: 'worker', aud: ISSUER, exp: NOW + 60, jti: 'j5' }),
        unknown('key_not_found'),
      ),
      asserted(
        await signed({ ...IDP, kid: 'w1' }, { iss: 'worker', sub: 'worker', aud: ISSUER, exp: NOW + 60, jti: 'j5' }),
        unknown('signature_invalid'),
      ),
      asserted('x', unknown('token_malformed')),
      own(
        { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer', client_assertion: 'x' },
        unknown('authentication_unsupported'),
        {},
      ),
      own({ client_assertion: 'x' }, unknown('authentication_unsupported'), {}),
      own({ client_assertion_type: ASSERTION }, unknown('authentication_unsupported'), {}),
    ),
  ]
}

async function exchanges() {
  const USER = {
    iss: ISSUER,
    sub: 'u1',
    aud: 'gateway',
    iat: NOW,
    exp: NOW + 300,
    jti: 't1',
    scope: 'a b',
    roles: ['admin'],
  }
  const user = (claims, header) => signed(OWN, { ...USER, ...claims }, header)
  const act = { sub: 'gateway' }
  const given = { sub: 'u1', aud: 'orders', act, scope: 'a b', roles: ['admin'], exp: NOW + 300 }
  const response = { expires_in: 300, scope: 'a b', issued_token_type: `${TYPE}access_token` }
  const good = issued(given, response)
  const to = { audience: 'orders' }
  const bad = (why) => refused('invalid_request', why)
  const swap = async (claims, answer, parameters = {}) => trade(await user(claims), { ...to, ...parameters }, answer)
  const outside = (claims) =>
    signed(IDP, {
      iss: 'https://idp.example',
      sub: 'x',
      aud: 'gateway',
      exp: NOW + 3600,
      perms: 'p q',
      permissions: ['all'],
      ...claims,
    })
  const foreign = issued(
    { sub: 'idp|x', aud: 'orders', act, permissions: ['p', 'q'], exp: NOW + 900 },
    { expires_in: 900, issued_token_type: `${TYPE}access_token` },
  )
  return [
    test(
      'full',
      'the client acts for the subject, for no longer than the subject may (RFC 8693)',
      await swap({}, good),
      await swap({ aud: 'https://gateway.example' }, good),
      await swap({ aud: ['gateway', 'other'] }, good),
      await swap({}, good, { requested_token_type: `${TYPE}access_token` }),
      await swap({}, issued(given, { ...response, issued_token_type: `${TYPE}jwt` }), {
        requested_token_type: `${TYPE}jwt`,
        subject_token_type: `${TYPE}jwt`,
      }),
      await swap({ exp: NOW + 3600 }, issued({ ...given, exp: NOW + 900 }, { ...response, expires_in: 900 })),
    ),
    test('full', 'an access token by its profile', trade(await user({}, { typ: 'at+jwt' }), to, good)),
    test(
      'full',
      'who acted before is kept within',
      await swap(
        { act: { sub: 'front' } },
        issued({ ...given, act: { sub: 'gateway', act: { sub: 'front' } } }, response),
      ),
    ),
    test(
      'full',
      'the scope is narrowed, never widened',
      await swap({}, issued({ ...given, scope: 'b' }, { ...response, scope: 'b' }), { scope: 'b' }),
      await swap({}, refused('invalid_scope', 'delegation_escalation'), { scope: 'a c' }),
      await swap({ scope: undefined }, refused('invalid_scope', 'delegation_escalation'), { scope: 'a' }),
      await swap({}, refused('invalid_scope', 'scope_malformed'), { scope: 'a  b' }),
    ),
    test(
      'full',
      'whoever the subject lets act, and nobody else',
      await swap({ may_act: { sub: 'gateway' } }, issued({ ...given, may_act: { sub: 'gateway' } }, response)),
      await swap({ may_act: { sub: 'other' } }, bad('delegation_actor_denied')),
      await swap({ may_act: { sub: 'gateway', iss: 'https://idp.example' } }, bad('delegation_actor_denied')),
    ),
    test(
      'full',
      'one service, and one of those that the client may call',
      await swap({}, refused('invalid_target', 'audience_not_one'), { resource: 'billing' }),
      trade(await user({}), {}, refused('invalid_target', 'audience_not_one')),
      await swap({}, refused('invalid_target', 'audience_not_allowed'), { audience: 'gateway' }),
    ),
    test(
      'full',
      'a token that came to somebody else, or is not good',
      await swap({ aud: 'orders' }, bad('audience_mismatch')),
      await swap({ aud: 'unheard-of' }, bad('audience_mismatch')),
      await swap({ iss: 'https://other.example' }, bad('issuer_mismatch')),
      await swap({ exp: NOW - 90 }, bad('token_expired')),
      await swap({ exp: NOW }, bad('delegation_expired')),
      await swap({ sub: undefined }, bad('claim_missing')),
      trade(await signed({ ...IDP, kid: 'k1' }, USER), to, bad('signature_invalid')),
      trade(await signed({ ...OWN, kid: 'leaked' }, USER), to, bad('key_not_found')),
      trade('x', to, bad('token_malformed')),
    ),
    test(
      'full',
      'a token of an issuer that is trusted, addressed to the client itself',
      trade(await outside({}), to, foreign),
      trade(await outside({ aud: 'shared-api' }), to, bad('audience_mismatch')),
      trade(await outside({ act: { sub: 'x' } }), to, bad('actor_not_allowed')),
    ),
    test(
      'full',
      'what is not supported, or not there',
      await swap({}, bad('token_type_unsupported'), { subject_token_type: `${TYPE}saml2` }),
      await swap({}, bad('token_type_unsupported'), { subject_token_type: `${TYPE}refresh_token` }),
      await swap({}, bad('token_type_unsupported'), { requested_token_type: `${TYPE}id_token` }),
      await swap({}, bad('actor_token_unsupported'), { actor_token: 'x', actor_token_type: `${TYPE}jwt` }),
      await swap({}, bad('actor_token_unsupported'), { actor_token_type: `${TYPE}jwt` }),
      ask({ grant_type: GRANT, subject_token: 'x' }, bad('parameter_missing')),
      ask({ grant_type: GRANT, subject_token_type: `${TYPE}jwt` }, bad('parameter_missing')),
      trade(await user({ aud: 'orders' }), to, refused('unauthorized_client', 'grant_not_allowed'), ORDERS),
    ),
  ]
}

async function introspections() {
  const claims = { iss: ISSUER, sub: 'u1', aud: 'orders', iat: NOW, exp: NOW + 300, jti: 't1' }
  const more = {
    client_id: 'gateway',
    scope: 'a b',
    roles: ['admin'],
    permissions: ['p'],
    act: { sub: 'gateway' },
    cnf: { jkt: 'x' },
  }
  const look = (token, answer, headers = ORDERS) => form('/auth/introspect', headers, { token }, answer)
  const takeBack = (token, answer, headers = GATEWAY) => form('/auth/revoke', headers, { token }, answer)
  const none = { status: 200, headers: { 'cache-control': 'no-store' }, json: { active: false } }
  const some = (told) => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    json: { active: true, token_type: 'Bearer', ...told },
  })
  const gone = { status: 200, headers: { 'cache-control': 'no-store' }, body: '' }
  const full = await signed(OWN, { ...claims, ...more, email: 'u1@example.org' })
  const plain = await signed(OWN, claims)
  const mine = issued(
    {
      sub: 'gateway',
      client_id: 'gateway',
      permissions: ['orders:read'],
      aud: 'orders',
      exp: NOW + 900,
      scope: 'read write',
    },
    { expires_in: 900, scope: 'read write' },
  )
  return [
    test(
      'full',
      'what a token says, to whom it came (RFC 7662)',
      look(full, some({ ...claims, ...more })),
      look(plain, some(claims)),
    ),
    test(
      'full',
      'of a token that is not good, or came to another, nothing is told',
      look(full, none, GATEWAY),
      look(await signed(OWN, { ...claims, aud: 'unheard-of' }), none),
      look(await signed(OWN, { ...claims, exp: NOW - 90 }), none),
      look(await signed(IDP, { ...claims, iss: 'https://idp.example', aud: 'gateway' }), none, GATEWAY),
      look(await signed({ ...IDP, kid: 'k1' }, claims), none),
      look('x', none),
    ),
    test(
      'full',
      'who asks says who it is',
      look(plain, at('introspect', refused('invalid_client', 'authentication_missing')), {}),
      look(plain, at('introspect', refused('invalid_client', 'secret_wrong')), basic('orders', 'no')),
      form(
        '/auth/introspect',
        ORDERS,
        { token_type_hint: 'access_token' },
        at('introspect', refused('invalid_request', 'parameter_missing')),
      ),
      takeBack(plain, at('revoke', refused('invalid_client', 'authentication_missing')), {}),
      form('/auth/revoke', GATEWAY, {}, at('revoke', refused('invalid_request', 'parameter_missing'))),
    ),
    test(
      'full',
      'a token that was taken back is not good any more (RFC 7009), at any endpoint',
      { ...own({ audience: 'orders' }, mine), save: 'token' },
      look('{token}', { ...some({}), partial: true }),
      takeBack('{token}', gone),
      look('{token}', none),
      takeBack('{token}', gone),
    ),
    test(
      'full',
      'who acts in a token may take it back, and it is no subject for an exchange then',
      takeBack(await signed(OWN, { ...claims, aud: 'gateway', act: { sub: 'gateway' } }), gone),
      trade(
        await signed(OWN, { ...claims, aud: 'gateway', act: { sub: 'gateway' } }),
        { audience: 'orders' },
        refused('invalid_request', 'token_revoked'),
      ),
    ),
    test(
      'full',
      'tokens of others are not taken back',
      takeBack(full, at('revoke', refused('unauthorized_client', 'token_of_another')), ORDERS),
      takeBack(plain, at('revoke', refused('unauthorized_client', 'token_of_another'))),
      takeBack(
        await signed(OWN, { ...claims, client_id: 'gateway', act: { sub: 'other' } }),
        at('revoke', refused('unauthorized_client', 'token_of_another')),
      ),
      look(full, some({ ...claims, ...more })),
    ),
    test(
      'full',
      'what is not good any more needs no taking back, and what has no id cannot be',
      takeBack(await signed(OWN, { ...claims, exp: NOW - 90 }), gone),
      takeBack('x', gone),
      takeBack(
        await signed(OWN, { ...claims, client_id: 'gateway', jti: undefined }),
        at('revoke', refused('unsupported_token_type', 'claim_missing')),
      ),
    ),
  ]
}

function hostile() {
  const send = (body, answer, headers = {}, path = '/auth/token') =>
    post(path, { ...FORM, ...GATEWAY, ...headers }, body, answer)
  const malformed = refused('invalid_request', 'body_malformed')
  const repeated = refused('invalid_request', 'parameter_repeated')
  const type = refused('invalid_request', 'content_type_unsupported', { status: 415 })
  const grant = 'grant_type=client_credentials&audience=orders'
  const filled = (size, answer) => ({ ...send('', answer), fill: size })
  const large = refused('invalid_request', 'body_too_large', { status: 413 })
  return [
    test(
      'full',
      'a parameter twice (RFC 6749 section 3.2)',
      send(`${grant}&scope=read&scope=write`, repeated),
      send(`${grant}&scope=&scope=`, repeated),
      send(`${grant}&%73cope=read&scope=read`, repeated),
      send('grant_type=client_credentials&grant_type=client_credentials', repeated),
    ),
    test(
      'full',
      'a form that is none',
      send(`${grant}&a=%`, malformed),
      send(`${grant}&a=%4`, malformed),
      send(`${grant}&a=%zz`, malformed),
      send(`${grant}&a=%ff`, malformed),
      send(`${grant}&%ed%a0%80=a`, malformed),
      { ...send('', malformed), bytes: '_w' },
    ),
    test(
      'full',
      'another content type, or none',
      send(grant, type, { 'content-type': 'text/plain' }),
      send(grant, type, { 'content-type': 'multipart/form-data; boundary=a' }),
      send(grant, type, { 'content-type': 'application/x-www-form-urlencoded, application/json' }),
      send(grant, type, { 'content-type': '' }),
      send('{}', at('introspect', type), { 'content-type': 'application/json' }, '/auth/introspect'),
      send('{}', at('revoke', type), { 'content-type': 'application/json' }, '/auth/revoke'),
    ),
    test(
      'full',
      'a body that is too large, and one that just is not',
      filled(65_537, large),
      filled(1_000_000, large),
      filled(65_536, refused('invalid_request', 'parameter_missing')),
    ),
    test(
      'full',
      'a grant that there is not',
      send('', refused('invalid_request', 'parameter_missing')),
      send('grant_type=', refused('invalid_request', 'parameter_missing')),
      ...[
        'password',
        'authorization_code',
        'refresh_token',
        'implicit',
        'CLIENT_CREDENTIALS',
        'constructor',
        'urn:ietf:params:oauth:grant-type:jwt-bearer',
      ].map((name) => send(`grant_type=${name}`, refused('unsupported_grant_type', 'grant_type_unknown'))),
    ),
    test(
      'full',
      'nothing is said in the URL',
      send(grant, refused('invalid_request', 'query_not_allowed'), {}, '/auth/token?a=b'),
      send('', refused('invalid_request', 'query_not_allowed'), {}, `/auth/token?${grant}`),
      send(
        'token=x',
        at('introspect', refused('invalid_request', 'query_not_allowed')),
        {},
        '/auth/introspect?token=x',
      ),
    ),
    test(
      'full',
      'nothing of a request comes back',
      send('grant_type=<script>', refused('unsupported_grant_type', 'grant_type_unknown')),
      send(`${grant}&scope=%0d%0aset-cookie:a`, refused('invalid_scope', 'scope_malformed')),
    ),
  ]
}

/** Options that are refused. */
function refusedOptions() {
  const GOOD = { issuer: ISSUER }
  const CLIENT = { id: 'a', secretSha256: digest('x'), grants: ['client_credentials'], audiences: ['b'] }
  const invalid = (variable, options, comment = `${variable} is wrong`) => ({
    comment,
    options: { ...GOOD, ...options },
    code: 'config_invalid',
    variable,
  })
  const missing = (variable, options) => ({
    comment: `${variable} is missing`,
    options,
    code: 'config_missing',
    variable,
  })
  const client = (name, change) => invalid(`clients[0].${name}`, { clients: [{ ...CLIENT, ...change }] })
  const { grants: _, audiences: __, ...bare } = CLIENT
  const { secretSha256: ___, ...keyless } = CLIENT
  const urls = [
    '',
    'auth.example',
    'http://auth.example',
    'https://a@b.example',
    'https://a.example?b',
    'https://a.example#b',
  ]
  return [
    ...[...urls, 'https://', 'https://a.example/ b', 'http://localhost.example', 7].map((issuer) =>
      invalid('issuer', { issuer }, `${JSON.stringify(issuer)} is no issuer (RFC 8414 section 2)`),
    ),
    missing('issuer', {}),
    invalid('audience', { audience: '' }),
    invalid('adminSecret', { adminSecret: 'x'.repeat(31) }, 'a secret that is short'),
    invalid('ttl', { ttl: 0 }),
    invalid('ttl', { ttl: 86_401 }, 'longer than a token of this authority lives'),
    invalid('ttl', { ttl: 1.5 }, 'half a second'),
    invalid('tokenType', { tokenType: 'at+JWT' }),
    invalid('clients', { clients: {} }, 'no list'),
    invalid('clients', { clients: [CLIENT, CLIENT] }, 'two clients of one name'),
    invalid('clients[0]', { clients: [null] }, 'no client'),
    missing('clients[0].id', { ...GOOD, clients: [{ secretSha256: digest('x') }] }),
    ...['', 'a b', 'a:b', '\u00e9', 'admin', 'a'.repeat(129)].map((id) => client('id', { id })),
    missing('clients[0].secretSha256', { ...GOOD, clients: [keyless] }),
    ...[
      'x',
      digest('x').slice(1),
      [],
      [digest('x'), digest('y'), digest('z')],
      [digest('x'), 7],
      `${digest('x')}=`,
    ].map((secretSha256) => client('secretSha256', { secretSha256 })),
    ...[{}, { keys: [] }, { keys: {} }, 'x'].map((jwks) => client('jwks', { jwks })),
    ...[[], ['password'], ['client_credentials', 'client_credentials'], 'client_credentials'].map((grants) =>
      client('grants', { grants }),
    ),
    missing('clients[0].audiences', { ...GOOD, clients: [{ ...bare, grants: ['client_credentials'] }] }),
    ...[[], [''], [7]].map((audiences) => client('audiences', { audiences })),
    client('names', { names: [] }),
    client('scopes', { scopes: ['a b'] }),
    client('ttl', { ttl: 86_401 }),
    client('secret', { secret: 'x' }),
    invalid('adminPolicy.roles', { adminPolicy: { roles: [] } }),
    invalid('adminPolicy.subjects', { adminPolicy: { subjects: 'u1' } }),
    invalid('adminPolicy.ttl', { adminPolicy: { ttl: 86_401 } }),
    invalid('adminPolicy.scopes', { adminPolicy: { scopes: ['a'] } }),
    invalid('surplus', { surplus: 1 }, 'an option that there is not'),
    missing('trust[0].issuer', { ...GOOD, trust: [{ algorithms: ['EdDSA'], publicKeys: { keys: [] } }] }),
  ]
}

const numbered = (prefix, tests) =>
  tests.map((it, index) => ({ id: `${prefix}-${String(index + 1).padStart(4, '0')}`, ...it }))

/** Each by its path under `issuer/`. */
const made = Object.fromEntries(
  Object.entries(files).map(([name, tests]) => {
    const used = new Set(tests.map(({ issuer }) => issuer))
    const file = {
      format: 1,
      notes: `Requests to an issuer over HTTP, and its answers: ${name}. The authority is that of a document, its keys rotate as said.`,
      authority: { document: 'kd-0001', times: { rotateEvery: 1000 } },
      issuers: Object.fromEntries(Object.entries(issuers).filter(([id]) => used.has(id))),
      tests: numbered(`http-${name}`, tests),
    }
    return [`http/${name}.json`, file]
  }),
)
made['options.json'] = {
  format: 1,
  notes: 'Options of an issuer that are refused when it is made.',
  tests: numbered('io', refusedOptions()),
}

const isCheck = process.argv.includes('--check')
const stale = Object.entries(made).filter(([path, file]) => {
  const text = `${JSON.stringify(file, null, 2)}\n`
  const url = new URL(path, import.meta.url)
  if (isCheck) return readFileSync(url, 'utf8') !== text
  writeFileSync(url, text)
  return false
})
for (const [path] of stale) console.error(`conformance/issuer/${path} is not what http.mjs says`)
process.exitCode = stale.length > 0 ? 1 : 0
