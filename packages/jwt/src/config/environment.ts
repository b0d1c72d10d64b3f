import { isObject } from '../encoding/json-value'
import { MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { readSecretText } from '../keys/secret'
import type { KeySource } from '../sources/key-source'
import { MemberReader } from './members'
import { type KitConfig, VARIABLES } from './options'
import { type Material, type Resolved, resolve } from './resolve'
import { type Role, requireRole } from './role'
import { CODE_DEFAULTS } from './settings'
import { type Environment, fail, readList, readNumber, readText, TABLE } from './variables'
import { readSecretEntries } from './verification'

/** Options of `configFromEnvironment`. */
export interface EnvironmentOptions {
  /** The text of a file, for `JWT_PRIVATE_JWK_PATH`; throws where it cannot be read. */
  readonly readFile?: ((path: string) => string) | undefined
  /** The key source of the service that `jwksService` names, where the platform has services. */
  readonly service?: (config: KitConfig) => KeySource
  /** What the kit must be able to do: a `producer` signs, a `consumer` verifies. */
  readonly role?: Role
}

// What was checked while reading an environment is not checked again by the kit that is made of it.
const CHECKED = /* @__PURE__ */ new WeakMap<KitConfig, Resolved>()

/** What is known of a configuration that came from an environment, and was not changed since. */
export const resolvedFromEnvironment = (config: KitConfig): Resolved | undefined => CHECKED.get(config)

/**
 * The configuration that an environment describes, in the variables `JWT_*`.
 *
 * @param env - `process.env`, `Deno.env.toObject()`, the `env` of a Worker: strings by name; bindings may be anything
 * @param options - `readFile` for `JWT_PRIVATE_JWK_PATH`; `role`
 * @returns a configuration for `createKit`, frozen
 * @throws ConfigError - `config_missing`, `config_invalid`, `config_conflict`, `key_invalid`, `key_weak`, `key_unsuitable`,
 *   `jwks_invalid`, `runtime_unsupported`, with the variable
 * @throws MisuseError - wrong arguments
 * @example
 * const kit = createKit({ ...configFromEnvironment(process.env), revocation })
 */
export function configFromEnvironment(env: Environment, options: EnvironmentOptions = {}): KitConfig {
  const { config, ...resolved } = resolveEnvironment(env, options)
  CHECKED.set(config, resolved)
  return config
}

/** The configuration that an environment describes, and what is known of it. */
export function resolveEnvironment(
  env: Environment,
  options: EnvironmentOptions,
): Resolved & { readonly config: KitConfig } {
  const { readFile, role, service } = readOptions(options, ['readFile', 'role', 'service'])
  if (!isObject(env) || !['producer', 'consumer', undefined].includes(role)) throw new MisuseError('env or role: wrong')
  const read = readVariables(env, readFile)
  const keySource = service && read.jwksService !== undefined ? service(read) : undefined
  const config: KitConfig = Object.freeze({ ...read, ...(keySource && { keySource }) })
  const check = role && ((found: Material) => requireRole(role, found))
  return { ...resolve(new MemberReader(config), undefined, check, { ...CODE_DEFAULTS, keySource }), config }
}

/** What is known of the configuration that an environment describes. */
export const resolveVariables = (env: Environment, readFile: EnvironmentOptions['readFile']): Resolved =>
  resolve(new MemberReader(readVariables(env, readFile)))

function readVariables(env: Environment, readFile: EnvironmentOptions['readFile']): KitConfig {
  const suppliers: Record<string, string> = {}
  const texts: Record<string, string> = {}
  // Each variable first: what it is comes before what it means.
  for (const [suffix, option, , twin = ''] of TABLE) {
    const name = `JWT_${suffix}`
    const forms = [name, ...(twin ? [name + twin] : []), ...(option === 'privateKey' ? [`${name}_PATH`] : [])]
    const given = forms.filter((form) => readText(env, form, form) !== undefined)
    const supplier = given[0] ?? name
    suppliers[option] = given.length > 1 ? fail('config_conflict', name) : supplier
    if (given.length === 0) continue
    const text = env[supplier] as string
    if (supplier.endsWith('_PATH')) texts[option] = textOfFile(text, readFile)
    else texts[option] = supplier === `${name}_NAME` ? binding(env, text, supplier) : text
  }
  const config: Record<string | symbol, unknown> = { ...texts, [VARIABLES]: suppliers }
  for (const wanted of ['number', 'list'])
    for (const [, option, kind] of TABLE) {
      const text = texts[option]
      if (kind !== wanted || text === undefined) continue
      const variable = suppliers[option] as string
      config[option] = kind === 'number' ? readNumber(text, variable) : readItems(env, option, text, variable)
      // What an entry looks like is a matter of the list's form; the keys come later.
      if (option === 'acceptSecrets') readSecretEntries(new MemberReader(config), readSecretText)
    }
  if (config['issuer'] === undefined) fail('config_missing', 'JWT_ISS')
  return config
}

/** A binding is a value, never another name. */
const binding = (env: Environment, name: string, variable: string): string =>
  readText(env, name, variable) ?? fail('config_missing', variable)

function textOfFile(path: string, readFile: EnvironmentOptions['readFile']): string {
  let text: string | undefined
  try {
    text = readFile?.(path)
  } catch {
    // The reason may hold anything: the variable says enough.
  }
  const variable = 'JWT_PRIVATE_JWK_PATH'
  return readText({ text: text ?? '' }, 'text', variable) as string
}

function readItems(env: Environment, option: string, text: string, variable: string): unknown {
  const items = readList(text, variable)
  // One audience is minted as a string, several as a list.
  if (option === 'audience' && items.length === 1) return items[0]
  if (option !== 'acceptSecrets') return items
  const entries = variable.endsWith('_NAMES') ? items.map((name) => binding(env, name, variable)) : items
  return entries.map((entry) => {
    // `kid=secret`, split at the last `=`: a secret has none, a `kid` may.
    const at = entry.lastIndexOf('=')
    return at < 0 ? entry : { kid: entry.slice(0, at), secret: entry.slice(at + 1) }
  })
}
