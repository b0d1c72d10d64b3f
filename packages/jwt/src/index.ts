import { environment, readFile } from '#environment'
import { configFromEnvironment } from './config/environment'
import { createKit, type Kit } from './kit'

let shared: Promise<Kit> | undefined

/**
 * The kit of the environment: the one singleton of this package, made when it is first used. It reads `process.env`,
 * `Deno.env`, or the `env` of `cloudflare:workers`. Where it cannot be made, the next call tries again.
 */
function environmentKit(): Promise<Kit> {
  shared ??= (async () => createKit(configFromEnvironment(environment(), { readFile })))()
  shared.catch(() => {
    shared = undefined
  })
  return shared
}

/** `sign` of the kit of the environment, see {@link Kit.sign}. */
export const sign: Kit['sign'] = async (...args) => (await environmentKit()).sign(...args)

/** `verify` of the kit of the environment, see {@link Kit.verify}. */
export const verify: Kit['verify'] = async (...args) => (await environmentKit()).verify(...args)

/** `checkAuth` of the kit of the environment, see {@link Kit.checkAuth}. */
export const checkAuth: Kit['checkAuth'] = async (...args) => (await environmentKit()).checkAuth(...args)

/** `createDelegatedToken` of the kit of the environment, see {@link Kit.createDelegatedToken}. */
export const createDelegatedToken: Kit['createDelegatedToken'] = async (...args) =>
  (await environmentKit()).createDelegatedToken(...args)

/** `consumeOnce` of the kit of the environment, see {@link Kit.consumeOnce}. */
export const consumeOnce: Kit['consumeOnce'] = async (...args) => (await environmentKit()).consumeOnce(...args)

export type { DelegationOptions } from './auth/delegation'
export type { Context, Evaluation } from './auth/evaluate'
export { type AnyPolicy, type Policy, type PolicyRules, parsePolicy } from './auth/policy'
export { type PolicyBuilder, policy } from './auth/policy-builder'
export type { Principal } from './auth/principal'
export { mapScopesToPermissions } from './auth/scopes'
export type { KitDescription } from './config/describe'
export { configFromEnvironment, type Environment, type EnvironmentOptions } from './config/environment'
export type { AcceptedSecret, KitConfig, PublicKeysInput, SecretInput, TrustConfig } from './config/options'
export type { AlgorithmName, ProfileName, PublicAlgorithmName } from './crypto/algorithms'
export type { JsonObject, JsonValue } from './encoding/json-value'
export type { ConfigErrorCode, TokenErrorCode } from './errors/codes'
export { ConfigError, MisuseError, TokenError } from './errors/errors'
export { generateKeyPair, generateSecret } from './keys/generate'
export type { Jwk, Jwks, PrivateKey, PublicKey, SecretKey, Signer } from './keys/key'
export { importPrivateKey } from './keys/private-key'
export { exportPublicJwk, importPublicKey } from './keys/public-key'
export { importSecret } from './keys/secret'
export { thumbprint } from './keys/thumbprint'
export { type CheckOptions, createKit, type Kit, type SignOptions, type VerifyOptions } from './kit'
export { createKeySet, type KeySet } from './sources/key-set'
export type { KeySource } from './sources/key-source'
export { type RemoteJwksOptions, remoteJwks, type Transport } from './sources/remote-jwks'
export { memoryReplayStore, type ReplayStore, type Use } from './stores/replay'
export { type MemoryRevocationList, memoryRevocationList } from './stores/revocation'
export type { Actor } from './token/act'
export type { Confirmation } from './token/binding'
export { type Claims, isVerified, type KnownClaims, type NewClaims, unsafeTrustClaims } from './token/claims'
export { decodeUnverified, type UnverifiedToken } from './token/decode'
export { type ExpiryOptions, isExpiringSoon } from './token/expiry'
export type { ClaimsMapping } from './token/mapping'
export type { RevocationList } from './token/verify'
