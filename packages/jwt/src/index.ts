import { environment, readFile } from '#environment'
import type { AnyPolicy } from './auth/policy'
import type { Principal } from './auth/principal'
import type { CheckOptions, VerifyOptions } from './call-options'
import { resolveVariables } from './config/environment'
import type { Maybe } from './encoding/steps'
import type { Kit } from './kit'
import * as operations from './operations'
import type { Claims } from './token/claims'

let shared: operations.Core | undefined

/**
 * The core of the kit of the environment: the one singleton of this package, made when it is first used. It reads
 * `process.env`, `Deno.env`, or the `env` of `cloudflare:workers`. Where it cannot be made, the next call tries again.
 */
function core(): operations.Core {
  shared ??= operations.createCore(resolveVariables(environment(), readFile))
  return shared
}

/**
 * Mints a token with the kit of the environment, as {@link Kit.sign} does.
 *
 * @function
 * @param claims - a plain object, which is read once and left alone
 * @param options - `aud`, `iss`, `ttl` in seconds
 * @returns the token
 * @throws TokenError - as `Kit.sign`
 * @throws ConfigError - as `Kit.sign`, and as `configFromEnvironment` at the first call
 * @throws MisuseError - wrong arguments
 * @example
 * const token = await sign({ sub: 'u1', permissions: ['read:data'] }, { aud: 'internal-api' })
 */
export const sign: Kit['sign'] = async (claims, options) => operations.sign(core(), claims, options)

/**
 * Verifies a token with the kit of the environment, as {@link Kit.verify} does.
 *
 * @function
 * @param token - the compact form
 * @param options - `confirmation`: what the request proved, to which the token must be bound (RFC 7800)
 * @returns the claims, deeply frozen and marked as verified
 * @throws TokenError - as `Kit.verify`
 * @throws ConfigError - as `Kit.verify`, and as `configFromEnvironment` at the first call
 * @throws MisuseError - wrong options
 * @example
 * const claims = await verify(token)
 * claims.sub // 'u1'
 */
export const verify: Kit['verify'] = async <Custom extends object>(token: string, options?: VerifyOptions) =>
  operations.verify(core(), token, options) as Maybe<Claims<Custom>>

/**
 * Verifies a token and holds it against a policy with the kit of the environment, as {@link Kit.checkAuth} does.
 *
 * @function
 * @param token - the compact form
 * @param policy - one being built, a parsed one, or plain JSON
 * @param options - `context` for names in the policy, `also` a predicate, `confirmation` as in `verify`
 * @returns who passed
 * @throws TokenError - as `Kit.checkAuth`
 * @throws ConfigError - as `Kit.checkAuth`, and as `configFromEnvironment` at the first call
 * @throws MisuseError - as `Kit.checkAuth`
 * @example
 * const user = await checkAuth(token, policy().needAll('read:data'))
 * user.subject // 'u1'
 */
export const checkAuth: Kit['checkAuth'] = async <Custom extends object>(
  token: string,
  policy: AnyPolicy,
  options?: CheckOptions,
) => operations.checkAuth(core(), token, policy, options) as Maybe<Principal<Custom>>

/**
 * Mints a token for an actor with the kit of the environment, as {@link Kit.createDelegatedToken} does.
 *
 * @function
 * @param original - claims that a kit verified
 * @param actor - the service that acts: `act.sub`
 * @param options - `aud` the target service (required), `ttl` in seconds, `permissions`, `roles` and `scope` to narrow, `copy`
 *   further claims
 * @returns the token, which ends no later than the original
 * @throws TokenError - as `Kit.createDelegatedToken`
 * @throws ConfigError - as `Kit.createDelegatedToken`, and as `configFromEnvironment` at the first call
 * @throws MisuseError - wrong arguments, claims that were not verified
 * @example
 * const inner = await createDelegatedToken(claims, 'gateway', { aud: 'orders', permissions: ['orders:read'] })
 */
export const createDelegatedToken: Kit['createDelegatedToken'] = async (original, actor, options) =>
  operations.createDelegatedToken(core(), original, actor, options)

/**
 * Uses a token up with the kit of the environment, as {@link Kit.consumeOnce} does. Called once per request, last.
 *
 * @function
 * @param claims - as a kit verified them, with a `jti`
 * @throws TokenError - as `Kit.consumeOnce`
 * @throws ConfigError - as `Kit.consumeOnce`, and as `configFromEnvironment` at the first call
 * @throws MisuseError - claims that were not verified
 * @example
 * await consumeOnce(claims)
 */
export const consumeOnce: Kit['consumeOnce'] = async (claims) => operations.consumeOnce(core(), claims)

export type { DelegationOptions } from './auth/delegation'
export type { Context, Evaluation } from './auth/evaluate'
export { type AnyPolicy, type Policy, type PolicyRules, parsePolicy } from './auth/policy'
export { type PolicyBuilder, policy } from './auth/policy-builder'
export type { Principal } from './auth/principal'
export { mapScopesToPermissions } from './auth/scopes'
export type { CheckOptions, SignOptions, VerifyOptions } from './call-options'
export type { KitDescription } from './config/describe'
export { configFromEnvironment, type EnvironmentOptions } from './config/environment'
export type { AcceptedSecret, KitConfig, PublicKeysInput, SecretInput, TrustConfig } from './config/options'
export { type ProviderName, type ProviderOptions, trustedProvider } from './config/provider'
export type { Environment } from './config/variables'
export type { AlgorithmName, ProfileName, PublicAlgorithmName } from './crypto/algorithms'
export type { JsonObject, JsonValue } from './encoding/json-value'
export type { ConfigErrorCode, TokenErrorCode } from './errors/codes'
export { ConfigError, MisuseError, TokenError } from './errors/errors'
export { generateKeyPair, generateSecret } from './keys/generate'
export type { Jwk, Jwks, PrivateKey, PublicKey, SecretKey } from './keys/key'
export { importPrivateKey } from './keys/private-key'
export { exportPublicJwk, importPublicKey } from './keys/public-key'
export { importSecret } from './keys/secret'
export type { Signer } from './keys/signer'
export { thumbprint } from './keys/thumbprint'
export { createKit, type Kit } from './kit'
export { createKeySet, type KeyQuery, type KeySet } from './sources/key-set'
export type { KeySource } from './sources/key-source'
export { localJwks } from './sources/local-jwks'
export { type RemoteJwksOptions, remoteJwks } from './sources/remote-jwks'
export type { Transport } from './sources/transport'
export { memoryReplayStore, type ReplayStore, type Use } from './stores/replay'
export { type MemoryRevocationList, memoryRevocationList, type RevocationList } from './stores/revocation'
export type { Actor } from './token/act'
export type { Confirmation } from './token/binding'
export { type Claims, isVerified, type KnownClaims, type NewClaims, unsafeTrustClaims } from './token/claims'
export { decodeUnverified, type UnverifiedToken } from './token/decode'
export type { ClaimsMapping } from './token/mapping'
export { type ExpiryOptions, isExpiringSoon } from './token/time'
