// An endpoint that fails, in every way: what is used meanwhile, for how long, and when it is asked again.
import { answer, ask, FAILURE, ok, set, status, timeline } from '../timeline-case.mjs'

const notes = {
  NO_SET: {
    description: 'Whatever is no 200 with a key set in strict JSON is no answer; good keys that are there stay.',
    bugType: 'DOS',
    spec: ['rfc7517#5', 'local#key-sources'],
    cves: ['CVE-2026-48522'],
  },
  STALE: {
    description: 'While the endpoint fails its last set is used for 3600 seconds more, unless configured.',
    bugType: 'DOS',
    spec: ['rfc5861#4', 'local#key-sources'],
    cves: [],
  },
}

export default ({ keys, repeated }) => {
  const { a, b } = keys.ed
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const [k1, k2] = ['k1', 'k2'].map((kid) => ({ kid }))
  const good = set(jwk(a, 'k1'))
  const withA = ok(good)
  const withB = ok(set(jwk(b, 'k1')))
  const cold = ask(0, k1, a, { fetch: withA })
  const none = 'jwks_unavailable'
  const html = '<!doctype html><html><head><title>Sign in</title></head><body></body></html>'

  const bad = [
    ['no connection, or a broken one', FAILURE],
    ['500', status(500, { body: good })],
    ['503', status(503)],
    ['404', status(404, { body: good })],
    ['401', status(401)],
    ['429', status(429, { headers: { 'retry-after': '120' } })],
    ['201', status(201, { body: good })],
    ['204', status(204)],
    ['206', status(206, { body: good })],
    ['301', status(301, { headers: { location: 'https://auth.example/other.json' }, body: good })],
    ['302 to another host', status(302, { headers: { location: 'https://evil.example/jwks.json' } })],
    ['307', status(307, { headers: { location: 'https://auth.example/jwks.json' } })],
    ['308', status(308, { headers: { location: 'http://auth.example/jwks.json' } })],
    ['300 with a set', status(300, { body: good })],
    ['304 that nobody asked for', status(304)],
    ['an HTML page', ok(html, { 'content-type': 'text/html' })],
    ['an HTML page that says it is a set', ok(html, { 'content-type': 'application/jwk-set+json' })],
    ['nothing', ok('')],
    ['null', ok('null')],
    ['an array', ok('[]')],
    ['an object without keys', ok('{}')],
    ['keys that are no array', ok('{"keys":{}}')],
    ['an error as JSON', ok('{"error":"server_error"}')],
    ['keys twice', ok(`${good.slice(0, -1)},"keys":[]}`)],
    ['a byte order mark', ok(`\ufeff${good}`)],
    ['half a set', ok(good.slice(0, -10))],
    ['a set and more', ok(`${good}${good}`)],
    ['a set 17 levels deep', ok(good.replace('{', `{"n":${'['.repeat(16)}${']'.repeat(16)},`))],
    ['257 kB', ok(repeated(' ', 262_145 - good.length, { prefix: good }))],
    ['2 MB', ok(repeated(' ', 2_000_000, { prefix: good }))],
  ]
  const noSet = bad.flatMap(([comment, given], i) => [
    [
      600 + i,
      `${comment}, at first`,
      [
        ask(0, k1, none, { callers: 2, fetch: given }),
        ask(14.9, k1, none),
        ask(15, k1, a, { fetch: withA }),
        ask(16, k1, a),
      ],
    ],
    [
      650 + i,
      `${comment}, when a set is there`,
      [
        cold,
        ask(300, k1, a, { callers: 2, fetch: given }),
        ask(314.9, k1, a),
        ask(315, k1, a, { fetch: withB }),
        ask(316, k1, b),
      ],
    ],
  ])

  const outage = (from, to) =>
    Array.from({ length: Math.floor((to - from) / 15) + 1 }, (_, i) => ask(from + 15 * i, k1, a, { fetch: FAILURE }))
  const stale = [
    [
      700,
      'at the end of its time, and an hour more',
      [cold, ask(3899.9, k1, a, { fetch: FAILURE }), ask(3899.9, k1, a), ask(3900, k1, none)],
    ],
    [701, 'not at the end of the hour', [cold, ask(3900, k1, none, { fetch: FAILURE })]],
    [
      702,
      'it is asked again every 15 seconds, and nobody waits',
      [cold, ...outage(240, 420), ask(421, k1, a), ask(435, k1, a, { fetch: withB }), ask(436, k1, b)],
    ],
    [
      703,
      'nobody waits for a request that is slow to fail',
      [
        cold,
        ask(300, k1, a, { fetch: FAILURE }),
        ask(315, k1, a, { fetch: true }),
        ask(316, k1, a, { callers: 3 }),
        ask(319.9, k1, a),
        ask(321, k1, a),
        ask(329.9, k1, a),
        ask(330, k1, a, { fetch: true }),
        answer(331, withB),
        ask(332, k1, b),
      ],
    ],
    [
      704,
      '30 seconds after the last failure callers wait again',
      [
        cold,
        ask(300, k1, a, { fetch: FAILURE }),
        ask(330, k1, b, { fetch: true, after: 1 }),
        answer(331, withB),
        ask(332, k1, b),
      ],
    ],
    [
      705,
      'a key that was removed is gone with the first answer',
      [
        ask(0, k1, a, { fetch: ok(set(jwk(a, 'k1'), jwk(b, 'k2'))) }),
        ask(300, k1, a, { fetch: FAILURE }),
        ask(900, k1, 'key_not_found', { fetch: ok(set(jwk(b, 'k2'))) }),
        ask(901, k2, b),
      ],
    ],
    [
      706,
      'nothing is known of other keys meanwhile',
      [
        cold,
        ask(299, k2, 'key_not_found', { fetch: FAILURE }),
        ask(300, k2, none),
        ask(301, k1, a),
        ask(314, k2, b, { fetch: ok(set(jwk(b, 'k2'))) }),
      ],
    ],
    [
      707,
      'no hour where none is configured',
      [cold, ask(300, k1, none, { fetch: FAILURE }), ask(301, k1, none), ask(315, k1, a, { fetch: withA })],
      { maxStale: 0 },
    ],
    [
      708,
      'the last fifth is no end',
      [cold, ask(299.9, k1, a, { fetch: FAILURE }), ask(300, k1, none)],
      { maxStale: 0 },
    ],
    [
      709,
      'ten seconds are configured',
      [cold, ask(309.9, k1, a, { fetch: FAILURE }), ask(310, k1, none)],
      { maxStale: 10 },
    ],
    [
      710,
      'a day is configured',
      [cold, ask(86_699, k1, a, { fetch: FAILURE }), ask(86_700, k1, none)],
      { maxStale: 86_400 },
    ],
    [
      711,
      'the hour begins at the end of the time that the answer said',
      [
        ask(0, k1, a, { fetch: ok(good, { 'cache-control': 'max-age=60' }) }),
        ask(3659.9, k1, a, { fetch: FAILURE }),
        ask(3660, k1, none),
      ],
    ],
    [
      712,
      'a set that came after a failure is as good as any',
      [
        ask(0, k1, none, { fetch: FAILURE }),
        ask(15, k1, a, { fetch: withA }),
        ask(254.9, k1, a),
        ask(255, k1, a, { fetch: FAILURE }),
        ask(270, k1, a, { fetch: withB }),
        ask(271, k1, b),
      ],
    ],
    [
      713,
      'callers that wait when it fails are served what was there',
      [
        cold,
        ask(300, k1, a, { callers: 3, fetch: true, after: 2 }),
        ask(301, k2, none, { after: 1 }),
        answer(302, FAILURE),
      ],
    ],
    [
      714,
      'an empty set is an answer: its keys are gone',
      [cold, ask(300, k1, 'key_not_found', { fetch: ok(set()) }), ask(301, k1, 'key_not_found')],
    ],
    [
      715,
      'several keys of one kid stay ambiguous',
      [
        ask(0, k1, 'key_ambiguous', { fetch: ok(set(jwk(a, 'k1'), jwk(b, 'k1'))) }),
        ask(300, k1, 'key_ambiguous', { fetch: FAILURE }),
        ask(301, k1, 'key_ambiguous'),
      ],
    ],
  ]

  return {
    suite: 'timeline-outage',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    groups: [
      { name: 'answers that are none', tests: noSet.map((row) => timeline(row, 'NO_SET')) },
      { name: 'what is used meanwhile', tests: stale.map((row) => timeline(row, 'STALE')) },
    ],
  }
}
