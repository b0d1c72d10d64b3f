import { isJsonObject, type JsonObject, type JsonValue, MAX_DEPTH, MAX_NUMBER, setMember } from './json-value'
import { decodeUtf8, isWellFormed } from './utf8'

// Thrown and caught within this file: made once, so that refusing hostile text costs no stack trace.
const INVALID = /* @__PURE__ */ new SyntaxError('not strict JSON')

const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const QUOTE = 0x22
const BACKSLASH = 0x5c

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): JsonValue {
    const value = this.#value(1)
    if (!Number.isNaN(this.#peek())) throw INVALID
    return value
  }

  /** The next code unit that is not white space (RFC 8259 section 2), NaN at the end; not consumed. */
  #peek(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
      this.#at++
    }
  }

  // Recursion is bounded: a container that would be too deep is refused before it is entered.
  #value(depth: number): JsonValue {
    switch (this.#peek()) {
      case QUOTE:
        return this.#string()
      case 0x7b: // {
        return this.#object(depth)
      case 0x5b: // [
        return this.#array(depth)
      case 0x74: // t
        return this.#literal('true', true)
      case 0x66: // f
        return this.#literal('false', false)
      case 0x6e: // n
        return this.#literal('null', null)
      default:
        return this.#number()
    }
  }

  #literal<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) throw INVALID
    this.#at += word.length
    return value
  }

  #number(): number {
    NUMBER.lastIndex = this.#at
    const digits = NUMBER.exec(this.#text)?.[0]
    if (digits === undefined) throw INVALID
    this.#at += digits.length
    const value = Number(digits)
    if (Math.abs(value) > MAX_NUMBER) throw INVALID
    return value
  }

  #string(): string {
    const start = ++this.#at
    for (;;) {
      const code = this.#text.charCodeAt(this.#at++)
      if (code === QUOTE) return this.#text.slice(start, this.#at - 1)
      if (code === BACKSLASH) return this.#escaped(start)
      // Control characters, and NaN at the end of the text.
      if (!(code >= 0x20)) throw INVALID
    }
  }

  /** A string in which a backslash was just consumed. */
  #escaped(start: number): string {
    const text = this.#text
    let value = text.slice(start, this.#at - 1)
    for (;;) {
      value += this.#escape()
      const from = this.#at
      let code = text.charCodeAt(this.#at)
      while (code >= 0x20 && code !== QUOTE && code !== BACKSLASH) code = text.charCodeAt(++this.#at)
      value += text.slice(from, this.#at++)
      if (code === QUOTE) break
      if (code !== BACKSLASH) throw INVALID
    }
    // The text itself is well-formed, but two escapes may not be a pair.
    if (!isWellFormed(value)) throw INVALID
    return value
  }

  #escape(): string {
    const letter = this.#text[this.#at++]
    if (letter !== 'u') {
      const character = letter === undefined ? undefined : ESCAPES[letter]
      if (character === undefined) throw INVALID
      return character
    }
    const digits = this.#text.slice(this.#at, this.#at + 4)
    if (!/^[\da-fA-F]{4}$/.test(digits)) throw INVALID
    this.#at += 4
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #object(depth: number): JsonObject {
    const value: Record<string, JsonValue> = {}
    this.#members(depth, 0x7d, () => {
      if (this.#peek() !== QUOTE) throw INVALID
      const name = this.#string()
      // Two parsers would read different ones of two members of the same name (RFC 8259 section 4).
      if (Object.hasOwn(value, name) || this.#peek() !== 0x3a) throw INVALID
      this.#at++
      setMember(value, name, this.#value(depth + 1))
    })
    return Object.freeze(value)
  }

  #array(depth: number): readonly JsonValue[] {
    const value: JsonValue[] = []
    this.#members(depth, 0x5d, () => {
      value.push(this.#value(depth + 1))
    })
    return Object.freeze(value)
  }

  #members(depth: number, close: number, member: () => void): void {
    if (depth > MAX_DEPTH) throw INVALID
    this.#at++
    if (this.#peek() === close) {
      this.#at++
      return
    }
    for (;;) {
      member()
      const code = this.#peek()
      this.#at++
      if (code === close) return
      if (code !== 0x2c) throw INVALID
    }
  }
}

/**
 * The value that a strict JSON text holds, deeply frozen, or undefined (RFC 8259, RFC 7493).
 *
 * Refused at any depth: duplicate members (compared after unescaping), numbers whose double is beyond ±(2^53 − 1), lone
 * surrogates, a byte order mark, more than 16 containers within each other, anything after the value.
 */
export function parseJson(text: string): JsonValue | undefined {
  if (!isWellFormed(text)) return undefined
  try {
    return new Parser(text).document()
  } catch {
    return undefined
  }
}

/** The object that a strict JSON text, or its UTF-8 bytes, hold; undefined where it is not strict JSON or no object. */
export function parseJsonObject(source: string | Uint8Array): JsonObject | undefined {
  const text = typeof source === 'string' ? source : decodeUtf8(source)
  const value = text === undefined ? undefined : parseJson(text)
  return isJsonObject(value) ? value : undefined
}
