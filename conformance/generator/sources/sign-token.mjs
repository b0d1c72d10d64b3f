// What a minted token holds: header, times, issuer, audience, jti; from the configuration, from options, from the clock.
import { signCase } from '../sign-case.mjs'

const notes = {
  HEADER: {
    description: 'alg, typ and kid, and nothing else, in the form of RFC 8785.',
    bugType: 'SERIALIZATION',
    spec: ['rfc7515#4.1', 'rfc9864#2.2', 'local#design-5'],
    cves: [],
  },
  FILLED_IN: {
    description: 'iss, aud, iat, exp and jti are filled in from configuration, options, clock and entropy.',
    bugType: 'BASIC',
    spec: ['rfc7519#4.1', 'rfc9562#5.4', 'local#design-5'],
    cves: [],
  },
  LIFETIME: {
    description: 'A lifetime is a whole number of seconds from 1 to the longest that is configured.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-5'],
    cves: ['GHSA-687g-22h4-j4w4'],
  },
  OPTIONS: {
    description: 'An option or a setting that is not there, or is not what it may be.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-5', 'local#design-6'],
    cves: [],
  },
}

const test = signCase('sgnt')
const MAX_TIME = 253402300799

export default ({ profiles, profileKits, keys, ISSUER, AUDIENCE, NOW }) => {
  const [hs512, eddsa] = profiles
  const { a } = keys.ed
  const hsHeader = (kid) => `{"alg":"HS512","kid":"${kid}","typ":"JWT"}`
  const edHeader = (kid, alg = 'EdDSA') => `{"alg":"${alg}","kid":"${kid}","typ":"JWT"}`
  const head = (profile, number, comment, more, header) =>
    test({ profile, number, comment, flag: 'HEADER', kit: { ...profile.config, ...more }, header, expect: {} })
  const oct = (more) => ({ secret: { kty: 'oct', k: keys.hs.a.text, ...more } })
  const priv = (more) => ({ privateKey: { ...a.privateJwk, ...more } })
  const typ = (alg, type, kid) => `{"alg":"${alg}"${kid ? `,"kid":"${kid}"` : ''},"typ":"${type}"}`

  const migrating = (profile) => ({
    profile,
    secret: keys.hs.a.text,
    privateKey: a.privateJwk,
    accept: ['HS512', 'EdDSA'],
  })
  const headers = [
    head(hs512, 1, 'no kid unless one is configured', { leeway: 0 }, hs512.header),
    head(hs512, 2, 'a kid beside the secret', { kid: 'k1' }, hsHeader('k1')),
    head(hs512, 3, 'the kid of an oct JWK', oct({ kid: 'k2' }), hsHeader('k2')),
    head(hs512, 4, 'an oct JWK without kid', oct(), hs512.header),
    head(hs512, 5, 'one kid in both places', { ...oct({ kid: 'k2' }), kid: 'k2' }, hsHeader('k2')),
    head(
      hs512,
      6,
      'other secrets that verify are not named',
      { acceptSecrets: [{ kid: 'k9', secret: keys.hs.b.text }] },
      hs512.header,
    ),
    head(hs512, 7, 'an oct JWK without kid, a kid beside it', { ...oct(), kid: 'k3' }, hsHeader('k3')),
    head(hs512, 8, 'a kid that JSON escapes', { kid: 'a"\\\u0001' }, hsHeader('a\\"\\\\\\u0001')),
    head(hs512, 9, 'a kid beyond ASCII is written raw', { kid: '\u00e9\u2028' }, hsHeader('\u00e9\u2028')),
    head(eddsa, 1, 'the thumbprint as kid', { leeway: 0 }, edHeader(a.thumbprint)),
    head(eddsa, 2, 'a kid beside the key', { kid: 'k1' }, edHeader('k1')),
    head(eddsa, 3, 'the kid of the JWK', priv({ kid: 'k2' }), edHeader('k2')),
    head(eddsa, 4, 'headerAlg Ed25519', { headerAlg: 'Ed25519' }, edHeader(a.thumbprint, 'Ed25519')),
    head(eddsa, 5, 'headerAlg EdDSA', { headerAlg: 'EdDSA' }, edHeader(a.thumbprint)),
    head(eddsa, 6, 'alg Ed25519 of the JWK does not show', priv({ alg: 'Ed25519' }), edHeader(a.thumbprint)),
    head(eddsa, 7, 'the key as text', { privateKey: JSON.stringify(a.privateJwk) }, edHeader(a.thumbprint)),
    head(eddsa, 8, 'one kid in both places', { ...priv({ kid: 'k2' }), kid: 'k2' }, edHeader('k2')),
    head(hs512, 10, 'while migrating: the profile says what signs', migrating('HS512'), hs512.header),
    head(eddsa, 10, 'while migrating: the profile says what signs', migrating('EdDSA'), edHeader(a.thumbprint)),
    head(hs512, 20, 'the first configured type', { types: ['at+jwt', 'JWT'] }, typ('HS512', 'at+jwt')),
    head(hs512, 21, 'a type as it is written', { types: ['application/X+jwt'] }, typ('HS512', 'application/X+jwt')),
    head(eddsa, 20, 'the first configured type', { types: ['at+jwt', 'JWT'] }, typ('EdDSA', 'at+jwt', a.thumbprint)),
  ]

  const both = (profile) => {
    const row = (number, comment, input, expect, flag = 'FILLED_IN') =>
      test({ profile, number, comment, flag, expect, ...input })
    const config = (more) => ({ kit: { ...profile.config, ...more } })
    const option = (options) => ({ options })
    const uuid = (entropy, jti) => [{ entropy }, { jti: `"${jti}"` }]
    const aud = (value) => ({ aud: value })
    const ttl = (number, comment, value, expect, more = {}) =>
      row(number, comment, { ...option({ ttl: value }), ...more }, expect, 'LIFETIME')
    const bad = 'config_invalid @ttl'
    return [
      row(100, 'no claims at all', {}, {}),
      row(101, 'a subject', { claims: '{"sub":"u1"}' }, { sub: '"u1"' }),
      row(102, 'entropy of zeros', ...uuid('00'.repeat(16), '00000000-0000-4000-8000-000000000000')),
      row(103, 'entropy of ones', ...uuid('ff'.repeat(16), 'ffffffff-ffff-4fff-bfff-ffffffffffff')),
      row(
        104,
        'entropy that has the version and variant',
        ...uuid('123456789abc4def8123456789abcdef', '12345678-9abc-4def-8123-456789abcdef'),
      ),
      row(
        105,
        'entropy in which they are replaced',
        ...uuid('fedcba98765432100123456789abcdef', 'fedcba98-7654-4210-8123-456789abcdef'),
      ),
      row(106, 'a jti of the caller', { claims: '{"jti":"mine"}' }, { jti: '"mine"' }),
      row(107, 'nbf of the caller', { claims: `{"nbf":${NOW + 10}}` }, { nbf: `${NOW + 10}` }),
      row(108, 'nbf of the caller with a fraction', { claims: '{"nbf":1700000000.5}' }, { nbf: '1700000000.5' }),
      row(110, 'a clock with a fraction is rounded down', { now: NOW + 0.999 }, {}),
      row(111, 'a clock just over a second', { now: NOW + 1.000001 }, { iat: `${NOW + 1}`, exp: `${NOW + 901}` }),
      row(112, 'a clock at a half', { now: 0.5 }, { iat: '0', exp: '900' }),
      row(113, 'a clock at zero', { now: 0 }, { iat: '0', exp: '900' }),
      row(
        114,
        'a clock so late that exp is the last time there is',
        { now: MAX_TIME - 900 },
        { iat: `${MAX_TIME - 900}`, exp: `${MAX_TIME}` },
      ),
      row(115, 'a clock one second later', { now: MAX_TIME - 899 }, 'claim_invalid exp'),
      row(120, 'one audience as text stays text', option({ aud: 'internal-api' }), aud('"internal-api"')),
      row(121, 'a list of one stays a list', option({ aud: ['internal-api'] }), aud('["internal-api"]')),
      row(122, 'a list keeps its order', option({ aud: ['z', 'a'] }), aud('["z","a"]')),
      row(123, 'the configured list', config({ audience: ['b', 'a'] }), aud('["b","a"]')),
      row(124, 'a configured list of one', config({ audience: ['api'] }), aud('["api"]')),
      row(
        125,
        'an option before the configured list',
        { ...config({ audience: ['b', 'a'] }), ...option({ aud: 'c' }) },
        aud('"c"'),
      ),
      row(126, 'another issuer', option({ iss: 'https://other.example' }), { iss: '"https://other.example"' }),
      row(127, 'an audience beyond ASCII', option({ aud: '\u00e9\u{1f600}' }), aud('"\u00e9\u{1f600}"')),
      row(128, 'issuer, audience and lifetime at once', option({ iss: 'i', aud: 'a', ttl: 5 }), {
        iss: '"i"',
        aud: '"a"',
        exp: `${NOW + 5}`,
      }),
      row(
        129,
        'without a configured audience, with one in the call',
        { kit: { ...profile.config, audience: undefined }, ...option({ aud: 'x' }) },
        aud('"x"'),
      ),
      ttl(140, 'one second', 1, { exp: `${NOW + 1}` }),
      ttl(141, 'a day', 86400, { exp: `${NOW + 86400}` }),
      ttl(142, 'a day and a second', 86401, bad),
      ttl(143, 'zero', 0, bad),
      ttl(144, 'negative', -1, bad),
      ttl(145, 'a fraction', 1.5, bad),
      ttl(146, 'text', '900', bad),
      ttl(147, 'true', true, bad),
      ttl(148, 'the configured longest', 3600, { exp: `${NOW + 3600}` }, config({ maxLifetime: 3600 })),
      ttl(149, 'a second over the configured longest', 3601, bad, config({ maxLifetime: 3600 })),
      row(150, 'a configured lifetime', config({ ttl: 60 }), { exp: `${NOW + 60}` }, 'LIFETIME'),
      ttl(151, 'an option before the configured lifetime', 30, { exp: `${NOW + 30}` }, config({ ttl: 60 })),
      ttl(152, 'a list', [900], bad),
      ttl(153, 'beyond what an integer holds', 2 ** 53, bad),
      row(160, 'an empty audience', option({ aud: '' }), 'misuse', 'OPTIONS'),
      row(161, 'an empty list of audiences', option({ aud: [] }), 'misuse', 'OPTIONS'),
      row(162, 'a list with an empty audience', option({ aud: ['a', ''] }), 'misuse', 'OPTIONS'),
      row(163, 'an audience that is a number', option({ aud: 5 }), 'misuse', 'OPTIONS'),
      row(164, 'an audience that is an object', option({ aud: { 0: 'a' } }), 'misuse', 'OPTIONS'),
      row(165, 'a list with a number', option({ aud: ['a', 5] }), 'misuse', 'OPTIONS'),
      row(166, 'an empty issuer', option({ iss: '' }), 'misuse', 'OPTIONS'),
      row(167, 'an issuer that is a list', option({ iss: [ISSUER] }), 'misuse', 'OPTIONS'),
      row(168, 'an issuer that is a number', option({ iss: 5 }), 'misuse', 'OPTIONS'),
      row(
        169,
        'no audience anywhere',
        { kit: { ...profile.config, audience: undefined } },
        'config_missing @audience',
        'OPTIONS',
      ),
      row(
        170,
        'no audience anywhere before a lifetime that is too long',
        { kit: { ...profile.config, audience: undefined }, options: { ttl: 86401 } },
        'config_missing @audience',
        'OPTIONS',
      ),
      row(171, 'a clock beyond all times', { now: 2 ** 53 }, 'claim_invalid exp', 'LIFETIME'),
      row(172, 'a clock far beyond all times', { now: 1e21 }, 'claim_invalid exp', 'LIFETIME'),
      ...['null', '[]', '5', '"x"', 'true'].map((claims, i) =>
        row(180 + i, `claims that are ${claims}`, { claims }, 'misuse', 'OPTIONS'),
      ),
    ]
  }
  const verifier = { issuer: ISSUER, audience: AUDIENCE, publicKeys: a.publicJwk }
  const nothing = test({
    profile: eddsa,
    number: 190,
    comment: 'a kit that only verifies',
    flag: 'OPTIONS',
    kit: verifier,
    expect: 'config_missing @secret',
  })
  const trusting = {
    audience: AUDIENCE,
    secret: keys.hs.a.text,
    trust: [{ issuer: 'https://peer.example', algorithms: ['EdDSA'], publicKeys: a.publicJwk }],
  }
  const nameless = test({
    profile: hs512,
    number: 190,
    comment: 'a kit without an issuer',
    flag: 'OPTIONS',
    kit: trusting,
    expect: 'config_missing @issuer',
  })

  return {
    suite: 'sign-token',
    kind: 'sign',
    prefix: 'sgnt',
    notes,
    kits: profileKits(),
    groups: [
      { name: 'header', tests: headers },
      ...profiles.map((profile) => ({ name: `${profile.name} claims and options`, tests: both(profile) })),
      { name: 'kits that cannot sign', tests: [nothing, nameless] },
    ],
  }
}
