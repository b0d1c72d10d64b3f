// How often a cache may ask: one request at a time, and never sooner after another than the rules allow.
import { CACHE, LIMITS } from './rules.mjs'

/** Moments are told by clocks of several threads. */
const ROUNDING = 1

/** The requests of a cache that should not have been. */
export function excessive(history) {
  const wrong = []
  // Over any stretch of requests the pauses between them must fit into its time.
  let pauses = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, fetch] of history.all.entries()) {
    const before = history.all[index - 1]
    if (before) pauses += pauseAfter(history, before)
    const missing = pauses - fetch.hi - least
    if (missing > ROUNDING) wrong.push({ at: fetch.hi, what: `a request ${missing.toFixed(1)} s too soon` })
    least = Math.min(least, pauses - fetch.lo)
    const beside = history.all
      .slice(Math.max(0, index - 4), index)
      .find(
        ({ end, lo }) => (end === undefined || end > fetch.hi + ROUNDING) && fetch.hi - lo < LIMITS.timeout - ROUNDING,
      )
    if (beside) wrong.push({ at: fetch.hi, what: 'a request beside another' })
  }
  return wrong
}

function pauseAfter(history, fetch) {
  if (history.success(fetch) !== 'yes') return CACHE.pause
  return Math.min(CACHE.cooldown, CACHE.due * fetch.answer.lifetime)
}
