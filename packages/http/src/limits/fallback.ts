import { MisuseError } from '@kit/jwt'
import { rateOf, readCost } from './gcra'
import { type Draw, type Drawn, isDrawn, type Limit, type Limiter } from './limiter'
import { type MemoryLimiterOptions, memoryLimiter } from './memory'

/** How a limiter that falls back is made. */
export interface FallbackOptions extends MemoryLimiterOptions {
  /** Processes that share the limiter, as many as there may be at once. */
  readonly instances: number
  /** Is told once when the shared limiter does not answer, and again only if it has answered since. What it throws is not heard. */
  readonly onFallback?: () => void
}

/**
 * A limiter that keeps a part of each budget in memory while the shared one does not answer: quota and burst divided by the
 * number of processes, rounded down, and 1 at least.
 *
 * While nobody answers, all processes together let no more through than the quota, or one unit each where that is more. Where the
 * shared limiter fails or comes back within a window, what either let through counts alone: at most both. A request that costs
 * more than the part of a process is refused for a window.
 *
 * @param shared - asked first, each time; an exception, and what is no answer, is none
 * @param options - `instances`, whom to tell, and those of the limiter in memory
 * @returns the limiter
 * @throws MisuseError - no limiter; `instances` or `maxKeys` is no positive integer; at a draw what is no limit and no cost
 * @example
 * const limiter = fallbackLimiter(memoryLimiter(), { instances: 4, onFallback: () => console.warn('limits are local') })
 */
export function fallbackLimiter(shared: Limiter, options: FallbackOptions): Limiter {
  const { instances, onFallback, ...others } = options
  if (typeof (Object(shared) as Partial<Limiter>).draw !== 'function') throw new MisuseError('shared is not a limiter')
  if (!Number.isSafeInteger(instances) || instances < 1) throw new MisuseError('instances is not a positive integer')
  const local = memoryLimiter(others)
  let isLocal = false

  const share = (units: number): number => Math.max(1, Math.floor(units / instances))

  function drawLocally({ key, limit, cost }: Draw): Drawn {
    const { name, quota, windowSeconds, burst = quota } = limit
    const part: Limit = { name, windowSeconds, quota: share(quota), burst: share(burst) }
    if (cost <= share(burst)) return local.draw({ key, limit: part, cost })
    return { allowed: false, remaining: 0, resetAfter: windowSeconds, retryAfter: windowSeconds }
  }

  function tell(): void {
    if (isLocal) return
    isLocal = true
    try {
      onFallback?.()
    } catch {
      // Whoever listens does not decide what is drawn.
    }
  }

  return {
    draw: async (asked) => {
      // A fault of the program is none of the shared limiter.
      readCost(asked.cost, rateOf(asked.limit))
      try {
        const drawn: unknown = await shared.draw(asked)
        if (isDrawn(drawn)) {
          isLocal = false
          return drawn
        }
      } catch {
        // As good as an answer that is none.
      }
      tell()
      return drawLocally(asked)
    },
  }
}
