// The timer: every candidate gets a short slice in every round, in an order that is drawn anew each time. Whatever else the
// machine does then falls on all of them alike, and two candidates are compared within the rounds that they share.
// Benchmark libraries run one candidate to its end before the next: on a shared machine they compare two minutes, not two
// libraries. Nothing here is of one runtime: Node.js, Deno, Bun and workerd run this very file.
import { spreadOf } from './statistics.mjs'

/** How many calls are under way in the measurement `concurrent`. */
const AT_ONCE = 64
/** Calls before each slice that are not timed: the caches of the processor are full of another candidate. 64 at once fill them. */
const FIRST_CALLS = 4

export const MODES = ['sequential', 'concurrent']

/**
 * How one mode of an operation is timed. The first mode warms for both: a compiler takes its time, and more of it for a library
 * than for straight lines. What is timed too early is how long that takes.
 *
 * @param plan - `rounds` and `cold` by operation, and `slice` and `warmup`, all but the first in seconds
 */
export const planOf = ({ rounds, cold, slice, warmup }, operation, mode) => ({
  rounds: rounds[operation],
  slice,
  warmup: mode === MODES[0] ? cold[operation] : warmup,
})

let _sink

async function oneAfterTheOther(call, times) {
  for (let i = 0; i < times; i++) _sink = await call()
}

function withoutWaiting(call, times) {
  for (let i = 0; i < times; i++) _sink = call()
}

const isLater = (value) => typeof value?.then === 'function'

/** `times` calls, always 64 of them at once. One that answers without waiting is wrapped, as a server's handler wraps it. */
async function allAtOnce(call, times) {
  const later = isLater(call()) ? call : async () => call()
  const batch = new Array(AT_ONCE)
  for (let done = 0; done < times; done += AT_ONCE) {
    for (let i = 0; i < AT_ONCE; i++) batch[i] = later()
    _sink = await Promise.all(batch)
  }
}

/** What runs `times` calls of a candidate: those of a synchronous one are not awaited. */
export function loopOf(call, mode) {
  if (mode === 'concurrent') return allAtOnce
  return isLater(call()) ? oneAfterTheOther : withoutWaiting
}

/**
 * What times `times` calls, in seconds.
 *
 * @param collect - collects young garbage, so that each pays for its own; timed with the calls that made it
 * @param clock - seconds
 */
export function stopwatch(call, mode, collect = () => {}, clock = () => performance.now() / 1000) {
  const loop = loopOf(call, mode)
  return async (times) => {
    const began = clock()
    await loop(call, times)
    collect()
    return clock() - began
  }
}

/** Multiples of a whole batch, at least one. */
const whole = (times, mode) => {
  const step = mode === 'concurrent' ? AT_ONCE : 1
  return Math.max(step, Math.round(times / step) * step)
}

/**
 * How many calls fill a slice, found while the candidate warms up. Two runs in turn must agree, the last of them no shorter than
 * half a slice: one call that the machine held up for a second says nothing of the next.
 */
async function calibrate({ time }, mode, { slice, warmup }) {
  let times = whole(1, mode)
  let spent = 0
  let before = 0
  for (;;) {
    const seconds = await time(times)
    const each = seconds / times
    spent += seconds
    const fitting = slice / Math.max(each, 1e-9)
    const isSteady = each < before * 2 && before < each * 2 && seconds * 2 >= slice
    if (spent >= warmup && isSteady) return whole(fitting, mode)
    before = each
    times = whole(Math.min(times * 4, fitting), mode)
  }
}

/** The same order in every run, another in every round. */
function shuffled(items, random) {
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}

/** Numerical Recipes' linear congruential generator: any would do. */
function generator(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * Times candidates against each other.
 *
 * @param jobs - `{ name, time }`: `time(n)` makes n calls and gives the seconds that they took
 * @param mode - `sequential` or `concurrent`
 * @param plan - `rounds`, and seconds of one `slice` and of the `warmup`
 * @returns by name: seconds of one call in each round
 */
export async function race(jobs, mode, plan) {
  const runners = []
  for (const job of jobs) runners.push({ ...job, times: await calibrate(job, mode, plan), seconds: [] })
  const random = generator(20260101)
  for (let round = 0; round < plan.rounds; round++)
    for (const runner of shuffled(runners, random)) {
      if (mode === MODES[0]) await runner.time(FIRST_CALLS)
      runner.seconds.push((await runner.time(runner.times)) / runner.times)
    }
  return Object.fromEntries(runners.map(({ name, seconds }) => [name, seconds]))
}

/** Operations a second: the median of the rounds, and between which values half of them lie. */
export const speedOf = (seconds) => spreadOf(seconds.map((one) => 1 / one))

/** How often faster than `base`: the median over the rounds that both were in. */
export const ratioOf = (seconds, base) => spreadOf(seconds.map((one, round) => base[round] / one))
