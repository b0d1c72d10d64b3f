import { wrong } from '../wrong.mjs'

const ASKED = 'kid === undefined || key.kid === undefined || key.kid === kid'
const PINNED = "pins === undefined || !('thumbprint' in key) || pins.has((key as PublicKey).thumbprint)"
const SEARCHED = '      const { candidates, ambiguous, unavailable } = search\n'

export default [
  ...wrong('sources/trusted-issuer.ts', {
    'keys of an issuer are tried for algorithms that it does not use': [
      'if (!issuer.algorithms.has(algorithm)) continue',
      '',
    ],
    'an algorithm must be allowed by every issuer': ['issuers.some((', 'issuers.every(('],
    'secrets of another kid are tried': [ASKED, 'key'],
    'a secret without a kid does not answer to one': ['key.kid === undefined || ', ''],
    'a token without a kid is tried with secrets without one': [ASKED, 'key.kid === undefined || key.kid === kid'],
    'only the first secret is tried': ['for (const key of secrets)', 'for (const key of secrets.slice(0, 1))'],
    'pins are not checked': [PINNED, 'pins === undefined || key !== undefined'],
    'pins are compared with the kid': ['pins.has((key as PublicKey).thumbprint)', 'pins.has((key as PublicKey).kid)'],
    'secrets must be pinned too': [" || !('thumbprint' in key)", ''],
    'one pinned key lets the others pass': [
      'return { candidates: pinned, unavailable }',
      'return { candidates, unavailable }',
    ],
    'keys that are not pinned are not found': ["TokenError('key_not_pinned')", "TokenError('key_not_found')"],
    'an ambiguous key is not found': ["ambiguous ? 'key_ambiguous' : 'key_not_found'", "'key_not_found'"],
    'keys of several issuers are ambiguous': [
      SEARCHED,
      `${SEARCHED}      if (algorithm !== HS512 && candidates.some((one) => !isSameKey(one.key, (candidates[0] as Candidate).key)))\n        throw new TokenError('key_ambiguous')\n`,
    ],
    'only the first issuer of an algorithm is asked': [
      'if (algorithm === HS512) addSecrets(issuer, kid, search)',
      'if (search.candidates.length > 0) break\n        if (algorithm === HS512) addSecrets(issuer, kid, search)',
    ],
    'a key of one issuer is forgotten when another has it too': [
      'if (known) known.issuers.push(issuer)',
      'if (known) return',
    ],
  }),
  ...wrong('sources/transport.ts', {
    'a JWKS may come over http from anywhere': [" && (scheme === 'https' || LOOPBACK.test(host))", ''],
    'a JWKS may not come over http from loopback': [
      "(scheme === 'https' || LOOPBACK.test(host))",
      "scheme === 'https'",
    ],
    'a URL may hold credentials': ['|[^/?#@:[\\]]+)', '|[^/?#[\\]]+?)'],
    'a URL may hold a fragment': ['[!"$-[\\]-~]+', '[!-[\\]-~]+'],
    'a URL may hold a backslash': ['[!"$-[\\]-~]+', '[!"$-~]+'],
    'a URL may hold any character': ['/^[!"$-[\\]-~]+$/.test(url)', '!/[#\\\\]/.test(url)'],
    'any host that begins like loopback is loopback': ['LOOPBACK.test(host)', "host.startsWith('127.')"],
    'any port is a port': ['Number(port) >= 1 && Number(port) <= MAX_PORT', 'Number(port) >= 0'],
  }),
]
