// A kit whose keys are behind one URL: as configured, and with pins.
import { answer, ask, FAILURE, ok, set, timeline, wait } from '../timeline-case.mjs'

const notes = {
  CONFIGURED: {
    description: 'A kit has a URL and a time for its keys; what it verifies is what the source gives it.',
    bugType: 'BASIC',
    spec: ['local#key-sources'],
    cves: [],
  },
  PINNED: {
    description: 'Pins hold for keys from URLs too.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-5'],
    cves: [],
  },
}

const OWN_URL = 'https://issuer.example/jwks.json'

export default ({ keys, token, claimsText, ISSUER, AUDIENCE, NOW }) => {
  const { a, b } = keys.ed
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const kits = {
    own: { issuer: ISSUER, audience: AUDIENCE, jwksUrl: OWN_URL },
    ownForTwenty: { issuer: ISSUER, audience: AUDIENCE, jwksUrl: OWN_URL, jwksCacheTtl: 20 },
    pinned: { issuer: ISSUER, audience: AUDIENCE, jwksUrl: OWN_URL, allowedThumbprints: [a.thumbprint] },
  }
  /** A token of an hour, signed with a key. */
  const of = (key, kid) =>
    token({
      header: JSON.stringify({ alg: key.alg, kid }),
      payload: claimsText({ iss: JSON.stringify(ISSUER), exp: `${NOW + 3600}`, iat: `${NOW - 600}` }),
      key,
    })
  const kit = (name) => ({ kit: name })
  const at = (url, answer) => ({ fetch: { [url]: answer } })
  const [own, other] = [of(a, 'k1'), of(b, 'k2')]
  const two = ok(set(jwk(a, 'k1'), jwk(b, 'k2')))
  const one = [
    [
      1060,
      'two active keys',
      [ask(0, own, ISSUER, at(OWN_URL, two)), ask(1, other, ISSUER), ask(2, of(a, 'k2'), 'signature_invalid')],
      kit('own'),
    ],
    [
      1061,
      'the configured time',
      [
        ask(0, own, ISSUER, at(OWN_URL, two)),
        ask(15.9, own, ISSUER),
        ask(16, own, ISSUER, at(OWN_URL, two)),
        ask(36, other, ISSUER, at(OWN_URL, two)),
      ],
      kit('ownForTwenty'),
    ],
    [
      1062,
      'callers that come at once',
      [ask(0, own, ISSUER, { ...at(OWN_URL, true), callers: 5, after: 2 }), wait(1), answer(2, two)],
      kit('own'),
    ],
    [1063, 'nothing to be had', [ask(0, own, 'jwks_unavailable', at(OWN_URL, FAILURE))], kit('own')],
    [
      1064,
      'a token that is refused before its key is looked for',
      [ask(0, of(keys.rs256.a, 'k1'), 'alg_not_allowed')],
      kit('own'),
    ],
  ]
  const pinned = [
    [
      1080,
      'a pinned key, and another of the same set',
      [ask(0, own, ISSUER, at(OWN_URL, two)), ask(1, other, 'key_not_pinned'), ask(2, own, ISSUER)],
      kit('pinned'),
    ],
    [
      1081,
      'a set that replaces the pinned key',
      [
        ask(0, own, ISSUER, at(OWN_URL, two)),
        ask(300, of(b, 'k1'), 'key_not_pinned', at(OWN_URL, ok(set(jwk(b, 'k1'))))),
      ],
      kit('pinned'),
    ],
  ]

  const test = (flag) => (row) => timeline(row, flag)
  return {
    suite: 'timeline-kits',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    kits,
    groups: [
      { name: 'one issuer', tests: one.map(test('CONFIGURED')) },
      { name: 'pins', tests: pinned.map(test('PINNED')) },
    ],
  }
}
