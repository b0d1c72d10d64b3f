// Keys that a request did not bring: for a while they cause none.
import { ask, FAILURE, ok, set, timeline } from '../timeline-case.mjs'

const notes = {
  REMEMBERED: {
    description: 'A key that a request did not bring causes none for 60 seconds; 256 such keys are remembered.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: [],
  },
}

export default ({ keys, repeated }) => {
  const { a, b } = keys.ed
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const [k1, k2, k3] = ['k1', 'k2', 'k3'].map((kid) => ({ kid }))
  const withA = ok(set(jwk(a, 'k1')))
  const withBoth = ok(set(jwk(a, 'k1'), jwk(b, 'k2')))
  const cold = ask(0, k1, a, { fetch: withA })
  const missing = 'key_not_found'
  const kids = (n) => ({ kid: 'n', ...n })
  const remembered = [
    [
      460,
      'a kid that was fetched for is not fetched for again',
      [
        cold,
        ask(30, k2, missing, { fetch: withA }),
        ask(60, k2, missing),
        ask(60, k3, missing, { fetch: withA }),
        ask(89.9, k2, missing),
        ask(90, k2, b, { fetch: withBoth }),
      ],
    ],
    [
      461,
      'a remembered kid is found as soon as any request brings it',
      [cold, ask(30, k2, missing, { fetch: withA }), ask(60, k3, missing, { fetch: withBoth }), ask(61, k2, b)],
    ],
    [
      462,
      'a kid that was only turned away is not remembered',
      [cold, ask(10, k2, missing), ask(29.9, k2, missing), ask(30, k2, b, { fetch: withBoth })],
    ],
    [
      463,
      'a kid whose request failed is not remembered',
      [cold, ask(30, k2, missing, { fetch: FAILURE }), ask(60, k2, b, { fetch: withBoth })],
    ],
    [
      464,
      'a kid is remembered for its algorithm',
      [cold, ask(30, k2, missing, { fetch: withA }), ask(60, { alg: 'RS256', kid: 'k2' }, missing, { fetch: withA })],
    ],
    [
      465,
      '256 kids are remembered',
      [
        cold,
        ask(30, kids(), missing, { numbered: 256, fetch: withA }),
        ask(60, { kid: 'n0' }, missing),
        ask(60, { kid: 'n255' }, missing),
      ],
    ],
    [
      466,
      'of 257 the first is forgotten',
      [
        cold,
        ask(30, kids(), missing, { numbered: 257, fetch: withA }),
        ask(60, { kid: 'n1' }, missing),
        ask(60, { kid: 'n256' }, missing),
        ask(60, { kid: 'n0' }, missing, { fetch: withA }),
      ],
    ],
    [467, 'a kid of 256 bytes is fetched for', [cold, ask(30, { kid: repeated('k', 256) }, missing, { fetch: withA })]],
    [
      468,
      'a kid of 257 bytes is not, and is found where it is there',
      [
        ask(0, { kid: repeated('k', 257) }, a, { fetch: ok(set(jwk(a, 'k'.repeat(257)))) }),
        ask(30, { kid: repeated('l', 257) }, missing),
        ask(30, k2, missing, { fetch: withA }),
      ],
    ],
    [
      469,
      'bytes are counted, not characters',
      [
        cold,
        ask(30, { kid: repeated('\u00e9', 129) }, missing),
        ask(30, { kid: repeated('\u{1f511}', 65) }, missing),
        ask(30, { kid: repeated('\u{1f511}', 64) }, missing, { fetch: withA }),
      ],
    ],
    [
      470,
      'a token without kid is remembered too',
      [ask(0, {}, missing, { fetch: ok(set()) }), ask(30, {}, missing), ask(30, k1, a, { fetch: withA })],
    ],
  ]

  return {
    suite: 'timeline-remembered',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    groups: [{ name: 'kids that are remembered', tests: remembered.map((row) => timeline(row, 'REMEMBERED')) }],
  }
}
