import { MisuseError } from '@kit/jwt'
import { drawAt, microsecondsOf, rateOf, readCost } from './gcra'
import type { Drawn, Limiter } from './limiter'

/** How a limiter in memory is made. */
export interface MemoryLimiterOptions {
  /** Seconds, from any beginning; never backwards. The time that this process runs unless given. */
  readonly clock?: () => number
  /** Budgets that are kept at most, 100,000 unless given. */
  readonly maxKeys?: number
}

/** A limiter in memory; it answers at once. */
export interface MemoryLimiter extends Limiter {
  /**
   * Draws from a budget of this process.
   *
   * @param draw - whose budget, by which limit, and how much
   * @returns what came of it
   * @throws Error - there is no room for another budget, and none that is full again to be forgotten
   * @throws MisuseError - what is no limit, and a cost that is no positive integer or more than the burst
   * @example
   * memoryLimiter().draw({ key: 'u1', limit: { name: 'read', quota: 120, windowSeconds: 60 }, cost: 20 }).remaining // 100
   */
  draw(draw: Parameters<Limiter['draw']>[0]): Drawn
}

const MAX_KEYS = 100_000
/** Between two searches for budgets that may be forgotten, where there is no room. */
const PAUSE = 1_000_000

/**
 * A limiter in the memory of this process: several processes each have budgets of their own.
 *
 * A budget that is full again is forgotten. Where there is no room for another one, a caller that is not known yet is refused
 * by an exception, and what the guard does then is its policy's: forgetting a budget would fill it.
 *
 * @param options - `clock` in seconds, `maxKeys`
 * @returns the limiter
 * @throws MisuseError - `maxKeys` is no positive integer
 * @example
 * const limiter = memoryLimiter({ maxKeys: 10_000 })
 */
export function memoryLimiter(options: MemoryLimiterOptions = {}): MemoryLimiter {
  const { clock = () => performance.now() / 1000, maxKeys = MAX_KEYS } = options
  if (!Number.isSafeInteger(maxKeys) || maxKeys < 1) throw new MisuseError('maxKeys is not a positive integer')
  const budgets = new Map<string, number>()
  let searchedAt = Number.NEGATIVE_INFINITY

  function makeRoom(now: number): void {
    if (now - searchedAt < PAUSE) return
    searchedAt = now
    for (const [name, fullAt] of budgets) if (fullAt <= now) budgets.delete(name)
  }

  return {
    draw: ({ key, limit, cost }) => {
      const rate = rateOf(limit)
      const units = readCost(cost, rate)
      const now = microsecondsOf(clock())
      const name = JSON.stringify([limit.name, key])
      const known = budgets.get(name)
      if (known === undefined && budgets.size >= maxKeys) {
        makeRoom(now)
        if (budgets.size >= maxKeys) throw new Error('full')
      }
      const { drawn, fullAt } = drawAt(known ?? now, now, rate, units)
      budgets.set(name, fullAt)
      return drawn
    },
  }
}
