import { environment, readFile } from '#environment'
import type { AnyPolicy } from './auth/policy'
import type { Principal } from './auth/principal'
import type { CheckOptions, VerifyOptions } from './call-options'
import { resolveEnvironment } from './config/environment'
import type { Kit } from './kit'
import * as operations from './operations'
import type { Claims } from './token/claims'

let shared: operations.Core | undefined

/**
 * The core of the kit of the environment: the one singleton of this package, made when it is first used. It reads
 * `process.env`, `Deno.env`, or the `env` of `cloudflare:workers`. Where it cannot be made, the next call tries again.
 */
function core(): operations.Core {
  shared ??= operations.createCore(resolveEnvironment(environment(), { readFile }))
  return shared
}

/** `sign` of the kit of the environment, see {@link Kit.sign}. */
export const sign: Kit['sign'] = async (claims, options) => operations.sign(core(), claims, options)

/** `verify` of the kit of the environment, see {@link Kit.verify}. */
export const verify: Kit['verify'] = async <Custom extends object>(token: string, options?: VerifyOptions) =>
  (await operations.verify(core(), token, options)) as Claims<Custom>

/** `checkAuth` of the kit of the environment, see {@link Kit.checkAuth}. */
export const checkAuth: Kit['checkAuth'] = async <Custom extends object>(
  token: string,
  policy: AnyPolicy,
  options?: CheckOptions,
) => (await operations.checkAuth(core(), token, policy, options)) as Principal<Custom>

/** `createDelegatedToken` of the kit of the environment, see {@link Kit.createDelegatedToken}. */
export const createDelegatedToken: Kit['createDelegatedToken'] = async (original, actor, options) =>
  operations.createDelegatedToken(core(), original, actor, options)

/** `consumeOnce` of the kit of the environment, see {@link Kit.consumeOnce}. */
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
export { type RemoteJwksOptions, remoteJwks } from './sources/remote-jwks'
export type { Transport } from './sources/transport'
export { memoryReplayStore, type ReplayStore, type Use } from './stores/replay'
export { type MemoryRevocationList, memoryRevocationList } from './stores/revocation'
export type { Actor } from './token/act'
export type { Confirmation } from './token/binding'
export { type Claims, isVerified, type KnownClaims, type NewClaims, unsafeTrustClaims } from './token/claims'
export { decodeUnverified, type UnverifiedToken } from './token/decode'
export type { ClaimsMapping } from './token/mapping'
export { type ExpiryOptions, isExpiringSoon } from './token/time'
export type { RevocationList } from './token/verify'
