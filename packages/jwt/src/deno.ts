import { configFromEnvironment } from './config/environment'
import type { Environment } from './config/variables'
import { environment, readFile } from './environment/deno'
import { createKit, type Kit } from './kit'

/**
 * A kit of its own from environment variables; `JWT_PRIVATE_JWK_PATH` is read from disk.
 *
 * @param env - `Deno.env.toObject()` unless given
 * @returns the kit, which shares nothing with others
 * @throws ConfigError - as `configFromEnvironment`
 * @example
 * import { makeKit } from '@kit/jwt/deno'
 * const kit = makeKit()
 */
export const makeKit = (env: Environment = environment()): Kit => createKit(configFromEnvironment(env, { readFile }))
