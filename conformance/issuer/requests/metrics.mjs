import { admin, at, get, minted, refused, test } from './world.mjs'

// Prometheus text exposition format 0.0.4. The active key signs since 5000, the next one from 6000 on.
const text = (issued, codes) =>
  [
    '# HELP kit_issuer_issued_total Tokens that were issued.',
    '# TYPE kit_issuer_issued_total counter',
    `kit_issuer_issued_total ${issued}`,
    '# HELP kit_issuer_refused_total Requests that were refused, by what was answered.',
    '# TYPE kit_issuer_refused_total counter',
    ...codes.map(([code, count]) => `kit_issuer_refused_total{code="${code}"} ${count}`),
    '# HELP kit_issuer_key_age_seconds Seconds since the key that signs began to.',
    '# TYPE kit_issuer_key_age_seconds gauge',
    'kit_issuer_key_age_seconds 200',
    '# HELP kit_issuer_next_key_seconds Seconds until the next key signs.',
    '# TYPE kit_issuer_next_key_seconds gauge',
    'kit_issuer_next_key_seconds 800',
    '',
  ].join('\n')

export function metrics() {
  const headers = { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' }
  const seen = (issued, ...codes) => get('/metrics', { status: 200, headers, body: text(issued, codes) })
  const denied = admin({ sub: 'u1', roles: ['root'] }, refused('access_denied', 'role_not_allowed'))
  return [
    test(
      'metered',
      'what was issued, what was refused, and how old the key is',
      seen(0),
      admin({ sub: 'u1' }, minted({ sub: 'u1' })),
      denied,
      admin({ sub: 'u1' }, minted({ sub: 'u1' })),
      denied,
      admin('{', refused('invalid_request', 'body_malformed')),
      seen(2, ['access_denied', 2], ['invalid_request', 1]),
    ),
    test(
      'admin',
      'nobody is told who did not ask for it',
      get('/metrics', { ...refused('not_found', 'not_found'), refusal: { code: 'not_found', why: 'not_found' } }),
    ),
    test('metered', 'read, and not written', {
      ...get('/metrics', at('metrics', refused('method_not_allowed', 'method_not_allowed')), {}, 'POST'),
    }),
  ]
}
