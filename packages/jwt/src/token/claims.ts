import {
  isNonEmpty,
  isPlainObject,
  isStrings,
  type JsonObject,
  type JsonValue,
  readMembers,
} from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import { MisuseError, TokenError } from '../errors/errors'
import { type Actor, checkActors } from './act'

declare const verified: unique symbol

/** The claims that the kit knows (RFC 7519 section 4.1, RFC 8693, RFC 9068); times are seconds since the epoch. */
export interface KnownClaims {
  /** Who issued the token (RFC 7519 section 4.1.1). */
  readonly iss: string
  /** Who it is for. */
  readonly aud: string | readonly string[]
  /** From when on it is no longer valid. */
  readonly exp: number
  /** When it was issued. */
  readonly iat?: number
  /** From when on it is valid. */
  readonly nbf?: number
  /** Whom it speaks of. */
  readonly sub?: string
  /** Its id, unique for its issuer. */
  readonly jti?: string
  /** What the subject may do. */
  readonly permissions?: readonly string[]
  /** What the subject is. */
  readonly roles?: readonly string[]
  /** What the subject belongs to. */
  readonly groups?: readonly string[]
  /** What was granted, split at spaces (RFC 6749 section 3.3). */
  readonly scope?: string
  /** Who acts on behalf of the subject (RFC 8693 section 4.1). */
  readonly act?: Actor
  readonly [claim: string]: JsonValue | Actor | undefined
}

/**
 * The payload of a token after verification: deeply frozen, and recognisable as verified by `isVerified`.
 *
 * @typeParam Custom - the claims of one's own. They are not checked: say what the issuer is known to write.
 */
export type Claims<Custom extends object = Record<never, never>> = KnownClaims &
  Readonly<Custom> & { readonly [verified]: true }

/** What a caller may set when it mints: everything but `iss` `aud` `exp` `iat`, which come from configuration and options. */
export interface NewClaims {
  /** Whom the token speaks of. */
  readonly sub?: string
  /** Its id; a random UUID unless given. */
  readonly jti?: string
  /** From when on it is valid, in seconds since the epoch. */
  readonly nbf?: number
  /** What the subject may do. */
  readonly permissions?: readonly string[]
  /** What the subject is. */
  readonly roles?: readonly string[]
  /** What the subject belongs to. */
  readonly groups?: readonly string[]
  /** What was granted, split at spaces. */
  readonly scope?: string
  /** Comes from configuration or the option `iss`. */
  readonly iss?: never
  /** Comes from configuration or the option `aud`. */
  readonly aud?: never
  /** Comes from the option `ttl`. */
  readonly exp?: never
  /** Comes from the clock. */
  readonly iat?: never
}

/** 9999-12-31T23:59:59Z, the last second that every date library can name. */
const MAX_TIME = 253402300799

const isTime = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= MAX_TIME
const isAudience = (value: unknown): boolean =>
  isNonEmpty(value) || (Array.isArray(value) && value.length > 0 && value.every(isNonEmpty))

/**
 * Claim by claim, presence then type (RFC 7519 section 4.1); `null` counts as present.
 *
 * @param required - names of the claims that must be there, none of which is part of another's
 * @param maxActorDepth - how many actors `act` may name
 * @throws TokenError - `claim_missing`, `claim_invalid`, `delegation_too_deep`
 */
export function checkClaims(claims: JsonObject, required: string, maxActorDepth: number): void {
  const { iss, aud, exp, iat, nbf, sub, jti, permissions, roles, groups, scope, act } = claims
  const check = (name: string, value: JsonValue | undefined, holds: boolean): void => {
    if (holds || (value === undefined && !required.includes(name))) return
    throw new TokenError(value === undefined ? 'claim_missing' : 'claim_invalid', { claim: name })
  }
  check('iss', iss, isNonEmpty(iss))
  check('aud', aud, isAudience(aud))
  check('exp', exp, isTime(exp))
  check('iat', iat, isTime(iat))
  check('nbf', nbf, isTime(nbf))
  check('sub', sub, isNonEmpty(sub))
  check('jti', jti, isNonEmpty(jti))
  check('permissions', permissions, isStrings(permissions))
  check('roles', roles, isStrings(roles))
  check('groups', groups, isStrings(groups))
  check('scope', scope, typeof scope === 'string')
  checkActors(act, maxActorDepth)
}

// A set rather than a mark on the object: a copy of verified claims, in which anything may have been changed, has none.
const VERIFIED = /* @__PURE__ */ new WeakSet()

/** Marks frozen claims whose token was verified. */
export function markVerified(claims: JsonObject): Claims {
  VERIFIED.add(claims)
  return claims as unknown as Claims
}

/**
 * Whether a value is claims that a kit verified (or that `unsafeTrustClaims` made).
 *
 * @param value - anything
 * @returns whether it is; false for a copy
 * @example
 * isVerified(await verify(token)) // true
 * isVerified({ ...(await verify(token)) }) // false: a copy is no longer what was verified
 */
export const isVerified = (value: unknown): value is Claims => VERIFIED.has(value as object)

/**
 * A private copy of the claims of a caller, whose object is read once and stays as it is.
 *
 * @param registered - claims that are put in, each in its place, unless the caller set them
 * @throws MisuseError - not a plain object
 * @throws TokenError - `value_unsupported` with the first claim, in the order of RFC 8785, that JSON cannot carry exactly
 */
export function readClaims(claims: unknown, registered?: JsonObject): Record<string, JsonValue> {
  if (!isPlainObject(claims)) throw new MisuseError('claims: not an object')
  const refuse = (claim?: string): never => {
    throw new TokenError('value_unsupported', { claim })
  }
  return readMembers(claims, 2, refuse, registered) ?? refuse()
}

/**
 * Claims that were verified elsewhere, by other means, as if a kit had verified them. Whoever calls this vouches for them.
 *
 * @typeParam Custom - the claims of one's own, unchecked
 * @param claims - a plain object; types of known claims are checked, their presence is not
 * @returns a frozen copy, marked as verified
 * @throws MisuseError - not a plain object
 * @throws TokenError - `value_unsupported`, `claim_invalid`
 * @example
 * const claims = unsafeTrustClaims(request.auth.claims) // the gateway in front of us verified the token
 */
export function unsafeTrustClaims<Custom extends object = Record<never, never>>(claims: object): Claims<Custom> {
  const copy = readClaims(claims)
  checkClaims(copy, '', Number.POSITIVE_INFINITY)
  return markVerified(parseJsonObject(JSON.stringify(copy)) as JsonObject) as Claims<Custom>
}
