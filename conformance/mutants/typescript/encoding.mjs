// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong, wrongOnWeb } from '../wrong.mjs'

const SAME = 'encodeBase64url(bytes) === text'
const REFUSED = "typeof value === 'number' && Math.abs(value) > MAX_NUMBER"
const COPY = 'return Math.abs(value) <= MAX_NUMBER ? value : undefined'

export default [
  ...wrong('encoding/base64url.ts', {
    'the last character of a signature may have bits that are not its own': ['{85}[AQgw]$/', '{86}$/'],
  }),
  ...wrongOnWeb('encoding/base64url.ts', {
    'base64url with trailing bits is accepted': [SAME, 'encodeBase64url(bytes).slice(0, -1) === text.slice(0, -1)'],
    'padded base64url is accepted': [SAME, "encodeBase64url(bytes) === text.replace(/=+$/, '')"],
    'white space in base64url is skipped': [SAME, "encodeBase64url(bytes) === text.replace(/\\s/g, '')"],
    'a lone last character of base64url is dropped': [
      '  try {\n    const bytes',
      '  if (text.length % 4 === 1) text = text.slice(0, -1)\n  try {\n    const bytes',
    ],
    'the standard alphabet of base64 is accepted': [
      SAME,
      "encodeBase64url(bytes) === text.replace(/\\+/g, '-').replace(/\\//g, '_')",
    ],
  }),
  ...wrongOnWeb('encoding/utf8.ts', {
    'a byte order mark is skipped': ['ignoreBOM: true', 'ignoreBOM: false'],
    'bytes that are not UTF-8 are replaced': ['fatal: true', 'fatal: false'],
    'the size of a token is counted in characters': [
      ' || (text.length * 3 > limit && encodeUtf8(text).length > limit)',
      '',
    ],
  }),
  ...wrong('encoding/strict-json.ts', {
    'the last of several members of one name wins': [
      'return isOnce || members === writtenMembers(text) ? value : undefined',
      'return value',
    ],
    'members of one name are not found where one is written with an escape': [
      'filter(([, colon]) => colon)',
      "filter(([, colon]) => colon === ':')",
    ],
    'members of one name are not found where white space follows one': [
      '!hasEscapes && !SPACED.test(text) && members',
      '!hasEscapes && members',
    ],
    'integers beyond 2^53 - 1 are accepted': [REFUSED, `${REFUSED} && /[.eE]/.test(text)`],
    'numbers with a point or an exponent are of any size': [REFUSED, `${REFUSED} && !/[.eE]/.test(text)`],
    'lone surrogates written as escapes are accepted': [
      'hasEscapes && !isWellFormed(value)',
      'hasEscapes && text === value',
    ],
    'lone surrogates are accepted in names': ['        if (hasEscapes) check(name, depth)\n', ''],
    'lone surrogates are accepted in members': [
      "(hasEscapes || typeof member !== 'string')",
      "(typeof member !== 'string')",
    ],
    'nesting in a text is not limited': ['if (depth > MAX_DEPTH) throw INVALID', ''],
    'text after a JSON value is ignored': ['JSON.parse(text)', "JSON.parse(text.slice(0, text.lastIndexOf('}') + 1))"],
    'white space around a JSON value is refused': [
      'if (!isWellFormed(text)) return undefined',
      'if (!isWellFormed(text) || text !== text.trim()) return undefined',
    ],
    'white space that JSON does not know is trimmed': ['JSON.parse(text)', 'JSON.parse(text.trim())'],
    'control characters in strings are accepted': ['JSON.parse(text)', "JSON.parse(text.replace(/[\\0-\\x1f]/g, ' '))"],
    'a comma may stand after the last member': ['JSON.parse(text)', "JSON.parse(text.replace(/,\\s*}/g, '}'))"],
  }),
  ...wrong('encoding/json-value.ts', {
    '2^53 is accepted as a number': ['Number.MAX_SAFE_INTEGER', '2 ** 53'],
    '17 levels of nesting are accepted': ['MAX_DEPTH = 16', 'MAX_DEPTH = 17'],
    '16 levels of nesting are refused': ['MAX_DEPTH = 16', 'MAX_DEPTH = 15'],
    'lone surrogates are minted': ['return isWellFormed(value) ? value : undefined', 'return value'],
    'names with lone surrogates are minted': [
      'isWellFormed(name) ? readJson(value[name], depth) : undefined',
      'readJson(value[name], depth)',
    ],
    'numbers beyond 2^53 - 1 are minted': [COPY, 'return Math.abs(value) <= 1e308 ? value : undefined'],
    'nesting is not limited when minting': ['|| depth > MAX_DEPTH', '|| depth > 900'],
    'a member named __proto__ sets the prototype': [
      "if (name === '__proto__')",
      "if (name === '__proto__' && Array.isArray(value))",
    ],
  }),
  ...wrong('encoding/jcs.ts', {
    'members are sorted by code point': ['.sort()', '.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))'],
    'members are sorted by the rules of a language': ['.sort()', '.sort((a, b) => a.localeCompare(b))'],
    'members keep the order in which they were written': ['.sort()', '.reverse()'],
    'zero keeps its sign': [
      'return JSON.stringify(value)',
      "return Object.is(value, -0) ? '-0' : JSON.stringify(value)",
    ],
    'characters beyond ASCII are escaped': [
      'return JSON.stringify(value)',
      "return JSON.stringify(value).replace(/[^\\0-~]/g, (c) => `\\\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)",
    ],
    'numbers are written with at most 15 digits': [
      'return JSON.stringify(value)',
      "return JSON.stringify(typeof value === 'number' ? Number(value.toPrecision(15)) : value)",
    ],
  }),
]
