// The header step: strict JSON object, alg, typ, kid, crit, b64; and what is ignored.
const notes = {
  HEADER_TYPE: {
    description: 'A header member that the toolkit reads has a type or a value that it may not have.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7515#4.1'],
    cves: ['CVE-2026-22817', 'CVE-2026-48523'],
  },
  STRICT_JSON: {
    description: 'The header is not one strict JSON object, so two parsers may read two headers in it.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7515#4', 'rfc8259#4', 'rfc8725#3.2'],
    cves: [],
  },
  CRITICAL: {
    description:
      'The header asks for an extension. None is understood, so the token is refused whatever the list says.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7515#4.1.11', 'rfc7797#6'],
    cves: ['CVE-2026-35042', 'CVE-2025-59420', 'CVE-2026-32597'],
  },
  EMBEDDED_KEY: {
    description: 'The header carries a key or the address of one. It is never used and nothing is fetched.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7515#4.1.2', 'rfc8725#3.10'],
    cves: ['CVE-2018-0114', 'CVE-2026-27962'],
  },
  IGNORED_MEMBER: {
    description: 'A header member that means nothing to the toolkit is ignored.',
    bugType: 'INTEROP',
    spec: ['rfc7515#4'],
    cves: [],
  },
}

/** [number, comment, header text, flag]; `%` stands for the algorithm of the profile. All are header_invalid. */
const refused = [
  [1, 'alg is missing', '{"typ":"JWT"}', 'HEADER_TYPE'],
  [2, 'alg is null', '{"alg":null,"typ":"JWT"}', 'HEADER_TYPE'],
  [3, 'alg is a number', '{"alg":512,"typ":"JWT"}', 'HEADER_TYPE'],
  [4, 'alg is an array that holds the right name', '{"alg":["%"],"typ":"JWT"}', 'HEADER_TYPE'],
  [5, 'alg is an object', '{"alg":{"name":"%"},"typ":"JWT"}', 'HEADER_TYPE'],
  [6, 'alg is true', '{"alg":true,"typ":"JWT"}', 'HEADER_TYPE'],
  [7, 'alg is empty', '{"alg":"","typ":"JWT"}', 'HEADER_TYPE'],
  [8, 'Alg is not alg', '{"Alg":"%","typ":"JWT"}', 'HEADER_TYPE'],
  [9, 'typ is a number', '{"alg":"%","typ":1}', 'HEADER_TYPE'],
  [10, 'typ is null', '{"alg":"%","typ":null}', 'HEADER_TYPE'],
  [11, 'typ is empty', '{"alg":"%","typ":""}', 'HEADER_TYPE'],
  [12, 'typ is an array', '{"alg":"%","typ":["JWT"]}', 'HEADER_TYPE'],
  [13, 'typ is an object', '{"alg":"%","typ":{"0":"JWT"}}', 'HEADER_TYPE'],
  [14, 'typ is false', '{"alg":"%","typ":false}', 'HEADER_TYPE'],
  [15, 'kid is a number', '{"alg":"%","kid":1,"typ":"JWT"}', 'HEADER_TYPE'],
  [16, 'kid is null', '{"alg":"%","kid":null,"typ":"JWT"}', 'HEADER_TYPE'],
  [17, 'kid is empty', '{"alg":"%","kid":"","typ":"JWT"}', 'HEADER_TYPE'],
  [18, 'kid is an array', '{"alg":"%","kid":["k"],"typ":"JWT"}', 'HEADER_TYPE'],
  [19, 'kid is an object', '{"alg":"%","kid":{},"typ":"JWT"}', 'HEADER_TYPE'],
  [20, 'kid is true', '{"alg":"%","kid":true,"typ":"JWT"}', 'HEADER_TYPE'],
  [30, 'crit names an unknown extension', '{"alg":"%","crit":["exp"],"exp":1,"typ":"JWT"}', 'CRITICAL'],
  [31, 'crit is an empty array', '{"alg":"%","crit":[],"typ":"JWT"}', 'CRITICAL'],
  [32, 'crit is null', '{"alg":"%","crit":null,"typ":"JWT"}', 'CRITICAL'],
  [33, 'crit is a string', '{"alg":"%","crit":"exp","typ":"JWT"}', 'CRITICAL'],
  [34, 'crit names alg, which is always understood', '{"alg":"%","crit":["alg"],"typ":"JWT"}', 'CRITICAL'],
  [35, 'crit names one extension twice', '{"alg":"%","crit":["x","x"],"typ":"JWT","x":1}', 'CRITICAL'],
  [36, 'crit is false', '{"alg":"%","crit":false,"typ":"JWT"}', 'CRITICAL'],
  [37, 'crit is an object', '{"alg":"%","crit":{},"typ":"JWT"}', 'CRITICAL'],
  [38, 'crit is zero', '{"alg":"%","crit":0,"typ":"JWT"}', 'CRITICAL'],
  [39, 'crit lists b64, and b64 is true', '{"alg":"%","b64":true,"crit":["b64"],"typ":"JWT"}', 'CRITICAL'],
  [40, 'crit lists b64, and b64 is false', '{"alg":"%","b64":false,"crit":["b64"],"typ":"JWT"}', 'CRITICAL'],
  [41, 'b64 false without crit', '{"alg":"%","b64":false,"typ":"JWT"}', 'CRITICAL'],
  [42, 'b64 true without crit', '{"alg":"%","b64":true,"typ":"JWT"}', 'CRITICAL'],
  [43, 'b64 null without crit', '{"alg":"%","b64":null,"typ":"JWT"}', 'CRITICAL'],
  [44, 'crit written with an escape', '{"alg":"%","\\u0063rit":["x"],"typ":"JWT","x":1}', 'CRITICAL'],
  [45, 'b64 written with an escape', '{"alg":"%","b6\\u0034":false,"typ":"JWT"}', 'CRITICAL'],
  [60, 'alg twice, both right', '{"alg":"%","alg":"%"}', 'STRICT_JSON'],
  [61, 'alg twice, none first', '{"alg":"none","alg":"%"}', 'STRICT_JSON'],
  [62, 'alg twice, none last', '{"alg":"%","alg":"none"}', 'STRICT_JSON'],
  [63, 'alg twice, one of them written with an escape', '{"alg":"%","\\u0061lg":"none"}', 'STRICT_JSON'],
  [64, 'typ twice', '{"alg":"%","typ":"JWT","typ":"JWT"}', 'STRICT_JSON'],
  [65, 'kid twice', '{"alg":"%","kid":"a","kid":"b"}', 'STRICT_JSON'],
  [66, 'crit twice', '{"alg":"%","crit":[],"crit":[]}', 'STRICT_JSON'],
  [67, 'an ignored member twice', '{"alg":"%","x":1,"x":1}', 'STRICT_JSON'],
  [68, 'a member twice inside an ignored member', '{"alg":"%","x":{"y":1,"y":2}}', 'STRICT_JSON'],
  [69, 'byte order mark', '\ufeff{"alg":"%"}', 'STRICT_JSON'],
  [70, 'array', '["%"]', 'STRICT_JSON'],
  [71, 'string', '"%"', 'STRICT_JSON'],
  [72, 'null', 'null', 'STRICT_JSON'],
  [73, 'number', '5', 'STRICT_JSON'],
  [74, 'text after the object', '{"alg":"%"}x', 'STRICT_JSON'],
  [75, 'two objects', '{"alg":"%"}{"alg":"%"}', 'STRICT_JSON'],
  [76, 'comma after the last member', '{"alg":"%",}', 'STRICT_JSON'],
  [77, 'single quotes', "{'alg':'%'}", 'STRICT_JSON'],
  [78, 'comment', '{"alg":"%"/**/}', 'STRICT_JSON'],
  [79, 'only white space', '  ', 'STRICT_JSON'],
  [80, 'NaN in an ignored member', '{"alg":"%","x":NaN}', 'STRICT_JSON'],
  [81, 'number beyond the doubles in an ignored member', '{"alg":"%","x":1e400}', 'STRICT_JSON'],
  [82, 'integer 2^53 in an ignored member', '{"alg":"%","x":9007199254740992}', 'STRICT_JSON'],
  [83, 'escaped lone surrogate in an ignored member', '{"alg":"%","x":"\\ud800"}', 'STRICT_JSON'],
  [84, 'line feed inside a string', '{"alg":"%","x":"\n"}', 'STRICT_JSON'],
  [85, 'cut off', '{"alg":"%"', 'STRICT_JSON'],
  [86, 'vertical tab as white space', '{"alg":"%"\u000b}', 'STRICT_JSON'],
  [87, 'no-break space as white space', '{"alg":"%"\u00a0}', 'STRICT_JSON'],
  [88, 'member name without quotes', '{alg:"%"}', 'STRICT_JSON'],
]

const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)))
/** [number, comment, header bytes of an algorithm] */
const refusedBytes = [
  [100, 'a byte that is not UTF-8', (alg) => bytes(`{"alg":"${alg}","x":"`, [0xff], '"}')],
  [101, 'a surrogate written in three bytes', (alg) => bytes(`{"alg":"${alg}","x":"`, [0xed, 0xa0, 0x80], '"}')],
  [102, 'an overlong slash', (alg) => bytes(`{"alg":"${alg}","x":"`, [0xc0, 0xaf], '"}')],
  [103, 'UTF-16 without a byte order mark', (alg) => Buffer.from(`{"alg":"${alg}"}`, 'utf16le')],
  [104, 'UTF-16 with a byte order mark', (alg) => Buffer.from(`\ufeff{"alg":"${alg}"}`, 'utf16le')],
  [105, 'a zero byte after the object', (alg) => bytes(`{"alg":"${alg}"}`, [0])],
  [106, 'a sequence that is cut off', (alg) => bytes(`{"alg":"${alg}","x":"`, [0xe2, 0x82], '"}')],
  [107, 'a code point beyond U+10FFFF', (alg) => bytes(`{"alg":"${alg}","x":"`, [0xf4, 0x90, 0x80, 0x80], '"}')],
  [108, '17 levels, the header counted', (alg) => bytes(`{"alg":"${alg}","x":${'['.repeat(16)}${']'.repeat(16)}}`)],
  [109, '3000 levels', (alg) => bytes(`{"alg":"${alg}","x":${'['.repeat(2999)}${']'.repeat(2999)}}`)],
  [110, '300 levels of objects', (alg) => bytes(`{"alg":"${alg}","x":${'{"x":'.repeat(299)}1${'}'.repeat(299)}}`)],
]

/** [number, comment, header text, flag]: valid tokens; `%` is the algorithm, `@` the name an algorithm escapes to. */
const accepted = [
  [200, 'alg alone', '{"alg":"%"}', 'IGNORED_MEMBER'],
  [201, 'alg as name and value written with escapes', '{"\\u0061lg":"@"}', 'IGNORED_MEMBER'],
  [202, 'white space around and within', ' \t\r\n{ "alg" : "%" ,\n"typ":"JWT" } \n', 'IGNORED_MEMBER'],
  [203, 'cty is ignored', '{"alg":"%","cty":"JWT"}', 'IGNORED_MEMBER'],
  [204, 'zip is ignored', '{"alg":"%","zip":"DEF"}', 'IGNORED_MEMBER'],
  [205, 'enc is ignored', '{"alg":"%","enc":"A256GCM"}', 'IGNORED_MEMBER'],
  [206, 'cty of a wrong type is ignored', '{"alg":"%","cty":null}', 'IGNORED_MEMBER'],
  [207, 'Crit is not crit', '{"alg":"%","Crit":["x"]}', 'IGNORED_MEMBER'],
  [208, '__proto__ is an ordinary member', '{"alg":"%","__proto__":{"crit":["x"]}}', 'IGNORED_MEMBER'],
  [209, 'claims repeated in the header mean nothing', '{"alg":"%","iss":"x","exp":1}', 'IGNORED_MEMBER'],
  [210, 'jku is not fetched', '{"alg":"%","jku":"https://attacker.example/jwks.json"}', 'EMBEDDED_KEY'],
  [211, 'x5u is not fetched', '{"alg":"%","x5u":"https://attacker.example/x5u.pem"}', 'EMBEDDED_KEY'],
  [212, 'x5c of nonsense is ignored', '{"alg":"%","x5c":["AAAA"]}', 'EMBEDDED_KEY'],
  [213, 'jwk of nonsense is ignored', '{"alg":"%","jwk":7}', 'EMBEDDED_KEY'],
  [214, 'exactly 16 levels', `{"alg":"%","x":${'['.repeat(15)}${']'.repeat(15)}}`, 'IGNORED_MEMBER'],
  [215, 'a number of the largest safe size', '{"alg":"%","x":-9007199254740991}', 'IGNORED_MEMBER'],
]

export default ({ id, profiles, profileKits, claimsText, token, withSignature, compressed, b64u, jcs, NOW }) => {
  const payload = claimsText()
  const claims = jcs(JSON.parse(payload))
  const escaped = { HS512: '\\u0048S512', EdDSA: '\\u0045dDSA' }
  const fill = (text, { key, name }) => text.replaceAll('%', key.alg).replaceAll('@', escaped[name])
  const test = (profile, number, comment, flag, header, expected) => ({
    id: id('vhdr', number + profile.block),
    comment: `${profile.name}: ${comment}`,
    flags: [flag],
    kit: profile.kit,
    now: NOW,
    token: compressed(token({ header, payload, key: profile.key })),
    ...(typeof header === 'string' && { headerText: header, payloadText: payload }),
    expected,
  })
  const invalid = { fault: { code: 'header_invalid' } }

  const embedded = (profile) => {
    const jwk = profile.otherKey.publicJwk ?? { kty: 'oct', k: profile.otherKey.text }
    const header = `{"alg":"${profile.key.alg}","jwk":${JSON.stringify(jwk)},"typ":"JWT"}`
    const forged = token({ header, payload, key: profile.otherKey })
    const own = test(profile, 220, 'signed by the key that the header carries', 'EMBEDDED_KEY', header, {
      fault: { code: 'signature_invalid' },
    })
    return [
      { ...own, token: forged },
      test(profile, 221, 'another key in jwk does not hinder the right signature', 'EMBEDDED_KEY', header, { claims }),
      {
        ...test(
          profile,
          222,
          'crit is seen before a wrong signature',
          'CRITICAL',
          '{"alg":"none","crit":["x"]}',
          invalid,
        ),
        token: withSignature(`${b64u('{"alg":"none","crit":["x"]}')}.${b64u(payload)}.`, ''),
      },
    ]
  }

  const group = (profile) => ({
    name: `${profile.name} header`,
    tests: [
      ...refused.map(([n, comment, text, flag]) => test(profile, n, comment, flag, fill(text, profile), invalid)),
      ...refusedBytes.map(([n, comment, of]) => test(profile, n, comment, 'STRICT_JSON', of(profile.key.alg), invalid)),
      ...accepted.map(([n, comment, text, flag]) => test(profile, n, comment, flag, fill(text, profile), { claims })),
      ...embedded(profile),
    ],
  })

  return {
    suite: 'verify-header',
    kind: 'verify',
    prefix: 'vhdr',
    notes,
    kits: profileKits(),
    groups: profiles.map(group),
  }
}
