import { isJsonObject, type JsonObject, type JsonValue, MAX_DEPTH, MAX_NUMBER } from './json-value'
import { decodeUtf8, isWellFormed } from './utf8'

// Thrown and caught within this file: made once, so that refusing hostile text costs no stack trace.
const INVALID = /* @__PURE__ */ new SyntaxError()

/** A string, and the colon behind it where it names a member; no two alternatives start alike. */
const STRINGS = /"(?:[^"\\]+|\\.)*"([ \t\n\r]*:)?/g
/** White space before a colon, within a string or not. */
const SPACED = /[ \t\n\r]:/

/** How many members the text of a JSON value writes, be it twice. */
const writtenMembers = (text: string): number => [...text.matchAll(STRINGS)].filter(([, colon]) => colon).length

/** How often a quote stands before a colon. */
function quotedColons(text: string): number {
  let count = -1
  // No JSON text begins with the two.
  for (let at = 0; at >= 0; at = text.indexOf('":', at + 1)) count++
  return count
}

/**
 * The value that a strict JSON text holds, deeply frozen, or undefined (RFC 8259, RFC 7493).
 *
 * Refused at any depth: duplicate members (compared after unescaping), numbers whose double is beyond ±(2^53 − 1), lone
 * surrogates, a byte order mark, more than 16 containers within each other, anything after the value.
 */
export function parseJson(text: string): JsonValue | undefined {
  if (!isWellFormed(text)) return undefined
  const hasEscapes = text.includes('\\')
  let members = 0
  const check = (value: JsonValue, depth: number): void => {
    // An escape alone can write half of a surrogate pair here.
    if (typeof value === 'string' && hasEscapes && !isWellFormed(value)) throw INVALID
    if (typeof value === 'number' && Math.abs(value) > MAX_NUMBER) throw INVALID
    if (typeof value !== 'object' || value === null) return
    if (depth > MAX_DEPTH) throw INVALID
    if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) check(item, depth + 1)
    else
      for (const name of Object.keys(value)) {
        members++
        const member = (value as JsonObject)[name] as JsonValue
        if (hasEscapes) check(name, depth)
        if (hasEscapes || typeof member !== 'string') check(member, depth + 1)
      }
    Object.freeze(value)
  }
  try {
    // The grammar of RFC 8259 is the same in every engine; of two members of one name it keeps the last.
    const value = JSON.parse(text) as JsonValue
    check(value, 1)
    // Two parsers would read different ones of two members of the same name (RFC 8259 section 4).
    // Where nothing stands between a name and its colon, no more are written than there are quoted colons.
    const isOnce = !hasEscapes && !SPACED.test(text) && members === quotedColons(text)
    return isOnce || members === writtenMembers(text) ? value : undefined
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
