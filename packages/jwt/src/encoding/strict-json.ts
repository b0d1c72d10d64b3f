import { isJsonObject, type JsonObject, type JsonValue, MAX_DEPTH, MAX_NUMBER, setMember } from './json-value'
import { decodeUtf8, isWellFormed } from './utf8'

// Thrown and caught within this file: made once, so that refusing hostile text costs no stack trace.
const INVALID = /* @__PURE__ */ new SyntaxError()

// RFC 8259 sections 3, 6 and 7. A run of plain characters is one step, and no two alternatives start alike.
const SCALAR =
  /"(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b
const COLON = 0x3a
const COMMA = 0x2c

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

  #take(): number {
    const code = this.#peek()
    this.#at++
    return code
  }

  // Recursion is bounded: a container that would be too deep is refused before it is entered.
  #value(depth: number): JsonValue {
    const open = this.#peek()
    const isObject = open === OPEN_OBJECT
    if (!isObject && open !== OPEN_ARRAY) return this.#scalar()
    if (depth > MAX_DEPTH) throw INVALID
    // Of both kinds the closing character is the next but one.
    const close = open + 2
    const members: Record<string, JsonValue> = {}
    const items: JsonValue[] = []
    this.#at++
    for (let next = this.#peek() === close ? this.#take() : COMMA; next !== close; next = this.#take()) {
      if (next !== COMMA) throw INVALID
      if (isObject) this.#member(members, depth)
      else items.push(this.#value(depth + 1))
    }
    return Object.freeze(isObject ? members : items)
  }

  #member(members: Record<string, JsonValue>, depth: number): void {
    this.#peek()
    const name = this.#scalar()
    // Two parsers would read different ones of two members of the same name (RFC 8259 section 4).
    if (typeof name !== 'string' || Object.hasOwn(members, name) || this.#take() !== COLON) throw INVALID
    setMember(members, name, this.#value(depth + 1))
  }

  /** A string, a number or a literal: its text is checked here, and the platform's parser then only converts it. */
  #scalar(): string | number | boolean | null {
    SCALAR.lastIndex = this.#at
    const text = SCALAR.exec(this.#text)?.[0]
    if (text === undefined) throw INVALID
    this.#at += text.length
    const value = JSON.parse(text) as string | number | boolean | null
    // The text itself is well-formed, but an escape may be half of a pair.
    const isRefused = typeof value === 'string' ? !isWellFormed(value) : Math.abs(value as number) > MAX_NUMBER
    if (isRefused) throw INVALID
    return value
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
