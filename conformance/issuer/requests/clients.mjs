import {
  ASSERTION,
  asserted,
  basic,
  GATEWAY,
  GATEWAY_SECRET,
  IDP,
  ISSUER,
  issued,
  NOW,
  ODD_SECRET,
  own,
  refused,
  SECRET,
  signed,
  test,
  WORKER,
} from './world.mjs'

export async function clients() {
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
