// node conformance/limits/gcra.mjs [--check]: series of draws on a budget, and what comes of each.
//
// Expected values are those of the continuous-state leaky bucket of ITU-T I.371, annex A: a level that sinks by one microsecond
// in each, and rises by the interval of a unit where it does not overflow. The code is the other of its two algorithms, virtual
// scheduling, which the annex says to be equivalent.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const MICROSECONDS = 1_000_000n
const seconds = (microseconds) => Number(microseconds) / 1e6
const READ = { name: 'read', quota: 120, windowSeconds: 60 }

/** Draws of one unit each at the same moment. */
const many = (count, now) => Array.from({ length: count }, () => [now, 1])

const SERIES = [
  ['one unit of many', READ, [[0, 1]]],
  ['all at once, and one more', { name: 'write', quota: 3, windowSeconds: 60 }, many(5, 0)],
  [
    'a unit comes back after its interval, and not a microsecond earlier',
    { name: 'write', quota: 3, windowSeconds: 3 },
    [...many(3, 0), [999_999, 1], [1_000_000, 1], [1_000_000, 1]],
  ],
  [
    'one that is refused takes nothing',
    { name: 'write', quota: 2, windowSeconds: 2 },
    [...many(2, 0), ...many(10, 500_000), [1_000_000, 1]],
  ],
  [
    'more than one unit',
    { name: 'batch', quota: 100, windowSeconds: 10 },
    [
      [0, 60],
      [0, 60],
      [1_000_000, 50],
      [2_000_000, 50],
      [30_000_000, 100],
      [30_000_000, 1],
    ],
  ],
  [
    'fewer at once than in a window',
    { name: 'smooth', quota: 60, windowSeconds: 60, burst: 2 },
    [...many(4, 0), [500_000, 1], [1_000_000, 1], [1_500_000, 1], [100_000_000, 2]],
  ],
  [
    'more at once than in a window',
    { name: 'peaks', quota: 1, windowSeconds: 10, burst: 5 },
    [...many(6, 0), [10_000_000, 1], [60_000_000, 4]],
  ],
  [
    'an interval that is no whole number of microseconds is rounded up',
    { name: 'sevenths', quota: 7, windowSeconds: 1 },
    [...many(8, 0), [142_857, 1], [142_858, 1], [1_000_000, 1]],
  ],
  [
    'a window of a day, and a clock of this century',
    { name: 'daily', quota: 1000, windowSeconds: 86_400 },
    [
      [1_763_000_000_000_000, 999],
      [1_763_000_000_000_001, 1],
      [1_763_000_000_000_002, 1],
      [1_763_000_086_400_000, 1],
    ],
  ],
  [
    'a clock that goes back refuses, and does not give',
    { name: 'back', quota: 2, windowSeconds: 2 },
    [
      [10_000_000, 1],
      [9_000_000, 1],
      [9_000_000, 1],
      [11_000_000, 1],
    ],
  ],
]

function run({ quota, windowSeconds, burst = quota }, draws) {
  const interval = (BigInt(windowSeconds) * MICROSECONDS + BigInt(quota) - 1n) / BigInt(quota)
  const size = interval * BigInt(burst)
  let level = 0n
  let last
  return draws.map(([time, cost]) => {
    const now = BigInt(time)
    const sunk = last === undefined ? 0n : level - (now - last)
    const before = sunk > 0n ? sunk : 0n
    const over = before + interval * BigInt(cost) - size
    const allowed = over <= 0n
    level = allowed ? before + interval * BigInt(cost) : before
    last = now
    const left = (size - level) / interval
    return {
      now: time,
      cost,
      allowed,
      remaining: Number(size > level ? left : 0n),
      resetAfter: seconds(level),
      retryAfter: allowed ? 0 : seconds(over),
    }
  })
}

const tests = SERIES.map(([comment, limit, draws], index) => ({
  id: `gcra-${String(index + 1).padStart(3, '0')}`,
  comment,
  limit,
  draws: run(limit, draws),
}))
const notes =
  'Draws on one budget, in their order; `now` in microseconds. What is expected is the leaky bucket of ITU-T I.371, annex A, in exact integers.'
const text = `${JSON.stringify({ format: 1, notes, tests }, null, 2)}\n`
const url = new URL('gcra.json', import.meta.url)
if (!existsSync(url) || readFileSync(url, 'utf8') !== text) {
  if (process.argv.includes('--check')) {
    console.error('differs from its source: conformance/limits/gcra.json')
    process.exitCode = 1
  } else {
    writeFileSync(url, text)
    console.log(fileURLToPath(url))
  }
}
