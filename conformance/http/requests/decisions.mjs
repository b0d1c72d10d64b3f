import { bearer, denied, get, ISSUER, invalid, NOW, passed, test, token, unavailable } from './world.mjs'

const OTHER_SECRET = Buffer.alloc(64, 7).toString('base64url')

export async function decisions() {
  const of = async (claims, secret) => bearer(await token(claims, secret))
  const me = await of()
  const admin = await of({ sub: 'boss', roles: ['admin'] })
  const finance = await of({ sub: 'f1', roles: ['finance'] })
  const refused = async (claims, why) => get('/me', await of(claims), invalid(why))
  return [
    test(
      'plain',
      'what the kit refuses, with one word on the wire and its own for the log',
      await refused({ exp: NOW }, 'token_expired'),
      await refused({ nbf: NOW + 60 }, 'token_not_yet_valid'),
      await refused({ aud: 'other' }, 'audience_mismatch'),
      await refused({ iss: 'https://other.example' }, 'issuer_mismatch'),
      await refused({ sub: undefined }, 'claim_missing'),
      get('/me', await of({}, OTHER_SECRET), invalid('signature_invalid')),
    ),
    test('plain', 'a policy by route', get('/admin', admin, passed('boss')), get('/admin', me, denied())),
    test(
      'plain',
      'whoever was not verified is not told that something is forbidden',
      get('/admin', await of({ roles: ['admin'], exp: NOW }), invalid('token_expired')),
      get('/admin', await of({ exp: NOW }), invalid('token_expired')),
      get('/users/u1', await of({}, OTHER_SECRET), invalid('signature_invalid')),
    ),
    test(
      'plain',
      'the subject itself, or a role: the policy looks at the request',
      get('/users/u1', me, passed()),
      get('/users/u2', me, denied()),
      get('/users/u1', finance, passed('f1')),
      get('/users/U1', me, denied()),
    ),
    test(
      'plain',
      'a predicate for the rest',
      get('/files/u1', me, passed()),
      get('/files/u2', me, denied()),
      get('/files/u1', admin, denied()),
    ),
    test(
      'plain',
      'once only, where the route asks for it',
      get('/me', me, passed()),
      get('/me', me, passed()),
      get('/once', me, passed()),
      get('/once', me, invalid('token_replayed')),
      get('/me', me, passed()),
    ),
    test(
      'plain',
      'a token without a jti cannot be used up',
      get('/once', await of({ jti: undefined }), invalid('claim_missing')),
    ),
    test(
      'plain',
      'a jti of 10 kB',
      get('/once', await of({ jti: 'j'.repeat(10_000) }), passed()),
      get('/once', await of({ jti: 'j'.repeat(10_000) }), invalid('token_replayed')),
      get('/once', await of({ jti: 'j'.repeat(9_999) }), passed()),
    ),
    test(
      'plain',
      'names with braces, line ends and NUL are names like others',
      ...(await Promise.all(
        ['{j}', 'j\n', 'j\r\n', 'j\u0000', 'j'].map(async (jti) => get('/once', await of({ jti }), passed())),
      )),
      get('/once', await of({ jti: 'j\u0000' }), invalid('token_replayed')),
    ),
    test(
      'unavailable',
      'a store that does not answer uses nothing up, and lets nobody pass',
      get('/once', me, unavailable('replay_unavailable')),
      get('/me', me, passed()),
    ),
    test(
      'plain',
      'nothing of a request comes back',
      get('/users/%3Cscript%3E', me, denied()),
      get('/me', await of({ iss: `${ISSUER}/<script>` }), invalid('issuer_mismatch')),
    ),
  ]
}
