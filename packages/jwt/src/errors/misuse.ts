import { isPlainObject, isText } from '../encoding/json-value'
import { MisuseError } from './errors'

/** Where a call is given none. */
export const NO_OPTIONS = /* @__PURE__ */ Object.freeze({})

/**
 * A private copy of a call's options.
 *
 * @throws MisuseError - not a plain object, or a member that is not among `names`: a misspelt option must not switch off
 *   what it was meant to switch on
 */
export function readOptions<Options extends object>(options: Options, names: readonly string[]): Options {
  if (options === NO_OPTIONS) return options
  const copy = { ...options }
  if (!isPlainObject(options) || !Object.keys(copy).every((name) => names.includes(name)))
    throw new MisuseError('options: wrong')
  return copy
}

/** @throws MisuseError - unless the value is a non-empty string or a non-empty array of such */
export function readAudience(value: unknown): string | readonly string[] {
  const audiences: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [value]
  if (audiences.length === 0 || !audiences.every(isText)) throw new MisuseError('aud: wrong')
  return Array.isArray(value) ? audiences : (audiences[0] as string)
}
