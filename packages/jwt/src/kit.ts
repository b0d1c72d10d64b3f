import { checkClaimsAgainst } from './auth/check'
import { type DelegationOptions, delegatedClaims, readDelegation } from './auth/delegation'
import type { Context } from './auth/evaluate'
import { type AnyPolicy, asPolicy } from './auth/policy'
import type { Principal } from './auth/principal'
import { describe, type KitDescription } from './config/describe'
import { settingsOf } from './config/environment'
import type { KitConfig } from './config/options'
import { type Prepared, prepare } from './config/prepare'
import type { Settings } from './config/settings'
import { isText } from './encoding/json-value'
import { ConfigError, MisuseError, TokenError } from './errors/errors'
import { readAudience, readOptions } from './errors/misuse'
import { type Confirmation, readConfirmation } from './token/binding'
import { type Claims, isVerified, type NewClaims } from './token/claims'
import { decodeUnverified, type UnverifiedToken } from './token/decode'
import { type ExpiryOptions, expiresSoon } from './token/expiry'
import { typeForm } from './token/header'
import { encodeHeader, type MintRequest, mintToken } from './token/mint'
import { type Expectations, verifyToken } from './token/verify'

/** Options of `sign`. */
export interface SignOptions {
  /** Who the token is for; the kit's audience unless given. A string stays a string, a list stays a list. */
  readonly aud?: string | readonly string[]
  /** The kit's issuer unless given. */
  readonly iss?: string
  /** Seconds; the kit's unless given. */
  readonly ttl?: number
}

/** Options of `verify`. */
export interface VerifyOptions {
  /** What the request proved about its sender: the token must be bound to it (`cnf`, RFC 7800). */
  readonly confirmation?: Confirmation
}

/** Options of `checkAuth`. */
export interface CheckOptions extends VerifyOptions {
  /** Strings by name, for policies with `{ ref: name }`. */
  readonly context?: Context
  /** A predicate beside the policy; it must answer true or false, at once. */
  readonly also?: (claims: Claims) => boolean
}

/** One immutable configuration with its operations. They need no `this`. */
export interface Kit {
  /**
   * Mints a token (RFC 7519). `iss`, `aud`, `iat`, `exp` and `jti` are filled in.
   *
   * @param claims - a plain object, which is read once and left alone
   * @param options - `aud`, `iss`, `ttl` in seconds
   * @returns the token; the same bytes in every language for the same claims, key, clock and entropy
   * @throws TokenError - `value_unsupported`, `claim_invalid`, `delegation_too_deep`
   * @throws ConfigError - `config_missing` (nothing to sign with, no issuer, no audience), `config_invalid` (`ttl`), and what
   *   `ready` throws
   * @throws MisuseError - wrong arguments
   * @example
   * await kit.sign({ sub: 'u1', permissions: ['read:data'] }, { aud: 'internal-api', ttl: 60 })
   */
  sign<Custom extends object>(claims: Custom & NewClaims, options?: SignOptions): Promise<string>

  /**
   * Verifies a token (RFC 7515 section 5.2, RFC 7519 section 7.2, RFC 8725).
   *
   * @typeParam Custom - the claims of one's own, unchecked
   * @returns the claims, deeply frozen and marked as verified
   * @throws TokenError - every code of the verification table, the first rule that fails
   * @throws ConfigError - `config_missing` (nothing to verify with, or no audience), and what `ready` throws
   * @throws MisuseError - wrong options
   * @example
   * const claims = await kit.verify<{ tid: string }>(token)
   */
  verify<Custom extends object = Record<never, never>>(token: string, options?: VerifyOptions): Promise<Claims<Custom>>

  /**
   * Verifies a token that must have a `sub`, and holds it against a policy.
   *
   * @param policy - one being built, a parsed one, or plain JSON
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
   * @throws TokenError - `claim_missing`, `delegation_expired`, `delegation_actor_denied`, `delegation_too_deep`,
   *   `delegation_escalation`, and as `sign`
   * @throws ConfigError - as `sign`
   * @throws MisuseError - wrong arguments, claims that were not verified
   * @example
   * await kit.createDelegatedToken(user.claims, 'gateway', { aud: 'orders', permissions: ['orders:read'] })
   */
  createDelegatedToken(original: Claims, actor: string, options: DelegationOptions): Promise<string>

  /**
   * Uses a token up. Called once per request, last: after the policy and the limits.
   *
   * @throws TokenError - `claim_missing` (`jti`), `token_expired`, `token_replayed`, `replay_unavailable`
   * @throws MisuseError - claims that were not verified
   * @example
   * await kit.consumeOnce(user.claims)
   */
  consumeOnce(claims: Claims): Promise<void>

  /** See the function of this name; here with the kit's own size limit. */
  decodeUnverified(token: string): UnverifiedToken

  /** See the function of this name; here by the kit's own clock. */
  isExpiringSoon(claimsOrToken: object | string, options?: ExpiryOptions): boolean

  /** The configuration as JSON, without secrets. Throws as `ready`. */
  describe(): Promise<KitDescription>

  /**
   * Imports the keys, which otherwise happens at the first use.
   *
   * @throws ConfigError - `key_invalid` (a `d` that is not that of `x`), `runtime_unsupported`
   */
  ready(): Promise<void>
}

/**
 * Makes a kit. Everything that can be known without waiting is checked here.
 *
 * @param config - see {@link KitConfig}
 * @throws ConfigError - `config_missing`, `config_invalid`, `config_conflict`, `key_invalid`, `key_weak`, `key_unsuitable`,
 *   `jwks_invalid`, `runtime_unsupported`, with the option concerned
 * @throws MisuseError - not an object
 * @example
 * const kit = createKit({ issuer: 'https://auth.example', audience: 'internal-api', secret: generateSecret() })
 */
export function createKit(config: KitConfig): Kit {
  const settings = settingsOf(config)
  const { now, leeway, maxTokenBytes } = settings
  let preparing: Promise<Prepared> | undefined
  const prepared = (): Promise<Prepared> => {
    preparing ??= prepare(settings)
    return preparing
  }
  const mint = minter(settings, prepared)
  const check = verifier(settings, prepared)

  return Object.freeze<Kit>({
    sign: async (claims, options = {}) => {
      const given = readOptions(options, ['aud', 'iss', 'ttl'])
      if ('iss' in given && !isText(given.iss)) throw new MisuseError('iss is not an issuer')
      const aud = 'aud' in given ? readAudience(given.aud) : settings.audience
      return mint(claims, { now: now(), aud, iss: given.iss, ttl: 'ttl' in given ? given.ttl : settings.ttl })
    },

    verify: async <Custom extends object>(token: string, options: VerifyOptions = {}) => {
      const given = readOptions(options, ['confirmation'])
      return (await check(token, { subject: false, proofs: proofsOf(given) })) as Claims<Custom>
    },

    checkAuth: async <Custom extends object>(token: string, policy: AnyPolicy, options: CheckOptions = {}) => {
      const given = readOptions(options, ['confirmation', 'context', 'also'])
      const { context, also } = given
      if ('also' in given && typeof also !== 'function') throw new MisuseError('also is not a function')
      const rule = asPolicy(policy)
      const claims = await check(token, { subject: true, proofs: proofsOf(given) })
      return checkClaimsAgainst(claims, rule, context, also) as Principal<Custom>
    },

    createDelegatedToken: async (original, actor, options) => {
      const delegation = readDelegation(original, actor, options)
      const at = now()
      const claims = delegatedClaims(delegation, settings.issuer, at, settings.maxActorDepth)
      const ttl = Object.hasOwn(options, 'ttl') ? options.ttl : settings.ttl
      return mint(claims, { now: at, aud: delegation.aud, ttl, expiresBy: original.exp })
    },

    consumeOnce: async (claims) => {
      if (!isVerified(claims)) throw new MisuseError('claims were not verified')
      for (const name of ['iss', 'exp', 'jti'])
        if (claims[name] === undefined) throw new TokenError('claim_missing', { claim: name })
      const use = { issuer: claims.iss, jti: claims.jti as string, expires: claims.exp + leeway, now: now() }
      if (use.now >= use.expires) throw new TokenError('token_expired')
      // A store that throws is as good as none, whatever it says.
      const answer = await new Promise((resolve) => resolve(settings.replay.consume(use))).catch(() => undefined)
      if (answer === 'replayed') throw new TokenError('token_replayed')
      if (answer !== 'fresh') throw new TokenError('replay_unavailable')
    },

    decodeUnverified: (token) => decodeUnverified(token, maxTokenBytes),
    isExpiringSoon: (claimsOrToken, options = {}) => expiresSoon(claimsOrToken, options, now()),
    describe: async () => describe(settings, await prepared()),
    ready: async () => {
      await prepared()
    },
  })
}

/** An option that is there must say something: `undefined` never switches the check off. */
const proofsOf = (options: VerifyOptions): Expectations['proofs'] =>
  'confirmation' in options ? readConfirmation(options.confirmation as Confirmation) : []

interface MintCall extends Pick<MintRequest, 'now' | 'ttl' | 'expiresBy'> {
  readonly aud: string | readonly string[] | undefined
  readonly iss?: string | undefined
}

function minter(settings: Settings, prepared: () => Promise<Prepared>) {
  const { maxLifetime, maxTokenBytes, maxActorDepth, types, headerAlg, random, variable } = settings
  const missing = (option: string): never => {
    throw new ConfigError('config_missing', { variable: variable(option) })
  }
  let header: string | undefined
  return async (claims: unknown, { iss = settings.issuer, aud, ...call }: MintCall): Promise<string> => {
    const signer = (await prepared()).signer ?? missing('secret')
    header ??= encodeHeader(signer.alg === 'EdDSA' ? headerAlg : signer.alg, types[0] as string, signer.kid)
    const rules = { signer, header, maxLifetime, maxTokenBytes, maxActorDepth }
    const request = { ...call, iss: iss ?? missing('issuer'), aud: aud ?? missing('audience'), entropy: random }
    return mintToken(claims, rules, request)
  }
}

function verifier(settings: Settings, prepared: () => Promise<Prepared>) {
  const { own, requireType, maxTokenBytes, maxActorDepth, leeway, maxLifetime, revocation } = settings
  const types = new Set(settings.types.map(typeForm))
  const limits = { types, requireType, maxTokenBytes, maxActorDepth, leeway, maxLifetime, revocation }
  return async (token: unknown, expectations: Expectations): Promise<Claims> => {
    const { keys, verifies } = await prepared()
    if (!verifies) {
      const option = own.accept.length === 0 ? 'secret' : settings.issuer === undefined ? 'issuer' : 'audience'
      throw new ConfigError('config_missing', { variable: settings.variable(option) })
    }
    return verifyToken(token, { keys, ...limits }, settings.now(), expectations)
  }
}
