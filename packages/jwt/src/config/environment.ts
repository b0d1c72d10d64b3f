import type { AlgorithmName, ProfileName } from '../crypto/algorithms'
import { isObject, isText } from '../encoding/json-value'
import { MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { type AcceptedSecret, type KitConfig, VARIABLES } from './options'
import { readSettings, type Settings } from './settings'
import { type Environment, Variables } from './variables'

export type { Environment } from './variables'

/** Options of `configFromEnvironment`. */
export interface EnvironmentOptions {
  /** The text of a file, for `JWT_PRIVATE_JWK_PATH`; throws where it cannot be read. */
  readonly readFile?: (path: string) => string
  /** What the kit must be able to do: a `producer` signs, a `consumer` verifies. */
  readonly role?: 'producer' | 'consumer'
}

// What was checked while reading an environment is not checked again by the kit that is made of it.
const CHECKED = /* @__PURE__ */ new WeakMap<KitConfig, Settings>()

/** The settings of a configuration. */
export const settingsOf = (config: KitConfig): Settings => CHECKED.get(config) ?? readSettings(config)

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
  const { readFile, role } = readOptions(options, ['readFile', 'role'])
  if (!isObject(env)) throw new MisuseError('env is not an object')
  const variables = new Variables(env, readFile)
  const config = Object.freeze(readVariables(variables))
  const settings = readSettings(config)
  checkRole(settings, role, variables)
  CHECKED.set(config, settings)
  return config
}

function readVariables(variables: Variables): KitConfig {
  // Each variable first, in the order of the table: what it is comes before what it means.
  const issuer = variables.value('issuer', 'JWT_ISS')
  const audience = variables.value('audience', 'JWT_AUD')
  const profile = variables.value('profile', 'JWT_PROFILE')
  const accept = variables.value('accept', 'JWT_ACCEPT')
  const ttl = variables.value('ttl', 'JWT_TTL_SECONDS')
  const leeway = variables.value('leeway', 'JWT_LEEWAY')
  const maxLifetime = variables.value('maxLifetime', 'JWT_MAX_LIFETIME_SECONDS')
  const secret = variables.bound('secret', 'JWT_SECRET')
  const acceptSecrets = variables.boundList('acceptSecrets', 'JWT_SECRET_ACCEPT')
  const privateKey = variables.bound('privateKey', 'JWT_PRIVATE_JWK', 'JWT_PRIVATE_JWK_PATH')
  const kid = variables.value('kid', 'JWT_KID')
  const publicKeys = variables.bound('publicKeys', 'JWT_PUBLIC_JWK')
  const jwksUrl = variables.bound('jwksUrl', 'JWT_JWKS_URL')
  const jwksService = variables.bound('jwksService', 'JWT_JWKS_SERVICE')
  const jwksCacheTtl = variables.value('jwksCacheTtl', 'JWT_JWKS_CACHE_TTL_SECONDS')
  const allowedThumbprints = variables.value('allowedThumbprints', 'JWT_ALLOWED_THUMBPRINTS')

  const config = {
    ttl: variables.number('ttl', ttl),
    leeway: variables.number('leeway', leeway),
    maxLifetime: variables.number('maxLifetime', maxLifetime),
    jwksCacheTtl: variables.number('jwksCacheTtl', jwksCacheTtl),
    audience: soleOrAll(variables.list('audience', audience)),
    accept: variables.list('accept', accept) as readonly AlgorithmName[] | undefined,
    acceptSecrets: acceptSecrets.map((entry) => readAccepted(variables, entry)),
    allowedThumbprints: variables.list('allowedThumbprints', allowedThumbprints),
    issuer: issuer ?? variables.fail('config_missing', 'issuer'),
    profile: profile as ProfileName | undefined,
    secret,
    privateKey,
    kid,
    publicKeys,
    jwksUrl,
    jwksService,
  }
  if (config.acceptSecrets.length > 3) variables.fail('config_invalid', 'acceptSecrets')
  const present = Object.entries(config).filter(([, value]) => value !== undefined && !isEmptyList(value))
  return { ...Object.fromEntries(present), [VARIABLES]: variables.names }
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** One audience is minted as a string, several as a list. */
const soleOrAll = (items: readonly string[] | undefined): string | readonly string[] | undefined =>
  items?.length === 1 ? items[0] : items

/** An entry may be `kid=secret`, split at the last `=`: a secret has none, a `kid` may. */
function readAccepted(variables: Variables, entry: string): AcceptedSecret {
  const at = entry.lastIndexOf('=')
  if (at < 0) return entry
  const [kid, secret] = [entry.slice(0, at), entry.slice(at + 1)]
  return isText(kid) && isText(secret) ? { kid, secret } : variables.fail('config_invalid', 'acceptSecrets')
}

function checkRole({ own, audience }: Settings, role: EnvironmentOptions['role'], variables: Variables): void {
  const { signing, secrets, accept, profile } = own
  if (signing === undefined && secrets.length === 0 && accept.length === 0) variables.fail('config_missing', 'secret')
  if (role === 'producer' && signing === undefined)
    variables.fail('config_missing', profile === 'EdDSA' ? 'privateKey' : 'secret')
  if (role === 'consumer' && audience === undefined) variables.fail('config_missing', 'audience')
}
