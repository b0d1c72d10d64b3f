import type { DelegationOptions } from './auth/delegation'
import type { AnyPolicy } from './auth/policy'
import type { Principal } from './auth/principal'
import type { CheckOptions, SignOptions, VerifyOptions } from './call-options'
import { resolveConfig } from './config/code-options'
import { describe, type KitDescription } from './config/describe'
import { resolvedFromEnvironment } from './config/environment'
import type { KitConfig } from './config/options'
import { isObject } from './encoding/json-value'
import type { Maybe } from './encoding/steps'
import { MisuseError } from './errors/errors'
import * as operations from './operations'
import { createCore } from './operations'
import type { Claims, NewClaims } from './token/claims'
import { decodeUnverified, type UnverifiedToken } from './token/decode'
import { type ExpiryOptions, expiresSoon } from './token/time'

/** One immutable configuration with its operations. They need no `this`. */
export interface Kit {
  /**
   * Mints a token (RFC 7519). `iss`, `aud`, `iat`, `exp` and `jti` are filled in.
   *
   * @param claims - a plain object, which is read once and left alone
   * @param options - `aud`, `iss`, `ttl` in seconds
   * @returns the token; the same bytes in every language for the same claims, key, clock and entropy
   * @throws TokenError - `value_unsupported`, `claim_invalid`, `delegation_too_deep`
   * @throws ConfigError - `config_missing` (nothing to sign with, no issuer, no audience), `config_invalid` (`ttl`, `clock`,
   *   `entropy`, `signer`), and as `ready`
   * @throws MisuseError - wrong arguments
   * @example
   * await kit.sign({ sub: 'u1', permissions: ['read:data'] }, { aud: 'internal-api', ttl: 60 })
   */
  sign<Custom extends object>(claims: Custom & NewClaims, options?: SignOptions): Promise<string>

  /**
   * Verifies a token (RFC 7515 section 5.2, RFC 7519 section 7.2, RFC 8725).
   *
   * @typeParam Custom - the claims of one's own, unchecked
   * @param token - the compact form; anything else is `token_malformed`
   * @param options - `confirmation`: what the request proved, to which the token must be bound (RFC 7800)
   * @returns the claims, deeply frozen and marked as verified
   * @throws TokenError - the first rule that fails: `token_too_large`, `token_malformed`, `header_invalid`,
   *   `alg_not_allowed`, `typ_mismatch`, `key_not_found`, `key_ambiguous`, `key_not_pinned`, `jwks_unavailable`,
   *   `signature_invalid`, `claims_malformed`, `claim_missing`, `claim_invalid`, `delegation_too_deep`, `issuer_mismatch`,
   *   `audience_mismatch`, `actor_not_allowed`, `token_expired`, `token_not_yet_valid`, `token_issued_in_future`,
   *   `token_lifetime_too_long`, `token_revoked`, `revocation_unavailable`, `binding_missing`, `binding_mismatch`
   * @throws ConfigError - `config_missing` (nothing to verify with, or no audience), `config_invalid` (`clock`), and as `ready`
   * @throws MisuseError - wrong options
   * @example
   * const claims = await kit.verify<{ tid: string }>(token)
   */
  verify<Custom extends object = Record<never, never>>(token: string, options?: VerifyOptions): Promise<Claims<Custom>>

  /**
   * Verifies a token that must have a `sub`, and holds it against a policy.
   *
   * @typeParam Custom - the claims of one's own, unchecked
   * @param token - the compact form
   * @param policy - one being built, a parsed one, or plain JSON
   * @param options - `context` for names in the policy, `also` a predicate, `confirmation` as in `verify`
   * @returns who passed
   * @throws TokenError - as `verify`, and `policy_denied` with the rules that failed
   * @throws ConfigError - as `verify`
   * @throws MisuseError - wrong options, not a policy, a name that the context lacks, `also` answered neither true nor false
   * @example
   * const user = await kit.checkAuth(token, policy().needAll('read:data'))
   */
  checkAuth<Custom extends object = Record<never, never>>(
    token: string,
    policy: AnyPolicy,
    options?: CheckOptions,
  ): Promise<Principal<Custom>>

  /**
   * Mints a token in which a service acts for the subject of another token, and may do no more than it (RFC 8693).
   *
   * @param original - claims that a kit verified
   * @param actor - the service that acts: `act.sub`
   * @param options - `aud` the target service (required), `ttl` in seconds, `permissions`, `roles` and `scope` to narrow,
   *   `copy` further claims
   * @returns the token, which ends no later than the original
   * @throws TokenError - `claim_missing`, `delegation_expired`, `delegation_actor_denied`, `delegation_too_deep`,
   *   `delegation_escalation`, and as `sign`
   * @throws ConfigError - as `sign`
   * @throws MisuseError - wrong arguments, claims that were not verified
   * @example
   * await kit.createDelegatedToken(user.claims, 'gateway', { aud: 'orders', permissions: ['orders:read'] })
   */
  createDelegatedToken(original: Claims, actor: string, options: DelegationOptions): Promise<string>

  /**
   * Uses a token up. Called once per request, last: after the policy and the limits (RFC 7519 section 4.1.7).
   *
   * @param claims - as a kit verified them, with a `jti`
   * @throws TokenError - `claim_missing` (`jti`), `token_expired`, `token_replayed`, `replay_unavailable`
   * @throws ConfigError - `config_invalid` (`clock`)
   * @throws MisuseError - claims that were not verified
   * @example
   * await kit.consumeOnce(user.claims)
   */
  consumeOnce(claims: Claims): Promise<void>

  /**
   * Reads a token without verifying it, with the kit's own size limit. Never for access control.
   *
   * @param token - a compact JWS
   * @returns header and claims, deeply frozen, not marked as verified
   * @throws TokenError - `token_too_large`, `token_malformed`, `header_invalid`, `claims_malformed`
   * @example
   * kit.decodeUnverified(token).header
   */
  decodeUnverified(token: string): UnverifiedToken

  /**
   * Whether claims, or a token that is only read, expire soon by the kit's own clock: for renewing one's own in time.
   *
   * @param claimsOrToken - claims with an `exp`, or a token, which is not verified
   * @param options - `within`: seconds, 60 unless given
   * @returns whether `exp - now <= within`
   * @throws TokenError - `claim_missing` or `claim_invalid` with `exp`, and as `decodeUnverified`
   * @throws ConfigError - `config_invalid` (`clock`)
   * @throws MisuseError - neither claims nor a token, or wrong options
   * @example
   * if (kit.isExpiringSoon(token, { within: 120 })) token = await renew()
   */
  isExpiringSoon(claimsOrToken: object | string, options?: ExpiryOptions): boolean

  /**
   * The configuration as JSON, without secrets: for a log at the start, or a health page.
   *
   * @returns what the kit signs and verifies with, and its limits
   * @throws ConfigError - as `ready`
   * @example
   * console.info('jwt', await kit.describe())
   */
  describe(): Promise<KitDescription>

  /**
   * Imports the keys, which otherwise happens at the first use.
   *
   * @throws ConfigError - `key_invalid` (a `d` that is not that of `x`), `runtime_unsupported`
   * @example
   * await kit.ready() // a program that cannot sign fails at its start
   */
  ready(): Promise<void>
}

/**
 * Makes a kit. Everything that can be known without waiting is checked here.
 *
 * @param config - see {@link KitConfig}
 * @returns the kit, immutable
 * @throws ConfigError - `config_missing`, `config_invalid`, `config_conflict`, `key_invalid`, `key_weak`, `key_unsuitable`,
 *   `jwks_invalid`, `runtime_unsupported`, with the option concerned
 * @throws MisuseError - not an object
 * @example
 * const kit = createKit({ issuer: 'https://auth.example', audience: 'internal-api', secret: generateSecret() })
 */
export function createKit(config: KitConfig): Kit {
  if (!isObject(config)) throw new MisuseError('config: not an object')
  const core = createCore(resolvedFromEnvironment(config) ?? resolveConfig(config))
  const { settings } = core.resolved
  return Object.freeze<Kit>({
    // `async` for what is thrown; what answers at once costs one promise.
    sign: async (claims, options) => operations.sign(core, claims, options),
    verify: async <Custom extends object>(token: string, options?: VerifyOptions) =>
      operations.verify(core, token, options) as Maybe<Claims<Custom>>,
    checkAuth: async <Custom extends object>(token: string, policy: AnyPolicy, options?: CheckOptions) =>
      operations.checkAuth(core, token, policy, options) as Maybe<Principal<Custom>>,
    createDelegatedToken: async (original, actor, options) =>
      operations.createDelegatedToken(core, original, actor, options),
    consumeOnce: (claims) => operations.consumeOnce(core, claims),
    decodeUnverified: (token) => decodeUnverified(token, settings.maxTokenBytes),
    isExpiringSoon: (claimsOrToken, options = {}) => expiresSoon(claimsOrToken, options, settings.now()),
    describe: async () => describe(core.resolved, await core.prepared()),
    ready: async () => {
      await core.prepared()
    },
  })
}
