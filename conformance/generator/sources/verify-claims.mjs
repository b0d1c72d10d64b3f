// The claim types step: every registered claim × every type it may not have, presence, and the order of the claims.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  CLAIM_TYPE: {
    description: 'A registered claim has a type or value that RFC 7519 does not give it; null counts as present.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1', 'rfc7519#2', 'local#design-5'],
    cves: ['CVE-2025-30144', 'CVE-2024-53861', 'CVE-2026-35041'],
  },
  CLAIM_PRESENCE: {
    description: 'A claim that the kit or the operation requires is absent, or one that it does not require is.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1', 'local#design-5'],
    cves: [],
  },
  CLAIM_ORDER: {
    description: 'Two claims are at fault; the one that comes first in the fixed order is reported.',
    bugType: 'INTEROP',
    spec: ['local#design-5'],
    cves: [],
  },
  VALID_CLAIM: {
    description: 'A claim at the edge of what it may be.',
    bugType: 'INTEROP',
    spec: ['rfc7519#4.1', 'local#design-5'],
    cves: [],
  },
}

const test = verifyCase('vclm')

// These lists only grow at their end: a test's number is the first of its claim plus its place.
const TIME_FAULTS = [
  'null',
  '"1700000300"',
  '" 1_700_000_300 "',
  '"\u0661\u0667\u0660\u0660\u0660\u0660\u0660\u0663\u0660\u0660"',
  'true',
  'false',
  '[]',
  '[1700000300]',
  '{}',
  '""',
  '-1',
  '-0.5',
  '1700000300000',
  '253402300800',
  '253402300799.5',
  '"2023-11-14T22:18:20Z"',
]
const STRING_FAULTS = ['null', '5', '0', 'true', '[]', '["x"]', '{}', '""']
const ARRAY_FAULTS = [
  'null',
  '"admin"',
  '""',
  '5',
  'true',
  '{}',
  '{"0":"admin"}',
  '[5]',
  '["a",5]',
  '["a",null]',
  '[["a"]]',
  '[true]',
  '[{}]',
]

/** [claim, first number, faults, values that are good] in the order of the design. */
const claims = [
  ['iss', 0, [...STRING_FAULTS, '["https://issuer.example"]'], []],
  [
    'aud',
    20,
    [
      'null',
      '5',
      'true',
      '{}',
      '{"0":"api"}',
      '""',
      '[]',
      '[""]',
      '["api",""]',
      '["api",5]',
      '["api",null]',
      '[["api"]]',
      '[true]',
      '["api",["x"]]',
    ],
    ['"\\u0061pi"', '["api"]', '["x","api"]', '["api","api"]'],
  ],
  ['exp', 40, TIME_FAULTS, ['1700000300.5', '1.7000003e9', '1700000300.0', '1700000000.0000002']],
  ['iat', 60, TIME_FAULTS, ['1699999999.5', '1.7E+9', '1700000000.0']],
  ['nbf', 80, TIME_FAULTS, ['0', '-0', '0.5', '1700000000', '1.5e-300']],
  ['sub', 100, STRING_FAULTS, ['" "', '"\\u0000"', '"__proto__"']],
  ['jti', 120, STRING_FAULTS, ['" "', '"00000000-0000-0000-0000-000000000000"']],
  ['permissions', 140, ARRAY_FAULTS, ['[]', '[""]', '["a","a"]', '["__proto__","constructor"]']],
  ['roles', 160, ARRAY_FAULTS, ['[]', '["admin"]']],
  ['groups', 180, ARRAY_FAULTS, ['[]', '["staff","\u00e9"]']],
  ['scope', 200, ['null', '5', 'true', '[]', '["read"]', '{}'], ['""', '"read write"', '"  "']],
]

const missing = [
  [300, 'iss', 'claim_missing iss'],
  [301, 'aud', 'claim_missing aud'],
  [302, 'exp', 'claim_missing exp'],
  [303, 'iat', 'claim_missing iat'],
]

/** [number, comment, members, expected, operation]: what each operation requires, and where. */
const operations = [
  [310, 'verify needs neither sub nor jti', {}, 'ok'],
  [311, 'checking access needs sub', {}, 'claim_missing sub', 'checkAuth'],
  [312, 'checking access: sub is there', { sub: '"u1"' }, 'ok', 'checkAuth'],
  [313, 'checking access: sub is null', { sub: 'null' }, 'claim_invalid sub', 'checkAuth'],
  [314, 'consuming needs jti', {}, 'claim_missing jti', 'consumeOnce'],
  [315, 'consuming: jti is there', { jti: '"j1"' }, 'ok', 'consumeOnce'],
  [316, 'consuming: jti is null', { jti: 'null' }, 'claim_invalid jti', 'consumeOnce'],
  [317, 'no sub comes after a wrong nbf', { nbf: '"0"' }, 'claim_invalid nbf', 'checkAuth'],
  [318, 'no sub comes before a wrong jti', { jti: '5' }, 'claim_missing sub', 'checkAuth'],
  [319, 'no sub comes before a wrong act', { act: '5' }, 'claim_missing sub', 'checkAuth'],
  [320, 'no sub comes before an expired token', { exp: '1' }, 'claim_missing sub', 'checkAuth'],
  [321, 'no jti to consume comes after an expired token', { exp: '1' }, 'token_expired', 'consumeOnce'],
  [322, 'no iat comes after a wrong exp', { iat: undefined, exp: 'null' }, 'claim_invalid exp'],
  [323, 'no iat comes before a wrong nbf', { iat: undefined, nbf: 'null' }, 'claim_missing iat'],
  [
    324,
    'an empty payload object',
    { iss: undefined, aud: undefined, exp: undefined, iat: undefined },
    'claim_missing iss',
  ],
  [325, 'names in other case are other claims', { exp: undefined, Exp: '1700000300' }, 'claim_missing exp'],
  [326, 'other claims may have any type', { email: 'null', name: '5', azp: '[]', cnf: 'true', may_act: '"x"' }, 'ok'],
]

/** Two faults in neighbouring claims: presence is judged claim by claim, not for all claims first. */
const ORDER = ['iss', 'aud', 'exp', 'iat', 'nbf', 'sub', 'jti', 'permissions', 'roles', 'groups', 'scope', 'act']

export default ({ profiles, profileKits, claimsText }) => {
  const short = (value) => (value.length > 30 ? `${value.slice(0, 27)}...` : value)
  const rows = (profile) => {
    const faults = claims.flatMap(([claim, first, values]) =>
      values.map((value, i) =>
        test({
          profile,
          number: first + i,
          comment: `${claim} is ${short(value)}`,
          flag: 'CLAIM_TYPE',
          payload: claimsText({ [claim]: value }),
          expect: `claim_invalid ${claim}`,
        }),
      ),
    )
    const good = claims.flatMap(([claim, first, , values]) =>
      values.map((value, i) =>
        test({
          profile,
          number: 500 + first + i,
          comment: `${claim} may be ${short(value)}`,
          flag: 'VALID_CLAIM',
          payload: claimsText({ [claim]: value }),
          expect: 'ok',
        }),
      ),
    )
    const absent = missing.map(([number, claim, expect]) =>
      test({
        profile,
        number,
        comment: `${claim} is absent`,
        flag: 'CLAIM_PRESENCE',
        payload: claimsText({ [claim]: undefined }),
        expect,
      }),
    )
    const required = operations.map(([number, comment, members, expect, operation]) =>
      test({ profile, number, comment, flag: 'CLAIM_PRESENCE', payload: claimsText(members), operation, expect }),
    )
    const pairs = ORDER.slice(0, -1).map((claim, i) => {
      const next = ORDER[i + 1]
      const payload = claimsText({ [next]: '{}', [claim]: '{}' })
      return test({
        profile,
        number: 400 + i,
        comment: `${claim} comes before ${next}`,
        flag: 'CLAIM_ORDER',
        payload,
        expect: `claim_invalid ${claim}`,
      })
    })
    const laterMissing = [
      [420, 'iss invalid, aud absent', { iss: '5', aud: undefined }, 'claim_invalid iss'],
      [421, 'aud invalid, exp absent', { aud: '5', exp: undefined }, 'claim_invalid aud'],
      [423, 'iss absent, aud invalid', { iss: undefined, aud: '5' }, 'claim_missing iss'],
      [424, 'aud absent, exp invalid', { aud: undefined, exp: '"x"' }, 'claim_missing aud'],
      [425, 'every claim invalid', Object.fromEntries(ORDER.map((claim) => [claim, 'true'])), 'claim_invalid iss'],
      [
        426,
        'every claim but the first three invalid',
        Object.fromEntries(ORDER.slice(3).map((claim) => [claim, 'true'])),
        'claim_invalid iat',
      ],
    ]
    return [
      ...faults,
      ...absent,
      ...required,
      ...pairs,
      ...laterMissing.map(([number, comment, members, expect]) =>
        test({ profile, number, comment, flag: 'CLAIM_ORDER', payload: claimsText(members), expect }),
      ),
      ...good,
    ]
  }

  return {
    suite: 'verify-claims',
    kind: 'verify',
    prefix: 'vclm',
    notes,
    kits: profileKits(),
    groups: profiles.map((profile) => ({ name: `${profile.name} claims`, tests: rows(profile) })),
  }
}
