import { ask, GRANT, IDP, ISSUER, issued, NOW, ORDERS, OWN, refused, signed, TYPE, test, trade } from './world.mjs'

export async function exchanges() {
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
    { sub: 'idp|x', aud: 'orders', act, client_id: 'gateway', permissions: ['p', 'q'], exp: NOW + 900 },
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
    test(
      'full',
      'scopes, groups and clients of another issuer mean nothing here',
      trade(await outside({ scope: 'a b', groups: ['admins'], client_id: 'orders' }), to, foreign),
      trade(await outside({ scope: 'a b' }), { ...to, scope: 'a' }, refused('invalid_scope', 'delegation_escalation')),
    ),
  ]
}
