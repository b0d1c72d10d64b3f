// The tables: how fast, how steady, and how often faster than the floor and than the best of the others.
import { MODES, ratioOf, speedOf } from './rounds.mjs'

/** Whose speed is a measure, not a choice that anybody has. */
const FLOORS = ['floor', 'floor-pool', 'strict-floor', 'strict-floor-pool', 'crypto-floor']
const OWN = ['kit', 'kit-verify', 'kit-aio']

const isPeer = (name) => !FLOORS.includes(name) && !OWN.includes(name)

const fastest = (seconds, names) =>
  names.reduce(
    (best, name) => (best === undefined || speedOf(seconds[name]).median > speedOf(seconds[best]).median ? name : best),
    undefined,
  )

const thousands = (speed) => {
  const k = speed / 1000
  return k >= 100 ? k.toFixed(0) : k >= 10 ? k.toFixed(1) : k.toFixed(2)
}

/** The cells of one candidate in one mode: median, half of the rounds, and ratios within the rounds. */
function cells(seconds, name, best) {
  if (seconds === undefined || seconds[name] === undefined) return ['', '', '', '', '']
  const { low, median, high } = speedOf(seconds[name])
  const ratio = (base) => (seconds[base] === undefined ? '' : ratioOf(seconds[name], seconds[base]).median.toFixed(2))
  return [
    thousands(median),
    `${thousands(low)}–${thousands(high)}`,
    ratio('floor'),
    ratio('strict-floor'),
    best === undefined ? '' : ratio(best),
  ]
}

const HEAD = ['k/s', 'half of the rounds', '÷ floor', '÷ strict', '÷ best']

const NAME = 18
const WIDTHS = [9, 20, 9, 9, 9]
const WIDTH = WIDTHS.reduce((sum, width) => sum + width)

const line = ([name, ...rest]) =>
  name.padEnd(NAME) + rest.map((cell, i) => String(cell).padStart(WIDTHS[i % WIDTHS.length])).join('')

/** The table of an operation: `byMode` has the seconds of each round, by candidate. */
export function tableOf(runtime, operation, byMode) {
  const names = Object.keys(byMode.sequential)
  const best = Object.fromEntries(
    MODES.map((mode) => [mode, byMode[mode] && fastest(byMode[mode], names.filter(isPeer))]),
  )
  const order = [...names].sort((a, b) => speedOf(byMode.sequential[b]).median - speedOf(byMode.sequential[a]).median)
  const rows = order.map((name) =>
    line([name, ...MODES.flatMap((mode) => cells(byMode[mode], name, best[mode]))]).trimEnd(),
  )
  const sides = MODES.filter((mode) => byMode[mode]).map((mode) => {
    const title = mode === 'sequential' ? 'one after the other' : '64 at once'
    return (best[mode] ? `${title} (best: ${best[mode]})` : title).padStart(WIDTH)
  })
  return [
    `\n${runtime}  ${operation}`,
    ''.padEnd(NAME) + sides.join(''),
    line(['', ...sides.flatMap(() => HEAD)]),
    ...rows,
  ].join('\n')
}

/** Five significant digits: more is not known. */
const rounded = (value) => Number(value.toPrecision(5))

/** What `latest.json` says of an operation: operations a second, by candidate and mode. */
export function speedsOf(byMode) {
  const names = Object.keys(byMode.sequential)
  return Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(
        MODES.map((mode) => [mode, rounded(speedOf((byMode[mode] ?? byMode.sequential)[name]).median)]),
      ),
    ]),
  )
}

/** What `details.json` says beyond that: within which values half of the rounds lie. */
export function spreadsOf(byMode) {
  return Object.fromEntries(
    Object.keys(byMode.sequential).map((name) => [
      name,
      Object.fromEntries(
        MODES.filter((mode) => byMode[mode]).map((mode) => {
          const { low, high } = speedOf(byMode[mode][name])
          return [mode, [rounded(low), rounded(high)]]
        }),
      ),
    ]),
  )
}
