import { configFromEnvironment } from './config/environment'
import type { KitConfig } from './config/options'
import { type Environment, fail } from './config/variables'
import { createKit, type Kit } from './kit'
import type { KeySource } from './sources/key-source'
import { type JwksBinding, serviceJwks } from './sources/service-jwks'

export { type JwksBinding, serviceJwks } from './sources/service-jwks'

/**
 * A kit of its own from the `env` of a Worker. Nothing is shared between kits.
 *
 * @param env - variables, secrets and bindings, as the handler gets them; `JWT_JWKS_SERVICE` names a service binding
 * @returns the kit
 * @throws ConfigError - as `configFromEnvironment`
 * @example
 * import { makeKit } from '@kit/jwt/workers'
 * export default { fetch: async (request, env) => { const kit = makeKit(env) } }
 */
export function makeKit(env: object): Kit {
  const bindings = env as Environment
  return createKit(configFromEnvironment(bindings, { service: (config) => sourceIn(bindings, config) }))
}

function sourceIn(bindings: Environment, { jwksService: name, jwksCacheTtl: cacheTtl }: KitConfig): KeySource {
  const variable = Object.hasOwn(bindings, 'JWT_JWKS_SERVICE') ? 'JWT_JWKS_SERVICE' : 'JWT_JWKS_SERVICE_NAME'
  const binding = Object.hasOwn(bindings, name as string) ? bindings[name as string] : fail('config_missing', variable)
  try {
    return serviceJwks(binding as JwksBinding, cacheTtl === undefined ? {} : { cacheTtl })
  } catch {
    return fail('config_invalid', variable)
  }
}
