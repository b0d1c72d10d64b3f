import { isNonEmpty } from '../encoding/json-value'
import type { ConfigErrorCode } from '../errors/codes'
import { ConfigError } from '../errors/errors'

/** Strings by name. In a Worker, bindings of other kinds stand among them. */
export type Environment = Readonly<Record<string, unknown>>

/** How the text of a variable is read. */
export type Kind = 'text' | 'number' | 'list'

/**
 * Every variable, in the order in which they are read: its name after `JWT_`, the option that it sets, how its text is read,
 * and the suffix of its twin that names a binding (or, of a list, bindings).
 */
export const TABLE: readonly (readonly [suffix: string, option: string, kind: Kind, twin?: string])[] = [
  ['ISS', 'issuer', 'text'],
  ['AUD', 'audience', 'list'],
  ['PROFILE', 'profile', 'text'],
  ['ACCEPT', 'accept', 'list'],
  ['TTL_SECONDS', 'ttl', 'number'],
  ['LEEWAY', 'leeway', 'number'],
  ['MAX_LIFETIME_SECONDS', 'maxLifetime', 'number'],
  ['SECRET', 'secret', 'text', '_NAME'],
  ['SECRET_ACCEPT', 'acceptSecrets', 'list', '_NAMES'],
  ['PRIVATE_JWK', 'privateKey', 'text', '_NAME'],
  ['KID', 'kid', 'text'],
  ['PUBLIC_JWK', 'publicKeys', 'text', '_NAME'],
  ['JWKS_URL', 'jwksUrl', 'text', '_NAME'],
  ['JWKS_SERVICE', 'jwksService', 'text', '_NAME'],
  ['JWKS_CACHE_TTL_SECONDS', 'jwksCacheTtl', 'number'],
  ['ALLOWED_THUMBPRINTS', 'allowedThumbprints', 'list'],
]

/** The one variable that names a file. */
const PATH = 'JWT_PRIVATE_JWK_PATH'

/**
 * The variables of a kit and the bindings that they name, of an environment that cannot be listed.
 *
 * @param read - the value of a name; undefined where it does not exist
 */
export function gather(read: (name: string) => unknown): Environment {
  const found = Object.create(null) as Record<string, unknown>
  const take = (name: string): unknown => {
    const value = read(name)
    if (value !== undefined) found[name] = value
    return value
  }
  take(PATH)
  for (const [suffix, , , twin] of TABLE) {
    take(`JWT_${suffix}`)
    const pointer = twin && take(`JWT_${suffix}${twin}`)
    if (typeof pointer !== 'string') continue
    for (const name of twin === '_NAMES' ? pointer.split(',').map(trim) : [pointer]) take(name)
  }
  return found
}

// ASCII digits only: `Number` would take '', '0x10' and '1e3', and other languages take '1_000' and other digits.
const NUMBER = /^(?:0|[1-9]\d{0,8})$/

export function fail(code: ConfigErrorCode, variable: string): never {
  throw new ConfigError(code, { variable })
}

/**
 * The text of a variable or a binding, an own member of the environment; undefined where it does not exist.
 *
 * @param blame - what a fault names: the variable, or the one that names the binding
 */
export function readText(env: Environment, name: string, blame: string): string | undefined {
  const value = Object.hasOwn(env, name) ? env[name] : undefined
  return value === undefined || isNonEmpty(value) ? value : fail('config_invalid', blame)
}

/** @throws ConfigError - `config_invalid` */
export const readNumber = (text: string, variable: string): number =>
  NUMBER.test(text) ? Number(text) : fail('config_invalid', variable)

const trim = (item: string): string => item.replace(/^ +| +$/g, '')

/** Items between commas, trimmed of U+0020 and of nothing else; none may be empty or repeated. */
export function readList(text: string, variable: string): readonly string[] {
  const items = text.split(',').map(trim)
  return items.includes('') || new Set(items).size < items.length ? fail('config_invalid', variable) : items
}
