// Times are doubles and their sums are IEEE sums: cases that decimal arithmetic would decide the other way.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  DOUBLE: {
    description: 'Sums are IEEE doubles as written: fractions that decimal arithmetic would order the other way.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc8259#6', 'local#design-5'],
    cves: [],
  },
}

const test = verifyCase('vdbl')

export default ({ profiles, profileKits, claimsText, NOW }) => {
  const kits = {
    ...profileKits(),
    hs512Leeway0: { ...profiles[0].config, leeway: 0 },
    eddsaLeeway0: { ...profiles[1].config, leeway: 0 },
  }
  // Doubles near 1.7e9 lie 2^-22 apart (about 2.4e-7). 2^-22 is written 2.384185791015625e-7.
  const ulp = 2 ** -22
  /** [number, comment, leeway 0 or 90, now, members, expected] */
  const doubles = [
    [400, 'exp one double above now', 'Leeway0', NOW, { exp: `${NOW + ulp}` }, 'ok'],
    [
      401,
      'exp written with a fraction that its double does not have',
      'Leeway0',
      NOW,
      { exp: '1700000000.00000001' },
      'token_expired',
    ],
    [
      402,
      'exp written just under now, whose double is now',
      'Leeway0',
      NOW,
      { exp: '1699999999.99999999' },
      'token_expired',
    ],
    [403, 'nbf one double above now', 'Leeway0', NOW, { nbf: `${NOW + ulp}` }, 'token_not_yet_valid'],
    [404, 'nbf written above now, whose double is now', 'Leeway0', NOW, { nbf: '1700000000.00000001' }, 'ok'],
    // As doubles, 2.067 + 90 is more than 92.067, and 2.058 + 90 is less than 92.058.
    [405, 'exp 2.067 at 92.067: the sum rounds up', '', 92.067, { exp: '2.067', iat: '0' }, 'ok'],
    [406, 'exp 2.058 at 92.058: the sum rounds down', '', 92.058, { exp: '2.058', iat: '0' }, 'token_expired'],
    [
      407,
      'nbf 92.058 at 2.058: the sum rounds down',
      '',
      2.058,
      { nbf: '92.058', exp: '100', iat: '0' },
      'token_not_yet_valid',
    ],
    [
      408,
      'iat 92.058 at 2.058: the sum rounds down',
      '',
      2.058,
      { iat: '92.058', exp: '100' },
      'token_issued_in_future',
    ],
    [409, 'nbf 92.067 at 2.067: the sum rounds up', '', 2.067, { nbf: '92.067', exp: '100', iat: '0' }, 'ok'],
    [
      410,
      'exp - iat is 86400 in doubles, though more in decimals',
      '',
      NOW,
      { exp: `${NOW + 86000}.00000001`, iat: `${NOW - 400}` },
      'ok',
    ],
    [
      411,
      'exp - iat is one double more than a day',
      '',
      NOW,
      { exp: `${NOW + 86000 + ulp}`, iat: `${NOW - 400}` },
      'token_lifetime_too_long',
    ],
    // Leeway is added, never taken from the other side: 90.1 - 90 is less than 0.1, and 90.2 - 90 is more than 0.2.
    [412, 'exp 0.1 at 90.1: the difference rounds down', '', 90.1, { exp: '0.1', iat: '0' }, 'token_expired'],
    [413, 'nbf 90.2 at 0.2: the difference rounds up', '', 0.2, { nbf: '90.2', exp: '100', iat: '0' }, 'ok'],
    [414, 'iat 90.2 at 0.2: the difference rounds up', '', 0.2, { iat: '90.2', exp: '100' }, 'ok'],
  ]

  const group = (profile) => ({
    name: `${profile.name} doubles`,
    tests: doubles.map(([number, comment, suffix, now, members, expect]) =>
      test({
        profile,
        number,
        comment,
        flag: 'DOUBLE',
        kit: profile.kit + suffix,
        now,
        payload: claimsText(members),
        expect,
      }),
    ),
  })
  return { suite: 'verify-time-doubles', kind: 'verify', prefix: 'vdbl', notes, kits, groups: profiles.map(group) }
}
