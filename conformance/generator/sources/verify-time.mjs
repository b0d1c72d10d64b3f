// The time step: now < exp + leeway, nbf <= now + leeway, iat <= now + leeway, then the longest lifetime.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  TIME_EDGE: {
    description: 'A time lies at the edge of the leeway, or half a second to one side of it. Nothing is truncated.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1.4', 'rfc7519#4.1.5', 'local#design-5'],
    cves: [],
  },
  LIFETIME: {
    description: 'exp - iat is at most the longest lifetime, whatever else the token says.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#design-5'],
    cves: [],
  },
  TIME_ORDER: {
    description: 'Several times are wrong; the rule that comes first gives the code.',
    bugType: 'INTEROP',
    spec: ['local#design-5'],
    cves: [],
  },
}

const test = verifyCase('vtim')

/** [offset from the edge, number, accepted]; the edge is now - leeway for exp, now + leeway for nbf and iat. */
const EXP = [
  [-1, 0, false],
  [-0.5, 1, false],
  [0, 2, false],
  [0.5, 3, true],
  [1, 4, true],
]
const NOT_BEFORE = [
  [-1, 0, true],
  [-0.5, 1, true],
  [0, 2, true],
  [0.5, 3, false],
  [1, 4, false],
]

export default ({ profiles, profileKits, claimsText, NOW }) => {
  const kits = {
    ...profileKits(),
    hs512Leeway0: { ...profiles[0].config, leeway: 0 },
    hs512Leeway60: { ...profiles[0].config, leeway: 60 },
    eddsaLeeway0: { ...profiles[1].config, leeway: 0 },
    eddsaLeeway60: { ...profiles[1].config, leeway: 60 },
    hs512Hour: { ...profiles[0].config, maxLifetime: 3600 },
    eddsaHour: { ...profiles[1].config, maxLifetime: 3600 },
  }
  const leeways = [
    [0, 0, 'Leeway0'],
    [60, 100, 'Leeway60'],
    [90, 200, ''],
  ]
  const away = (offset) => (offset === 0 ? 'exactly' : `${offset} s from`)

  /** Both a whole clock and one with a fraction: `block` 0 and 50. */
  const edges = (profile) =>
    leeways.flatMap(([leeway, first, suffix]) =>
      [
        [NOW, 0],
        [NOW + 0.25, 50],
      ].flatMap(([now, block]) => {
        const row = (number, comment, members, expect) =>
          test({
            profile,
            number: first + block + number,
            comment,
            flag: 'TIME_EDGE',
            kit: profile.kit + suffix,
            now,
            payload: claimsText(members),
            expect,
          })
        const at = `leeway ${leeway}, now ${now}`
        return [
          ...EXP.map(([offset, n, isGood]) =>
            row(
              n,
              `exp ${away(offset)} now - leeway; ${at}`,
              { exp: `${now - leeway + offset}`, iat: `${NOW - 600}` },
              isGood ? 'ok' : 'token_expired',
            ),
          ),
          ...NOT_BEFORE.map(([offset, n, isGood]) =>
            row(
              10 + n,
              `nbf ${away(offset)} now + leeway; ${at}`,
              { nbf: `${now + leeway + offset}` },
              isGood ? 'ok' : 'token_not_yet_valid',
            ),
          ),
          ...NOT_BEFORE.map(([offset, n, isGood]) =>
            row(
              20 + n,
              `iat ${away(offset)} now + leeway; ${at}`,
              { iat: `${now + leeway + offset}`, exp: `${NOW + 900}` },
              isGood ? 'ok' : 'token_issued_in_future',
            ),
          ),
        ]
      }),
    )

  /** [number, comment, members, expected, now, kit suffix] */
  const others = [
    [300, 'exp is 0', { exp: '0', iat: '0' }, 'token_expired'],
    [301, 'exp is -0', { exp: '-0', iat: '0' }, 'token_expired'],
    [
      302,
      'exp is the largest time: only its distance from iat is wrong',
      { exp: '253402300799' },
      'token_lifetime_too_long',
    ],
    [303, 'nbf is the largest time', { nbf: '253402300799' }, 'token_not_yet_valid'],
    [304, 'iat is the largest time', { iat: '253402300799' }, 'token_issued_in_future'],
    [
      305,
      'all times are the largest, and so is the clock',
      { exp: '253402300799', nbf: '253402300799', iat: '253402300799' },
      'ok',
      253402300799,
    ],
    [306, 'exp before iat, both within the leeway', { exp: `${NOW + 10}`, iat: `${NOW + 50}` }, 'ok'],
    [307, 'exp before nbf, both within the leeway', { exp: `${NOW - 50}`, nbf: `${NOW + 50}` }, 'ok'],
    [308, 'exp equal to iat', { exp: `${NOW}` }, 'ok'],
    [309, 'a clock at zero', { exp: '1', iat: '0' }, 'ok', 0],
    [310, 'a clock at zero, iat one leeway ahead', { exp: '100', iat: '90' }, 'ok', 0],
    [311, 'a clock at zero, iat half a second further', { exp: '100', iat: '90.5' }, 'token_issued_in_future', 0],
    [
      312,
      'a clock with a fraction below a whole exp + leeway',
      { exp: `${NOW - 90}`, iat: `${NOW - 600}` },
      'ok',
      NOW - 0.001,
    ],
    [320, 'a lifetime of exactly a day', { exp: `${NOW + 86000}`, iat: `${NOW - 400}` }, 'ok'],
    [
      321,
      'a lifetime of a day and a second',
      { exp: `${NOW + 86001}`, iat: `${NOW - 400}` },
      'token_lifetime_too_long',
    ],
    [
      322,
      'a lifetime of a day and half a second',
      { exp: `${NOW + 86000.5}`, iat: `${NOW - 400}` },
      'token_lifetime_too_long',
    ],
    [323, 'a lifetime of a day less half a second', { exp: `${NOW + 86000}`, iat: `${NOW - 399.5}` }, 'ok'],
    [324, 'a lifetime of exactly the configured hour', { exp: `${NOW + 3600}` }, 'ok', NOW, 'Hour'],
    [325, 'a second more than the configured hour', { exp: `${NOW + 3601}` }, 'token_lifetime_too_long', NOW, 'Hour'],
    [326, 'nbf does not shorten a lifetime', { exp: `${NOW + 86500}`, nbf: `${NOW}` }, 'token_lifetime_too_long'],
    [
      327,
      'the clock does not shorten a lifetime',
      { exp: `${NOW + 10}`, iat: `${NOW - 86391}` },
      'token_lifetime_too_long',
    ],
    [330, 'expired and not yet valid', { exp: `${NOW - 90}`, nbf: `${NOW + 91}` }, 'token_expired'],
    [331, 'expired and issued in the future', { exp: `${NOW - 90}`, iat: `${NOW + 91}` }, 'token_expired'],
    [332, 'not yet valid and issued in the future', { nbf: `${NOW + 91}`, iat: `${NOW + 91}` }, 'token_not_yet_valid'],
    [333, 'not yet valid and too long', { nbf: `${NOW + 91}`, exp: `${NOW + 90000}` }, 'token_not_yet_valid'],
    [334, 'issued in the future and too long', { iat: `${NOW + 91}`, exp: `${NOW + 90000}` }, 'token_issued_in_future'],
    [335, 'expired and too long', { iat: '0', exp: `${NOW - 90}` }, 'token_expired'],
  ]
  const flagOf = (number) => (number >= 330 ? 'TIME_ORDER' : number >= 320 ? 'LIFETIME' : 'TIME_EDGE')

  const group = (profile) => ({
    name: `${profile.name} time`,
    tests: [
      ...edges(profile),
      ...others.map(([number, comment, members, expect, now, suffix = '']) =>
        test({
          profile,
          number,
          comment,
          flag: flagOf(number),
          kit: profile.kit + suffix,
          now,
          payload: claimsText(members),
          expect,
        }),
      ),
    ],
  })

  return { suite: 'verify-time', kind: 'verify', prefix: 'vtim', notes, kits, groups: profiles.map(group) }
}
