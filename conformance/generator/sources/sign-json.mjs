// Claims in the form of RFC 8785: the order of members, strings, nesting; and what JSON cannot carry exactly.
import { ORDERS, TOPS } from '../member-order.mjs'
import { signCase } from '../sign-case.mjs'

const notes = {
  MEMBER_ORDER: {
    description: 'Members are sorted by the UTF-16 code units of their names, at every level.',
    bugType: 'SERIALIZATION',
    spec: ['rfc8785#3.2.3'],
    cves: [],
  },
  STRINGS: {
    description: 'Only what must be escaped is, in the short form where there is one; all else is raw UTF-8.',
    bugType: 'SERIALIZATION',
    spec: ['rfc8785#3.2.2.2'],
    cves: [],
  },
  UNSUPPORTED: {
    description: 'A value that JSON does not carry exactly is refused with its claim, never rounded or dropped.',
    bugType: 'SERIALIZATION',
    spec: ['rfc7493#2.2', 'rfc8785#3.1', 'local#design-5'],
    cves: [],
  },
  NESTING: {
    description: 'At most 16 containers, the payload itself counted.',
    bugType: 'DOS',
    spec: ['local#design-5'],
    cves: [],
  },
  SIZE: {
    description: 'A token that is longer than the kit itself would read is not made.',
    bugType: 'INTEROP',
    spec: ['local#design-5'],
    cves: [],
  },
}

const test = signCase('sgnj')

const escaped = (unit) => `\\u${unit.toString(16).padStart(4, '0')}`
const SHORT = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' }
const controls = Array.from({ length: 32 }, (_, unit) => unit)

/** [number, comment, JSON text of the value, RFC 8785 text] */
const strings = [
  [
    1,
    'the characters below U+0020',
    `"${controls.map(escaped).join('')}"`,
    `"${controls.map((unit) => SHORT[unit] ?? escaped(unit)).join('')}"`,
  ],
  [2, 'quotes and backslashes', '"\\"\\\\"', '"\\"\\\\"'],
  [3, 'a slash is not escaped', '"\\/a/"', '"/a/"'],
  [4, 'U+007F to U+009F are raw', '"\\u007f\\u0080\\u009f"', '"\u007f\u0080\u009f"'],
  [5, 'line and paragraph separators are raw', '"\\u2028\\u2029"', '"\u2028\u2029"'],
  [6, 'letters beyond ASCII are raw', '"\\u00e9\\u20ac\\u05d3"', '"\u00e9\u20ac\u05d3"'],
  [7, 'a pair of surrogates is one raw character', '"\\ud83d\\ude00"', '"\u{1f600}"'],
  [8, 'composed and decomposed stay what they are', '"\\u00e9e\\u0301"', '"\u00e9e\u0301"'],
  [9, 'noncharacters and a byte order mark are raw', '"\\ufeff\\uffff\\ufffe\\ufdd0"', '"\ufeff\uffff\ufffe\ufdd0"'],
  [10, 'markup is not escaped', '"<script>&\'</script>"', '"<script>&\'</script>"'],
  [11, 'an empty string', '""', '""'],
  [12, 'the last character of all', '"\\udbff\\udfff"', '"\u{10ffff}"'],
  [13, 'null, true and false', '[null,true,false]', '[null,true,false]'],
  [14, 'empty containers', '[{},[],[[]],{"a":{}}]', '[{},[],[[]],{"a":{}}]'],
  [15, 'white space is left out', ' { "a" : [ 1 , 2 ] ,\n"b" : {} } ', '{"a":[1,2],"b":{}}'],
  [16, 'an array keeps its order', '[3,1,2,"b","a"]', '[3,1,2,"b","a"]'],
  [
    17,
    'strings that look like numbers and dates stay strings',
    '["1","1e3","2023-11-14T22:13:20Z","NaN"]',
    '["1","1e3","2023-11-14T22:13:20Z","NaN"]',
  ],
]
const unsupported = [
  [80, '2^53', '9007199254740992'],
  [81, '-2^53', '-9007199254740992'],
  [82, '2^53 as a fraction', '9007199254740992.0'],
  [83, '2^53 - 0.5, whose double is 2^53', '9007199254740991.5'],
  [84, '2^64', '18446744073709551616'],
  [85, '1e16', '1e16'],
  [86, '1e21', '1e21'],
  [87, 'the largest double', '1.7976931348623157e308'],
  [88, 'beyond the doubles', '1e400'],
  [89, 'beyond the doubles, negative', '-1e400'],
  [90, '400 digits', '9'.repeat(400)],
  [91, 'deep inside', '{"a":[1,{"b":9007199254740992}]}'],
  [92, 'an escaped lone high surrogate', '"\\ud800"'],
  [93, 'an escaped lone low surrogate', '"a\\udfff"'],
  [94, 'a pair the wrong way round', '"\\udc00\\ud800"'],
  [95, 'a lone surrogate deep inside', '[["\\ud83d"]]'],
  [96, 'a lone surrogate in a name', '{"\\ud800":1}'],
  [97, 'a lone surrogate in a name deep inside', '[{"a":{"\\udead":1}}]'],
]

export default ({ profiles, profileKits, repeated, NOW }) => {
  const rows = (profile) => {
    const value =
      (flag) =>
      ([number, comment, text, canonical]) =>
        test({ profile, number, comment, flag, claims: `{"v":${text}}`, expect: { v: canonical } })
    const top = (number, comment, claims, expect) =>
      test({ profile, number, comment, flag: 'MEMBER_ORDER', claims, expect })
    const arrays = (n) => '['.repeat(n) + ']'.repeat(n)
    const objects = (n) => `${'{"x":'.repeat(n - 1)}{}${'}'.repeat(n - 1)}`
    const nested = (number, comment, claims, expect) =>
      test({ profile, number, comment, flag: 'NESTING', claims, expect })
    const nesting = [
      nested(120, '16 levels of arrays', `{"v":${arrays(15)}}`, { v: arrays(15) }),
      nested(121, '17 levels of arrays', `{"v":${arrays(16)}}`, 'value_unsupported v'),
      nested(122, '16 levels of objects', `{"v":${objects(15)}}`, { v: objects(15) }),
      nested(123, '17 levels of objects', `{"v":${objects(16)}}`, 'value_unsupported v'),
      nested(124, '400 levels of arrays', `{"v":${arrays(399)}}`, 'value_unsupported v'),
      nested(125, '200 levels of objects', `{"v":${objects(199)}}`, 'value_unsupported v'),
      nested(
        126,
        'too deep in two claims: the name that sorts first',
        `{"w":${arrays(16)},"v":${arrays(16)}}`,
        'value_unsupported v',
      ),
      nested(
        127,
        'too deep in an actor is too deep first of all',
        `{"act":{"sub":"s","x":${arrays(15)}}}`,
        'value_unsupported act',
      ),
      nested(128, 'as deep as may be in an actor', `{"act":{"sub":"s","x":${arrays(14)}}}`, {
        act: `{"sub":"s","x":${arrays(14)}}`,
      }),
      nested(129, 'too deep in a registered claim', `{"sub":${arrays(16)}}`, 'value_unsupported sub'),
    ]

    // The length of a token: 4 characters for 3 bytes, without padding; 86 for a signature of 64 bytes; two dots.
    const encodedLength = (text) => Math.ceil((Buffer.byteLength(text) * 4) / 3)
    const frame = `{"aud":"api","exp":${NOW + 900},"iat":${NOW},"iss":"https://issuer.example","jti":"00010203-0405-4607-8809-0a0b0c0d0e0f","v":""}`
    const lengthWith = (pad) => encodedLength(profile.header) + encodedLength(frame + 'x'.repeat(pad)) + 86 + 2
    const padFor = (limit) => {
      let pad = 0
      while (lengthWith(pad + 1) <= limit) pad += 1
      return pad
    }
    const size = (number, comment, pad, fits, kit) =>
      test({
        profile,
        number,
        comment,
        flag: 'SIZE',
        kit,
        claims: repeated('x', pad, { prefix: '{"v":"', suffix: '"}' }),
        expect: fits ? { v: `"${'x'.repeat(pad)}"` } : 'value_unsupported',
      })
    const full = padFor(16384)
    const small = padFor(500)
    const sizes = [
      size(140, 'as long as the limit lets it be', full, true),
      size(141, 'one byte more', full + 1, false),
      size(142, 'a hundred thousand bytes', 100000, false),
      size(143, 'exactly a configured limit', small, true, { ...profile.config, maxTokenBytes: lengthWith(small) }),
      size(144, 'one byte over a configured limit', small, false, {
        ...profile.config,
        maxTokenBytes: lengthWith(small) - 1,
      }),
      size(145, 'beyond the default, under a limit that was raised', 13000, true, {
        ...profile.config,
        maxTokenBytes: 30000,
      }),
    ]
    return [
      ...strings.map(value('STRINGS')),
      ...ORDERS.map(value('MEMBER_ORDER')),
      ...TOPS.map(([number, comment, claims, expect]) => top(number, comment, claims, expect)),
      ...unsupported.map(([number, comment, text]) =>
        test({
          profile,
          number,
          comment,
          flag: 'UNSUPPORTED',
          claims: `{"a":1,"v":${text}}`,
          expect: 'value_unsupported v',
        }),
      ),
      ...nesting,
      ...sizes,
    ]
  }
  return {
    suite: 'sign-json',
    kind: 'sign',
    prefix: 'sgnj',
    notes,
    kits: profileKits(),
    groups: profiles.map((profile) => ({ name: `${profile.name} JSON`, tests: rows(profile) })),
  }
}
