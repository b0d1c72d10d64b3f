// The targets, as ratios within one run.
import { MODES } from './rounds.mjs'

const both = (make) => MODES.flatMap((mode) => make(mode))
const STRICT = ['strict-floor', 'strict-floor-pool']
/** Straight lines remember nothing. */
const CACHED = /\.repeated$/
const SHORT = { sequential: 'sequential', concurrent: '64 at once' }

/** One target: what is compared, in operations a second, and what it must come to. */
const atLeast = (runtime, operation, mode, candidate, base, least) => {
  const of = (speeds, name) => speeds[runtime]?.[operation]?.[name]?.[mode]
  const comesTo = (speeds, name) => of(speeds, name) / Math.max(...[base].flat().map((one) => of(speeds, one)))
  return {
    what: `${runtime} ${operation}, ${SHORT[mode]}`,
    ratio: `${candidate} ÷ ${[base].flat().join(' or ')}`,
    least,
    read: (speeds) => comesTo(speeds, candidate),
    // What the same checks come to in straight lines: where that is too little, no library that makes them gets there.
    reach: (speeds) => {
      const measured = (CACHED.test(operation) ? [] : STRICT).filter((one) => of(speeds, one) !== undefined)
      return measured.length === 0 ? undefined : Math.max(...measured.map((one) => comesTo(speeds, one)))
    },
  }
}

/** What may cost no more than so many times as much: operations a second the other way round. */
const atMost = (runtime, operation, mode, candidate, base, most) => {
  const { what, read } = atLeast(runtime, operation, mode, base, candidate)
  return { what, ratio: `time of ${candidate} ÷ ${base}`, most, read, reach: () => undefined }
}

export const TARGETS = [
  ...both((mode) => [
    atLeast('node', 'hs512.sign', mode, 'kit', 'strict-floor', 0.95),
    atLeast('node', 'hs512.sign', mode, 'kit', 'fast-jwt', 1.1),
    atLeast('node', 'hs512.verify', mode, 'kit', 'strict-floor', 0.95),
    atLeast('node', 'hs512.verify', mode, 'kit', 'fast-jwt', 1.05),
  ]),
  atLeast('node', 'eddsa.sign', 'sequential', 'kit', 'floor', 0.95),
  atLeast('node', 'eddsa.verify', 'sequential', 'kit', 'floor', 0.95),
  atLeast('node', 'eddsa.verify', 'concurrent', 'kit', 'fast-jwt', 1.3),
  atLeast('node', 'eddsa.verify', 'concurrent', 'kit', ['floor', 'floor-pool'], 0.95),
  ...both((mode) => [
    atLeast('node', 'hs512.verify.repeated', mode, 'kit', 'fast-jwt', 3),
    atLeast('node', 'eddsa.verify.repeated', mode, 'kit', 'fast-jwt', 3),
    atMost('node', 'hs512.checkAuth', mode, 'kit', 'kit-verify', 1.15),
  ]),
  ...['workerd', 'deno', 'bun'].flatMap((runtime) =>
    ['hs512.sign', 'hs512.verify', 'eddsa.sign', 'eddsa.verify'].flatMap((operation) =>
      both((mode) => [atLeast(runtime, operation, mode, 'kit', 'jose', 1.3)]),
    ),
  ),
  atMost('node', 'import', 'sequential', 'kit', 'jose', 1),
  // In Python one after the other: threads take turns at the interpreter, whatever it is that they do.
  atLeast('cpython', 'hs512.sign', 'sequential', 'kit', 'pyjwt', 1.7),
  atLeast('cpython', 'hs512.verify', 'sequential', 'kit', 'pyjwt', 2.3),
  atLeast('cpython', 'eddsa.sign', 'sequential', 'kit', 'floor', 0.93),
  atLeast('cpython', 'eddsa.verify', 'sequential', 'kit', 'floor', 0.93),
  atMost('cpython', 'import', 'sequential', 'kit', 'pyjwt', 0.6),
]

/**
 * Each target with its value, undefined where it was not measured, whether it is met, and, where the strict floor does not meet
 * it either, what that comes to.
 */
export function judge(speeds) {
  return TARGETS.map(({ what, ratio, least, most, read, reach }) => {
    const value = read(speeds)
    const isKnown = Number.isFinite(value)
    const isMet = isKnown && (least === undefined ? value <= most : value >= least)
    const floor = reach(speeds)
    return {
      what,
      ratio,
      target: least === undefined ? `≤ ${most}` : `≥ ${least}`,
      value: isKnown ? value : undefined,
      isMet,
      ...(isKnown && !isMet && floor < least && { floor }),
    }
  })
}
