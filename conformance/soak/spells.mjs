// When an endpoint does what: good spells and bad ones in turn, all from the seed.

const FAULTS = ['refuse', 'error', 'page', 'silent', 'drip', 'cut', 'redirect', 'same', 'large', 'nonsense', 'mixed']

/** What a spell of mixed faults is made of: all that one request can meet. */
export const MIXABLE = FAULTS.filter((fault) => fault !== 'refuse' && fault !== 'mixed')

const between = (r, least, most) => least + r.next() * (most - least)

/**
 * Spells of an endpoint for so many seconds of the wall: `{ from, until, fault }`, without a fault where all is well. Each
 * fault comes once before any comes twice.
 */
export function planSpells(r, seconds) {
  const spells = []
  let left = []
  for (let from = 0; from < seconds; ) {
    const good = { from, until: from + between(r, 1.5, spells.length === 0 ? 3 : 6), fault: undefined }
    if (left.length === 0) left = [...FAULTS]
    const [fault] = left.splice(r.below(left.length), 1)
    const bad = { from: good.until, until: good.until + between(r, 0.5, 6.5), fault }
    spells.push(good, bad)
    from = bad.until
  }
  return spells
}
