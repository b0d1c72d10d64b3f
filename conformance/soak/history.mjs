// What one cache asked for and was told, and so what it may know at a moment. It is reckoned from the answers that the
// endpoint gave and from when the consumer's transport began and ended; where that leaves a doubt, both are possible.
import { CACHE, LIMITS } from './rules.mjs'

const KEPT = 64

export class History {
  /** In the order in which they began. */
  fetches = []
  /** Those and all before them. */
  all = []
  /** Those that brought something, in the order in which they ended. */
  #landings = []
  #byId = new Map()

  /** @param fetch - `id`, and `lo` and `hi` between which the cache decided on it, as the cache's own clock went */
  began(fetch) {
    const known = { ...fetch, answer: this.#byId.get(fetch.id)?.answer }
    this.#byId.set(fetch.id, known)
    this.fetches.push(known)
    this.all.push(known)
    for (const { id } of this.fetches.splice(0, this.fetches.length - KEPT)) this.#byId.delete(id)
  }

  /** The endpoint may have heard of a request before the consumer's line of it is read. */
  answered(answer) {
    const fetch = this.#byId.get(answer.id)
    if (fetch) fetch.answer = answer
    else this.#byId.set(answer.id, { answer })
  }

  ended({ id, at, ok }) {
    const fetch = this.#byId.get(id)
    if (fetch?.lo === undefined) return
    Object.assign(fetch, { end: at, ok })
    this.#landings.push(fetch)
    if (this.#landings.length > KEPT) this.#landings.shift()
  }

  /** Whether a request brought something that the cache took: `yes`, `maybe`, `no`. */
  success(fetch) {
    const { answer, ok, end, lo, slack } = fetch
    if (!answer || answer.kind === 'bad' || ok === false) return 'no'
    if (end === undefined || answer.isUncertain || ok === undefined) return 'maybe'
    // The cache gives up what takes too long.
    return end - lo < LIMITS.timeout - slack ? 'yes' : 'maybe'
  }

  /** What the cache may hold, at some moment from the end of `base` to `t1`. */
  #since(base, t1) {
    const start = base ? this.#landings.indexOf(base) : 0
    const later = this.#landings.slice(start).filter((fetch) => fetch !== base && fetch.end <= t1 + 1)
    return later.filter((fetch) => this.success(fetch) !== 'no')
  }

  /** The last answer that it surely held at `t0`. */
  held(t0, slack) {
    return this.#landings.findLast((fetch) => this.success(fetch) === 'yes' && fetch.end + slack <= t0)
  }

  /** Whether every set that it may go by has the key, and none is too old: then a token of it must pass. */
  mustKnow(kid, t0, t1, slack) {
    const sure = (fetch) =>
      this.success(fetch) === 'yes' &&
      fetch.answer.kids.has(kid) &&
      t1 < fetch.lo + fetch.answer.lifetime + LIMITS.maxStale
    const held = this.held(t0, slack)
    // Who comes while a request runs knows what it brings: by an older set, or by waiting.
    const running = this.fetches.filter(({ hi, end }) => hi <= t0 && end > t0 - slack)
    return [held, ...running].some((base) => base && sure(base) && this.#since(base, t1).every(sure))
  }

  /** Whether there is a set that it may go by and that has the key: if not, no token of it may pass. */
  mayKnow(kid, t0, t1, slack) {
    const held = this.held(t0, slack)
    return [...(held ? [held] : []), ...this.#since(held, t1)].some((fetch) => {
      const { kids, lifetime } = fetch.answer
      const age = t0 - fetch.hi
      if (!kids.has(kid) || age >= lifetime + LIMITS.maxStale) return false
      return age < lifetime || this.#failedLately(fetch, t0, t1, slack)
    })
  }

  /** A set whose time is over is used only where a request for a newer one failed a moment ago. */
  #failedLately(than, t0, t1, slack) {
    return this.fetches.some(
      (fetch) =>
        fetch !== than && fetch.lo <= t1 && fetch.hi > t0 - CACHE.cooldown - slack && this.success(fetch) !== 'yes',
    )
  }

  /** Whether it surely goes by a set whose time is not over. */
  isFresh(t0, t1, slack) {
    const held = this.held(t0, slack)
    const fresh = (fetch) => this.success(fetch) === 'yes' && t1 < fetch.lo + fetch.answer.lifetime
    return held !== undefined && [held, ...this.#since(held, t1)].every(fresh)
  }

  /** Whether nothing stood in the way of asking for a key that is not known, and it was not asked for all the same. */
  wasNotAsked(kid, t0, t1, slack) {
    if (kid === undefined || kid.length > 256 || this.mayKnow(kid, t0, t1, slack)) return false
    const last = this.fetches.findLast(({ hi }) => hi <= t1 + slack)
    if (last === undefined) return true
    return last.end !== undefined && last.end < t0 - slack && t0 - last.hi > CACHE.cooldown + slack
  }

  /** Whether all requests of a time were answered well. */
  wasWellSince(t, t1) {
    const first = this.fetches[0]
    if (first === undefined || first.hi > t) return false
    return this.fetches.every((fetch) => fetch.hi < t || fetch.lo > t1 || this.success(fetch) === 'yes')
  }
}
