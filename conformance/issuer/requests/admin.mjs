import { admin, GATEWAY, JSON_BODY, minted, NOW, refused, SECRET, test } from './world.mjs'

export function admins() {
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
