// The size step: at most 16384 bytes of UTF-8, counted before anything is decoded.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  SIZE_LIMIT: {
    description: 'The token is as long as the limit, or longer. It is refused before anything of it is decoded.',
    bugType: 'DOS',
    spec: ['local#design-5'],
    cves: ['CVE-2022-36083', 'CVE-2024-28176', 'CVE-2024-33664', 'CVE-2025-65015'],
  },
  UTF8_LENGTH: {
    description: 'The limit is in bytes of UTF-8, whatever unit the language counts strings in.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc3629#3', 'local#design-5'],
    cves: [],
  },
  NOT_TEXT: {
    description: 'Something other than a string stands in the place of the token.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['local#design-5'],
    cves: [],
  },
}

const test = verifyCase('vsiz')
const hs512 = { name: 'HS512', kit: 'hs512', block: 0 }

/** [number, comment, value] */
const values = [
  [100, 'null', null],
  [101, 'a number', 5],
  [102, 'true', true],
  [103, 'an empty array', []],
  [104, 'an object', {}],
  [105, 'an object with a length', { length: 3 }],
]

export default ({ profiles, profileKits, claimsText, token, repeated }) => {
  /** A good token of exactly this many bytes: spaces in the header reach the lengths that base64url of the payload skips. */
  const sized = (profile, total) => {
    for (let spaces = 0; spaces < 4; spaces += 1) {
      const header = profile.header + ' '.repeat(spaces)
      const length = (pad) =>
        token({ header, payload: claimsText({ pad: `"${'A'.repeat(pad)}"` }), key: profile.key }).length
      const guess = Math.floor(((total - length(0)) * 3) / 4)
      for (let pad = Math.max(guess - 3, 0); pad < guess + 4; pad += 1) {
        if (length(pad) === total) return { header, payload: claimsText({ pad: `"${'A'.repeat(pad)}"` }) }
      }
    }
    throw new Error(`no token of ${total} bytes`)
  }

  const boundaries = (profile) => {
    const row = (number, comment, total, expect, more) =>
      test({ profile, number, comment, flag: 'SIZE_LIMIT', ...sized(profile, total), expect, ...more })
    const small = { ...profile.config, maxTokenBytes: 512 }
    const large = { ...profile.config, maxTokenBytes: 20000 }
    return [
      row(1, 'a good token of exactly 16384 bytes', 16384, 'ok'),
      row(2, 'a good token of 16385 bytes', 16385, 'token_too_large'),
      row(3, 'exactly the configured limit', 512, 'ok', { kit: small }),
      row(4, 'one byte over the configured limit', 513, 'token_too_large', { kit: small }),
      row(5, '20000 bytes, exactly a limit that was raised', 20000, 'ok', { kit: large }),
      row(6, '16385 bytes, to check access', 16385, 'token_too_large', { operation: 'checkAuth' }),
      row(7, '16385 bytes, to consume once', 16385, 'token_too_large', { operation: 'consumeOnce' }),
      row(8, '16385 bytes, to decode without verifying', 16385, 'token_too_large', { operation: 'decodeUnverified' }),
    ]
  }

  const text = (number, comment, given, expect, flag = 'UTF8_LENGTH') =>
    test({ profile: hs512, number, comment, flag, given, expect })

  const units = [
    text(50, '16384 letters that are no token', repeated('A', 16384), 'token_malformed', 'SIZE_LIMIT'),
    text(51, '16385 letters', repeated('A', 16385), 'token_too_large', 'SIZE_LIMIT'),
    text(52, '16384 dots', repeated('.', 16384), 'token_malformed', 'SIZE_LIMIT'),
    text(53, '16385 dots', repeated('.', 16385), 'token_too_large', 'SIZE_LIMIT'),
    text(54, 'two million dots and letters', repeated('A.', 1000000), 'token_too_large', 'SIZE_LIMIT'),
    text(55, '8192 characters of two bytes', repeated('\u00e9', 8192), 'token_malformed'),
    text(56, '8193 characters of two bytes', repeated('\u00e9', 8193), 'token_too_large'),
    text(57, '5461 characters of three bytes', repeated('\u20ac', 5461), 'token_malformed'),
    text(58, '5462 characters of three bytes', repeated('\u20ac', 5462), 'token_too_large'),
    text(59, '4096 characters of four bytes', repeated('\u{1f600}', 4096), 'token_malformed'),
    text(60, '4097 characters of four bytes', repeated('\u{1f600}', 4097), 'token_too_large'),
    text(61, '5461 lone high surrogates, three bytes each', repeated('\ud800', 5461), 'token_malformed'),
    text(62, '5462 lone high surrogates', repeated('\ud800', 5462), 'token_too_large'),
    text(63, '5461 lone low surrogates, three bytes each', repeated('\udfff', 5461), 'token_malformed'),
    text(64, '5462 lone low surrogates', repeated('\udfff', 5462), 'token_too_large'),
    text(65, '16384 zero bytes', repeated('\u0000', 16384), 'token_malformed'),
    text(66, '16385 zero bytes', repeated('\u0000', 16385), 'token_too_large'),
    text(67, 'four million bytes of two-byte characters', repeated('\u07ff', 2000000), 'token_too_large'),
  ]

  const good = token({ header: profiles[0].header, payload: claimsText(), key: profiles[0].key })
  const wrapped = [
    [106, 'a good token in an array', [good]],
    [107, 'a good token in an object', { token: good }],
    [108, 'its three segments in an array', good.split('.')],
  ]
  const row = ([number, comment, value], operation) =>
    test({ profile: hs512, number, comment, flag: 'NOT_TEXT', given: { value }, operation, expect: 'token_malformed' })

  return {
    suite: 'verify-size',
    kind: 'verify',
    prefix: 'vsiz',
    notes,
    kits: profileKits(),
    groups: [
      ...profiles.map((profile) => ({ name: `${profile.name} boundaries`, tests: boundaries(profile) })),
      { name: 'what is counted', tests: units },
      { name: 'not a string', tests: [...values, ...wrapped].map((value) => row(value)) },
      { name: 'not a string, to check access', tests: [row([110, 'null to check access', null], 'checkAuth')] },
    ],
  }
}
