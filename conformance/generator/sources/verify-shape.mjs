// The shape step: three segments of canonical, unpadded base64url; header and payload not empty; no other byte.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  SEGMENTS: {
    description: 'The text does not have the three segments of a compact JWS.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7515#7.1', 'rfc7516#7.1'],
    cves: ['CVE-2024-33664'],
  },
  BASE64URL: {
    description: 'A segment is not base64url: another alphabet, padding, white space or other characters.',
    bugType: 'MALLEABILITY',
    spec: ['rfc7515#2', 'rfc4648#3.3'],
    cves: [],
  },
  CANONICAL: {
    description: 'A segment is a second spelling of the same bytes, or of a length that no bytes have.',
    bugType: 'MALLEABILITY',
    spec: ['rfc4648#3.5'],
    cves: [],
  },
}

const test = verifyCase('vshp')

/** [number, comment, flag, change of a good token]; all are token_malformed. */
const changes = [
  [1, 'the header alone', 'SEGMENTS', (t) => t.split('.')[0]],
  [2, 'header and payload without a second dot', 'SEGMENTS', (t) => t.split('.').slice(0, 2).join('.')],
  [3, 'a dot after the token', 'SEGMENTS', (t) => `${t}.`],
  [4, 'a fourth segment', 'SEGMENTS', (t) => `${t}.AAAA`],
  [5, 'five segments, as a JWE has', 'SEGMENTS', (t) => `${t}.AAAA.AAAA`],
  [6, 'a dot before the token', 'SEGMENTS', (t) => `.${t}`],
  [7, 'the header is empty', 'SEGMENTS', (t) => `.${t.split('.').slice(1).join('.')}`],
  [8, 'the payload is empty', 'SEGMENTS', (t) => t.replace(/\..*\./, '..')],
  [9, 'a dot doubled', 'SEGMENTS', (t) => t.replace('.', '..')],
  [10, 'other separators', 'SEGMENTS', (t) => t.replaceAll('.', ':')],
  [11, 'full-width dots', 'SEGMENTS', (t) => t.replaceAll('.', '\uff0e')],
  [12, 'the token twice', 'SEGMENTS', (t) => t + t],
  [20, 'a space before', 'BASE64URL', (t) => ` ${t}`],
  [21, 'a space after', 'BASE64URL', (t) => `${t} `],
  [23, 'carriage return and line feed after', 'BASE64URL', (t) => `${t}\r\n`],
  [24, 'a line feed before', 'BASE64URL', (t) => `\n${t}`],
  [25, 'a zero byte after', 'BASE64URL', (t) => `${t}\u0000`],
  [26, 'a byte order mark before', 'BASE64URL', (t) => `\ufeff${t}`],
  [27, 'a scheme before', 'BASE64URL', (t) => `Bearer ${t}`],
  [28, 'in quotes', 'BASE64URL', (t) => `"${t}"`],
  [29, '#### after', 'BASE64URL', (t) => `${t}####`],
  [30, 'percent-encoded dots', 'BASE64URL', (t) => t.replaceAll('.', '%2e')],
  [31, 'a lone surrogate after', 'BASE64URL', (t) => `${t}\ud800`],
  [32, 'a zero-width space inside', 'BASE64URL', (t) => `${t.slice(0, 30)}\u200b${t.slice(30)}`],
  [33, 'a full-width letter for a letter', 'BASE64URL', (t) => `\uff45${t.slice(1)}`],
  [34, 'a four-byte character inside', 'BASE64URL', (t) => `${t.slice(0, 8)}\u{1d41a}${t.slice(8)}`],
  [35, 'a tilde after', 'BASE64URL', (t) => `${t}~`],
]

/** [number, comment, flag, change of one segment]; done to each of the three, 0, 100 and 200 added to the number. */
const segmentChanges = [
  [40, 'padding', 'BASE64URL', (s) => `${s}${'='.repeat((4 - (s.length % 4)) % 4)}`],
  [41, 'padding that does not fit', 'BASE64URL', (s) => `${s}====`],
  [42, 'a plus sign', 'BASE64URL', (s) => `${s.slice(0, 4)}++++${s.slice(4)}`],
  [43, 'a slash', 'BASE64URL', (s) => `${s.slice(0, 4)}////${s.slice(4)}`],
  [44, 'a space inside', 'BASE64URL', (s) => `${s.slice(0, 4)} ${s.slice(4)}`],
  [45, 'a line feed inside', 'BASE64URL', (s) => `${s.slice(0, 4)}\n${s.slice(4)}`],
  [46, 'a line feed at the end', 'BASE64URL', (s) => `${s}\n`],
  [47, 'a non-ASCII letter', 'BASE64URL', (s) => `${s.slice(0, 4)}\u00e9\u00e9\u00e9\u00e9${s.slice(4)}`],
  [48, 'an equals sign inside', 'BASE64URL', (s) => `${s.slice(0, 4)}=${s.slice(4)}`],
]

export default ({ profiles, profileKits, claimsText, token, tokenOfSegments, withTrailingBits, spacedTo, b64u }) => {
  const rows = (profile) => {
    const row = (number, comment, flag, given) =>
      test({ profile, number, comment, flag, given, expect: 'token_malformed' })
    const claims = claimsText({ sub: '"u1"' })
    // Two and three characters over a multiple of four, so that padding and unused bits exist in header and payload.
    const header = b64u(spacedTo(profile.header, 2))
    const payload = b64u(spacedTo(claims, 3))
    const good = tokenOfSegments({ header, payload, key: profile.key })
    const signature = good.split('.')[2]
    const names = ['header', 'payload', 'signature']
    /** Signed over the changed text, so that nothing but the shape is wrong. */
    const changed = (index, change) => {
      const segments = [header, payload, signature]
      segments[index] = change(segments[index])
      if (index === 2) return segments.join('.')
      return tokenOfSegments({ header: segments[0], payload: segments[1], key: profile.key })
    }
    const segmentRows = names.flatMap((name, index) => [
      ...segmentChanges.map(([n, comment, flag, change]) =>
        row(n + 100 * index, `${comment} in the ${name}`, flag, changed(index, change)),
      ),
      row(49 + 100 * index, `unused bits set in the ${name}`, 'CANONICAL', changed(index, withTrailingBits)),
      row(
        50 + 100 * index,
        `one character too many in the ${name}`,
        'CANONICAL',
        changed(index, (s) => oneOver(s)),
      ),
    ])
    const aligned = token({ header: spacedTo(profile.header, 0), payload: spacedTo(claims, 0), key: profile.key })
    const json = JSON.stringify({ payload, signatures: [{ protected: header, signature }] })
    return [
      ...changes.map(([n, comment, flag, change]) => row(n, comment, flag, change(good))),
      ...segmentRows,
      row(300, 'the JSON serialization', 'SEGMENTS', json),
      row(301, 'a single base64url character as signature', 'CANONICAL', `${header}.${payload}.A`),
      row(302, 'a single base64url character as payload', 'CANONICAL', `${header}.A.${signature}`),
      test({
        profile,
        number: 310,
        comment: 'lengths that are multiples of four',
        flag: 'CANONICAL',
        given: aligned,
        payload: claims,
        expect: 'ok',
      }),
      test({
        profile,
        number: 311,
        comment: 'lengths two and three over a multiple of four',
        flag: 'CANONICAL',
        given: good,
        payload: claims,
        expect: 'ok',
      }),
    ]
  }
  /** Characters until the length is one over a multiple of four: no bytes have such a length. */
  const oneOver = (text) => {
    let longer = text
    do longer += 'A'
    while (longer.length % 4 !== 1)
    return longer
  }

  return {
    suite: 'verify-shape',
    kind: 'verify',
    prefix: 'vshp',
    notes,
    kits: profileKits(),
    groups: [
      ...profiles.map((profile) => ({ name: `${profile.name} shape`, tests: rows(profile) })),
      {
        name: 'without any segment',
        tests: [
          test({
            profile: profiles[0],
            number: 400,
            comment: 'empty text',
            flag: 'SEGMENTS',
            given: '',
            expect: 'token_malformed',
          }),
          test({
            profile: profiles[0],
            number: 401,
            comment: 'two dots',
            flag: 'SEGMENTS',
            given: '..',
            expect: 'token_malformed',
          }),
          test({
            profile: profiles[0],
            number: 402,
            comment: 'the word null',
            flag: 'SEGMENTS',
            given: 'null',
            expect: 'token_malformed',
          }),
        ],
      },
    ],
  }
}
