import { bearer, denied, exceeded, get, ISSUER, invalid, passed, test, token, unavailable } from './world.mjs'

const keyOf = (sub, by = 'subject') => JSON.stringify([by, ISSUER, sub])
const allowed = (limit, remaining, resetAfter, { key = keyOf('u1'), cost = 1 } = {}) => ({
  key,
  limit,
  cost,
  gives: { allowed: true, remaining, resetAfter, retryAfter: 0 },
})
const refused = (limit, remaining, resetAfter, retryAfter, { key = keyOf('u1'), cost = 1 } = {}) => ({
  key,
  limit,
  cost,
  gives: { allowed: false, remaining, resetAfter, retryAfter },
})
const broken = (limit, key = keyOf('u1')) => ({ key, limit, cost: 1, gives: 'unavailable' })

const READ = { 'ratelimit-policy': '"read";q=120;w=60' }
const BOTH = { 'ratelimit-policy': '"read";q=120;w=60, "write";q=30;w=60' }

export async function limits() {
  const of = async (claims) => bearer(await token(claims))
  const me = await of()
  const boss = await of({ sub: 'boss', roles: ['admin'] })
  const asked = (path, headers, answer, ...draws) => get(path, headers, answer, { draws })
  const read = (rate) => ({ ...READ, ratelimit: rate })
  return [
    test(
      'plain',
      'what is left is told with what passes; seconds are rounded up',
      asked('/read', me, passed('u1', read('"read";r=119;t=1')), allowed('read', 119, 0.5)),
      asked('/read', me, passed('u1', read('"read";r=0;t=60')), allowed('read', 0, 60)),
      asked('/read', me, passed('u1', read('"read";r=120;t=0')), allowed('read', 120, 0)),
    ),
    test(
      'plain',
      'too many: 429, and when to come again',
      asked(
        '/read',
        me,
        exceeded('read', { ...read('"read";r=0;t=1'), 'retry-after': '1' }),
        refused('read', 0, 59.6, 0.1),
      ),
      asked(
        '/read',
        me,
        exceeded('read', { ...read('"read";r=0;t=31'), 'retry-after': '31' }),
        refused('read', 0, 60, 30.000001),
      ),
    ),
    test(
      'plain',
      'a refusal says when to come again, even where that is now',
      asked('/read', me, exceeded('read', { ...read('"read";r=0;t=1'), 'retry-after': '1' }), refused('read', 0, 1, 0)),
    ),
    test(
      'plain',
      'several limits in front of one route, and a cost',
      asked(
        '/write',
        me,
        passed('u1', { ...BOTH, ratelimit: '"read";r=110;t=5, "write";r=25;t=10' }),
        allowed('read', 110, 5, { cost: 5 }),
        allowed('write', 25, 10, { cost: 5 }),
      ),
      asked(
        '/write',
        me,
        exceeded('write', { ...BOTH, ratelimit: '"read";r=105;t=8, "write";r=3;t=4', 'retry-after': '4' }),
        allowed('read', 105, 7.5, { cost: 5 }),
        refused('write', 3, 54, 4, { cost: 5 }),
      ),
    ),
    test(
      'plain',
      'the first limit that is exceeded answers; those after it are not drawn on',
      asked(
        '/write',
        me,
        exceeded('read', { ...BOTH, ratelimit: '"read";r=1;t=2', 'retry-after': '2' }),
        refused('read', 1, 60, 2, { cost: 5 }),
      ),
    ),
    test(
      'plain',
      'the name of a limit is a string of RFC 9651',
      asked(
        '/odd',
        me,
        passed('u1', { 'ratelimit-policy': '"a \\"b\\" \\\\c";q=5;w=3600', ratelimit: '"a \\"b\\" \\\\c";r=6;t=720' }),
        allowed('a "b" \\c', 6, 720),
      ),
    ),
    test(
      'plain',
      'the key is the issuer and the subject, whatever they are made of',
      ...(await Promise.all(
        ['{u1}', 'u1\n', 'u1\u0000', 'ü"\\', '["subject"]'].map(async (sub) =>
          asked(
            '/read',
            await of({ sub }),
            passed(sub, read('"read";r=1;t=1')),
            allowed('read', 1, 1, { key: keyOf(sub) }),
          ),
        ),
      )),
    ),
    test(
      'plain',
      'by client: the actor, the client that the token was issued to, or the subject, in this order',
      asked(
        '/client',
        await of({ client_id: 'app', act: { sub: 'gateway' } }),
        passed('u1', read('"read";r=1;t=1')),
        allowed('read', 1, 1, { key: keyOf('gateway', 'client') }),
      ),
      asked(
        '/client',
        await of({ client_id: 'app' }),
        passed('u1', read('"read";r=1;t=1')),
        allowed('read', 1, 1, { key: keyOf('app', 'client') }),
      ),
      asked(
        '/client',
        await of({ client_id: ['app'] }),
        passed('u1', read('"read";r=1;t=1')),
        allowed('read', 1, 1, { key: keyOf('u1', 'client') }),
      ),
      asked('/client', me, passed('u1', read('"read";r=1;t=1')), allowed('read', 1, 1, { key: keyOf('u1', 'client') })),
    ),
    test(
      'plain',
      'a limiter that does not answer: refused, or passed where the route says so',
      asked('/read', me, unavailable('limiter_unavailable'), broken('read')),
      asked('/lenient', me, passed('u1'), broken('read')),
    ),
    test(
      'plain',
      'the order: token, policy, limits, replay',
      asked('/all', bearer('a.b.c'), invalid('token_malformed')),
      asked('/all', me, denied()),
      asked(
        '/all',
        boss,
        exceeded('write', {
          'ratelimit-policy': '"write";q=30;w=60',
          ratelimit: '"write";r=0;t=2',
          'retry-after': '2',
        }),
        refused('write', 0, 60, 2, { key: keyOf('boss') }),
      ),
      asked(
        '/all',
        boss,
        passed('boss', { 'ratelimit-policy': '"write";q=30;w=60', ratelimit: '"write";r=29;t=2' }),
        allowed('write', 29, 2, { key: keyOf('boss') }),
      ),
      asked(
        '/all',
        boss,
        {
          ...invalid('token_replayed'),
          headers: {
            ...invalid('token_replayed').headers,
            'ratelimit-policy': '"write";q=30;w=60',
            ratelimit: '"write";r=28;t=4',
          },
        },
        allowed('write', 28, 4, { key: keyOf('boss') }),
      ),
    ),
    test(
      'plain',
      'what a header says of an address changes nobody’s budget',
      ...['X-Forwarded-For', 'Forwarded', 'X-Real-IP'].map((name) =>
        asked('/read', [...me, [name, '203.0.113.7']], passed('u1', read('"read";r=1;t=1')), allowed('read', 1, 1)),
      ),
    ),
  ]
}
