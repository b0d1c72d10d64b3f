import { ConfigError } from '@kit/jwt'
import { isObject } from '../json'

const MAX_SECONDS = 999_999_999

/** Reads an object of the configuration: what is undefined, empty or unknown in it is a fault, never an absence. */
export class Members {
  readonly #members: Readonly<Record<string, unknown>>
  readonly #path: string

  /** @throws ConfigError - `config_invalid` */
  constructor(input: unknown, names: readonly string[], path: string) {
    this.#path = path
    if (!isObject(input)) throw new ConfigError('config_invalid', { variable: path.slice(0, -1) })
    this.#members = input
    for (const [name, value] of Object.entries(input)) if (!names.includes(name) || value === undefined) this.fail(name)
  }

  /** @throws ConfigError - always */
  fail(name: string, code: 'config_invalid' | 'config_missing' = 'config_invalid'): never {
    throw new ConfigError(code, { variable: this.#path + name })
  }

  has(name: string): boolean {
    return name in this.#members
  }

  get(name: string): unknown {
    return this.#members[name]
  }

  text(name: string, isRight: (text: string) => boolean = () => true): string | undefined {
    if (!this.has(name)) return undefined
    const value = this.get(name)
    return typeof value === 'string' && value !== '' && isRight(value) ? value : this.fail(name)
  }

  texts(name: string, isRight: (text: string) => boolean = () => true): readonly string[] {
    const value = this.has(name) ? this.get(name) : []
    const all: readonly unknown[] = Array.isArray(value) ? value : this.fail(name)
    if (this.has(name) && all.length === 0) this.fail(name)
    if (!all.every((item): item is string => typeof item === 'string' && item !== '' && isRight(item))) this.fail(name)
    return new Set(all).size === all.length ? all : this.fail(name)
  }

  /** @param most - seconds */
  seconds(name: string, most = MAX_SECONDS): number | undefined {
    if (!this.has(name)) return undefined
    const value = this.get(name)
    return Number.isInteger(value) && (value as number) > 0 && (value as number) <= most
      ? (value as number)
      : this.fail(name)
  }
}
