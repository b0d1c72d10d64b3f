import { isText } from '../encoding/json-value'
import type { ConfigErrorCode } from '../errors/codes'
import { ConfigError } from '../errors/errors'

/** Strings by name. In a Worker, bindings of other kinds stand among them. */
export type Environment = Readonly<Record<string, unknown>>

/** The variable that each option is told by where none was given. */
const DEFAULT_NAMES: Readonly<Record<string, string>> = {
  issuer: 'JWT_ISS',
  audience: 'JWT_AUD',
  profile: 'JWT_PROFILE',
  accept: 'JWT_ACCEPT',
  ttl: 'JWT_TTL_SECONDS',
  leeway: 'JWT_LEEWAY',
  maxLifetime: 'JWT_MAX_LIFETIME_SECONDS',
  secret: 'JWT_SECRET',
  acceptSecrets: 'JWT_SECRET_ACCEPT',
  privateKey: 'JWT_PRIVATE_JWK',
  kid: 'JWT_KID',
  publicKeys: 'JWT_PUBLIC_JWK',
  jwksUrl: 'JWT_JWKS_URL',
  jwksService: 'JWT_JWKS_SERVICE',
  jwksCacheTtl: 'JWT_JWKS_CACHE_TTL_SECONDS',
  allowedThumbprints: 'JWT_ALLOWED_THUMBPRINTS',
}

// ASCII digits only: `Number` would take '', '0x10' and '1e3', and other languages take '1_000' and other digits.
const NUMBER = /^(?:0|[1-9]\d{0,8})$/

/** Reads variables of an environment, and remembers which one an option came from. */
export class Variables {
  /** Option to the variable that supplied it. */
  readonly names: Record<string, string> = { ...DEFAULT_NAMES }
  readonly #env: Environment
  readonly #readFile: ((path: string) => string) | undefined

  constructor(env: Environment, readFile: ((path: string) => string) | undefined) {
    this.#env = env
    this.#readFile = readFile
  }

  fail(code: ConfigErrorCode, option: string): never {
    throw new ConfigError(code, { variable: this.names[option] })
  }

  /** An own member of the environment that is absent or a non-empty string. */
  #text(name: string): string | undefined {
    if (!Object.hasOwn(this.#env, name) || this.#env[name] === undefined) return undefined
    const value = this.#env[name]
    if (!isText(value)) throw new ConfigError('config_invalid', { variable: name })
    return value
  }

  /** A plain variable. */
  value(option: string, name: string): string | undefined {
    this.names[option] = name
    return this.#text(name)
  }

  /** A variable with a `_NAME` twin, which names the binding that holds the value, and perhaps one for a file. */
  bound(option: string, name: string, pathName?: string): string | undefined {
    const plain = this.value(option, name)
    const binding = this.#text(`${name}_NAME`)
    const path = pathName === undefined ? undefined : this.#text(pathName)
    if ([plain, binding, path].filter((form) => form !== undefined).length > 1) this.fail('config_conflict', option)
    if (binding !== undefined) return this.#binding(option, `${name}_NAME`, binding)
    return path === undefined ? plain : this.#file(option, pathName as string, path)
  }

  /** A list variable whose `_NAMES` twin lists bindings, each of which holds one item. */
  boundList(option: string, name: string): readonly string[] {
    const plain = this.value(option, name)
    const bindings = this.#text(`${name}_NAMES`)
    if (plain !== undefined && bindings !== undefined) this.fail('config_conflict', option)
    if (bindings === undefined) return this.list(option, plain) ?? []
    this.names[option] = `${name}_NAMES`
    const names = this.list(option, bindings) as readonly string[]
    return names.map((binding) => this.#binding(option, `${name}_NAMES`, binding))
  }

  /** A binding is a value, never another name. */
  #binding(option: string, variable: string, name: string): string {
    this.names[option] = variable
    if (!Object.hasOwn(this.#env, name) || this.#env[name] === undefined) this.fail('config_missing', option)
    const value = this.#env[name]
    return isText(value) ? value : this.fail('config_invalid', option)
  }

  #file(option: string, variable: string, path: string): string {
    this.names[option] = variable
    let text: unknown
    try {
      text = this.#readFile?.(path)
    } catch {
      // The reason may hold anything: the variable says enough.
      text = undefined
    }
    return isText(text) ? text : this.fail('config_invalid', option)
  }

  number(option: string, text: string | undefined): number | undefined {
    if (text === undefined) return undefined
    return NUMBER.test(text) ? Number(text) : this.fail('config_invalid', option)
  }

  /** Items between commas, trimmed of spaces and of nothing else. */
  list(option: string, text: string | undefined): readonly string[] | undefined {
    const items = text?.split(',').map((item) => item.replace(/^ +| +$/g, ''))
    if (items?.some((item) => item === '') || new Set(items).size !== (items?.length ?? 0))
      this.fail('config_invalid', option)
    return items
  }
}
