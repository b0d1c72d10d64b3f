// The type step: typ against the configured types, as RFC 7515, section 4.1.9, compares media types.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  TYPE_FORM: {
    description: 'A media type may leave out application/ where no other slash appears, and has no letter case.',
    bugType: 'INTEROP',
    spec: ['rfc7515#4.1.9', 'rfc2045#5.1'],
    cves: [],
  },
  TYPE_CONFUSION: {
    description: 'A token of one kind is presented where another is expected.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.11'],
    cves: [],
  },
}

const test = verifyCase('vtyp')

/** [number, typ or undefined, types or undefined, requireType, accepted] */
const rows = [
  [1, undefined, undefined, undefined, true],
  [2, 'JWT', undefined, undefined, true],
  [3, 'jwt', undefined, undefined, true],
  [4, 'jWt', undefined, undefined, true],
  [5, 'application/JWT', undefined, undefined, true],
  [6, 'application/jwt', undefined, undefined, true],
  [7, 'APPLICATION/jwt', undefined, undefined, true],
  [10, 'at+jwt', undefined, undefined, false],
  [11, 'JWS', undefined, undefined, false],
  [12, 'JOSE', undefined, undefined, false],
  [13, 'JWT ', undefined, undefined, false],
  [14, ' JWT', undefined, undefined, false],
  [15, 'JWT;charset=utf-8', undefined, undefined, false],
  [16, 'application/application/jwt', undefined, undefined, false],
  [17, '/jwt', undefined, undefined, false],
  [18, 'text/jwt', undefined, undefined, false],
  [19, 'application/', undefined, undefined, false],
  [20, 'application/jwt/', undefined, undefined, false],
  [21, 'JW', undefined, undefined, false],
  [22, 'JWTX', undefined, undefined, false],
  [23, 'JWT\u0000', undefined, undefined, false],
  [24, '\uff2aWT', undefined, undefined, false],
  [25, '__proto__', undefined, undefined, false],
  [26, '*', undefined, undefined, false],
  [30, undefined, undefined, true, false],
  [31, 'JWT', undefined, true, true],
  [32, 'jwt', ['JWT'], true, true],
  [33, undefined, undefined, false, true],
  [40, 'at+jwt', ['at+jwt'], undefined, true],
  [41, 'AT+JWT', ['at+jwt'], undefined, true],
  [42, 'application/at+jwt', ['at+jwt'], undefined, true],
  [43, 'at+jwt', ['application/at+jwt'], undefined, true],
  [44, 'Application/AT+jwt', ['application/at+JWT'], undefined, true],
  [45, 'JWT', ['at+jwt'], undefined, false],
  [46, undefined, ['at+jwt'], undefined, true],
  [47, 'JWT', ['at+jwt', 'JWT'], undefined, true],
  [48, 'at+jwt', ['JWT', 'at+jwt'], true, true],
  [49, 'secevent+jwt', ['JWT', 'at+jwt'], undefined, false],
  [50, 'vnd.example/thing', ['vnd.example/thing'], undefined, true],
  [51, 'application/vnd.example/thing', ['vnd.example/thing'], undefined, false],
  [52, 'vnd.example/thing', ['application/vnd.example/thing'], undefined, false],
  [53, 'application/vnd.example/thing', ['application/vnd.example/thing'], undefined, true],
  [54, 'thing', ['vnd.example/thing'], undefined, false],
  [60, '\u212ait+jwt', ['kit+jwt'], undefined, false],
  [61, 'kit+jwt', ['KIT+jwt'], undefined, true],
  [62, 'te\u017ft+jwt', ['test+jwt'], undefined, false],
  [63, 'T\u0130T+jwt', ['tit+jwt'], undefined, false],
  [64, '\u00e9+jwt', ['\u00c9+jwt'], undefined, false],
  [65, '\u00e9+JWT', ['\u00e9+jwt'], undefined, true],
]

const describe = ([, typ, types, requireType]) => {
  const shown = (value) => JSON.stringify(value)
  const configured = types ? shown(types) : 'the default types'
  return `typ ${typ === undefined ? 'absent' : shown(typ)} against ${configured}${requireType ? ', required' : ''}`
}

export default ({ profiles, profileKits, claimsText, compact }) => {
  const group = (profile) => ({
    name: `${profile.name} type`,
    tests: rows.map((row) => {
      const [number, typ, types, requireType, isAccepted] = row
      return test({
        profile,
        number,
        comment: describe(row),
        flag: isAccepted ? 'TYPE_FORM' : 'TYPE_CONFUSION',
        kit: types || requireType !== undefined ? compact({ ...profile.config, types, requireType }) : undefined,
        header: JSON.stringify(compact({ alg: profile.key.alg, typ })),
        payload: claimsText({ sub: '"u1"' }),
        expect: isAccepted ? 'ok' : 'typ_mismatch',
      })
    }),
  })
  return {
    suite: 'verify-type',
    kind: 'verify',
    prefix: 'vtyp',
    notes,
    kits: profileKits(),
    groups: profiles.map(group),
  }
}
