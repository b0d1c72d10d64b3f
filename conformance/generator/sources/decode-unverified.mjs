// decodeUnverified reads header and payload without any check but size, shape and JSON: it may say nothing about trust.
import { faultOf } from '../verify-case.mjs'

const notes = {
  DECODE: {
    description: 'What cannot be verified can still be read, for a log or to choose a kit.',
    bugType: 'BASIC',
    spec: ['rfc7515#3', 'local#design-4'],
    cves: [],
  },
  DECODE_REFUSED: {
    description: 'What is not a token is not decoded either.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7515#7.1', 'local#design-5'],
    cves: [],
  },
}

export default ({
  id,
  profiles,
  profileKits,
  claimsText,
  token,
  withSignature,
  b64u,
  jcs,
  keys,
  repeated,
  compressed,
  NOW,
}) => {
  const [hs512] = profiles
  const good = '{"alg":"HS512","typ":"JWT"}'
  const row = (number, comment, given, expected, flag = 'DECODE_REFUSED') => ({
    id: id('deco', number),
    comment,
    flags: [flag],
    kit: 'hs512',
    now: NOW,
    operation: 'decodeUnverified',
    token: typeof given === 'string' ? compressed(given) : given,
    expected: typeof expected === 'string' ? faultOf(expected) : expected,
  })
  const read = (number, comment, header, payload, signature = 'AAAA') =>
    row(
      number,
      comment,
      `${b64u(header)}.${b64u(payload)}.${signature}`,
      { header: jcs(JSON.parse(header)), claims: jcs(JSON.parse(payload)) },
      'DECODE',
    )
  const refused = (number, comment, header, payload, code) =>
    row(number, comment, `${b64u(header)}.${b64u(payload)}.AAAA`, code)

  const signed = token({ header: good, payload: claimsText({ sub: '"u1"' }), key: hs512.key })
  const both = { header: good, claims: jcs(JSON.parse(claimsText({ sub: '"u1"' }))) }
  return {
    suite: 'decode-unverified',
    kind: 'verify',
    prefix: 'deco',
    notes,
    kits: { hs512: profileKits().hs512, small: { ...hs512.config, maxTokenBytes: 64 } },
    groups: [
      {
        name: 'read',
        tests: [
          row(1, 'a good token', signed, both, 'DECODE'),
          row(2, 'without a signature', withSignature(signed, ''), both, 'DECODE'),
          row(3, 'with a wrong signature', withSignature(signed, Buffer.alloc(64)), both, 'DECODE'),
          row(
            4,
            'of another key',
            token({ header: good, payload: claimsText({ sub: '"u1"' }), key: keys.hs.b }),
            both,
            'DECODE',
          ),
          read(5, 'alg none', '{"alg":"none"}', claimsText()),
          read(6, 'no alg', '{}', claimsText()),
          read(7, 'crit', '{"alg":"HS512","crit":["x"]}', claimsText()),
          read(8, 'another algorithm', '{"alg":"RS256","kid":5}', claimsText()),
          read(9, 'an expired token', good, claimsText({ exp: '1', iat: '0' })),
          read(10, 'claims of wrong types', good, '{"aud":5,"exp":"x","iss":null,"permissions":"admin"}'),
          read(11, 'no claims', good, '{}'),
          read(12, 'members out of order come out sorted', '{"typ":"JWT","alg":"x"}', '{"b":1,"a":{"d":1,"c":-0}}'),
          read(13, '__proto__ in both', '{"__proto__":{"alg":"HS512"}}', '{"__proto__":{"admin":true}}'),
          read(14, 'white space', ' {\n"alg" : "x"} ', ' {"a" :\t1 }\r\n'),
          read(15, 'an empty header object and deep claims', '{}', `{"x":${'['.repeat(15)}${']'.repeat(15)}}`),
          read(
            16,
            'actors beyond the limit',
            good,
            `{"act":${'{"sub":"s","act":'.repeat(8)}{"sub":"s"}${'}'.repeat(8)}}`,
          ),
        ],
      },
      {
        name: 'refused',
        tests: [
          row(50, 'empty text', '', 'token_malformed'),
          row(51, 'two segments', signed.split('.').slice(0, 2).join('.'), 'token_malformed'),
          row(52, 'five segments', `${signed}.AAAA.AAAA`, 'token_malformed'),
          row(53, 'padding', `${signed}==`, 'token_malformed'),
          row(54, 'a line feed after', `${signed}\n`, 'token_malformed'),
          row(55, 'an empty header', signed.replace(/^[^.]*/, ''), 'token_malformed'),
          row(56, 'an empty payload', signed.replace(/\..*\./, '..'), 'token_malformed'),
          row(57, 'a number', { value: 5 }, 'token_malformed'),
          row(58, 'null', { value: null }, 'token_malformed'),
          row(59, 'a million dots', repeated('.', 1000000), 'token_too_large'),
          { ...row(60, 'over a configured limit', signed, 'token_too_large'), kit: 'small' },
          row(61, 'white space in front', ` ${signed}`, 'token_malformed'),
          refused(70, 'a header that is an array', '[]', '{}', 'header_invalid'),
          refused(71, 'a header that is null', 'null', '{}', 'header_invalid'),
          refused(72, 'a header with a member twice', '{"alg":"x","alg":"x"}', '{}', 'header_invalid'),
          refused(73, 'a header that is not JSON', 'alg=none', '{}', 'header_invalid'),
          refused(74, 'a header with a number beyond', '{"x":9007199254740992}', '{}', 'header_invalid'),
          refused(75, 'a payload that is an array', '{}', '[]', 'claims_malformed'),
          refused(76, 'a payload that is a string', '{}', '"x"', 'claims_malformed'),
          refused(77, 'a payload with a member twice', '{}', '{"a":1,"a":1}', 'claims_malformed'),
          refused(78, 'a payload with a lone surrogate', '{}', '{"a":"\\ud800"}', 'claims_malformed'),
          refused(79, 'a payload of 17 levels', '{}', `{"x":${'['.repeat(16)}${']'.repeat(16)}}`, 'claims_malformed'),
          refused(80, 'a payload of 5000 levels', '{}', '['.repeat(5000), 'claims_malformed'),
          refused(81, 'header and payload both wrong: the header is first', '[]', '[]', 'header_invalid'),
          refused(
            82,
            'a payload that is not UTF-8',
            '{}',
            Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
            'claims_malformed',
          ),
        ],
      },
    ],
  }
}
