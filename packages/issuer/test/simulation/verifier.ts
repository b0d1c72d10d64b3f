// A verifier as the kits' caches are (docs/key-sources.md), without its tokens' signatures.
import type { Served, Token } from './judge'

const MIN_LIFETIME = 30
const CACHE_TTL = 300
const MAX_STALE = 3600
const PAUSE = 15
const REMEMBERED = 60

/** Asks somebody for the set; undefined: there is none to be had. */
export type Fetch = (landed: (set: Served | undefined) => void) => Promise<void>

export class Verifier {
  readonly offset: number
  isFetching = false
  readonly #lifetime: number
  readonly #cooldown: number
  /** Some fetch in the last fifth of the time, and some come so seldom that it is over. */
  readonly #isEager: boolean
  readonly #missing = new Map<string, number>()
  #cached: { readonly set: Served; readonly at: number } | undefined
  #failed = Number.NEGATIVE_INFINITY

  constructor(offset: number, maxAge: number, cooldown: number, isEager: boolean) {
    this.offset = offset
    this.#lifetime = Math.min(CACHE_TTL, Math.max(MIN_LIFETIME, maxAge))
    this.#cooldown = cooldown
    this.#isEager = isEager
  }

  async verify(
    { kid }: Token,
    time: number,
    fetch: Fetch,
    told: (answer: 'passed' | 'refused' | 'unavailable', set: Served | undefined) => void,
  ): Promise<void> {
    const now = time + this.offset
    const age = now - (this.#cached?.at ?? Number.NEGATIVE_INFINITY)
    const isFresh = age < this.#lifetime
    const isKnown = this.#knows(kid, now)
    const isDown = now - this.#failed < this.#cooldown
    const isDue = this.#isEager ? age * 5 >= this.#lifetime * 4 : !isFresh
    const remembered = this.#missing.get(kid) ?? Number.NEGATIVE_INFINITY
    const isTurnedAway = isDown || age < this.#cooldown || now - remembered < REMEMBERED
    const begins = (isDue || !(isKnown || isTurnedAway)) && now - this.#failed >= PAUSE
    const isServed = isKnown && (isDown || isFresh)
    const answer = (): void => {
      const { at = Number.NEGATIVE_INFINITY, set } = this.#cached ?? {}
      const isStillFresh = now - at < this.#lifetime
      told(this.#knows(kid, now) ? 'passed' : isStillFresh ? 'refused' : 'unavailable', set)
    }
    if (isServed || !begins) answer()
    if (!begins) return
    this.isFetching = true
    await fetch((set) => {
      this.isFetching = false
      if (set === undefined) this.#failed = now
      else {
        this.#cached = { set, at: now }
        this.#failed = Number.NEGATIVE_INFINITY
        if (!this.#knows(kid, now)) this.#missing.set(kid, now)
      }
      if (!isServed) answer()
    })
  }

  #knows(kid: string, now: number): boolean {
    const cached = this.#cached
    return cached !== undefined && now - cached.at < this.#lifetime + MAX_STALE && cached.set.kids.includes(kid)
  }
}
