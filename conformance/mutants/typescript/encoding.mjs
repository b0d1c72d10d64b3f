// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong } from '../wrong.mjs'

const LENGTH = 'const length = to - from'
const REFUSED = "typeof value === 'string' ? !isWellFormed(value) : Math.abs(value as number) > MAX_NUMBER"
const COPY = 'return Math.abs(value) <= MAX_NUMBER ? value : undefined'

export default [
  ...wrong('encoding/base64url.ts', {
    'base64url with trailing bits is accepted': [
      'return (group & ((1 << bits) - 1)) === 0 ? bytes : undefined',
      'return bytes',
    ],
    'padded base64url is accepted': [LENGTH, `while (to > from && text[to - 1] === '=') to--\n  ${LENGTH}`],
    'white space in base64url is skipped': [
      'if (value === INVALID) return undefined',
      "if (' \\t\\r\\n'.includes(text[i] as string)) continue\n    if (value === INVALID) return undefined",
    ],
    'a lone last character of base64url is dropped': [
      'if (length % 4 === 1) return undefined',
      'if (length % 4 === 1) return decodeBase64url(text, from, to - 1)',
    ],
    'the standard alphabet of base64 is accepted': [
      'ALPHABET.indexOf(code)',
      'ALPHABET.indexOf(code === 0x2b ? 0x2d : code === 0x2f ? 0x5f : code)',
    ],
  }),
  ...wrong('encoding/utf8.ts', {
    'a byte order mark is skipped': ['ignoreBOM: true', 'ignoreBOM: false'],
    'bytes that are not UTF-8 are replaced': ['fatal: true', 'fatal: false'],
    'the size of a token is counted in characters': [
      'return text.length * 3 > limit && encoder.encode(text).length > limit',
      'return false',
    ],
  }),
  ...wrong('encoding/strict-json.ts', {
    'the last of several members of one name wins': [' || Object.hasOwn(members, name)', ''],
    'members of one name are looked for in the wrong place': ['Object.hasOwn(members, name)', 'name in members'],
    'integers beyond 2^53 - 1 are accepted': [
      REFUSED,
      "typeof value === 'string' ? !isWellFormed(value) : Math.abs(value as number) > MAX_NUMBER && /[.eE]/.test(text)",
    ],
    'numbers with a point or an exponent are of any size': [
      REFUSED,
      "typeof value === 'string' ? !isWellFormed(value) : Math.abs(value as number) > MAX_NUMBER && !/[.eE]/.test(text)",
    ],
    'lone surrogates written as escapes are accepted': [
      "typeof value === 'string' ? !isWellFormed(value) :",
      "typeof value === 'string' ? false :",
    ],
    'nesting in a text is not limited': ['if (depth > MAX_DEPTH) throw INVALID', ''],
    'text after a JSON value is ignored': ['if (!Number.isNaN(this.#peek())) throw INVALID', ''],
    'white space around a JSON value is refused': [
      'if (!isWellFormed(text)) return undefined',
      'if (!isWellFormed(text) || text !== text.trim()) return undefined',
    ],
    'white space that JSON does not know is trimmed': ['new Parser(text)', 'new Parser(text.trim())'],
    'control characters in strings are accepted': [
      '    this.#text = text\n',
      "    this.#text = text.replace(/[\\0-\\x1f]/g, ' ')\n",
    ],
    'a comma may stand after the last member': [
      'if (next !== COMMA) throw INVALID',
      'if (next !== COMMA) throw INVALID\n      if (this.#peek() === close) {\n        this.#at++\n        break\n      }',
    ],
  }),
  ...wrong('encoding/json-value.ts', {
    '2^53 is accepted as a number': ['Number.MAX_SAFE_INTEGER', '2 ** 53'],
    '17 levels of nesting are accepted': ['MAX_DEPTH = 16', 'MAX_DEPTH = 17'],
    '16 levels of nesting are refused': ['MAX_DEPTH = 16', 'MAX_DEPTH = 15'],
    'lone surrogates are minted': ['return isWellFormed(value) ? value : undefined', 'return value'],
    'names with lone surrogates are minted': [
      'isWellFormed(name) ? readMember(value, name, depth) : undefined',
      'readMember(value, name, depth)',
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
