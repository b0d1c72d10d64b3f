// Whether memory stays flat: the least that is kept late in a run against the least that was kept early, once it has warmed up.
// The least, as an answer on its way is counted, too: a spell of large ones outlasts a median, and a leak is in every sample.

const WARM_UP = 0.4

/** By what is counted: what it may grow by in any case, for noise. */
const NOISE = { node: 1_000_000, python: 8_000 }
const UNITS = { node: 'bytes', python: 'blocks' }
const GROWTH = 0.04

/** `{ isFlat, text }` of samples in the order in which they were taken. */
export function flatness(name, samples) {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP))
  const third = Math.floor(warm.length / 3)
  if (third < 2) return { isFlat: false, text: `${name}: only ${samples.length} samples` }
  const early = Math.min(...warm.slice(0, third))
  const late = Math.min(...warm.slice(-third))
  const bound = Math.max(NOISE[name], early * GROWTH)
  const text = `${name}: ${early} ${UNITS[name]} early, ${late} late, may grow by ${Math.round(bound)}`
  return { isFlat: late - early <= bound, text }
}
