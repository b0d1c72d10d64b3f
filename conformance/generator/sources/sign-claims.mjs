// Minting refuses what verifying would not read, and what only options may set; and in which order.
import { signCase } from '../sign-case.mjs'

const notes = {
  RESERVED: {
    description: 'iss, aud, iat and exp come from options and the clock, whatever the claims say.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1', 'local#design-5'],
    cves: [],
  },
  CLAIM_TYPE: {
    description: 'A claim that verifying would refuse.',
    bugType: 'INTEROP',
    spec: ['rfc7519#4.1', 'rfc8693#4.1', 'local#design-5'],
    cves: [],
  },
  CLAIM_KEPT: {
    description: 'Claims at the edge of what they may be, and claims of the caller, are written as they are.',
    bugType: 'BASIC',
    spec: ['rfc7519#4.3', 'local#design-5'],
    cves: [],
  },
  SIGN_ORDER: {
    description:
      'Two things are wrong; lifetime, reserved claims, JSON, claim types and size are looked at in this order.',
    bugType: 'INTEROP',
    spec: ['local#design-5'],
    cves: [],
  },
}

const test = signCase('sgnc')

// These lists only grow at their end: a test's number is the first of its claim plus its place.
const STRINGS = ['null', '5', 'true', '[]', '["x"]', '{}', '""']
const TIMES = ['null', '"1700000000"', 'true', '[]', '{}', '-1', '-0.5', '253402300800', '253402300799.5']
const ARRAYS = ['null', '"a"', '5', 'true', '{}', '[5]', '["a",null]', '[["a"]]']
/** [claim, first number, faults] */
const faults = [
  ['nbf', 20, TIMES],
  ['sub', 40, STRINGS],
  ['jti', 60, STRINGS],
  ['permissions', 80, ARRAYS],
  ['roles', 100, ARRAYS],
  ['groups', 120, ARRAYS],
  ['scope', 140, ['null', '5', 'true', '[]', '["a"]', '{}']],
  [
    'act',
    160,
    [
      'null',
      '"gateway"',
      '5',
      '[]',
      '{}',
      '{"sub":""}',
      '{"sub":5}',
      '{"iss":"x"}',
      '{"sub":"s","iss":""}',
      '{"sub":"s","iss":5}',
      '{"sub":"s","act":null}',
      '{"sub":"s","act":{}}',
      '{"sub":"s","act":"x"}',
    ],
  ],
]

const chain = (levels) =>
  `${Array.from({ length: levels }, (_, i) => `{"sub":"s${i + 1}"`).join(',"act":')}${'}'.repeat(levels)}`
/** The same with members sorted: act comes before sub. */
const sortedChain = (levels, from = 1) =>
  from === levels ? `{"sub":"s${from}"}` : `{"act":${sortedChain(levels, from + 1)},"sub":"s${from}"}`

/** [number, comment, claims, expected members] */
const kept = [
  [
    200,
    'permissions, roles and groups',
    '{"permissions":["a","a"],"roles":[],"groups":[""]}',
    { groups: '[""]', permissions: '["a","a"]', roles: '[]' },
  ],
  [201, 'an empty scope', '{"scope":""}', { scope: '""' }],
  [202, 'nbf at both ends: 0', '{"nbf":0}', { nbf: '0' }],
  [203, 'nbf at both ends: the last', '{"nbf":253402300799}', { nbf: '253402300799' }],
  [
    204,
    'an actor with an issuer and other members',
    '{"act":{"sub":"s","iss":"i","x":[1]}}',
    { act: '{"iss":"i","sub":"s","x":[1]}' },
  ],
  [205, 'five actors', `{"act":${chain(5)}}`, { act: sortedChain(5) }],
  [
    206,
    'exp and nbf of any type in an actor',
    '{"act":{"sub":"s","exp":null,"nbf":"x"}}',
    { act: '{"exp":null,"nbf":"x","sub":"s"}' },
  ],
  [
    207,
    'other claims of any type',
    '{"email":null,"cnf":5,"may_act":[],"tid":{}}',
    { cnf: '5', email: 'null', may_act: '[]', tid: '{}' },
  ],
  [
    208,
    'names that look like reserved ones',
    '{"Iss":1,"AUD":2," exp":3,"iat ":4}',
    { Iss: '1', AUD: '2', ' exp': '3', 'iat ': '4' },
  ],
  [209, 'reserved names inside a claim', '{"x":{"iss":1,"exp":2}}', { x: '{"exp":2,"iss":1}' }],
  [210, '__proto__', '{"__proto__":{"admin":true}}', { ['__proto__']: '{"admin":true}' }],
  [211, 'constructor and toString', '{"constructor":1,"toString":"x"}', { constructor: '1', toString: '"x"' }],
  [212, 'an empty name', '{"":0}', { '': '0' }],
]

/** [number, comment, claims, expected, options] */
const order = [
  [300, 'the lifetime before a reserved claim', '{"iss":"x"}', 'config_invalid @ttl', { ttl: 0 }],
  [301, 'the lifetime before all else', '{"iss":"x","a":1e400,"sub":5}', 'config_invalid @ttl', { ttl: 86401 }],
  [302, 'iss before aud, iat and exp', '{"exp":1,"iat":1,"aud":"x","iss":"x"}', 'value_unsupported iss'],
  [303, 'aud before iat and exp', '{"exp":1,"iat":1,"aud":"x"}', 'value_unsupported aud'],
  [304, 'iat before exp', '{"exp":1,"iat":1}', 'value_unsupported iat'],
  [305, 'a reserved claim before a value that JSON does not carry', '{"a":1e400,"exp":1}', 'value_unsupported exp'],
  [306, 'a value that JSON does not carry before a claim type', '{"sub":5,"x":1e400}', 'value_unsupported x'],
  [307, 'of two values, the one whose name sorts first', '{"z":1e400,"b":1e400,"c":1}', 'value_unsupported b'],
  [308, 'names sort by code units', '{"\ufb33":1e400,"\u{1f600}":1e400}', 'value_unsupported \u{1f600}'],
  [309, 'upper case sorts before lower case', '{"a":1e400,"B":1e400}', 'value_unsupported B'],
  [310, 'a value in a registered claim is first of all no JSON', '{"nbf":1e400}', 'value_unsupported nbf'],
  [311, 'nbf before sub', '{"sub":5,"nbf":"x"}', 'claim_invalid nbf'],
  [312, 'sub before jti', '{"jti":5,"sub":5}', 'claim_invalid sub'],
  [313, 'jti before permissions', '{"permissions":5,"jti":""}', 'claim_invalid jti'],
  [314, 'permissions before roles', '{"roles":5,"permissions":5}', 'claim_invalid permissions'],
  [315, 'roles before groups', '{"groups":5,"roles":5}', 'claim_invalid roles'],
  [316, 'groups before scope', '{"scope":5,"groups":5}', 'claim_invalid groups'],
  [317, 'scope before act', '{"act":5,"scope":5}', 'claim_invalid scope'],
]

export default ({ profiles, profileKits, compact, repeated }) => {
  const short = (text) => (text.length > 40 ? `${text.slice(0, 37)}...` : text)
  const rows = (profile) => {
    const row =
      (flag) =>
      ([number, comment, claims, expect, options]) =>
        test({ profile, number, comment, flag, claims, expect, options })
    const reserved = ['iss', 'aud', 'iat', 'exp'].flatMap((claim, i) => [
      [1 + 4 * i, `${claim} as a claim`, `{"${claim}":${i < 2 ? '"x"' : '1700000000'}}`, `value_unsupported ${claim}`],
      [2 + 4 * i, `${claim} null as a claim`, `{"${claim}":null}`, `value_unsupported ${claim}`],
    ])
    const types = faults.flatMap(([claim, first, values]) =>
      values.map((value, i) => [
        first + i,
        `${claim} is ${short(value)}`,
        `{"${claim}":${value}}`,
        `claim_invalid ${claim}`,
      ]),
    )
    const depths = [
      [180, 'six actors', `{"act":${chain(6)}}`, 'delegation_too_deep'],
      [
        181,
        'the sixth actor is malformed',
        `{"act":${chain(5).replace('"s5"', '"s5","act":5')}}`,
        'delegation_too_deep',
      ],
      [182, 'the fifth actor is malformed', `{"act":${chain(5).replace('"s5"', '5')}}`, 'claim_invalid act'],
    ]
    const huge = repeated('x', 20000, { prefix: '{"sub":5,"pad":"', suffix: '"}' })
    return [
      ...reserved.map(row('RESERVED')),
      ...types.map(row('CLAIM_TYPE')),
      ...depths.map(row('CLAIM_TYPE')),
      ...[
        [190, 1, 1, { act: sortedChain(1) }],
        [191, 1, 2, 'delegation_too_deep'],
        [192, 14, 14, { act: sortedChain(14) }],
        [193, 14, 15, 'delegation_too_deep'],
      ].map(([number, maxActorDepth, levels, expect]) =>
        test({
          profile,
          number,
          comment: `${levels} actors where ${maxActorDepth} may be`,
          flag: 'CLAIM_TYPE',
          kit: { ...profile.config, maxActorDepth },
          claims: `{"act":${chain(levels)}}`,
          expect,
        }),
      ),
      ...kept.map(row('CLAIM_KEPT')),
      ...order.map(row('SIGN_ORDER')),
      row('SIGN_ORDER')([330, 'a claim type before the size', huge, 'claim_invalid sub']),
    ].map(compact)
  }
  return {
    suite: 'sign-claims',
    kind: 'sign',
    prefix: 'sgnc',
    notes,
    kits: profileKits(),
    groups: profiles.map((profile) => ({ name: `${profile.name} claims`, tests: rows(profile) })),
  }
}
