import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { decodeBase64url } from '../encoding/base64url'
import { isObject, isPlainObject, isText } from '../encoding/json-value'
import type { ConfigErrorCode } from '../errors/codes'
import { ConfigError } from '../errors/errors'
import { isJwksUrl } from '../sources/transport'
import { VARIABLES } from './options'

/** What nine digits of an environment variable hold. */
export const MAX_INTEGER = 999_999_999

/**
 * Reads the members of one configuration object. A member that is there must be right: `undefined`, `''` and `[]` are
 * faults, so that an expectation that was computed wrongly never switches a check off.
 */
export class MemberReader {
  readonly #members: Readonly<Record<string | symbol, unknown>>

  constructor(source: object) {
    this.#members = { ...source }
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#members, name)
  }

  get(name: string): unknown {
    return this.#members[name]
  }

  /** The option path of a member, or the environment variable that it came from. */
  variable(name: string): string {
    const variables = this.#members[VARIABLES] as Readonly<Record<string, string>> | undefined
    return variables?.[name.replace(/[.[].*/, '')] ?? name
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

  /** A member as it is, if it is there; a fault where it does not hold. */
  read<Value>(name: string, holds: (value: unknown) => boolean): Value | undefined {
    if (!this.has(name)) return undefined
    const value = this.#members[name]
    return holds(value) ? (value as Value) : this.fail('config_invalid', name)
  }

  text(name: string): string | undefined {
    return this.read(name, isText)
  }

  /** A URL that a JWKS may be fetched from. */
  url(name: string): string | undefined {
    return this.read(name, (value) => isText(value) && isJwksUrl(value))
  }

  integer(name: string, least: number, most: number, fallback: number): number {
    const isInRange = (value: unknown): boolean =>
      Number.isInteger(value) && (value as number) >= least && (value as number) <= most
    return this.read(name, isInRange) ?? fallback
  }

  /** A copy of a list of one to `most` items; none where the member is absent. */
  items(name: string, most: number): readonly unknown[] {
    const list = this.read<unknown[]>(name, (value) => Array.isArray(value) && value.length > 0 && value.length <= most)
    return list === undefined ? [] : [...list]
  }

  /** A list of distinct non-empty texts. */
  texts(name: string, holds: (text: string) => boolean = () => true): readonly string[] | undefined {
    const items = this.items(name, Number.POSITIVE_INFINITY)
    const isRight = items.every((item) => isText(item) && holds(item)) && new Set(items).size === items.length
    if (!isRight) this.fail('config_invalid', name)
    return items.length > 0 ? Object.freeze(items as string[]) : undefined
  }

  /** A text or a list of texts, as it was written. */
  audience(name: string): string | readonly string[] | undefined {
    return typeof this.#members[name] === 'string' ? this.text(name) : this.texts(name)
  }

  /** Rows of the table of algorithms; `EdDSA` beside `Ed25519` is a repetition. */
  algorithms(name: string): readonly Algorithm[] | undefined {
    const names = this.texts(name, (text) => algorithmOf(text) !== undefined)
    const rows = names && [...new Set(names.map((one) => algorithmOf(one) as Algorithm))]
    return rows?.length === names?.length ? rows : this.fail('config_invalid', name)
  }

  /** RFC 7638 thumbprints: the base64url of 32 bytes. */
  thumbprints(name: string): readonly string[] | undefined {
    return this.texts(name, (text) => decodeBase64url(text)?.length === 32)
  }
}

/** Members of an object of which nothing is known yet; those of an environment are known by their names. */
export class Members extends MemberReader {
  readonly #path: string

  /**
   * @param path - what stands before a member's name in a fault: `trust[0].`
   */
  constructor(source: object, path: string) {
    super(source)
    this.#path = path
  }

  /** @throws ConfigError - `config_invalid`: not a plain object, a member that is not among `names`, or one that is no value */
  static of(source: unknown, names: readonly string[], path = ''): Members {
    if (!isPlainObject(source)) throw new ConfigError('config_invalid', { variable: path.slice(0, -1) || undefined })
    const members = new Members(source, path)
    for (const name of Object.keys(source))
      if (!names.includes(name) || source[name] == null) members.fail('config_invalid', name)
    return members
  }

  override variable(name: string): string {
    return this.#path + super.variable(name)
  }

  oneOf<Choice>(name: string, choices: readonly Choice[]): Choice | undefined {
    return this.read(name, (value) => choices.includes(value as Choice))
  }

  callable<Value extends (...args: never[]) => unknown>(name: string): Value | undefined {
    return this.read(name, (value) => typeof value === 'function')
  }

  /** An object with a method of this name. */
  port<Port>(name: string, method: string): Port | undefined {
    return this.read(name, (value) => isObject(value) && typeof value[method] === 'function')
  }
}
