// The payload step: one strict JSON object in UTF-8, whatever its members are.
import { acceptedValues, refusedValues } from '../json-faults.mjs'
import { verifyCase } from '../verify-case.mjs'

const notes = {
  NOT_JSON: {
    description: 'The payload holds text that is not JSON, though some parsers take it.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc8259#2', 'rfc7519#7.2'],
    cves: [],
  },
  NUMBER_RANGE: {
    description: 'A number is judged by its double, however it is written: at most 2^53 - 1 in size.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7493#2.2', 'rfc8259#6'],
    cves: [],
  },
  TEXT_ENCODING: {
    description: 'Bytes that are not UTF-8, lone surrogates, and other encodings that a parser may guess.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc8259#8.1', 'rfc7493#2.1', 'rfc8725#3.7'],
    cves: [],
  },
  DUPLICATE_MEMBER: {
    description: 'An object has one member twice, so that two parsers may read two values.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7519#4', 'rfc7493#2.3'],
    cves: [],
  },
  DEPTH: {
    description: 'Nesting is counted, at most 16 containers, before anything could recurse.',
    bugType: 'DOS',
    spec: ['rfc8259#9', 'local#design-5'],
    cves: [],
  },
  VALID_JSON: {
    description: 'JSON that looks odd and is good.',
    bugType: 'INTEROP',
    spec: ['rfc8259#2', 'rfc8785#3.2'],
    cves: [],
  },
}

const test = verifyCase('vpay')

const flagOf = (number) => {
  if (number >= 20 && number < 40) return 'NUMBER_RANGE'
  if (number >= 50 && number < 57) return 'TEXT_ENCODING'
  if (number >= 70 && number < 80) return 'DUPLICATE_MEMBER'
  return 'NOT_JSON'
}

const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)))

export default ({ profiles, profileKits, claimsText, jcs, ISSUER, NOW }) => {
  const good = claimsText()
  /** [number, comment, flag, payload] */
  const whole = [
    [200, 'an array', 'NOT_JSON', `[${good}]`],
    [201, 'a string', 'NOT_JSON', '"claims"'],
    [202, 'null', 'NOT_JSON', 'null'],
    [203, 'true', 'NOT_JSON', 'true'],
    [204, 'a number', 'NOT_JSON', '1700000000'],
    [205, 'a single space', 'NOT_JSON', ' '],
    [206, 'text after the object', 'NOT_JSON', `${good}x`],
    [207, 'two objects', 'NOT_JSON', good + good],
    [208, 'a comma after the object', 'NOT_JSON', `${good},`],
    [209, 'the last brace missing', 'NOT_JSON', good.slice(0, -1)],
    [210, 'a brace too many', 'NOT_JSON', `${good}}`],
    [211, 'a zero byte after the object', 'NOT_JSON', `${good}\u0000`],
    [212, 'JSON in a JSON string', 'NOT_JSON', JSON.stringify(good)],
    [213, 'plain text', 'NOT_JSON', 'hello'],
    [214, 'a token in the place of claims', 'NOT_JSON', 'eyJhbGciOiJub25lIn0.e30.'],
    [215, 'a no-break space after the object', 'NOT_JSON', `${good}\u00a0`],
    [216, 'a vertical tab before the object', 'NOT_JSON', `\u000b${good}`],
    [217, 'a form feed after the object', 'NOT_JSON', `${good}\f`],
    [218, 'a line separator after the object', 'NOT_JSON', `${good}\u2028`],
    [219, 'U+001C and U+0085, which some languages trim', 'NOT_JSON', `\u001c${good}\u0085`],
    [220, 'a byte order mark', 'TEXT_ENCODING', `\ufeff${good}`],
    [221, 'UTF-16, little-endian', 'TEXT_ENCODING', Buffer.from(good, 'utf16le')],
    [222, 'UTF-16, little-endian, with a byte order mark', 'TEXT_ENCODING', Buffer.from(`\ufeff${good}`, 'utf16le')],
    [223, 'UTF-16, big-endian', 'TEXT_ENCODING', Buffer.from(good, 'utf16le').swap16()],
    [224, 'UTF-32', 'TEXT_ENCODING', Buffer.concat([...good].map((c) => bytes([c.charCodeAt(0), 0, 0, 0])))],
    [225, 'a byte that is no UTF-8', 'TEXT_ENCODING', bytes('{"x":"', [0xff], `",${good.slice(1)}`)],
    [226, 'Latin-1', 'TEXT_ENCODING', bytes('{"x":"caf', [0xe9], `",${good.slice(1)}`)],
    [227, 'a surrogate in three bytes', 'TEXT_ENCODING', bytes('{"x":"', [0xed, 0xa0, 0x80], `",${good.slice(1)}`)],
    [
      228,
      'a pair of surrogates in six bytes',
      'TEXT_ENCODING',
      bytes('{"x":"', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], `",${good.slice(1)}`),
    ],
    [229, 'an overlong quote', 'TEXT_ENCODING', bytes('{"x":"', [0xc0, 0xa2], `",${good.slice(1)}`)],
    [
      230,
      'a code point beyond U+10FFFF',
      'TEXT_ENCODING',
      bytes('{"x":"', [0xf4, 0x90, 0x80, 0x80], `",${good.slice(1)}`),
    ],
    [231, 'a sequence that is cut off at the end', 'TEXT_ENCODING', bytes(good, [0xe2, 0x82])],
    [232, 'a lone continuation byte', 'TEXT_ENCODING', bytes('{"x":"', [0x80], `",${good.slice(1)}`)],
    [240, 'exp twice', 'DUPLICATE_MEMBER', claimsText().replace('{', `{"exp":${NOW - 900},`)],
    [
      241,
      'exp twice, once with an escape',
      'DUPLICATE_MEMBER',
      claimsText().replace('{', `{"\\u0065xp":${NOW + 900},`),
    ],
    [242, 'iss twice, equal', 'DUPLICATE_MEMBER', claimsText().replace('{', `{"iss":"${ISSUER}",`)],
    [243, 'aud twice, first and last', 'DUPLICATE_MEMBER', claimsText().replace('}', ',"aud":"other"}')],
    [244, 'sub twice', 'DUPLICATE_MEMBER', claimsText({ sub: '"u1"' }).replace('}', ',"sub":"admin"}')],
    ...Object.entries({ 'a space': ' ', 'a tab': '\t', 'a line feed': '\n', 'a carriage return': '\r' }).map(
      ([name, space], index) => [
        245 + index,
        `sub twice, once with ${name} before the colon`,
        'DUPLICATE_MEMBER',
        claimsText({ sub: '"u1"' }).replace('}', `,"sub"${space}:"admin"}`),
      ],
    ),
    [
      249,
      'a number beyond 2^53 in a list, and as many strings in it as it has items',
      'NUMBER_RANGE',
      claimsText({ x: '[9007199254740993,["a","b"]]' }),
    ],
  ]

  const nested = (open, close, levels) => claimsText({ x: open.repeat(levels) + close.repeat(levels) })
  const objects = (levels) => claimsText({ x: `${'{"x":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}` })
  /** [number, comment, payload, accepted]; the payload itself is one level. */
  const depths = [
    [260, 'arrays, 16 levels', nested('[', ']', 15), 'ok'],
    [261, 'arrays, 17 levels', nested('[', ']', 16), 'claims_malformed'],
    [262, 'objects, 16 levels', objects(15), 'ok'],
    [263, 'objects, 17 levels', objects(16), 'claims_malformed'],
    [264, 'objects and arrays in turn, 16 levels', nested('[{"x":', '}]', 7).replace('":}', '":[]}'), 'ok'],
    [
      265,
      'objects and arrays in turn, 18 levels',
      nested('[{"x":', '}]', 8).replace('":}', '":[]}'),
      'claims_malformed',
    ],
    [266, '2000 levels of arrays', nested('[', ']', 1999), 'claims_malformed'],
    [267, '5000 levels of arrays', nested('[', ']', 4999), 'claims_malformed'],
    [268, '1000 levels of objects', objects(999), 'claims_malformed'],
    [269, '10000 arrays that never end', `{"x":${'['.repeat(10000)}`, 'claims_malformed'],
  ]

  const rows = (profile) => {
    const put = (value) => claimsText({ x: value })
    const refused = (number, comment, flag, payload) =>
      test({ profile, number, comment, flag, payload, expect: 'claims_malformed' })
    const deep = test({
      profile,
      number: 270,
      comment: '100000 levels, under a size limit that lets them through',
      flag: 'DEPTH',
      kit: { ...profile.config, maxTokenBytes: 300000 },
      payload: nested('[', ']', 99999),
      expect: 'claims_malformed',
    })
    return [
      ...refusedValues.map(([n, comment, value]) => refused(n, comment, flagOf(n), put(value))),
      ...whole.map(([n, comment, flag, payload]) => refused(n, comment, flag, payload)),
      ...depths.map(([number, comment, payload, expect]) =>
        test({ profile, number, comment, flag: 'DEPTH', payload, expect }),
      ),
      deep,
      ...acceptedValues.map(([n, comment, value, canonical]) =>
        test({
          profile,
          number: 300 + n,
          comment,
          flag: 'VALID_JSON',
          payload: put(value),
          expect: 'ok',
          claims: put(canonical).replace(/^.*"x":/s, `${jcs(JSON.parse(good)).slice(0, -1)},"x":`),
        }),
      ),
      test({
        profile,
        number: 350,
        comment: 'white space around and within',
        flag: 'VALID_JSON',
        payload: `\n\t ${good.replaceAll(',', ' ,\r\n')} \n`,
        expect: 'ok',
      }),
      test({
        profile,
        number: 351,
        comment: 'claim names written with escapes',
        flag: 'VALID_JSON',
        payload: good.replace('"exp"', '"\\u0065x\\u0070"'),
        expect: 'ok',
      }),
      test({
        profile,
        number: 352,
        comment: '__proto__ as a claim is a claim and nothing else',
        flag: 'VALID_JSON',
        payload: good.replace('{', '{"__proto__":{"permissions":["admin"]},'),
        expect: 'ok',
      }),
      test({
        profile,
        number: 353,
        comment: 'texts that begin with a colon, and hold what looks like members',
        flag: 'VALID_JSON',
        payload: good.replace('{', '{":":":x","n":"::","l":[":",":"],'),
        expect: 'ok',
      }),
    ]
  }

  return {
    suite: 'verify-payload',
    kind: 'verify',
    prefix: 'vpay',
    notes,
    kits: profileKits(),
    groups: profiles.map((profile) => ({ name: `${profile.name} payload`, tests: rows(profile) })),
  }
}
