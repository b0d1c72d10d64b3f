import { wrong } from '../wrong.mjs'

const ASKED = 'secrets.filter((secret) => secret.kid === undefined || answers(secret))'
const PINNED = 'if (pins && thumbprint !== undefined && !pins.has(thumbprint))'
const TRIED = 'tried?.get(name) ?? isSigner(key)'
const HTTP = 'http:\\/\\/(?:localhost|'
const LOOPBACK = '127(?:\\.(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])){3})'

export default [
  ...wrong('sources/trusted-issuer.ts', {
    'keys of an issuer are tried for algorithms that it does not use': [
      'order(askedFor.get(query.algorithm) as readonly TrustedIssuer[], query)',
      'order(issuers, query)',
    ],
    'an algorithm must be allowed by every issuer': [
      'askedFor.has(algorithm)',
      'askedFor.get(algorithm)?.length === issuers.length',
    ],
    'secrets of another kid are tried': [ASKED, 'secrets'],
    'a secret without a kid does not answer to one': [ASKED, 'secrets.filter(answers)'],
    'a token without a kid is tried with secrets without one': [
      ASKED,
      'secrets.filter((secret) => secret.kid === undefined || secret.kid === kid)',
    ],
    'only the first secret is tried': [ASKED, `${ASKED}.slice(0, 1)`],
    'only the first key is tried': [TRIED, 'tried?.get(name) ?? (tried === undefined && isSigner(key))'],
    'pins are not checked': [PINNED, 'if (faults.length < 0)'],
    'pins are compared with the kid': ['!pins.has(thumbprint)', '!pins.has((key as PublicKey).kid)'],
    'secrets must be pinned too': ['thumbprint !== undefined && !pins.has(thumbprint)', "!pins.has(thumbprint ?? '')"],
    'one pinned key lets the others pass': [
      PINNED,
      'if (pins && thumbprint !== undefined && !issuers.some((one) => one.keys.keys.some((two) => pins.has(two.thumbprint))))',
    ],
    'keys that are not pinned are not found': ["faults.push('key_not_pinned')", "faults.push('key_not_found')"],
    'an ambiguous key is not found': ["'key_not_pinned', 'key_ambiguous'] as const", "'key_not_pinned'] as const"],
    'keys of several issuers are ambiguous': [
      'const name = thumbprint ?? key\n',
      "const name = thumbprint ?? key\n        if (thumbprint && tried && !tried.has(name)) throw new TokenError('key_ambiguous')\n",
    ],
    'only the first issuer of an algorithm is asked': [
      '(one) => firstOf(one, ask)',
      '(one) => firstOf(one.slice(0, 1), ask)',
    ],
    'a key of one issuer is forgotten when another has it too': [TRIED, '!tried?.has(name) && isSigner(key)'],
    'the issuer may be another one than that of the key': [
      'issuers.find((issuer) => signers.includes(issuer.rules))',
      'issuers.find((issuer) => signers.length > 0 && isNamed(issuer.rules))',
    ],
    'of several issuers with one key the first is meant': [
      'if (signed && isNamed(rules)) return rules',
      'if (signed) return rules',
    ],
  }),
  ...wrong('sources/transport.ts', {
    'a JWKS may come over http from anywhere': [HTTP, `${HTTP}[^/?#@:[\\]]+|`],
    'a JWKS may not come over http from loopback': [HTTP, HTTP.replace('http', 'httpx')],
    'a URL may hold credentials': ['|[^/?#@:[\\]]+)', '|[^/?#[\\]]+?)'],
    'a URL may hold a fragment': ['[!"$-[\\]-~]+', '[!-[\\]-~]+'],
    'a URL may hold a backslash': ['[!"$-[\\]-~]+', '[!"$-~]+'],
    'a URL may hold any character': ['(?=[!"$-[\\]-~]+$)', '(?=[^#\\\\]+$)'],
    'any host that begins like loopback is loopback': [LOOPBACK, '127[^/?#@:[\\]]*)'],
    'any port is a port': ['Number(port) >= 1 && Number(port) <= MAX_PORT', 'Number(port) >= 0'],
  }),
  ...wrong('sources/local-jwks.ts', {
    'the set is read once': ['if (before && before.text === text) return before', 'if (before) return before'],
    'the set of before counts where there is none': [
      "throw new TokenError('jwks_unavailable')",
      "if (this.#snapshot) return this.#snapshot\n      throw new TokenError('jwks_unavailable')",
    ],
    'no set is a set without keys': [
      "throw new TokenError('jwks_unavailable')",
      "return { text: '', entries: [], sets: new Map() }",
    ],
    'the first algorithm is that of all': ['sets.get(algorithm) ??', 'sets.values().next().value ??'],
    'the object of before is the set of before': [
      "const text = typeof jwks === 'string' ? jwks : JSON.stringify(jwks)",
      "const text = typeof jwks === 'string' ? jwks : ((jwks as { text?: string }).text ??= JSON.stringify(jwks))",
    ],
  }),
]
