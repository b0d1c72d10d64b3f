import { configFromEnvironment, resolveVariables } from './config/environment'
import type { Environment } from './config/variables'
import { environment, readFile } from './environment/process'
import { createKit, type Kit } from './kit'
import { createCore } from './operations'
import { type SyncKit, syncKitOf } from './sync'

/**
 * A kit of its own from environment variables; `JWT_PRIVATE_JWK_PATH` is read from disk.
 *
 * @param env - `process.env` unless given
 * @returns the kit, which shares nothing with others
 * @throws ConfigError - as `configFromEnvironment`
 * @example
 * import { makeKit } from '@kit/jwt/node'
 * const kit = makeKit()
 */
export const makeKit = (env: Environment = environment()): Kit => createKit(configFromEnvironment(env, { readFile }))

let shared: SyncKit | undefined

/** The kit of `process.env`, made when it is first used. Where it cannot be made, the next call tries again. */
function environmentKit(): SyncKit {
  shared ??= syncKitOf(createCore(resolveVariables(environment(), readFile)))
  return shared
}

/**
 * Mints a token with the kit of the environment, at once: `sign` without the promise.
 *
 * @function
 * @param claims - a plain object, which is read once and left alone
 * @param options - `aud`, `iss`, `ttl` in seconds
 * @returns the token
 * @throws TokenError - as `Kit.sign`
 * @throws ConfigError - as `Kit.sign`, and as `configFromEnvironment` at the first call
 * @throws MisuseError - as `SyncKit.sign`
 * @example
 * import { signSync } from '@kit/jwt/node'
 * const token = signSync({ sub: 'u1', permissions: ['read:data'] }, { aud: 'internal-api' })
 */
export const signSync: SyncKit['sign'] = (claims, options) => environmentKit().sign(claims, options)

/**
 * Verifies a token with the kit of the environment, at once: `verify` without the promise.
 *
 * @function
 * @param token - the compact form
 * @param options - `confirmation`, as for `Kit.verify`
 * @returns the claims, deeply frozen and marked as verified
 * @throws TokenError - as `Kit.verify`
 * @throws ConfigError - as `Kit.verify`, and as `configFromEnvironment` at the first call
 * @throws MisuseError - as `SyncKit.verify`: with `JWT_JWKS_URL`, `verify` is for that
 * @example
 * import { verifySync } from '@kit/jwt/node'
 * verifySync(token).sub // 'u1'
 */
export const verifySync: SyncKit['verify'] = (token, options) => environmentKit().verify(token, options)

export { createSyncKit, type SyncKit } from './sync'
