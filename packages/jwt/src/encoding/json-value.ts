import { isWellFormed } from './utf8'

/** A JSON value. What the library gives away of it is deeply frozen. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** A JSON object. */
export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** Containers within each other, the outermost counted. */
export const MAX_DEPTH = 16

/** The largest magnitude of a number that every JSON implementation reads alike (RFC 7493 section 2.2). */
export const MAX_NUMBER = Number.MAX_SAFE_INTEGER

/** Whether a value is an array of strings. */
export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** A non-empty string. What comes from the strict parser or from `readJson` is well-formed already. */
export const isNonEmpty = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** A non-empty string that UTF-8 can carry. */
export const isText = (value: unknown): value is string => isNonEmpty(value) && isWellFormed(value)

/** An object that is no array, whatever made it. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a JSON value is an object, not an array and not null. */
export const isJsonObject = isObject as (value: JsonValue | undefined) => value is JsonObject

/**
 * Whether an object was written as `{}` (or has no prototype), in this realm or another: instances of classes hold more
 * than their members say.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Sets a member, `__proto__` too, as an own property. */
export function setMember(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  else target[name] = value
}

/**
 * A private copy of a program's value, not frozen, or undefined where JSON cannot carry it exactly. Every member is read
 * once.
 *
 * Refused rather than rounded or dropped: `undefined`, functions, symbols, bigints, NaN and infinities, numbers beyond
 * 2^53 − 1, lone surrogates, holes in arrays, instances of classes, more than 16 levels (a cycle too).
 *
 * @param depth - the level at which the value stands, 1 being the outermost
 */
export function readJson(value: unknown, depth = 1): JsonValue | undefined {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return isWellFormed(value) ? value : undefined
  if (typeof value === 'number') return Math.abs(value) <= MAX_NUMBER ? value : undefined
  if (typeof value !== 'object' || depth > MAX_DEPTH) return undefined
  try {
    if (Array.isArray(value)) return readArray(value, depth + 1)
    return isPlainObject(value) ? readMembers(value, depth + 1) : undefined
  } catch {
    // A proxy of the caller's threw: its error may say anything.
    return undefined
  }
}

function readArray(value: readonly unknown[], depth: number): JsonValue | undefined {
  // Items, no more and no less: neither holes nor members that JSON would drop.
  if (Object.keys(value).length !== value.length) return undefined
  const copy: JsonValue[] = []
  for (let index = 0; index < value.length; index++) {
    const item = readJson(value[index], depth)
    if (item === undefined) return undefined
    copy.push(item)
  }
  return copy
}

/**
 * A private copy of an object's members, each read once, in the order of RFC 8785 (UTF-16 code units); undefined where
 * there are members that JSON would drop, named by symbols or not enumerable.
 *
 * @param depth - the level at which the members stand
 * @param registered - members that are put in where the object has none of that name, the same names in every call
 * @param refuse - told the name of the first member that JSON cannot carry
 */
export function readMembers(
  value: Readonly<Record<string, unknown>>,
  depth: number,
  refuse: (name: string) => undefined = () => undefined,
  registered?: JsonObject,
): Record<string, JsonValue> | undefined {
  const given = Object.keys(value)
  if (Reflect.ownKeys(value).length !== given.length) return undefined
  // Without a prototype `__proto__` is a name like any other.
  const copy = (given.includes('__proto__') ? Object.create(null) : {}) as Record<string, JsonValue>
  for (const name of registered ? inOrder(given, registered) : given.sort()) {
    const member = given.includes(name) ? readMember(value, name, depth) : registered?.[name]
    if (member === undefined) return refuse(name)
    copy[name] = member
  }
  return copy
}

// A program mints claims of the same names again and again: their order is found once, and kept for the last of them.
let last: readonly unknown[] = [0]
let sorted: readonly string[]

/** What is registered always has the same names. */
function inOrder(given: readonly string[], registered: JsonObject): readonly string[] {
  if (given.length !== last.length || !given.every((name, index) => name === last[index])) {
    last = given
    sorted = [...new Set(given.concat(Object.keys(registered)))].sort()
  }
  return sorted
}

function readMember(value: Readonly<Record<string, unknown>>, name: string, depth: number): JsonValue | undefined {
  try {
    return isWellFormed(name) ? readJson(value[name], depth) : undefined
  } catch {
    // A getter of the caller's threw: its error may say anything.
    return undefined
  }
}
