// The generic cell rate algorithm (ITU-T I.371, annex A, virtual scheduling): a budget is one time, that at which it is full
// again. In whole microseconds, so that it is the same in every language and in Redis.
import { MisuseError } from '@kit/jwt'
import type { Drawn, Limit } from './limiter'

const MICROSECONDS = 1_000_000
/** Sums stay whole numbers, and below the times that a double carries. */
const LONGEST = 1e15

/** A limit in microseconds. */
export interface Rate {
  /** Of one unit: rounded up, so that a window never has more than its quota. */
  readonly interval: number
  /** Units that may be drawn at once. */
  readonly burst: number
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/**
 * A limit as GCRA counts it, for those who write a limiter.
 *
 * @param limit - whole numbers above zero
 * @returns microseconds of one unit, rounded up so that a window never has more than its quota, and units at once
 * @throws MisuseError - it is none
 * @example
 * rateOf({ name: 'read', quota: 120, windowSeconds: 60 }) // { interval: 500000, burst: 120 }
 */
export function rateOf(limit: Limit): Rate {
  const { name, quota, windowSeconds, burst = quota } = limit
  if (typeof name !== 'string' || name === '' || ![quota, windowSeconds, burst].every(isCount))
    throw new MisuseError('a limit has a name, and quota, windowSeconds and burst are positive integers')
  const interval = Math.ceil((windowSeconds * MICROSECONDS) / quota)
  if (!(interval * burst <= LONGEST)) throw new MisuseError('a limit is too long')
  return { interval, burst }
}

/**
 * Checks what is to be drawn, for those who write a limiter.
 *
 * @param cost - units
 * @param rate - of the limit
 * @returns the cost
 * @throws MisuseError - no positive integer, or more than can ever be drawn at once
 * @example
 * readCost(1, { interval: 500_000, burst: 120 }) // 1
 */
export function readCost(cost: number, { burst }: Rate): number {
  if (!isCount(cost) || cost > burst) throw new MisuseError('cost is a positive integer, and at most the burst')
  return cost
}

/**
 * Draws.
 *
 * @param fullAt - microsecond at which the budget is full again; one that is past is full
 * @param now - microsecond
 * @returns what came of it, and when the budget is full again now
 */
export function drawAt(
  fullAt: number,
  now: number,
  rate: Rate,
  cost: number,
): { readonly drawn: Drawn; readonly fullAt: number } {
  const arrival = Math.max(fullAt, now)
  const after = arrival + rate.interval * cost
  const wait = after - now - rate.interval * rate.burst
  if (wait > 0) return { drawn: drawnOf(arrival - now, wait, rate), fullAt: arrival }
  return { drawn: drawnOf(after - now, 0, rate), fullAt: after }
}

/**
 * What a caller is told, for those who write a limiter.
 *
 * @param reset - microseconds until the budget is full
 * @param wait - microseconds until the draw is allowed, 0 where it was
 * @param rate - of the limit
 * @returns the same in seconds, and units that are left
 * @example
 * drawnOf(500_000, 0, { interval: 500_000, burst: 120 }).remaining // 119
 */
export function drawnOf(reset: number, wait: number, { interval, burst }: Rate): Drawn {
  return {
    allowed: wait === 0,
    remaining: Math.max(Math.floor((interval * burst - reset) / interval), 0),
    resetAfter: reset / MICROSECONDS,
    retryAfter: wait / MICROSECONDS,
  }
}

/** Seconds as whole microseconds. */
export const microsecondsOf = (seconds: number): number => Math.floor(seconds * MICROSECONDS)
