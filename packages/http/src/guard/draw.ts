import { type Drawn, isDrawn, type Limit, type Limiter } from '../limits/limiter'
import { policyField, secondsOf, stateField } from './rate-limit'
import { Refused } from './refused'

/** What an answer has to tell of limits. */
export interface Seen {
  readonly headers: Record<string, string>
  violated?: string
}

/** What is drawn on, and what happens where nobody answers. */
export interface Drawing {
  readonly limiter: Limiter | undefined
  readonly limits: readonly Limit[]
  readonly onLimiterFailure: 'refuse' | 'pass'
}

/**
 * Draws on each limit in its order, until one is exceeded.
 *
 * @throws Refused - `quota_exceeded`, `limiter_unavailable`
 */
export async function drawOn(
  { limiter, limits, onLimiterFailure }: Drawing,
  { key, cost }: { readonly key: string; readonly cost: number },
  seen: Seen,
): Promise<void> {
  /** Undefined where the limiter does not answer, and the route passes without it. */
  const drawnFrom = async (limit: Limit): Promise<Drawn | undefined> => {
    try {
      const state = await limiter?.draw({ key, limit, cost })
      if (isDrawn(state)) return state
    } catch {
      // As good as an answer that is none.
    }
    if (onLimiterFailure === 'pass') return undefined
    throw new Refused('limiter_unavailable')
  }

  const drawn: (readonly [Limit, Drawn])[] = []
  for (const limit of limits) {
    const state = await drawnFrom(limit)
    if (state === undefined) continue
    drawn.push([limit, state])
    seen.headers['ratelimit-policy'] = policyField(limits)
    seen.headers['ratelimit'] = stateField(drawn)
    if (state.allowed) continue
    seen.violated = limit.name
    seen.headers['retry-after'] = String(secondsOf(state))
    throw new Refused('quota_exceeded')
  }
}
