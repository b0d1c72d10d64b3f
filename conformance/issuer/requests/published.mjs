import { createHash } from 'node:crypto'
import { at, GRANT, get, ISSUER, post, refused, test } from './world.mjs'

export async function published() {
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
