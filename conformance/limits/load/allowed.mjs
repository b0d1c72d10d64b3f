// How many of a series of draws GCRA allows, by its definition and no limiter's answers: a budget that was full at the first
// draw, and is not full again until the last one, has let no more through than its burst and a unit for each interval since.

/**
 * @param draws - one unit each, in their order: the moments between which each was made, in microseconds
 * @param rate - microseconds of one unit; units that may be drawn at once
 * @returns how many are allowed: at the least and at the most, which differ where a unit came back while a draw was made;
 *   undefined where the budget may have been full again between two draws
 */
export function allowedOf(draws, { interval, burst }) {
  const [first] = draws
  const isDense = draws.every(({ to }, index) => index === 0 || to - first.from <= index * interval)
  if (!isDense) return undefined
  const count = (sinceFirst) =>
    Math.min(
      ...draws.map((draw, index) => burst + Math.floor(sinceFirst(draw) / interval) + draws.length - 1 - index),
      draws.length,
    )
  return {
    least: count(({ from }) => Math.max(from - first.to, 0)),
    most: count(({ to }) => to - first.from),
  }
}
