import {
  at,
  basic,
  form,
  GATEWAY,
  IDP,
  ISSUER,
  issued,
  NOW,
  ORDERS,
  OWN,
  own,
  refused,
  signed,
  test,
  trade,
} from './world.mjs'

export async function introspections() {
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
