import { type KeySetRecord, keyIn } from './key-set'
import { rotationOf } from './life'
import type { Timing } from './timing'

/** One thing that will happen if nobody interferes. */
export interface Step {
  /** Seconds since the epoch. */
  readonly at: number
  /** What happens. */
  readonly change: 'activated' | 'retired' | 'published' | 'removed'
  /** Undefined for the key that is made then. */
  readonly kid: string | undefined
}

/** What will happen to the keys that there are now, in the order of time. What is overdue has its moment in the past. */
export function planOf(set: KeySetRecord, timing: Timing): readonly Step[] {
  const [active, next] = [keyIn(set, 'active'), keyIn(set, 'next')]
  const rotation = rotationOf(set, timing)
  const steps: Step[] = set.keys.flatMap(({ kid, removeAt }) =>
    removeAt === undefined ? [] : [{ at: removeAt, change: 'removed', kid } as const],
  )
  if (next && active)
    steps.push(
      { at: rotation, change: 'activated', kid: next.kid },
      { at: rotation, change: 'retired', kid: active.kid },
      { at: rotation, change: 'published', kid: undefined },
      { at: rotation + timing.retention, change: 'removed', kid: active.kid },
    )
  return steps.sort((a, b) => a.at - b.at)
}
