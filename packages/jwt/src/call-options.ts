import type { Context } from './auth/evaluate'
import type { Confirmation } from './token/binding'
import type { Claims } from './token/claims'

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
