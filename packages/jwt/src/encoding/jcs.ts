import type { JsonObject, JsonValue } from './json-value'

/**
 * Canonical text of a JSON value (RFC 8785): the same bytes for the same value in every language.
 *
 * @param value - what the strict parser or `readJson` gave: finite numbers, no lone surrogates, at most 16 levels
 */
export function canonicalize(value: JsonValue): string {
  // ECMAScript's own forms of numbers and strings are the ones that RFC 8785 sections 3.2.2.2 and 3.2.2.3 ask for.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`
  const object = value as JsonObject
  const members = Object.keys(object)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalize(object[name] as JsonValue)}`)
  return `{${members.join(',')}}`
}
