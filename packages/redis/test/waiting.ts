// How long something took, beside how late the timers of this process are meanwhile.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** What else may pass between the end of a deadline and the moment in which its caller runs. */
const GRACE = 50
/** Milliseconds between two looks at the clock. */
const RESOLUTION = 5

export interface Waited<Result> {
  readonly result: Result | { readonly code: unknown }
  /** Milliseconds beyond the deadline, all lateness of a timer meanwhile and the grace; negative where it kept to it. */
  readonly beyond: number
}

/** Runs work that ends within a deadline of milliseconds, or does not. */
export async function waited<Result>(deadline: number, work: () => Promise<Result>): Promise<Waited<Result>> {
  const drift = monitorEventLoopDelay({ resolution: RESOLUTION })
  drift.enable()
  const begun = performance.now()
  const result = await work().catch((error: unknown) => ({ code: (error as { code?: unknown }).code ?? String(error) }))
  const took = performance.now() - begun
  drift.disable()
  // What was waited for one after the other was late more than once.
  const lateness = drift.count === 0 ? 0 : Math.max(drift.mean / 1e6 - RESOLUTION, 0) * drift.count
  return { result, beyond: took - deadline - GRACE - lateness }
}

/** Tries until something holds; for what is to happen soon, and not at a certain moment. */
export async function eventually<Result>(seconds: number, work: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
