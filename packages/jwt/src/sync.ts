import { atOnce } from '#crypto'
import type { DelegationOptions } from './auth/delegation'
import type { AnyPolicy } from './auth/policy'
import type { Principal } from './auth/principal'
import type { CheckOptions, SignOptions, VerifyOptions } from './call-options'
import { resolveConfig } from './config/code-options'
import { resolvedFromEnvironment } from './config/environment'
import type { KitConfig } from './config/options'
import { isObject } from './encoding/json-value'
import type { Maybe } from './encoding/steps'
import { MisuseError } from './errors/errors'
import * as operations from './operations'
import type { Claims, NewClaims } from './token/claims'

/** What a kit does, for callers that cannot wait. Each method is that of {@link Kit} without the promise. */
export interface SyncKit {
  /**
   * Mints a token, as `Kit.sign` does.
   *
   * @param claims - a plain object, which is read once and left alone
   * @param options - `aud`, `iss`, `ttl` in seconds
   * @returns the token
   * @throws TokenError - as `Kit.sign`
   * @throws ConfigError - as `Kit.sign`
   * @throws MisuseError - as `Kit.sign`, and a signer elsewhere, which has to be waited for
   * @example
   * kit.sign({ sub: 'u1' }, { aud: 'internal-api', ttl: 60 })
   */
  sign<Custom extends object>(claims: Custom & NewClaims, options?: SignOptions): string

  /**
   * Verifies a token, as `Kit.verify` does.
   *
   * @typeParam Custom - the claims of one's own, unchecked
   * @param token - the compact form
   * @param options - `confirmation`, as for `Kit.verify`
   * @returns the claims, deeply frozen and marked as verified
   * @throws TokenError - as `Kit.verify`
   * @throws ConfigError - as `Kit.verify`
   * @throws MisuseError - as `Kit.verify`, and keys or a list of revoked tokens that have to be waited for
   * @example
   * kit.verify(token).sub
   */
  verify<Custom extends object = Record<never, never>>(token: string, options?: VerifyOptions): Claims<Custom>

  /**
   * Verifies a token and holds it against a policy, as `Kit.checkAuth` does.
   *
   * @typeParam Custom - the claims of one's own, unchecked
   * @param token - the compact form
   * @param policy - one being built, a parsed one, or plain JSON
   * @param options - `context`, `also`, `confirmation`, as for `Kit.checkAuth`
   * @returns who passed
   * @throws TokenError - as `Kit.checkAuth`
   * @throws ConfigError - as `Kit.checkAuth`
   * @throws MisuseError - as `Kit.checkAuth`, and as `verify`
   * @example
   * kit.checkAuth(token, policy().needAll('read:data')).subject
   */
  checkAuth<Custom extends object = Record<never, never>>(
    token: string,
    policy: AnyPolicy,
    options?: CheckOptions,
  ): Principal<Custom>

  /**
   * Mints a token for an actor, as `Kit.createDelegatedToken` does.
   *
   * @param original - claims that a kit verified
   * @param actor - the service that acts: `act.sub`
   * @param options - as for `Kit.createDelegatedToken`
   * @returns the token, which ends no later than the original
   * @throws TokenError - as `Kit.createDelegatedToken`
   * @throws ConfigError - as `Kit.createDelegatedToken`
   * @throws MisuseError - as `Kit.createDelegatedToken`, and as `sign`
   * @example
   * kit.createDelegatedToken(claims, 'gateway', { aud: 'orders' })
   */
  createDelegatedToken(original: Claims, actor: string, options: DelegationOptions): string
}

/** @throws MisuseError - the answer is not there */
function now<Value>(work: () => Maybe<Value>): Value {
  const answer = atOnce(work)
  if (!(answer instanceof Promise)) return answer
  // Nobody will wait for it, whatever comes of it.
  answer.catch(() => undefined)
  throw new MisuseError('this has to be waited for: a kit with await does it')
}

/** The synchronous face of a core. */
export const syncKitOf = (core: operations.Core): SyncKit =>
  Object.freeze<SyncKit>({
    sign: (claims, options) => now(() => operations.sign(core, claims, options)),
    verify: <Custom extends object>(token: string, options?: VerifyOptions) =>
      now(() => operations.verify(core, token, options)) as Claims<Custom>,
    checkAuth: <Custom extends object>(token: string, policy: AnyPolicy, options?: CheckOptions) =>
      now(() => operations.checkAuth(core, token, policy, options)) as Principal<Custom>,
    createDelegatedToken: (original, actor, options) =>
      now(() => operations.createDelegatedToken(core, original, actor, options)),
  })

/**
 * Makes a kit for callers that cannot wait, on Node.js: HS512 and Ed25519 are computed on the spot. Where keys must be fetched,
 * or a signer elsewhere asked, a call throws `MisuseError`: `createKit` is for that.
 *
 * @param config - see {@link KitConfig}
 * @returns the kit, immutable
 * @throws ConfigError - as `createKit`
 * @throws MisuseError - not an object
 * @example
 * import { createSyncKit } from '@kit/jwt/node'
 * const kit = createSyncKit({ issuer: 'https://auth.example', audience: 'internal-api', secret: generateSecret() })
 */
export function createSyncKit(config: KitConfig): SyncKit {
  if (!isObject(config)) throw new MisuseError('config: not an object')
  return syncKitOf(operations.createCore(resolvedFromEnvironment(config) ?? resolveConfig(config)))
}
