import { type Actor, actorsOf } from '../token/act'
import type { Claims } from '../token/claims'
import { listOf, NONE, scopesOf } from './scopes'

/** Who passed a check, and what it may do. Immutable. */
export interface Principal<Custom extends object = Record<never, never>> {
  /** `sub`. */
  readonly subject: string
  /** `iss`. */
  readonly issuer: string
  /** `permissions`, none where missing. */
  readonly permissions: readonly string[]
  /** `roles`, none where missing. */
  readonly roles: readonly string[]
  /** `scope`, split at spaces. */
  readonly scopes: readonly string[]
  /** The `act` chain, outermost first; only the first counts for access control. */
  readonly actors: readonly Actor[]
  /** `jti`, where the token has one. */
  readonly jti: string | undefined
  /** All of the claims. */
  readonly claims: Claims<Custom>
}

/** The principal of verified claims that have a `sub`. */
export function principalOf(claims: Claims): Principal {
  return Object.freeze({
    subject: claims.sub as string,
    issuer: claims.iss,
    permissions: listOf(claims, 'permissions'),
    roles: listOf(claims, 'roles'),
    scopes: scopesOf(claims),
    actors: claims.act === undefined ? NONE : Object.freeze(actorsOf(claims.act)),
    jti: claims.jti,
    claims,
  })
}
