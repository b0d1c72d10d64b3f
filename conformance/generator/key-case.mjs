// One `keys` test from a row: [number, comment, input, expected, options]. A string as input is text, and so is what
// `text` holds; anything else is a JWK.
import { compact, id } from './toolbox.mjs'

/** A JWK given as a value is written as JSON text, which the host parses; Raw keeps text that no value would give. */
export const raw = (jwk) => ({ raw: jwk })

const inputOf = (input) => {
  if (typeof input === 'string') return { text: input }
  if (input?.text !== undefined) return { text: input.text }
  if (input?.raw !== undefined) return { jwk: input.raw }
  return { jwk: JSON.stringify(input) }
}

/** A string is a code (or misuse), an object the result. */
const expectedOf = (expected) => {
  if (expected === 'misuse') return { misuse: true }
  return typeof expected === 'string' ? { fault: { code: expected } } : { result: expected }
}

export const keyCase =
  (prefix, operation) =>
  (flag) =>
  ([number, comment, input, expected, options]) =>
    compact({
      id: id(prefix, number),
      comment,
      flags: [flag],
      operation,
      input: inputOf(input),
      options,
      expected: expectedOf(expected),
    })
