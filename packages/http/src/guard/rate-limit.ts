// The fields of draft-ietf-httpapi-ratelimit-headers-11, as structured fields (RFC 9651).
import type { Drawn, Limit } from '../limits/limiter'

const quoted = (name: string): string => `"${name.replaceAll(/[\\"]/g, '\\$&')}"`

/** Seconds on the wire are whole, and never too few. */
export const secondsOf = ({ allowed, resetAfter, retryAfter }: Drawn): number =>
  allowed ? Math.ceil(resetAfter) : Math.max(1, Math.ceil(retryAfter))

/** What the limits are: `RateLimit-Policy`. */
export const policyField = (limits: readonly Limit[]): string =>
  limits.map(({ name, quota, windowSeconds }) => `${quoted(name)};q=${quota};w=${windowSeconds}`).join(', ')

/** What is left of them: `RateLimit`. `t` of one that is exceeded is what `Retry-After` says (section 6). */
export const stateField = (drawn: readonly (readonly [Limit, Drawn])[]): string =>
  drawn.map(([{ name }, state]) => `${quoted(name)};r=${Math.floor(state.remaining)};t=${secondsOf(state)}`).join(', ')
