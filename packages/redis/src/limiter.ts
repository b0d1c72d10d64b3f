import { type Draw, type Drawn, drawnOf, type Limiter, rateOf, readCost } from '@kit/http'
import type { RedisCommands } from './commands'
import { Deadline } from './deadline'
import { StoreError } from './errors'
import { budgetKey, readPrefix } from './names'
import { runScript } from './scripts'

/** How a limiter on Redis is made. */
export interface RedisLimiterOptions {
  /** Begins every key: `kit` unless given, and the same in all processes that share the budgets. */
  readonly prefix?: string
  /** Milliseconds that a call takes at most: 200 unless given. */
  readonly deadlineMilliseconds?: number
}

/** A limiter on Redis. */
export interface RedisLimiter extends Limiter {
  /**
   * Draws from a budget; one round trip.
   *
   * @param draw - whose budget, by which limit, and how much
   * @returns what came of it
   * @throws StoreError - `store_evicting`: the server would forget budgets; `store_unavailable`, `store_refused`, `store_full`
   * @throws MisuseError - what is no limit, and a cost that is no positive integer or more than the burst
   * @example
   * const { allowed } = await onRedis.draw({ key: 'u1', limit: { name: 'read', quota: 120, windowSeconds: 60 }, cost: 1 })
   */
  draw(draw: Draw): Promise<Drawn>
}

/**
 * A limiter whose budgets all processes share, in both languages, on the server's clock. A draw is sent once: one whose answer
 * is lost may have been drawn, and never twice.
 *
 * @param redis - of `connectRedis`, `fromIoredis` or `fromNodeRedis`
 * @param options - prefix and deadline
 * @returns the limiter
 * @throws MisuseError - wrong options
 * @example
 * const limiter = redisLimiter(redis)
 */
export function redisLimiter(redis: RedisCommands, options: RedisLimiterOptions = {}): RedisLimiter {
  const prefix = readPrefix(options.prefix)
  const deadline = new Deadline(redis, options.deadlineMilliseconds)
  return {
    draw: async ({ key, limit, cost }) => {
      const rate = rateOf(limit)
      const args = [rate.interval, rate.burst, readCost(cost, rate)].map(String)
      const name = budgetKey(prefix, limit.name, key)
      const said = await deadline.within((one) => runScript(one, 'draw', [name], args))
      const [first, , reset, wait] = Array.isArray(said) ? (said as readonly unknown[]) : []
      if (first === -1) throw new StoreError('store_evicting')
      if (typeof reset !== 'number' || typeof wait !== 'number') throw new StoreError('store_unavailable')
      return drawnOf(reset, wait, rate)
    },
  }
}
