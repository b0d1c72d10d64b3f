import { expect, test } from 'vitest'
import { type Faults, simulate } from './simulation/simulate'

const FIRST = Number(process.env['KIT_SEED'] ?? 1)
const RUNS = Number(process.env['KIT_RUNS'] ?? 1000)

test(`seeds ${FIRST} to ${FIRST + RUNS - 1}: nothing happens that must not`, { timeout: 300_000 }, async () => {
  const totals = { tokens: 0, verified: 0, unavailable: 0, writes: 0, rotations: 0, revocations: 0 }
  for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
    const { violations, counts } = await simulate(seed)
    expect({ seed, violations }).toEqual({ seed, violations: [] })
    for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += counts[name]
  }
  process.stdout.write(`seeds ${FIRST} to ${FIRST + RUNS - 1}: ${JSON.stringify(totals)}\n`)
  // What never happened was not tried.
  if (RUNS >= 100) for (const count of Object.values(totals)) expect(count).toBeGreaterThan(RUNS / 20)
})

/** A fault needs its chance. */
const SEEDS = 300

test.each<[string, RegExp, Faults]>([
  [
    'a key signs as soon as it is published',
    /after it was published|two rotations|two active/,
    { timing: () => ({ lead: 0 }) },
  ],
  ['a key is removed while its tokens live', /refused that should pass/, { timing: () => ({ retention: 0 }) }],
  [
    'a process keeps what it read for too long',
    /refused that should pass|is served/,
    { timing: () => ({ refresh: 5000 }) },
  ],
  ['periods are shorter than others know', /two active|two rotations/, { timing: () => ({ lead: 1, rotateEvery: 1 }) }],
  ['nobody rotates', /overdue/, { timing: () => ({ rotateEvery: 999_999_999 }) }],
  ['every write succeeds', /version|nobody published|rolled_back/, { store: 'says yes' }],
  ['what was written is undone', /version|rolled_back/, { store: 'forgets' }],
  ['changes are told twice', /after/, { isToldTwice: true }],
])('%s: that is noticed', { timeout: 120_000 }, async (_, expected, faults) => {
  const noticed: string[] = []
  for (let seed = 1; seed <= SEEDS && noticed.length === 0; seed++)
    noticed.push(...(await simulate(seed, faults)).violations.filter((one) => expected.test(one)))
  expect(noticed).not.toEqual([])
})
