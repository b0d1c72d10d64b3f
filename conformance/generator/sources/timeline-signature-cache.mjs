// A kit that remembers which signatures held: everything else is checked again each time, as if it remembered nothing.
import { ask, FAILURE, ok, set, timeline } from '../timeline-case.mjs'

const notes = {
  TIME: {
    description: 'A token that was verified before has the same times as ever.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-9', 'rfc7519#4.1.4'],
    cves: [],
  },
  KEY: {
    description:
      'A token that was verified before needs its key at the very moment: there, alone, pinned, of its issuer.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-9'],
    cves: [],
  },
}

const NORTH = 'https://north.example'
const URL = 'https://issuer.example/jwks.json'
const NORTH_URL = `${NORTH}/jwks.json`
const BYTES = 1_000_000

export default ({ keys, profiles, token, claimsText, ISSUER, AUDIENCE, NOW }) => {
  const { a, b } = keys.ed
  const [shared, own] = profiles
  const base = { issuer: ISSUER, audience: AUDIENCE, signatureCacheBytes: BYTES }
  const remote = { ...base, jwksUrl: URL, jwksCacheTtl: 20 }
  const kits = {
    hs512: { ...shared.config, signatureCacheBytes: BYTES },
    eddsa: { ...own.config, signatureCacheBytes: BYTES },
    remote,
    pinned: { ...remote, allowedThumbprints: [a.thumbprint] },
    moved: {
      ...base,
      publicKeys: a.publicJwk,
      trust: [{ issuer: NORTH, algorithms: ['EdDSA'], jwksUrl: NORTH_URL }],
      jwksCacheTtl: 20,
    },
    both: { ...remote, privateKey: { ...a.privateJwk, kid: 'k1' } },
    twice: { ...remote, trust: [{ issuer: ISSUER, audience: 'orders', algorithms: ['EdDSA'], jwksUrl: NORTH_URL }] },
  }
  const kit = (name) => ({ kit: name })
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const at = (answer, url = URL) => ({ fetch: { [url]: answer } })
  const hour = { iat: `${NOW - 600}`, exp: `${NOW + 7200}` }
  const minted = ({ header, key }, claims) => token({ header, payload: claimsText(claims), key })
  /** A token for a kit with a source. */
  const of = (key, kid, claims = {}, iss = ISSUER) =>
    minted({ header: JSON.stringify({ alg: 'EdDSA', kid }), key }, { ...hour, iss: JSON.stringify(iss), ...claims })
  const mine = of(a, 'k1')
  const ordered = of(a, 'k1', { aud: '"orders"' })
  const [withA, withB] = [ok(set(jwk(a, 'k1'))), ok(set(jwk(b, 'k1')))]
  /** The token is known, by its key of the first set. */
  const known = [ask(0, mine, ISSUER, at(withA)), ask(1, mine, ISSUER)]

  const times = [shared, own].flatMap((profile, index) => {
    const plain = minted(profile, {})
    const early = minted(profile, { nbf: `${NOW}` })
    const number = 2000 + index * 10
    return [
      [
        number,
        `${profile.name}: it expires`,
        [
          ask(0, plain, ISSUER),
          ask(389.5, plain, ISSUER),
          ask(390, plain, 'token_expired exp'),
          ask(389.5, plain, ISSUER),
        ],
        kit(profile.kit),
      ],
      [
        number + 1,
        `${profile.name}: it is not yet valid once the clock is set back`,
        [ask(0, early, ISSUER), ask(-90, early, ISSUER), ask(-90.5, early, 'token_not_yet_valid nbf')],
        kit(profile.kit),
      ],
      [
        number + 2,
        `${profile.name}: it comes from the future once the clock is set back`,
        [ask(0, plain, ISSUER), ask(-90, plain, ISSUER), ask(-90.5, plain, 'token_issued_in_future iat')],
        kit(profile.kit),
      ],
    ]
  })
  const sources = [
    [
      2030,
      'its key left the set',
      [...known, ask(20, mine, 'key_not_found', at(ok(set(jwk(b, 'k2'))))), ask(21, mine, 'key_not_found')],
      kit('remote'),
    ],
    [
      2031,
      'another key took its kid',
      [...known, ask(20, mine, 'signature_invalid', at(withB)), ask(21, of(b, 'k1'), ISSUER)],
      kit('remote'),
    ],
    [
      2032,
      'its key left the set and came back',
      [
        ...known,
        ask(20, mine, 'signature_invalid', at(withB)),
        ask(40, mine, ISSUER, at(withA)),
        ask(41, mine, ISSUER),
      ],
      kit('remote'),
    ],
    [
      2033,
      'a second key of its kid came',
      [...known, ask(20, mine, 'key_ambiguous', at(ok(set(jwk(a, 'k1'), jwk(b, 'k1')))))],
      kit('remote'),
    ],
    [
      2034,
      'the set came again, as it was',
      [...known, ask(20, mine, ISSUER, at(withA)), ask(21, mine, ISSUER)],
      kit('remote'),
    ],
    [
      2035,
      'the source has been silent for too long',
      [...known, ask(3620, mine, 'jwks_unavailable', at(FAILURE))],
      kit('remote'),
    ],
    [
      2036,
      'another key took the kid of the pinned one',
      [...known, ask(20, mine, 'key_not_pinned', at(withB))],
      kit('pinned'),
    ],
    [
      2037,
      'its key is now of another issuer alone',
      [
        ask(0, of(a, a.thumbprint, {}, NORTH), NORTH, at(ok(set(jwk(a, a.thumbprint))), NORTH_URL)),
        ask(1, of(a, a.thumbprint, {}, NORTH), NORTH),
        ask(20, of(a, a.thumbprint, {}, NORTH), 'issuer_mismatch iss', at(ok(set(jwk(b, 'k2'))), NORTH_URL)),
      ],
      kit('moved'),
    ],
    [
      2038,
      'callers that come at once wait for its key, and each is answered',
      [ask(0, mine, ISSUER, { ...at(withA), callers: 3 }), ask(1, mine, ISSUER, { callers: 3 })],
      kit('remote'),
    ],
    [
      2039,
      'its key is now one for another audience',
      [
        ask(0, ordered, ISSUER, { fetch: { [URL]: ok(set(jwk(b, 'k2'))), [NORTH_URL]: withA } }),
        ask(1, ordered, ISSUER),
        ask(20, ordered, 'audience_mismatch aud', { fetch: { [NORTH_URL]: ok(set(jwk(b, 'k2'))), [URL]: withA } }),
        ask(21, ordered, 'audience_mismatch aud'),
      ],
      kit('twice'),
    ],
    [
      2040,
      'its key is of the kit itself, and another took its kid',
      [
        ask(0, mine, ISSUER, at(ok(set(jwk(b, 'k2'))))),
        ask(1, mine, ISSUER),
        ask(20, mine, 'key_ambiguous', at(withB)),
        ask(21, mine, 'key_ambiguous'),
      ],
      kit('both'),
    ],
  ]
  const test = (flag) => (row) => timeline(row, flag)
  return {
    suite: 'timeline-signature-cache',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    kits,
    groups: [
      { name: 'times', tests: times.map(test('TIME')) },
      { name: 'keys', tests: sources.map(test('KEY')) },
    ],
  }
}
