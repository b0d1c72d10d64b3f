// A small seeded generator (mulberry32), so that a difference found once is found again.

/** @returns functions over one stream of pseudo-random numbers made from `seed` */
export function random(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n) => Math.floor(next() * n)
  const pick = (list) => list[below(list.length)]
  const some = (list, most = list.length) => list.filter(() => next() < 0.5).slice(0, most)
  const times = (n, make) => Array.from({ length: below(n + 1) }, make)
  const chance = (p) => next() < p
  const hex = (bytes) => Array.from({ length: bytes }, () => below(256).toString(16).padStart(2, '0')).join('')
  return { next, below, pick, some, times, chance, hex }
}

const STRINGS = [
  '',
  'a',
  'read:data',
  'admin',
  'é',
  '€',
  '\u0000',
  '\u2028',
  '😀',
  '\ufb33',
  'constructor',
  '__proto__',
  '"\\/',
  '\u007f',
  'a b',
  'faß.de',
]
const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  1.5,
  1e21 / 1e6,
  1e-7,
  1e-6,
  123456789.123,
  2 ** 53 - 1,
  -(2 ** 53 - 1),
  5e-324,
  1.7e-308,
  4.35,
  0.3 - 0.1,
  1e15 + 0.3,
]

/** A random JSON value of at most `depth` levels, with the strings and numbers that serialisers disagree on. */
export function value(r, depth) {
  const kind = r.below(depth > 0 ? 8 : 5)
  if (kind === 0) return null
  if (kind === 1) return r.chance(0.5)
  if (kind === 2) return r.chance(0.5) ? r.pick(NUMBERS) : (r.next() - 0.5) * 10 ** (r.below(30) - 15)
  if (kind === 3) return r.below(2 ** 31) * r.below(2 ** 21)
  if (kind === 4) return text(r)
  if (kind < 6) return r.times(4, () => value(r, depth - 1))
  return Object.fromEntries(r.times(4, () => [text(r), value(r, depth - 1)]))
}

export function text(r) {
  const length = 1 + r.below(3)
  return Array.from({ length }, () =>
    r.chance(0.7) ? r.pick(STRINGS) : String.fromCodePoint(32 + r.below(0xd000)),
  ).join('')
}
