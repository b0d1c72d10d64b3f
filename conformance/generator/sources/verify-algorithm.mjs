// The algorithm step: the exact names that a trusted issuer lists, whatever the key could do.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  ALG_NONE: {
    description: 'An unsigned token, under any spelling of none.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7518#3.6', 'rfc8725#3.2'],
    cves: ['CVE-2015-9235', 'CVE-2022-23540'],
  },
  ALG_NAME: {
    description: 'A name that is not exactly one of those listed.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7515#4.1.1', 'rfc8725#3.1'],
    cves: ['CVE-2022-23539', 'CVE-2026-22818'],
  },
  ALG_ALIAS: {
    description: 'EdDSA and Ed25519 are one algorithm, wherever either is written.',
    bugType: 'INTEROP',
    spec: ['rfc8037#3.1', 'rfc9864#2.2'],
    cves: [],
  },
}

const test = verifyCase('valg')

/** [number, name]; each is alg_not_allowed under both profiles, with the right key's own signature. */
const names = [
  [1, 'none'],
  [2, 'None'],
  [3, 'NONE'],
  [4, 'nOnE'],
  [5, 'none '],
  [10, 'HS256'],
  [11, 'HS384'],
  [12, 'RS256'],
  [13, 'RS512'],
  [14, 'PS256'],
  [15, 'ES256'],
  [16, 'ES512'],
  [17, 'ES256K'],
  [18, 'Ed448'],
  [19, 'Ed25519ph'],
  [20, 'ML-DSA-44'],
  [21, 'dir'],
  [22, 'A256KW'],
  [30, 'hs512'],
  [31, 'HS512 '],
  [32, ' HS512'],
  [33, 'HS512\u0000'],
  [34, 'HS-512'],
  [35, '\u041dS512'],
  [36, 'HS\uff15\uff11\uff12'],
  [40, 'eddsa'],
  [41, 'EDDSA'],
  [42, 'EdDSA\n'],
  [43, 'ed25519'],
  [44, 'ED25519'],
  [50, '__proto__'],
  [51, 'constructor'],
  [52, 'toString'],
  [53, 'hasOwnProperty'],
  [54, '*'],
  [55, 'HS512,EdDSA'],
  [56, 'A'.repeat(5000)],
]

export default ({ profiles, keys, claimsText, b64u, ISSUER, AUDIENCE }) => {
  const [hs512, eddsa] = profiles
  const neutral = { name: 'both', kit: 'both', block: 0 }
  const kits = {
    hs512: hs512.config,
    eddsa: eddsa.config,
    both: {
      issuer: ISSUER,
      audience: AUDIENCE,
      secret: keys.hs.a.text,
      publicKeys: keys.ed.a.publicJwk,
      accept: ['HS512', 'EdDSA'],
    },
    hs512Only: {
      issuer: ISSUER,
      audience: AUDIENCE,
      secret: keys.hs.a.text,
      publicKeys: keys.ed.a.publicJwk,
      accept: ['HS512'],
    },
    eddsaOnly: {
      issuer: ISSUER,
      audience: AUDIENCE,
      secret: keys.hs.a.text,
      publicKeys: keys.ed.a.publicJwk,
      accept: ['EdDSA'],
    },
  }

  const named = (profile) => [
    ...names.map(([number, name]) => {
      const header = JSON.stringify({ alg: name, typ: 'JWT' })
      const comment = name.length > 100 ? 'a name of 5000 letters' : `alg is ${JSON.stringify(name)}`
      const flag = /^none/i.test(name) ? 'ALG_NONE' : 'ALG_NAME'
      return test({ profile, number, comment, flag, header, expect: 'alg_not_allowed' })
    }),
    ...['none', 'None', ''].map((name, i) => {
      const header = `{"alg":"${name || 'none'}"}`
      const signature = name === '' ? Buffer.alloc(64).toString('base64url') : ''
      const given = `${b64u(header)}.${b64u(claimsText())}.${signature}`
      const comment = name === '' ? 'none, signed with zeros' : `${name}, without a signature`
      return test({ profile, number: 60 + i, comment, flag: 'ALG_NONE', given, expect: 'alg_not_allowed' })
    }),
  ]

  const crossed = [
    test({
      profile: hs512,
      number: 70,
      comment: 'a good EdDSA token',
      flag: 'ALG_NAME',
      header: '{"alg":"EdDSA"}',
      key: keys.ed.a,
      expect: 'alg_not_allowed',
    }),
    test({
      profile: hs512,
      number: 71,
      comment: 'Ed25519',
      flag: 'ALG_NAME',
      header: '{"alg":"Ed25519"}',
      key: keys.ed.a,
      expect: 'alg_not_allowed',
    }),
    test({
      profile: hs512,
      number: 72,
      comment: 'HS256 signed with the same secret',
      flag: 'ALG_NAME',
      header: '{"alg":"HS256"}',
      alg: 'HS256',
      expect: 'alg_not_allowed',
    }),
    test({
      profile: hs512,
      number: 73,
      comment: 'HS512 that says HS384',
      flag: 'ALG_NAME',
      header: '{"alg":"HS384"}',
      alg: 'HS384',
      expect: 'alg_not_allowed',
    }),
    test({
      profile: eddsa,
      number: 70,
      comment: 'a good HS512 token',
      flag: 'ALG_NAME',
      header: '{"alg":"HS512"}',
      key: keys.hs.a,
      expect: 'alg_not_allowed',
    }),
    test({
      profile: eddsa,
      number: 71,
      comment: 'ES256 with a good signature of another kind',
      flag: 'ALG_NAME',
      header: '{"alg":"ES256"}',
      key: keys.es256.a,
      expect: 'alg_not_allowed',
    }),
  ]

  const plain = (number, comment, kit, header, key, expect) =>
    test({ profile: neutral, number, comment, flag: 'ALG_NAME', kit, header, key, expect })
  const listed = [
    plain(200, 'HS512 where both are accepted', 'both', '{"alg":"HS512"}', keys.hs.a, 'ok'),
    plain(201, 'EdDSA where both are accepted', 'both', '{"alg":"EdDSA"}', keys.ed.a, 'ok'),
    plain(202, 'HS512 where accept leaves it out', 'eddsaOnly', '{"alg":"HS512"}', keys.hs.a, 'alg_not_allowed'),
    plain(203, 'EdDSA where accept leaves it out', 'hs512Only', '{"alg":"EdDSA"}', keys.ed.a, 'alg_not_allowed'),
    plain(204, 'Ed25519 where accept leaves EdDSA out', 'hs512Only', '{"alg":"Ed25519"}', keys.ed.a, 'alg_not_allowed'),
    plain(205, 'HS512 beside a list that leaves EdDSA out', 'hs512Only', '{"alg":"HS512"}', keys.hs.a, 'ok'),
    plain(206, 'EdDSA beside a list that leaves HS512 out', 'eddsaOnly', '{"alg":"EdDSA"}', keys.ed.a, 'ok'),
    plain(207, 'an EdDSA header over an HS512 signature', 'both', '{"alg":"EdDSA"}', keys.hs.a, 'signature_invalid'),
    plain(208, 'an HS512 header over an EdDSA signature', 'both', '{"alg":"HS512"}', keys.ed.a, 'signature_invalid'),
  ]

  /** header alg × key alg × accepted name. */
  const spellings = ['EdDSA', 'Ed25519']
  const aliases = spellings.flatMap((inHeader, h) =>
    [undefined, ...spellings].flatMap((inKey, k) =>
      [undefined, ...spellings].map((accepted, a) =>
        test({
          profile: neutral,
          number: 300 + 100 * h + 10 * k + a,
          comment: `${inHeader} in the header, ${inKey ?? 'no alg'} in the key, ${accepted ?? 'nothing'} in accept`,
          flag: 'ALG_ALIAS',
          kit: {
            issuer: ISSUER,
            audience: AUDIENCE,
            publicKeys: { ...keys.ed.a.publicJwk, ...(inKey && { alg: inKey }) },
            ...(accepted && { accept: [accepted] }),
          },
          header: `{"alg":"${inHeader}"}`,
          key: keys.ed.a,
          expect: 'ok',
        }),
      ),
    ),
  )

  return {
    suite: 'verify-algorithm',
    kind: 'verify',
    prefix: 'valg',
    notes,
    kits,
    groups: [
      ...profiles.map((profile) => ({ name: `${profile.name}: names`, tests: named(profile) })),
      { name: 'the other profile', tests: crossed },
      { name: 'what is listed', tests: listed },
      { name: 'EdDSA and Ed25519', tests: aliases },
    ],
  }
}
