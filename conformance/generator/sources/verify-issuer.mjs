// Issuer and audience by exact equality.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  ISSUER: {
    description: 'The issuer is not exactly the one whose key signed; nothing like a pattern is ever applied.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1.1', 'rfc8725#3.8'],
    cves: ['CVE-2025-30144', 'CVE-2026-35041', 'CVE-2024-53861'],
  },
  AUDIENCE: {
    description: 'None of the audiences is exactly one that is accepted.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7519#4.1.3', 'rfc8725#3.9'],
    cves: ['CVE-2025-62610'],
  },
  VALID_NAMES: {
    description: 'Names that are equal, or of which one is.',
    bugType: 'INTEROP',
    spec: ['rfc7519#4.1.3', 'rfc7519#2'],
    cves: [],
  },
}

const test = verifyCase('viss')

const issuers = [
  [1, 'a slash at the end', 'https://issuer.example/'],
  [2, 'upper case', 'HTTPS://ISSUER.EXAMPLE'],
  [3, 'one letter in upper case', 'https://Issuer.example'],
  [4, 'a proper prefix', 'https://issuer.exampl'],
  [5, 'a proper suffix', 'issuer.example'],
  [6, 'a longer name', 'https://issuer.example.attacker.example'],
  [7, 'a name that holds it', 'https://attacker.example/https://issuer.example'],
  [8, 'a space after it', 'https://issuer.example '],
  [9, 'a zero after it', 'https://issuer.example\u0000'],
  [10, 'a line feed after it', 'https://issuer.example\n'],
  [11, 'the default port', 'https://issuer.example:443'],
  [12, 'another scheme', 'http://issuer.example'],
  [13, 'percent-encoding', 'https://issuer%2eexample'],
  [14, 'a pattern', '.*'],
  [15, 'what a pattern of the issuer would match', 'https://issuerXexample'],
  [16, 'a full-width letter', 'https://\uff49ssuer.example'],
  [17, 'an item of a list', 'https://issuer.example,https://attacker.example'],
  [18, '__proto__', '__proto__'],
]

const audiences = [
  [30, 'upper case', '"API"'],
  [31, 'a proper prefix', '"ap"'],
  [32, 'a longer name', '"api2"'],
  [33, 'a wildcard', '"*"'],
  [34, 'a list in one string', '"api,other"'],
  [35, 'words in one string', '"other api"'],
  [36, 'a space after it', '"api "'],
  [37, 'only others', '["other","another"]'],
  [38, 'only what holds it', '["api.example","xapi"]'],
  [39, 'a slash at the end', '"api/"'],
  [40, 'its letters', '["a","p","i"]'],
  [41, '__proto__', '"__proto__"'],
]

const equal = [
  [62, 'the audience last of several', undefined, '["x","y","api"]'],
  [63, 'the first of two accepted', ['api', 'admin-api'], '"api"'],
  [64, 'the second of two accepted', ['api', 'admin-api'], '"admin-api"'],
  [65, 'one of several on both sides', ['api', 'admin-api'], '["x","admin-api"]'],
]

export default ({ profiles, profileKits, claimsText }) => {
  const both = (profile) => {
    const row = (number, comment, flag, members, expect, kit) =>
      test({ profile, number, comment, flag, kit, payload: claimsText(members), expect })
    return [
      ...issuers.map(([n, comment, iss]) =>
        row(n, `iss: ${comment}`, 'ISSUER', { iss: JSON.stringify(iss) }, 'issuer_mismatch'),
      ),
      ...audiences.map(([n, comment, aud]) => row(n, `aud: ${comment}`, 'AUDIENCE', { aud }, 'audience_mismatch')),
      ...equal.map(([n, comment, audience, aud]) =>
        row(n, comment, 'VALID_NAMES', { aud }, 'ok', { ...profile.config, ...(audience && { audience }) }),
      ),
      row(
        70,
        'an issuer written with escapes is the same',
        'VALID_NAMES',
        { iss: '"https:\\/\\/issuer\\u002eexample"' },
        'ok',
      ),
      row(71, 'composed where decomposed is configured', 'ISSUER', { iss: '"caf\u00e9"' }, 'issuer_mismatch', {
        ...profile.config,
        issuer: 'cafe\u0301',
      }),
      row(72, 'decomposed where decomposed is configured', 'VALID_NAMES', { iss: '"cafe\u0301"' }, 'ok', {
        ...profile.config,
        issuer: 'cafe\u0301',
      }),
      row(73, 'an issuer and an audience that are wrong', 'ISSUER', { iss: '"x"', aud: '"x"' }, 'issuer_mismatch'),
    ]
  }

  return {
    suite: 'verify-issuer',
    kind: 'verify',
    prefix: 'viss',
    notes,
    kits: profileKits(),
    groups: [...profiles.map((profile) => ({ name: `${profile.name} names`, tests: both(profile) }))],
  }
}
