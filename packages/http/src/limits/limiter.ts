/** So many requests in so much time, and at most so many at once. */
export interface Limit {
  /** Tells it from the other limits of a service; printable ASCII, as it stands in a header. */
  readonly name: string
  /** Units that a window has; a request costs one unless said otherwise. */
  readonly quota: number
  /** Seconds. */
  readonly windowSeconds: number
  /** Units that may be drawn at once, the quota unless given. */
  readonly burst?: number
}

/** What is drawn, by whom, from which limit. */
export interface Draw {
  /** Whose budget it is; any text. */
  readonly key: string
  /** Which limit. */
  readonly limit: Limit
  /** Units. */
  readonly cost: number
}

/** What came of it. */
export interface Drawn {
  /** Whether there was enough; where there was not, nothing was drawn. */
  readonly allowed: boolean
  /** Units that may be drawn now. */
  readonly remaining: number
  /** Seconds until the budget is full again. */
  readonly resetAfter: number
  /** Seconds until the same draw would be allowed; 0 where it was. */
  readonly retryAfter: number
}

/** Keeps budgets. One call both asks and draws, atomically. */
export interface Limiter {
  /**
   * Draws from a budget, where there is enough in it.
   *
   * @param draw - whose budget, by which limit, and how much
   * @returns what came of it. An exception counts as `limiter_unavailable`
   * @example
   * const limiter = { draw: ({ limit }) => ({ allowed: true, remaining: limit.quota, resetAfter: 0, retryAfter: 0 }) }
   * limiter.draw({ key: 'u1', limit: { name: 'read', quota: 120, windowSeconds: 60 }, cost: 1 }).remaining // 120
   */
  draw(draw: Draw): Drawn | Promise<Drawn>
}

/** Whether a limiter has answered. */
export function isDrawn(value: unknown): value is Drawn {
  const { allowed, remaining, resetAfter, retryAfter } = Object(value) as Partial<Record<string, unknown>>
  return typeof allowed === 'boolean' && [remaining, resetAfter, retryAfter].every(isAmount)
}

const isAmount = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0
