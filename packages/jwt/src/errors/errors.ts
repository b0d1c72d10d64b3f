import { type ConfigErrorCode, challengeOf, claimOf, statusOf, type TokenErrorCode } from './codes'

// Two copies of the package in one program have two classes of each name; the mark is the same in both.
const MARK = Symbol.for('@kit/jwt/error')

const isMarked = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && (value as { [MARK]?: unknown })[MARK] === name

// A claim's name may be any text of the caller's: one that would break a log line stays out of it.
const sentence = (code: string, name: string | undefined): string =>
  code.replaceAll('_', ' ') + (name !== undefined && /^[!-~]{1,60}$/.test(name) ? ` (${name})` : '')

/**
 * A token is refused, or a token cannot be minted from what was given.
 *
 * The message is made of the code and, at most, the name of a claim: it never holds a token, a secret or key material,
 * and there is never a `cause`. Log `code` and `claim`; put only `status` and `wwwAuthenticate` on the wire.
 *
 * @example
 * try { await verify(token) } catch (error) { if (TokenError.is(error)) console.warn(error.code, error.claim) }
 */
export class TokenError extends Error {
  /** Stable code, see `conformance/errors.json`. */
  declare readonly code: TokenErrorCode
  /** Name of the claim concerned, where the code concerns one. */
  declare readonly claim: string | undefined
  /** HTTP status: 401, 403 for `policy_denied`, 503 for `*_unavailable`. */
  declare readonly status: 401 | 403 | 503
  /** Value for the `WWW-Authenticate` header (RFC 6750 section 3); undefined with status 503. */
  declare readonly wwwAuthenticate: string | undefined
  /** With `policy_denied`: JSON pointers (RFC 6901) to the rules of the policy that failed. */
  declare readonly failed: readonly string[] | undefined

  /**
   * An error of this code; its message is made here.
   *
   * @param code - one of the closed list
   * @param details - `claim`, for the codes that concern a changing one; `failed`, for `policy_denied`
   */
  constructor(code: TokenErrorCode, details: { claim?: string | undefined; failed?: readonly string[] } = {}) {
    const claim = claimOf(code) ?? details.claim
    super(sentence(code, claim))
    this.code = code
    this.claim = claim
    this.status = statusOf(code)
    this.wwwAuthenticate = challengeOf(this.status)
    this.failed = details.failed
  }

  /**
   * Whether a value is a `TokenError`, of this copy of the package or of another one: better than `instanceof`.
   *
   * @param value - anything, such as what was caught
   * @returns whether it is one
   * @example
   * TokenError.is(new TokenError('token_expired')) // true
   */
  static is(value: unknown): value is TokenError {
    return isMarked(value, 'TokenError')
  }

  /** @internal */
  get [MARK](): string {
    return 'TokenError'
  }

  override get name(): string {
    return 'TokenError'
  }
}

/**
 * A kit, a key or a key set cannot be built, or not be used for this, as it is configured.
 *
 * @example
 * try { createKit({ issuer: '' }) } catch (error) { if (ConfigError.is(error)) console.error(error.code, error.variable) }
 */
export class ConfigError extends Error {
  /** Stable code, see `conformance/errors.json`. */
  declare readonly code: ConfigErrorCode
  /** The environment variable or the option path (`trust[0].audience`) concerned. */
  declare readonly variable: string | undefined

  /**
   * An error of this code; its message is made here.
   *
   * @param code - one of the closed list
   * @param details - `variable`, the environment variable or option path concerned
   */
  constructor(code: ConfigErrorCode, details: { variable?: string | undefined } = {}) {
    super(sentence(code, details.variable))
    this.code = code
    this.variable = details.variable
  }

  /**
   * Whether a value is a `ConfigError`, of this copy of the package or of another one: better than `instanceof`.
   *
   * @param value - anything, such as what was caught
   * @returns whether it is one
   * @example
   * ConfigError.is(new TypeError()) // false
   */
  static is(value: unknown): value is ConfigError {
    return isMarked(value, 'ConfigError')
  }

  /** @internal */
  get [MARK](): string {
    return 'ConfigError'
  }

  override get name(): string {
    return 'ConfigError'
  }
}

/**
 * The program calls the kit wrongly: a wrong type, an unknown option, a plain object in the place of verified claims.
 *
 * @example
 * await createDelegatedToken({ sub: 'u1' }, 'gateway', { aud: 'api' }) // throws MisuseError: these claims were not verified
 */
export class MisuseError extends TypeError {
  /**
   * Whether a value is a `MisuseError`, of this copy of the package or of another one: better than `instanceof`.
   *
   * @param value - anything, such as what was caught
   * @returns whether it is one
   * @example
   * MisuseError.is(new MisuseError('wrong')) // true
   */
  static is(value: unknown): value is MisuseError {
    return isMarked(value, 'MisuseError')
  }

  /** @internal */
  get [MARK](): string {
    return 'MisuseError'
  }

  override get name(): string {
    return 'MisuseError'
  }
}
