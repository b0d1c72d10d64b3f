// A kit that remembers which signatures held: other tokens, revoked ones, and more of them than there is room for.
import { ask, ok, revoke, set, timeline } from '../timeline-case.mjs'

const notes = {
  WHOLE: {
    description: 'What is remembered belongs to the whole text of one token, and only what was accepted is remembered.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-9'],
    cves: ['CVE-2026-35039'],
  },
  REVOCATION: {
    description: 'A list is asked about a token each time.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-9'],
    cves: [],
  },
  BOUND: {
    description: 'However little is remembered, the answers are the same.',
    bugType: 'BASIC',
    spec: ['local#design-9'],
    cves: [],
  },
}

const NORTH = 'https://north.example'
const URL = 'https://issuer.example/jwks.json'
const BYTES = 1_000_000

export default ({ keys, profiles, token, claimsText, withSegment, withSignature, signatureOf, ...given }) => {
  const { flipBit, withTrailingBits, b64u, ISSUER, AUDIENCE, NOW } = given
  const { hs, ed } = keys
  const { a, b, c } = ed
  const [shared, own] = profiles
  const base = { issuer: ISSUER, audience: AUDIENCE, signatureCacheBytes: BYTES }
  const remote = { ...base, jwksUrl: URL, jwksCacheTtl: 20 }
  const kits = {
    hs512: { ...shared.config, signatureCacheBytes: BYTES },
    eddsa: { ...own.config, signatureCacheBytes: BYTES },
    remote,
    peers: {
      ...base,
      publicKeys: a.publicJwk,
      trust: [{ issuer: NORTH, algorithms: ['EdDSA'], publicKeys: a.publicJwk }],
    },
    secrets: { ...shared.config, acceptSecrets: [hs.b.text], signatureCacheBytes: BYTES },
    oneByte: { ...shared.config, signatureCacheBytes: 1 },
    // Room for a token or two.
    little: { ...remote, signatureCacheBytes: 4000 },
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
  const [withA, withB] = [ok(set(jwk(a, 'k1'))), ok(set(jwk(b, 'k1')))]
  const withBoth = ok(set(jwk(a, 'k1'), jwk(b, 'k2')))
  const whole = [shared, own].flatMap((profile, index) => {
    const good = minted(profile, {})
    const other = minted(profile, { sub: '"u2"' })
    const number = 2050 + index * 10
    const refused = (text, code = 'signature_invalid') => ask(1, text, code)
    const header = (change) => withSegment(good, 0, () => b64u(change(profile.header)))
    return [
      [
        number,
        `${profile.name}: another signature, another payload, another header`,
        [
          ask(0, good, ISSUER),
          ask(0, other, ISSUER),
          refused(withSignature(good, flipBit(signatureOf(good), 0))),
          refused(withSignature(good, flipBit(signatureOf(good), 511))),
          refused(withSignature(good, signatureOf(other))),
          refused(withSignature(good, '')),
          refused(withSegment(good, 1, () => other.split('.')[1])),
          refused(header((text) => text.replace('{', '{ '))),
          refused(
            header((text) => text.replace(profile.name, 'none')),
            'alg_not_allowed',
          ),
          refused(
            header((text) => text.replace('"typ":"JWT"', '"typ":"at+jwt"')),
            'typ_mismatch',
          ),
          ask(2, good, ISSUER),
          ask(2, other, ISSUER),
        ],
        kit(profile.kit),
      ],
      [
        number + 1,
        `${profile.name}: other text of the same bytes`,
        [
          ask(0, good, ISSUER),
          refused(`${good}=`, 'token_malformed'),
          refused(withSegment(good, 2, withTrailingBits), 'token_malformed'),
          refused(`${good}\n`, 'token_malformed'),
          refused(` ${good}`, 'token_malformed'),
          refused(`${good}.`, 'token_malformed'),
          refused(good.slice(0, -1), 'token_malformed'),
          refused(good.toUpperCase(), 'header_invalid'),
          ask(2, good, ISSUER),
        ],
        kit(profile.kit),
      ],
      [
        number + 2,
        `${profile.name}: what was refused is no better the second time, and does not stay refused`,
        [
          ask(0, minted(profile, { nbf: `${NOW + 200}` }), 'token_not_yet_valid nbf'),
          ask(1, minted(profile, { nbf: `${NOW + 200}` }), 'token_not_yet_valid nbf'),
          ask(110, minted(profile, { nbf: `${NOW + 200}` }), ISSUER),
          ask(111, minted(profile, { aud: '"another"' }), 'audience_mismatch aud'),
          ask(112, minted(profile, { aud: '"another"' }), 'audience_mismatch aud'),
          ask(113, minted({ ...profile, key: profile.otherKey }, {}), 'signature_invalid'),
          ask(114, minted({ ...profile, key: profile.otherKey }, {}), 'signature_invalid'),
        ],
        kit(profile.kit),
      ],
    ]
  })
  const others = [
    [
      2070,
      'a signature that did not hold is tried again with the key that came',
      [
        ask(0, of(b, 'k1'), 'signature_invalid', at(withA)),
        ask(1, of(b, 'k1'), 'signature_invalid'),
        ask(20, of(b, 'k1'), ISSUER, at(withB)),
        ask(21, of(b, 'k1'), ISSUER),
      ],
      kit('remote'),
    ],
    [
      2071,
      'one payload under two secrets: two tokens',
      [0, 1, 2].flatMap((second) => [
        ask(second, minted(shared, {}), ISSUER),
        ask(second, minted({ ...shared, key: hs.b }, {}), ISSUER),
        ask(second, minted({ ...shared, key: hs.c }, {}), 'signature_invalid'),
      ]),
      kit('secrets'),
    ],
    [
      2072,
      'one key of two issuers: the name decides',
      [0, 1, 2].flatMap((second) => [
        ask(second, of(a, a.thumbprint), ISSUER),
        ask(second, of(a, a.thumbprint, {}, NORTH), NORTH),
        ask(second, of(a, a.thumbprint, {}, 'https://south.example'), 'issuer_mismatch iss'),
      ]),
      kit('peers'),
    ],
  ]
  const named = (jti) => minted(shared, { jti: JSON.stringify(jti) })
  const revoked = [
    [
      2080,
      'a token that was revoked after it was used',
      [
        ask(0, named('t1'), ISSUER),
        ask(1, named('t1'), ISSUER),
        revoke(2, ISSUER, 't1'),
        ask(2, named('t1'), 'token_revoked'),
        ask(3, named('t1'), 'token_revoked'),
        ask(3, named('t2'), ISSUER),
        revoke(4, ISSUER, 't2'),
        ask(4, named('t2'), 'token_revoked'),
      ],
      kit('hs512'),
    ],
    [
      2081,
      'a token that was revoked before it was first used',
      [
        revoke(0, ISSUER, 't1'),
        ask(0, named('t1'), 'token_revoked'),
        ask(1, named('t1'), 'token_revoked'),
        ask(2, named('t2'), ISSUER),
        ask(3, named('t2'), ISSUER),
      ],
      kit('hs512'),
    ],
  ]
  const several = ['u1', 'u2', 'u3', 'u4', 'u5'].map((sub) => of(a, 'k1', { sub: JSON.stringify(sub) }))
  const last = of(c, 'k1')
  const bounds = [
    [
      2090,
      'one byte',
      [
        ask(0, named('t1'), ISSUER),
        ask(1, named('t1'), ISSUER),
        ask(2, withSignature(named('t1'), signatureOf(named('t2'))), 'signature_invalid'),
        ask(390, named('t1'), 'token_expired exp'),
      ],
      kit('oneByte'),
    ],
    [
      2091,
      'more tokens than there is room for, and then none of them is good',
      [
        ask(0, mine, ISSUER, at(withBoth)),
        ...[1, 2, 3].flatMap((second) => several.map((one) => ask(second, one, ISSUER))),
        ask(20, last, ISSUER, at(ok(set(jwk(c, 'k1'))))),
        ...several.toReversed().map((one) => ask(21, one, 'signature_invalid')),
        ask(22, last, ISSUER),
      ],
      kit('little'),
    ],
  ]

  const test = (flag) => (row) => timeline(row, flag)
  return {
    suite: 'timeline-signature-cache-tokens',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    kits,
    groups: [
      { name: 'other tokens', tests: [...whole, ...others].map(test('WHOLE')) },
      { name: 'revocation', tests: revoked.map(test('REVOCATION')) },
      { name: 'bounds', tests: bounds.map(test('BOUND')) },
    ],
  }
}
