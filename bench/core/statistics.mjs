// What is said of many measurements of one thing.

const sorted = (values) => [...values].sort((a, b) => a - b)

/** The value below which a share of the values lies, between neighbours in proportion. */
function quantile(values, share) {
  const ordered = sorted(values)
  const at = (ordered.length - 1) * share
  const low = ordered[Math.floor(at)]
  return low + (ordered[Math.ceil(at)] - low) * (at % 1)
}

export const median = (values) => quantile(values, 0.5)

/** Median and quartiles. */
export const spreadOf = (values) => ({
  low: quantile(values, 0.25),
  median: median(values),
  high: quantile(values, 0.75),
})

/**
 * What candidates took in each round, without the pace of the round: what made all of them slow at once is the machine's.
 *
 * @param seconds - by candidate, of each round
 */
export function withoutPace(seconds) {
  const usual = Object.fromEntries(Object.entries(seconds).map(([name, each]) => [name, median(each)]))
  const names = Object.keys(seconds)
  const paceOf = (round) => median(names.map((name) => seconds[name][round] / usual[name]))
  return Object.fromEntries(names.map((name) => [name, seconds[name].map((one, round) => one / paceOf(round))]))
}
