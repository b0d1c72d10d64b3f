// How long something took, beside how late the timers of this process are meanwhile.
import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** What else may pass between the end of a deadline and the moment in which its caller runs. */
const GRACE = 50
/** Milliseconds between two looks at the clock. */
const RESOLUTION = 5
const LEAST_TRIES = 20

export interface Waited<Result> {
  readonly result: Result | { readonly code: unknown }
  /** Milliseconds beyond the deadline, all lateness of a timer meanwhile and the grace; negative where it kept to it. */
  readonly beyond: number
}

/** Runs work that ends within a deadline of milliseconds, or does not. */
export async function waited<Result>(deadline: number, work: () => Promise<Result>): Promise<Waited<Result>> {
  const drift = monitorEventLoopDelay({ resolution: RESOLUTION })
  drift.enable()
  // The first look at the clock has nothing to be compared with.
  while (drift.count === 0) await new Promise((resolve) => setTimeout(resolve, RESOLUTION))
  const before = latenessOf(drift)
  const begun = performance.now()
  const result = await work().catch((error: unknown) => ({ code: (error as { code?: unknown }).code ?? String(error) }))
  const took = performance.now() - begun
  drift.disable()
  return { result, beyond: took - deadline - GRACE - (latenessOf(drift) - before) }
}

/** Milliseconds by which all looks at the clock were late: what was waited for one after the other was late more than once. */
const latenessOf = ({ mean, count }: IntervalHistogram): number => Math.max(mean / 1e6 - RESOLUTION, 0) * count

/**
 * Tries until something holds; for what is to happen soon, and not at a certain moment. A machine that stands still takes the
 * time, but not the tries.
 */
export async function eventually<Result>(seconds: number, work: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + seconds * 1000
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > end && tries >= LEAST_TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
