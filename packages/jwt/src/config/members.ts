import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { decodeBase64url } from '../encoding/base64url'
import { isObject, isPlainObject, isText } from '../encoding/json-value'
import type { ConfigErrorCode } from '../errors/codes'
import { ConfigError } from '../errors/errors'
import { VARIABLES } from './options'

/**
 * Reads the members of one configuration object. A member that is there must be right: `undefined`, `''` and `[]` are
 * faults, so that an expectation that was computed wrongly never switches a check off.
 */
export class Members {
  readonly #members: Readonly<Record<string | symbol, unknown>>
  readonly #path: string
  readonly #variables: Readonly<Record<string, string>>

  /** @throws ConfigError - `config_invalid`: not a plain object, or a member that is not among `names` */
  constructor(source: unknown, names: readonly string[], path = '') {
    this.#path = path
    this.#members = isPlainObject(source) ? { ...source } : {}
    this.#variables = (this.#members[VARIABLES] as Record<string, string> | undefined) ?? {}
    if (!isPlainObject(source)) throw new ConfigError('config_invalid', { variable: path.slice(0, -1) || undefined })
    for (const name of Object.keys(this.#members)) if (!names.includes(name)) this.fail('config_invalid', name)
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#members, name)
  }

  get(name: string): unknown {
    return this.#members[name]
  }

  /** The option path of a member, or the environment variable that it came from. */
  variable(name: string): string {
    return this.#variables[name.replace(/[.[].*/, '')] ?? this.#path + name
  }

  fail(code: ConfigErrorCode, name: string): never {
    throw new ConfigError(code, { variable: this.variable(name) })
  }

  /** Runs what reads a member; a fault that names no other is the member's. */
  blame<Value>(name: string, read: () => Value): Value {
    try {
      return read()
    } catch (error) {
      if (ConfigError.is(error) && error.variable === undefined) this.fail(error.code, name)
      throw error
    }
  }

  #read<Value>(name: string, holds: (value: unknown) => value is Value): Value | undefined {
    const value = this.#members[name]
    if (!this.has(name)) return undefined
    return holds(value) ? value : this.fail('config_invalid', name)
  }

  text(name: string): string | undefined {
    return this.#read(name, isText)
  }

  oneOf<Choice>(name: string, choices: readonly Choice[]): Choice | undefined {
    return this.#read(name, (value): value is Choice => choices.includes(value as Choice))
  }

  integer(name: string, least: number, most: number, fallback: number): number {
    const isInRange = (value: unknown): value is number =>
      Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    return this.#read(name, isInRange) ?? fallback
  }

  callable<Value>(name: string): Value | undefined {
    return this.#read(name, (value): value is Value => typeof value === 'function')
  }

  /** A port: an object with these methods. */
  port<Port>(name: string, method: string): Port | undefined {
    const isPort = (value: unknown): value is Port => isObject(value) && typeof value[method] === 'function'
    return this.#read(name, isPort)
  }

  /** A copy of a non-empty list without repeated items. */
  list<Item>(name: string, holds: (value: unknown) => value is Item): readonly Item[] | undefined {
    const value = this.#read(name, Array.isArray)
    if (value === undefined) return undefined
    const items: unknown[] = [...value]
    if (items.length === 0 || !items.every(holds) || new Set(items).size !== items.length)
      this.fail('config_invalid', name)
    return Object.freeze(items as Item[])
  }

  texts(name: string): readonly string[] | undefined {
    return this.list(name, isText)
  }

  /** A text or a list of texts, as it was written. */
  audience(name: string): string | readonly string[] | undefined {
    return typeof this.#members[name] === 'string' ? this.text(name) : this.texts(name)
  }

  /** Rows of the table of algorithms; `EdDSA` beside `Ed25519` is a repetition. */
  algorithms(name: string): readonly Algorithm[] | undefined {
    const isName = (value: unknown): value is string => algorithmOf(value) !== undefined
    const rows = this.list(name, isName)?.map((one) => algorithmOf(one) as Algorithm)
    return rows === undefined || new Set(rows).size === rows.length ? rows : this.fail('config_invalid', name)
  }

  /** RFC 7638 thumbprints: the base64url of 32 bytes. */
  thumbprints(name: string): readonly string[] | undefined {
    return this.list(name, (value): value is string => isText(value) && decodeBase64url(value)?.length === 32)
  }
}
