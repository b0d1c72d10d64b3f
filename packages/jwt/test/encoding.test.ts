import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from '../src/encoding/base64url'
import { canonicalize } from '../src/encoding/jcs'
import { type JsonValue, readJson } from '../src/encoding/json-value'
import { parseJson, parseJsonObject } from '../src/encoding/strict-json'
import { decodeUtf8, isLongerThan, isWellFormed } from '../src/encoding/utf8'

const wellFormed = fc.string({ unit: 'binary' })
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
)
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    number,
    wellFormed,
    tie('array'),
    tie('object'),
  ),
  array: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(fc.oneof(wellFormed, fc.constant('__proto__')), tie('value'), { maxKeys: 4 }),
})).value

describe('base64url', () => {
  test('encodes as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => encodeBase64url(bytes) === Buffer.from(bytes).toString('base64url')),
    )
  })

  test('takes exactly the canonical texts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.base64String(), fc.string(), fc.stringMatching(/^[\w-]*$/)), (text) => {
        const bytes = decodeBase64url(text)
        const canonical = Buffer.from(text, 'base64url').toString('base64url') === text
        return canonical ? bytes !== undefined && encodeBase64url(bytes) === text : bytes === undefined
      }),
    )
  })
})

describe('UTF-8', () => {
  test('knows lone surrogates', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii' }), (text) => isWellFormed(text)))
    for (const text of ['\ud800', 'a\udfff', '\ude00\ud83d', '\ud83d\ud83d\ude00'])
      expect(isWellFormed(text)).toBe(false)
    expect(isWellFormed('\ud83d\ude00')).toBe(true)
  })

  test('keeps a byte order mark, and refuses what is not UTF-8', () => {
    expect(decodeUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('\ufeffa')
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
      expect(decodeUtf8(new Uint8Array(bytes))).toBeUndefined()
  })

  test('counts bytes, a lone surrogate as three', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\ud800') })
    fc.assert(
      fc.property(text, fc.nat(60), (value, limit) => isLongerThan(value, limit) === Buffer.byteLength(value) > limit),
    )
  })
})

describe('strict JSON', () => {
  test('reads what the platform writes, deeply frozen', () => {
    fc.assert(
      fc.property(json, fc.constantFrom('', ' ', '\n\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const parsed = parseJson(text)
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(text)))
        expect(isDeeplyFrozen(parsed)).toBe(true)
      }),
    )
  })

  test('takes nothing that the platform refuses', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      'a',
      '\\',
      '\\u00',
      '1',
      '.',
      'e',
      '-',
      ' ',
      'true',
    )
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          const parsed = parseJson(text)
          if (parsed !== undefined) expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(text)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['a duplicate', '{"a":1,"a":2}'],
    ['a duplicate behind an escape', '{"a":1,"\\u0061":2}'],
    ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}'],
    ['a byte order mark', '\ufeff{}'],
    ['a lone surrogate', '"\ud800"'],
    ['an escaped lone surrogate', '"\\ud800"'],
    ['an escaped lone surrogate in a name', '{"\\udc00":1}'],
    ['half a pair and a character', '"\\ud83dx"'],
    ['too large a number', '9007199254740992'],
    ['too large a double', '-1e400'],
    ['a leading zero', '01'],
    ['a control character', '"\u001f"'],
    ['an unknown escape', '"\\x41"'],
    ['a name that is no string', '{1:1}'],
    ['a missing colon', '{"a" 1}'],
    ['a trailing comma', '[1,]'],
    ['another separator', '[1;2]'],
    ['text after the value', '{} {}'],
    ['nothing', ''],
    ['white space that is not JSON', '\u00a01'],
    ['NaN', 'NaN'],
  ])('refuses %s', (_, text) => {
    expect(parseJson(text)).toBeUndefined()
  })

  test('takes 16 levels and no more, without touching the stack', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const nested = (depth: number) => open.repeat(depth) + (open === '[' ? '' : '1') + close.repeat(depth)
      expect(parseJson(nested(16))).toBeDefined()
      for (const depth of [17, 100_000]) expect(parseJson(nested(depth))).toBeUndefined()
    }
  })

  test('takes a long string with many escapes', () => {
    const text = '\\n\\u0041x'.repeat(100_000)
    expect(parseJson(`"${text}"`)).toBe('\nAx'.repeat(100_000))
    expect(parseJson(`"${text}`)).toBeUndefined()
  })

  test('makes own members of __proto__', () => {
    const value = parseJsonObject('{"__proto__":{"admin":true}}') as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(value['admin']).toBeUndefined()
  })

  test('reads objects only where objects are wanted', () => {
    for (const text of ['[]', '"a"', 'null', '1']) expect(parseJsonObject(text)).toBeUndefined()
    expect(parseJsonObject(new Uint8Array([0x7b, 0x7d]))).toEqual({})
    expect(parseJsonObject(new Uint8Array([0x7b, 0xff, 0x7d]))).toBeUndefined()
  })
})

describe('canonical JSON', () => {
  test('is read back as the same value, and is the same for it in any order', () => {
    fc.assert(
      fc.property(json, (value) => {
        const copy = readJson(value) as JsonValue
        const text = canonicalize(copy)
        expect(canonicalize(parseJson(text) as JsonValue)).toBe(text)
        expect(canonicalize(reversed(copy))).toBe(text)
      }),
    )
  })

  test('sorts by UTF-16 code units, names that look like integers too', () => {
    const value = { '\ufb33': 1, '😀': 2, '10': 3, '9': 4, __proto__: null, '': 5 }
    expect(canonicalize(readJson({ ...value }) as JsonValue)).toBe('{"":5,"10":3,"9":4,"😀":2,"\ufb33":1}')
  })

  test('writes numbers as ECMAScript does', () => {
    expect(canonicalize([-0, 1e21, 1e-7, 0.000001, 5e-324])).toBe('[0,1e+21,1e-7,0.000001,5e-324]')
  })
})

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen)
}

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}
