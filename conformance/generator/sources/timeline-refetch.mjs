// Keys that a set does not have: when it is fetched for them, and when it is not.
import { answer, ask, FAILURE, ok, set, timeline } from '../timeline-case.mjs'

const notes = {
  UNKNOWN: {
    description: 'A set is fetched for a key that it lacks, 30 seconds after the last request at the earliest.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: ['CVE-2026-48524'],
  },
  STORM: {
    description: 'However many kids are made up, at most two requests begin within 30 seconds.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: ['CVE-2026-48524'],
  },
}

export default ({ keys }) => {
  const { a, b, c } = keys.ed
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const [k1, k2, k3] = ['k1', 'k2', 'k3'].map((kid) => ({ kid }))
  const withA = ok(set(jwk(a, 'k1')))
  const withBoth = ok(set(jwk(a, 'k1'), jwk(b, 'k2')))
  const cold = ask(0, k1, a, { fetch: withA })
  const missing = 'key_not_found'

  const unknown = [
    [400, 'within 30 seconds nothing is fetched', [cold, ask(1, k2, missing), ask(29.9, k2, missing)]],
    [401, 'after 30 seconds callers wait for the set', [cold, ask(30, k2, b, { fetch: withBoth }), ask(31, k2, b)]],
    [
      402,
      'callers of several unknown kids share the request',
      [
        cold,
        ask(30, k2, b, { fetch: true, after: 4 }),
        ask(31, k2, b, { callers: 3, after: 3 }),
        ask(32, k3, missing, { after: 2 }),
        ask(33, k1, a),
        answer(34, withBoth),
        ask(35, k1, a),
      ],
    ],
    [
      403,
      'the first request of all counts',
      [ask(0, k2, missing, { fetch: withA }), ask(29.9, k3, missing), ask(30, k3, missing, { fetch: withA })],
    ],
    [
      404,
      'a refresh counts',
      [cold, ask(240, k1, a, { fetch: withA }), ask(269.9, k2, missing), ask(270, k2, b, { fetch: withBoth })],
    ],
    [
      405,
      'the new set begins its time',
      [
        cold,
        ask(100, k2, b, { fetch: withBoth }),
        ask(339.9, k1, a),
        ask(340, k1, a, { fetch: withA }),
        ask(341, k2, missing),
      ],
    ],
    [
      406,
      'a key that the new set lacks is gone',
      [cold, ask(30, k2, b, { fetch: ok(set(jwk(b, 'k2'))) }), ask(31, k1, missing)],
    ],
    [
      407,
      'a request that fails: known keys stay, and the pause is 30 seconds',
      [
        cold,
        ask(30, k2, missing, { fetch: FAILURE }),
        ask(31, k1, a),
        ask(59.9, k2, missing),
        ask(60, k2, b, { fetch: withBoth }),
      ],
    ],
    [
      408,
      'a request without an answer: known keys stay',
      [
        cold,
        ask(30, k2, missing, { fetch: true, after: 2 }),
        ask(31, k1, a),
        ask(35, k1, a),
        ask(36, k2, missing),
        ask(60, k2, b, { fetch: withBoth }),
      ],
    ],
    [
      409,
      'the kid of a key of another algorithm is unknown',
      [
        cold,
        ask(29.9, { alg: 'RS256', kid: 'k1' }, missing),
        ask(30, { alg: 'RS256', kid: 'k1' }, keys.rs256.a, {
          fetch: ok(set(jwk(a, 'k1'), jwk(keys.rs256.a, 'k1'))),
        }),
        ask(31, k1, a),
      ],
    ],
    [
      410,
      'no kid, and no key',
      [ask(0, {}, missing, { fetch: ok(set()) }), ask(59.9, {}, missing), ask(60, {}, a, { fetch: withA })],
    ],
    [
      411,
      'no kid, and two keys: nothing is fetched for that',
      [ask(0, {}, 'key_ambiguous', { fetch: withBoth }), ask(100, {}, 'key_ambiguous'), ask(101, k2, b)],
    ],
    [
      412,
      'one kid for two keys: nothing is fetched for that',
      [
        ask(0, k1, 'key_ambiguous', { fetch: ok(set(jwk(a, 'k1'), jwk(b, 'k1'), jwk(c, 'k2'))) }),
        ask(100, k1, 'key_ambiguous'),
        ask(101, k2, c),
      ],
    ],
    [
      413,
      'an unknown kid at the end of the time: one request for both',
      [cold, ask(300, k2, b, { fetch: withBoth }), ask(301, k1, a)],
    ],
    [
      414,
      'an unknown kid in the last fifth, within 30 seconds of nothing: it waits for the refresh',
      [cold, ask(240, k2, b, { fetch: withBoth }), ask(241, k1, a)],
    ],
    [
      415,
      'a kid that is like a name of every object',
      [cold, ask(10, { kid: '__proto__' }, missing), ask(11, { kid: 'constructor' }, missing)],
    ],
  ]

  const down = { fetch: FAILURE, numbered: 1000 }
  const storm = [
    [
      440,
      'a thousand kids within 30 seconds of the first request',
      [cold, ...[1, 10, 20, 29.9].map((at) => ask(at, { kid: 'r' }, missing, { numbered: 250 }))],
    ],
    [
      441,
      'a thousand kids at once after 30 seconds',
      [
        cold,
        ask(30, { kid: 'r' }, missing, { numbered: 1000, fetch: withA }),
        ask(59.9, { kid: 's' }, missing, { numbered: 1000 }),
        ask(60, { kid: 't' }, missing, { numbered: 1000, fetch: withA }),
      ],
    ],
    [
      442,
      'a thousand kids that wait for one request',
      [
        cold,
        ask(30, { kid: 'r' }, missing, { numbered: 1000, fetch: true, after: 2 }),
        ask(31, k1, a),
        answer(32, withA),
        ask(33, k1, a),
      ],
    ],
    [
      443,
      'a thousand kids, and nothing is there yet',
      [
        ask(0, { kid: 'r' }, missing, { numbered: 1000, fetch: withA }),
        ask(29.9, { kid: 's' }, missing, { numbered: 1000 }),
        ask(30, { kid: 't' }, missing, { numbered: 1000, fetch: withA }),
      ],
    ],
    [
      444,
      'a thousand kids, nothing is there, and the endpoint is down',
      [
        ask(0, { kid: 'r' }, 'jwks_unavailable', down),
        ask(14.9, { kid: 's' }, 'jwks_unavailable', { numbered: 1000 }),
        ask(15, { kid: 't' }, 'jwks_unavailable', down),
        ask(29.9, { kid: 'u' }, 'jwks_unavailable', { numbered: 1000 }),
        ask(30, { kid: 'v' }, 'jwks_unavailable', down),
      ],
    ],
    [
      445,
      'a thousand kids, and the endpoint goes down',
      [
        cold,
        ask(30, { kid: 'r' }, missing, down),
        ask(45, { kid: 's' }, missing, { numbered: 1000 }),
        ask(59.9, { kid: 't' }, missing, { numbered: 1000 }),
        ask(60, { kid: 'u' }, missing, down),
        ask(61, k1, a),
      ],
    ],
  ]

  return {
    suite: 'timeline-refetch',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    groups: [
      { name: 'keys that are unknown', tests: unknown.map((row) => timeline(row, 'UNKNOWN')) },
      { name: 'kids that are made up', tests: storm.map((row) => timeline(row, 'STORM')) },
    ],
  }
}
