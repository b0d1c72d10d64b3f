import { configFromEnvironment } from './config/environment'
import { createKit, type Kit } from './kit'

/**
 * A kit of its own from the `env` of a Worker. Nothing is shared between kits.
 *
 * @param env - variables, secrets and bindings, as the handler gets them
 * @returns the kit
 * @throws ConfigError - as `configFromEnvironment`
 * @example
 * import { makeKit } from '@kit/jwt/workers'
 * export default { fetch: async (request, env) => { const kit = makeKit(env) } }
 */
export const makeKit = (env: object): Kit => createKit(configFromEnvironment(env as Record<string, unknown>))
