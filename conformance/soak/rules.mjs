// The numbers of a soak, in seconds of the kit's clock, and that clock itself.

const EPOCH = 1_800_000_000

/** What every kit is configured with. */
export const LIMITS = { cacheTtl: 90, maxStale: 120, timeout: 30, leeway: 5 }

/** What the documentation of key sources promises: docs/key-sources.md. */
export const CACHE = { minLifetime: 30, cooldown: 30, pause: 15, remembered: 60, due: 0.8 }

/**
 * When a consumer's transport gives up, in seconds of the wall: the kit's own timers know no faster clock. One gives up before
 * the kit does, the other after it.
 */
export const WAITS = [0.4, 1.2]

/** Keys change so often, in seconds of the wall. */
export const ROTATION = 2

/** Of one issuer a key is revoked after so many seconds of the wall, at least and at most. */
export const REVOCATION = [4, 9]

/** So many verifications run at once in each face. */
export const LANES = 32

/** A clock that runs faster than the wall's: the same formula stands in each consumer. */
export function fastClock(speed, started = Date.now() / 1000) {
  const clock = () => EPOCH + (Date.now() / 1000 - started) * speed
  return { clock, speed, started, epoch: EPOCH }
}

/** How long an answer is used: RFC 9111 within the bounds of the cache. */
export function lifetimeOf({ maxAge, age = 0, noStore = false }) {
  const asked = noStore ? 0 : maxAge === undefined ? LIMITS.cacheTtl : maxAge - age
  return Math.min(LIMITS.cacheTtl, Math.max(CACHE.minLifetime, asked))
}
