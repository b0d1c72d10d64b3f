// Whether memory stays flat: what is kept late in a run against what was kept early, once it has warmed up.

const WARM_UP = 0.3

/** By what is counted: what it may grow by in any case, for noise. */
const NOISE = { node: 1_000_000, python: 8_000 }
const UNITS = { node: 'bytes', python: 'blocks' }
const GROWTH = 0.04

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** `{ isFlat, text }` of samples in the order in which they were taken. */
export function flatness(name, samples) {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP))
  const third = Math.floor(warm.length / 3)
  if (third < 2) return { isFlat: false, text: `${name}: only ${samples.length} samples` }
  const early = median(warm.slice(0, third))
  const late = median(warm.slice(-third))
  const bound = Math.max(NOISE[name], early * GROWTH)
  const text = `${name}: ${early} ${UNITS[name]} early, ${late} late, may grow by ${Math.round(bound)}`
  return { isFlat: late - early <= bound, text }
}
