// What an answer says of its own time, and how it is revalidated.
import { ask, FAILURE, ok, set, status, timeline } from '../timeline-case.mjs'

const notes = {
  CACHE_CONTROL: {
    description:
      'max-age less Age, at least 30 seconds and at most the configured time; no-store and no-cache: the least.',
    bugType: 'DOS',
    spec: ['rfc9111#5.2.2', 'rfc9111#5.1', 'local#key-sources'],
    cves: [],
  },
  ETAG: {
    description: 'An entity tag is sent back, and 304 makes the set new again.',
    bugType: 'BASIC',
    spec: ['rfc9110#13.1.2', 'rfc9111#4.3', 'local#key-sources'],
    cves: [],
  },
}

/** The last fifth of a time begins after so many seconds. */
const LAST_FIFTH = { 20: 16, 30: 24, 60: 48, 100: 80, 300: 240 }

export default ({ keys }) => {
  const { a, b } = keys.ed
  const k1 = { kid: 'k1' }
  const good = set({ ...a.publicJwk, kid: 'k1' })
  const other = set({ ...b.publicJwk, kid: 'k1' })

  /** How long an answer with these headers is used shows in when it is fetched again. */
  const used = ([number, comment, headers, seconds, source]) => {
    const end = LAST_FIFTH[seconds]
    const steps = [
      ask(0, k1, a, { fetch: ok(good, headers) }),
      ask(end - 0.5, k1, a),
      ask(end, k1, a, { fetch: ok(other) }),
      ask(end + 1, k1, b),
    ]
    return timeline([number, comment, steps, source], 'CACHE_CONTROL')
  }
  const control = (text, age) => ({ 'cache-control': text, ...(age !== undefined && { age }) })

  const times = [
    [200, 'no Cache-Control', undefined, 300],
    [201, 'max-age', control('max-age=60'), 60],
    [202, 'max-age among others', control('public, max-age=60, must-revalidate'), 60],
    [203, 'max-age above the configured time', control('max-age=86400'), 300],
    [204, 'max-age of nine digits and more', control('max-age=31536000000'), 300],
    [205, 'max-age below 30 seconds', control('max-age=10'), 30],
    [206, 'max-age=0', control('max-age=0'), 30],
    [207, 'no-store', control('no-store'), 30],
    [208, 'no-cache', control('no-cache'), 30],
    [209, 'no-store beside max-age', control('max-age=60, no-store'), 30],
    [210, 'no-cache before max-age', control('no-cache,max-age=60'), 30],
    [211, 'private', control('private, max-age=60'), 60],
    [212, 'capitals', control('Max-Age=60'), 60],
    [213, 'NO-STORE', control('NO-STORE'), 30],
    [214, 'max-age in quotes', control('max-age="60"'), 60],
    [215, 's-maxage is for others', control('s-maxage=60'), 300],
    [216, 's-maxage before max-age', control('s-maxage=100, max-age=60'), 60],
    [217, 'a directive that ends alike', control('x-max-age=60'), 300],
    [218, 'max-age twice: the first', control('max-age=60, max-age=100'), 60],
    [219, 'max-age without a number', control('max-age=soon'), 30],
    [220, 'max-age without a value', control('max-age='), 30],
    [221, 'a negative max-age', control('max-age=-60'), 30],
    [222, 'a fraction', control('max-age=60.9'), 60],
    [223, 'tabs and spaces', control('public ,\t max-age=60'), 60],
    [224, 'nothing in it', control(''), 300],
    [225, 'Age', control('max-age=100', '40'), 60],
    [226, 'Age above max-age', control('max-age=60', '61'), 30],
    [227, 'Age leaves less than 30 seconds', control('max-age=100', '95'), 30],
    [228, 'Age against the configured time', control('max-age=400', '340'), 60],
    [229, 'Age alone', { age: '200' }, 300],
    [230, 'an Age that is none', control('max-age=60', 'old'), 60],
    [231, 'a negative Age', control('max-age=60', '-40'), 60],
    [232, 'Age twice: the first', control('max-age=100', '40, 10'), 60],
    [233, 'Expires is not looked at', { expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, 300],
    [234, 'a configured time below 30 seconds', control('max-age=5'), 20, { cacheTtl: 20 }],
    [235, 'a configured time below max-age', control('max-age=60'), 20, { cacheTtl: 20 }],
    [236, 'a configured time above max-age', control('max-age=100'), 100, { cacheTtl: 3600 }],
  ]

  const tag = (etag, more) => ({ etag, ...more })
  const again = { etag: '"v1"' }
  const unchanged = (headers) => status(304, headers ? { headers } : {})
  const withTag = ask(0, k1, a, { fetch: ok(good, tag('"v1"')) })
  const longest = `"${'x'.repeat(254)}"`

  const revalidated = [
    [
      250,
      '304: the set is new again',
      [
        withTag,
        ask(240, k1, a, { fetch: unchanged(), ...again }),
        ask(479.5, k1, a),
        ask(480, k1, a, { fetch: unchanged(), ...again }),
      ],
    ],
    [
      251,
      '304 for callers that wait',
      [withTag, ask(300, k1, a, { callers: 2, fetch: unchanged(), ...again }), ask(301, k1, a)],
    ],
    [
      252,
      '304 for an unknown kid',
      [withTag, ask(30, { kid: 'k2' }, 'key_not_found', { fetch: unchanged(), ...again })],
    ],
    [
      253,
      '304 with another time',
      [withTag, ask(240, k1, a, { fetch: unchanged({ 'cache-control': 'max-age=60' }), ...again }), ask(287.5, k1, a)],
    ],
    [
      254,
      'the time that 304 brings ends',
      [
        withTag,
        ask(240, k1, a, { fetch: unchanged({ 'cache-control': 'max-age=60' }), ...again }),
        ask(288, k1, a, { fetch: ok(other), ...again }),
        ask(289, k1, b),
      ],
    ],
    [
      255,
      '304 without Cache-Control: the time that the set came with',
      [
        ask(0, k1, a, { fetch: ok(good, tag('"v1"', { 'cache-control': 'max-age=60' })) }),
        ask(48, k1, a, { fetch: unchanged(), ...again }),
        ask(95.5, k1, a),
        ask(96, k1, a, { fetch: ok(other), ...again }),
        ask(97, k1, b),
      ],
    ],
    [
      256,
      '304 with another tag: it is sent from then on',
      [
        withTag,
        ask(240, k1, a, { fetch: unchanged({ etag: '"v2"' }), ...again }),
        ask(480, k1, a, { fetch: unchanged(), etag: '"v2"' }),
      ],
    ],
    [
      257,
      '200 with another tag',
      [
        withTag,
        ask(240, k1, a, { fetch: ok(other, tag('"v2"')), ...again }),
        ask(480, k1, b, { fetch: unchanged(), etag: '"v2"' }),
        ask(481, k1, b),
      ],
    ],
    [
      258,
      '200 without a tag',
      [withTag, ask(240, k1, a, { fetch: ok(other), ...again }), ask(480, k1, b, { fetch: ok(other) })],
    ],
    [
      259,
      '304 that was not asked for',
      [ask(0, k1, a, { fetch: ok(good) }), ask(300, k1, a, { fetch: unchanged() }), ask(301, k1, a)],
    ],
    [
      260,
      'after a failure it is asked without the tag',
      [
        withTag,
        ask(240, k1, a, { fetch: FAILURE, ...again }),
        ask(255, k1, a, { fetch: ok(other, tag('"v2"')) }),
        ask(495, k1, b, { fetch: unchanged(), etag: '"v2"' }),
      ],
    ],
    [
      261,
      'a weak tag',
      [
        ask(0, k1, a, { fetch: ok(good, tag('W/"v1"')) }),
        ask(240, k1, a, { fetch: unchanged(), etag: 'W/"v1"' }),
        ask(241, k1, a),
      ],
    ],
    [
      262,
      'a tag of 256 characters',
      [ask(0, k1, a, { fetch: ok(good, tag(longest)) }), ask(240, k1, a, { fetch: unchanged(), etag: longest })],
    ],
    [
      263,
      'a tag of 257 characters is not kept',
      [ask(0, k1, a, { fetch: ok(good, tag(longest.replace('x', 'xx'))) }), ask(240, k1, a, { fetch: ok(other) })],
    ],
    [
      264,
      'a tag without quotes is not kept',
      [ask(0, k1, a, { fetch: ok(good, tag('v1')) }), ask(240, k1, a, { fetch: ok(other) })],
    ],
    [
      265,
      'an empty tag is one',
      [ask(0, k1, a, { fetch: ok(good, tag('""')) }), ask(240, k1, a, { fetch: unchanged(), etag: '""' })],
    ],
    [
      266,
      'a tag with a character beyond ASCII is not kept',
      [ask(0, k1, a, { fetch: ok(good, tag('"\u00e9"')) }), ask(240, k1, a, { fetch: ok(other) })],
    ],
    [
      267,
      'a key of another algorithm, of which nobody asked before the 304',
      [
        ask(0, k1, a, {
          fetch: ok(set({ ...a.publicJwk, kid: 'k1' }, { ...keys.rs256.a.publicJwk, kid: 'r' }), tag('"v1"')),
        }),
        ask(240, k1, a, { fetch: unchanged(), ...again }),
        ask(241, { alg: 'RS256', kid: 'r' }, keys.rs256.a),
      ],
    ],
  ]
  return {
    suite: 'timeline-headers',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    groups: [
      { name: 'the time of an answer by its headers', tests: times.map(used) },
      { name: 'entity tags', tests: revalidated.map((row) => timeline(row, 'ETAG')) },
    ],
  }
}
