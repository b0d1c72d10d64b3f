// How long a request may take, callers who come late, and a clock that is set back.
import { answer, ask, FAILURE, ok, set, status, timeline, wait } from '../timeline-case.mjs'

const notes = {
  GIVEN_UP: {
    description: 'A request that has no answer after 5 seconds is given up; a late answer changes nothing.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: [],
  },
  LATE: {
    description:
      'Who waited for another endpoint comes with an older moment, by less than a minute: for them it is as late as for others.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: [],
  },
  CLOCK: {
    description: 'A clock that is set back by a minute or more makes a set older, never younger than nothing.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#key-sources'],
    cves: [],
  },
}

export default ({ keys, repeated }) => {
  const { a, b } = keys.ed
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const k1 = { kid: 'k1' }
  const withA = ok(set(jwk(a, 'k1')))
  const withB = ok(set(jwk(b, 'k1')))
  const cold = ask(0, k1, a, { fetch: withA })

  const givenUp = [
    [
      50,
      'nothing is there: callers are told after 5 seconds',
      [
        ask(0, k1, 'jwks_unavailable', { fetch: true, callers: 2, after: 3 }),
        ask(2, k1, 'jwks_unavailable', { after: 2 }),
        wait(4.9),
        wait(5),
        ask(5.1, k1, 'jwks_unavailable'),
        ask(15, k1, a, { fetch: withA }),
      ],
    ],
    [
      51,
      'a body that does not end is given up too',
      [
        ask(0, k1, 'jwks_unavailable', { fetch: { ...withA, endless: true }, after: 2 }),
        wait(4.9),
        wait(5),
        ask(15, k1, a, { fetch: withA }),
      ],
    ],
    [
      52,
      'keys are there: callers go on with them',
      [
        cold,
        ask(299, k1, a, { fetch: true }),
        ask(303.9, k1, a, { after: 1 }),
        wait(304),
        ask(305, k1, a),
        ask(313.9, k1, a),
        ask(314, k1, a, { fetch: true }),
        answer(315, withB),
        ask(316, k1, b),
      ],
    ],
    [
      53,
      'nobody waits for it: the next caller finds it given up',
      [cold, ask(240, k1, a, { fetch: true }), ask(254.9, k1, a), ask(255, k1, a, { fetch: withB }), ask(256, k1, b)],
    ],
    [
      54,
      'a late answer changes nothing',
      [
        ask(0, k1, 'jwks_unavailable', { fetch: true, after: 1 }),
        wait(5),
        ask(15, k1, a, { fetch: true, after: 2 }),
        answer(16, withB, 0),
        answer(17, withA),
        ask(18, k1, a),
      ],
    ],
    [
      55,
      'a late failure changes nothing',
      [
        ask(0, k1, 'jwks_unavailable', { fetch: true, after: 1 }),
        wait(5),
        ask(15, k1, a, { fetch: true, after: 2 }),
        answer(16, FAILURE, 0),
        answer(17, withA),
        ask(18, k1, a),
      ],
    ],
    [
      56,
      'a limit of 2 seconds',
      [ask(0, k1, 'jwks_unavailable', { fetch: true, after: 2 }), wait(1.9), wait(2)],
      { timeout: 2 },
    ],
    [
      57,
      'what is wrong before its end is not waited for',
      [
        ask(0, k1, 'jwks_unavailable', { fetch: { ...status(500), endless: true } }),
        ask(15, k1, 'jwks_unavailable', { fetch: { ...status(302), endless: true } }),
        ask(30, k1, 'jwks_unavailable', { fetch: { ...ok(repeated(' ', 262_145)), endless: true } }),
        ask(45, k1, a, { fetch: withA }),
      ],
    ],
    [
      58,
      'a late answer changes nothing, though nobody waited for it',
      [
        cold,
        ask(240, k1, a, { fetch: true }),
        answer(245, withB),
        ask(254.9, k1, a),
        ask(255, k1, a, { fetch: withB }),
        ask(256, k1, b),
      ],
    ],
    [
      59,
      'an answer in the last moment is one',
      [cold, ask(240, k1, a, { fetch: true }), answer(244.9, withB), ask(245, k1, b)],
    ],
  ]

  const clock = [
    [70, 'set back by less than its time: the set is used', [cold, ask(-239.9, k1, a)]],
    [71, 'set back by more: it is fetched again', [cold, ask(-300, k1, b, { fetch: withB }), ask(-299, k1, b)]],
    [
      72,
      'set back after a failure: the pause does not last until then',
      [
        ask(0, k1, 'jwks_unavailable', { fetch: FAILURE }),
        ask(-14, k1, 'jwks_unavailable'),
        ask(-60, k1, a, { fetch: withA }),
      ],
    ],
    [
      73,
      'set back beyond all limits while the endpoint is down: nothing is used',
      [cold, ask(-3900, k1, 'jwks_unavailable', { fetch: FAILURE })],
    ],
    [
      74,
      'set back while a request is open: it is given up',
      [
        ask(0, k1, a, { fetch: true, after: 2 }),
        ask(-100, k1, a, { fetch: withA }),
        answer(-99, withB),
        ask(-98, k1, a),
      ],
    ],
  ]

  const late = [
    [
      75,
      'after a failure: the pause holds for them too',
      [
        ask(0, k1, 'jwks_unavailable', { fetch: FAILURE }),
        ask(-15, k1, 'jwks_unavailable'),
        ask(-59.9, k1, 'jwks_unavailable'),
        ask(14.9, k1, 'jwks_unavailable'),
        ask(15, k1, a, { fetch: withA }),
      ],
    ],
    [
      76,
      'after an answer: it is as new for them as for others',
      [
        ask(0, k1, a, { fetch: ok(set(jwk(a, 'k1')), { 'cache-control': 'max-age=30' }) }),
        ask(-24, k1, a),
        ask(-59.9, { kid: 'k2' }, 'key_not_found'),
        ask(24, k1, a, { fetch: withB }),
        ask(25, k1, b),
      ],
    ],
    [
      77,
      'at the end of a time that is over: it is over for them too',
      [
        ask(0, k1, a, { fetch: ok(set(jwk(a, 'k1')), { 'cache-control': 'max-age=30' }) }),
        ask(3630, k1, 'jwks_unavailable', { fetch: FAILURE }),
        ask(3629.9, k1, 'jwks_unavailable'),
      ],
    ],
    [
      78,
      'by a minute: that is a clock that was set back',
      [ask(0, k1, 'jwks_unavailable', { fetch: FAILURE }), ask(-60, k1, a, { fetch: withA }), ask(-59, k1, a)],
    ],
  ]

  return {
    suite: 'timeline-waiting',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    groups: [
      { name: 'no answer', tests: givenUp.map((row) => timeline(row, 'GIVEN_UP')) },
      { name: 'a clock that is set back', tests: clock.map((row) => timeline(row, 'CLOCK')) },
      { name: 'callers who come late', tests: late.map((row) => timeline(row, 'LATE')) },
    ],
  }
}
