// How long an answer is used, and who waits for the next one.
import { answer, ask, FAILURE, ok, set, timeline } from '../timeline-case.mjs'

const notes = {
  CACHED: {
    description: 'An answer is used for its time, 300 seconds unless configured; one request runs at a time.',
    bugType: 'DOS',
    spec: ['rfc7517#5', 'local#key-sources'],
    cves: ['CVE-2026-48524'],
  },
  REFRESHED: {
    description: 'In the last fifth of its time a set is fetched again while it is used: nobody waits for that.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: [],
  },
}

export default ({ keys }) => {
  const { a, b } = keys.ed
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const k1 = { kid: 'k1' }
  const k2 = { kid: 'k2' }
  const withA = ok(set(jwk(a, 'k1')))
  const withB = ok(set(jwk(b, 'k1')))
  const cold = ask(0, k1, a, { fetch: withA })

  const cached = [
    [1, 'fetched when first asked, then used', [cold, ask(1, k1, a), ask(239.9, k1, a)]],
    [2, 'nothing is fetched before it is asked', []],
    [3, 'callers that come at once share a request', [ask(0, k1, a, { callers: 3, fetch: withA })]],
    [
      4,
      'callers that come one after the other share a request that is open',
      [
        ask(0, k1, a, { fetch: true, after: 3 }),
        ask(1, k1, a, { callers: 2, after: 2 }),
        ask(4, {}, a, { after: 1 }),
        answer(4.5, withA),
        ask(5, k1, a),
      ],
    ],
    [5, 'a token without kid, where there is one key', [ask(0, {}, a, { fetch: withA }), ask(10, {}, a)]],
    [6, 'its time is over after 300 seconds: callers wait', [cold, ask(300, k1, b, { fetch: withB })]],
    [
      7,
      'callers at its end share a request',
      [cold, ask(300, k1, b, { callers: 3, fetch: true, after: 1 }), answer(301, withB), ask(302, k1, b)],
    ],
    [
      8,
      'a key that was removed is used until then, and not after',
      [
        ask(0, k1, a, { fetch: ok(set(jwk(a, 'k1'), jwk(b, 'k2'))) }),
        ask(239.9, k1, a),
        ask(300, k2, b, { fetch: ok(set(jwk(b, 'k2'))) }),
        ask(300, k1, 'key_not_found'),
        ask(301, k2, b),
      ],
    ],
    [
      9,
      'a time of 20 seconds',
      [cold, ask(15.9, k1, a), ask(20, k1, b, { fetch: withB }), ask(35.9, k1, b), ask(40, k1, a, { fetch: withA })],
      { cacheTtl: 20 },
    ],
    [10, 'a time of one second', [cold, ask(0.7, k1, a), ask(1, k1, b, { fetch: withB })], { cacheTtl: 1 }],
    [
      11,
      'a time of a day',
      [cold, ask(69119, k1, a), ask(69120, k1, a, { fetch: withB }), ask(69121, k1, b)],
      { cacheTtl: 86400 },
    ],
  ]

  const refreshed = [
    [
      30,
      'in the last fifth callers are served while one request runs',
      [
        cold,
        ask(239.9, k1, a),
        ask(240, k1, a, { fetch: true }),
        ask(241, k1, a, { callers: 3 }),
        answer(242, withB),
        ask(243, k1, b),
      ],
    ],
    [
      31,
      'the time of the new set begins when it was asked for',
      [
        cold,
        ask(240, k1, a, { fetch: true }),
        answer(244, withA),
        ask(479.9, k1, a),
        ask(480, k1, a, { fetch: withB }),
        ask(481, k1, b),
      ],
    ],
    [
      32,
      'whoever starts the request is served what is there',
      [cold, ask(240, k1, a, { fetch: withB }), ask(240, k1, b)],
    ],
    [
      33,
      'a request that fails is repeated after 15 seconds',
      [
        cold,
        ask(240, k1, a, { fetch: FAILURE }),
        ask(254.9, k1, a),
        ask(255, k1, a, { fetch: withB }),
        ask(256, k1, b),
      ],
    ],
    [
      34,
      'a request that is still open at the end of the time: callers wait for it',
      [cold, ask(299, k1, a, { fetch: true }), ask(301, k1, b, { after: 1 }), answer(302, withB), ask(303, k1, b)],
    ],
    [
      35,
      'a key of the new set is there for whoever waits for another',
      [
        cold,
        ask(240, k1, a, { fetch: true }),
        ask(241, k2, b, { after: 1 }),
        answer(242, ok(set(jwk(b, 'k2')))),
        ask(243, k1, 'key_not_found'),
        ask(244, k2, b),
      ],
    ],
  ]

  return {
    suite: 'timeline-cache',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    groups: [
      { name: 'the time of an answer', tests: cached.map((row) => timeline(row, 'CACHED')) },
      { name: 'refreshed before its end', tests: refreshed.map((row) => timeline(row, 'REFRESHED')) },
    ],
  }
}
