// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { seenByTests, wrong } from '../wrong.mjs'

const SIZE = "if (isLongerThan(token, maxBytes)) throw new TokenError('token_too_large')"
const TYPE = 'type === undefined ? required : !types.has(type)'
const ROW = 'algorithm: algorithmOf(alg)'
const ALGORITHM =
  "  if (algorithm === undefined || !rules.keys.allows(algorithm)) throw new TokenError('alg_not_allowed')\n"
const CHECK_TYPE = '  checkType(type, rules.types, rules.requireType)\n'
const KEYS = `  // Read once a key is known to have signed it, to tell which of the issuers that hold the key is meant.
  let json: JsonObject | undefined
  const found = rules.keys.find({ algorithm, kid, now }, check, (one) => {
    json ??= parse()
    return json?.['iss'] === one.issuer
  })
`
const PARSED = "  if (parse() === undefined) throw new TokenError('claims_malformed')\n"
const FORM = "return lower.includes('/') ? lower : `application/${lower}`"
const KNOWN_KEY = 'one === known?.key ||'
const OTHER = 'found?.token !== token'
const HOLDS = '() => verifyText(key, signingInput, signature)'

export default [
  ...wrong('token/compact.ts', {
    'the size of a token is not limited': [SIZE, ''],
    'one byte more than 16 KiB is accepted': ['MAX_TOKEN_BYTES = 16384', 'MAX_TOKEN_BYTES = 16385'],
    'the shape is looked at before the size': [
      SIZE,
      `if (token.split('.').length !== 3) throw new TokenError('token_malformed')\n  ${SIZE}`,
    ],
    'a fourth segment is ignored': [
      'const signature = token.slice(second + 1)',
      "const signature = token.split('.')[2] as string",
    ],
    'an empty header or payload gets past the shape': ['first < 1 || second < first + 2', 'second <= first'],
    'an empty signature is malformed': ['!isCanonical(signature)', "signature === '' || !isCanonical(signature)"],
    'white space around a token is trimmed': [SIZE, `token = token.trim()\n  ${SIZE}`],
    'a list of one token is a token': [
      "if (typeof token !== 'string') throw",
      "if (Array.isArray(token)) token = `${token}`\n  if (typeof token !== 'string') throw",
    ],
  }),
  ...wrong('encoding/utf8.ts', {
    'a token of exactly the largest size is refused': [
      'return text.length > limit ||',
      'return text.length >= limit ||',
    ],
  }),
  ...wrong('token/header.ts', {
    'crit is accepted': [" || 'crit' in header", ''],
    'an empty crit is accepted': ["'crit' in header", "(header['crit'] as unknown[])?.length"],
    'b64 is accepted': [" || 'b64' in header", ''],
    'b64 is accepted where it is true': ["'b64' in header", "header['b64'] === false"],
    'empty members of the header are accepted': [
      'value === undefined || isNonEmpty(value)',
      "value === undefined || typeof value === 'string'",
    ],
    'null in the header counts as absent': [
      'value === undefined || isNonEmpty(value)',
      'value == null || isNonEmpty(value)',
    ],
    'a kid that is no string counts as absent': [' || !isAbsentOrText(kid)', ''],
    'the case of alg is ignored': [
      ROW,
      "algorithm: algorithmOf(alg) ?? algorithmOf(alg.toUpperCase()) ?? algorithmOf(alg.toLowerCase() === 'eddsa' ? 'EdDSA' : '')",
    ],
    'alg is compared by its beginning': [ROW, 'algorithm: algorithmOf(alg) ?? algorithmOf(alg.slice(0, 5))'],
    'white space around alg is trimmed': [ROW, 'algorithm: algorithmOf(alg.trim())'],
    'the type of a token is not checked': [TYPE, 'type === undefined && required'],
    'a type that is required may be absent': [TYPE, 'type !== undefined && !types.has(type)'],
    'a type is always required': [TYPE, 'type === undefined || !types.has(type)'],
    'the case of a type counts': ['typ.replace(/[A-Z]/g, (letter) => letter.toLowerCase())', 'typ'],
    'a type loses its case beyond ASCII too': [
      'typ.replace(/[A-Z]/g, (letter) => letter.toLowerCase())',
      'typ.toLowerCase()',
    ],
    'application/ may not be left out of a type': [FORM, 'return lower'],
    'application/ may be left out before another slash': [FORM, "return lower.replace(/^application\\//, '')"],
  }),
  ...wrong('token/opened.ts', {
    'the signature is not checked': [HOLDS, '() => true'],
    'an empty signature is accepted': [HOLDS, HOLDS.replace('=> ', "=> signature === '' || ")],
  }),
  // No vector gives a key that answers for itself: a source of keys does.
  ...seenByTests(
    ['sources'],
    wrong('token/opened.ts', {
      'whatever a key answers is a yes': ['answer === true', 'Boolean(answer)'],
      'what a key throws reaches the caller': ['() => false,', '(error) => {\n          throw error\n        },'],
    }),
  ),
  ...wrong('token/signature-cache.ts', {
    'what is remembered of a token is believed under any key': [KNOWN_KEY, 'known !== undefined ||'],
    'a token is taken for another that ends alike': [OTHER, 'found === undefined'],
    'another signature that ends alike is taken for the remembered one': [
      OTHER,
      "!found || found.token.split('.', 2).join() !== token.split('.', 2).join()",
    ],
    'another payload is taken for the one whose signature is remembered': [
      OTHER,
      "!found || [0, 2].some((at) => found.token.split('.')[at] !== token.split('.')[at])",
    ],
    'another header is taken for the one whose signature is remembered': [
      OTHER,
      "!found || [1, 2].some((at) => found.token.split('.')[at] !== token.split('.')[at])",
    ],
    'the last token that was remembered answers for every other': [
      'const found = this.#entries.get(tail)\n    if (found?.token !== token) return undefined',
      'const found = this.#newest\n    if (found === undefined) return undefined',
    ],
    'a signature that is not remembered holds': ['return held\n', 'return true\n'],
  }),
  ...wrong('token/verify.ts', {
    'the configured size of a token is ignored': [
      'const { maxTokenBytes, cache } = rules',
      'const { maxTokenBytes, cache } = { ...rules, maxTokenBytes: 16384 }',
    ],
    'any known algorithm is allowed': [
      'algorithm === undefined || !rules.keys.allows(algorithm)',
      'algorithm === undefined',
    ],
    'the type is checked before the algorithm': [ALGORITHM + CHECK_TYPE, CHECK_TYPE + ALGORITHM],
    'the key is looked up before the type is checked': [
      CHECK_TYPE + KEYS,
      `${KEYS}  Promise.resolve(found).catch(() => {})\n${CHECK_TYPE}`,
    ],
    'the payload is parsed before the signature is checked': [CHECK_TYPE, CHECK_TYPE + PARSED],
    'the types of claims are not checked': [
      "checkClaims(read, `iss aud exp${issuer.own ? ' iat' : ''}${subject ? ' sub' : ''}`, rules.maxActorDepth)",
      'void 0',
    ],
  }),
  ...wrong('token/decode.ts', {
    'a header is not parsed strictly when nothing is verified': [
      'const header = parseJsonObject(textOf(segments.header))',
      'const header = JSON.parse(textOf(segments.header))',
    ],
  }),
]
