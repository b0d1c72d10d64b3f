import { isStrings, type JsonObject, type JsonValue } from '../encoding/json-value'
import type { TokenErrorCode } from '../errors/codes'
import { type Draft, leaveOut } from './draft'

/**
 * The tokens that a kit refuses, with the code that each is refused with, in the order of the rules. `denied` is refused by
 * `checkAuth`, where a policy asks for a permission, a role or a scope; all others by `verify`.
 *
 * @example
 * for (const name of Object.keys(REFUSALS) as RefusalName[]) expect((await get(await tokens[name]())).status).not.toBe(200)
 */
export const REFUSALS = /* @__PURE__ */ Object.freeze({
  tooLarge: 'token_too_large',
  malformed: 'token_malformed',
  criticalHeader: 'header_invalid',
  unsigned: 'alg_not_allowed',
  wrongAlgorithm: 'alg_not_allowed',
  wrongType: 'typ_mismatch',
  unknownKey: 'key_not_found',
  foreignKey: 'signature_invalid',
  tampered: 'signature_invalid',
  missingClaim: 'claim_missing',
  invalidClaim: 'claim_invalid',
  delegatedTooDeep: 'delegation_too_deep',
  wrongIssuer: 'issuer_mismatch',
  wrongAudience: 'audience_mismatch',
  expired: 'token_expired',
  notYetValid: 'token_not_yet_valid',
  issuedInFuture: 'token_issued_in_future',
  lifetimeTooLong: 'token_lifetime_too_long',
  denied: 'policy_denied',
} as const satisfies Record<string, TokenErrorCode>)

/** The name of a token that a kit refuses. */
export type RefusalName = keyof typeof REFUSALS

/** What the kit holds its tokens to. */
export interface Terms {
  /** Whole seconds since the epoch. */
  readonly now: number
  readonly ttl: number
  readonly leeway: number
  readonly maxLifetime: number
  readonly maxTokenBytes: number
  readonly maxActorDepth: number
}

/** Seconds beyond the tolerance: a program under test may have a clock of its own, which goes on. */
const MARGIN = 60
/** A `kid` that nobody has. */
export const UNKNOWN_KID = 'unknown'
const GRANTS = ['permissions', 'roles', 'groups', 'scope']

const withClaims = (draft: Draft, claims: Record<string, JsonValue>): Draft => ({
  ...draft,
  claims: { ...draft.claims, ...claims },
})
const withHeader = (draft: Draft, header: Record<string, JsonValue>): Draft => ({
  ...draft,
  header: { ...draft.header, ...header },
})

/** `act` of a chain of actors, the outermost first (RFC 8693 section 4.1). */
export function chainOf(actors: readonly string[]): JsonObject {
  return actors.reduceRight<JsonObject>((act, sub) => ('sub' in act ? { sub, act } : { sub }), {})
}

/** How a good token becomes each of those that are refused. */
export const RECIPES: Readonly<Record<RefusalName, (draft: Draft, terms: Terms) => Draft>> = {
  tooLarge: (draft, { maxTokenBytes }) => withClaims(draft, { padding: 'x'.repeat(maxTokenBytes) }),
  malformed: (draft) => ({ ...draft, segments: 2 }),
  criticalHeader: (draft) => withHeader(draft, { crit: ['exp'] }),
  unsigned: (draft) => ({ ...withHeader(draft, { alg: 'none' }), by: 'nobody' }),
  wrongAlgorithm: (draft) => ({ ...withHeader(draft, { alg: 'HS256' }), by: 'hs256' }),
  wrongType: (draft) => withHeader(draft, { typ: 'other+jwt' }),
  unknownKey: (draft) => ({ ...withHeader(draft, { kid: UNKNOWN_KID }), by: 'foreign' }),
  foreignKey: (draft) => ({ ...draft, by: 'foreign' }),
  tampered: (draft) => {
    const { roles } = draft.claims
    return { ...draft, instead: { ...draft.claims, roles: [...(isStrings(roles) ? roles : []), 'admin'] } }
  },
  missingClaim: (draft) => ({ ...draft, claims: leaveOut(draft.claims, ['exp']) }),
  invalidClaim: (draft) => withClaims(draft, { permissions: 'everything' }),
  delegatedTooDeep: (draft, { maxActorDepth }) =>
    withClaims(draft, { act: chainOf(Array.from({ length: maxActorDepth + 1 }, (_, index) => `actor-${index + 1}`)) }),
  wrongIssuer: (draft) => withClaims(draft, { iss: 'https://another-issuer.test' }),
  wrongAudience: (draft) => withClaims(draft, { aud: 'another-audience' }),
  expired: (draft, { now, ttl, leeway }) => {
    const exp = now - leeway - MARGIN
    return withClaims(draft, { iat: exp - ttl, exp })
  },
  notYetValid: (draft, { now, leeway }) => withClaims(draft, { nbf: now + leeway + MARGIN }),
  issuedInFuture: (draft, { now, ttl, leeway }) => {
    const iat = now + leeway + MARGIN
    return withClaims(draft, { iat, exp: iat + ttl })
  },
  lifetimeTooLong: (draft, { now, maxLifetime }) => withClaims(draft, { iat: now, exp: now + maxLifetime + 1 }),
  denied: (draft) => ({ ...draft, claims: leaveOut(draft.claims, GRANTS) }),
}
