import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Limit, memoryLimiter, rateOf } from '../src'

interface Draw {
  readonly now: number
  readonly cost: number
  readonly allowed: boolean
  readonly remaining: number
  readonly resetAfter: number
  readonly retryAfter: number
}
interface Case {
  readonly id: string
  readonly comment: string
  readonly limit: Limit
  readonly draws: readonly Draw[]
}

const { tests } = JSON.parse(
  readFileSync(new URL('../../../conformance/limits/gcra.json', import.meta.url), 'utf8'),
) as {
  readonly tests: readonly Case[]
}
const READ: Limit = { name: 'read', quota: 120, windowSeconds: 60 }

test.each(tests)('$id: $comment', ({ limit, draws }) => {
  let now = 0
  // A double of seconds: the nearest one may lie a part of a microsecond below.
  const limiter = memoryLimiter({ clock: () => (now + 0.25) / 1e6 })
  for (const { now: at, cost, ...expected } of draws) {
    now = at
    expect(limiter.draw({ key: 'u1', limit, cost })).toEqual(expected)
  }
})

test('each caller and each limit has a budget of its own', () => {
  const limiter = memoryLimiter({ clock: () => 0 })
  const one: Limit = { name: 'one', quota: 1, windowSeconds: 1 }
  const draw = (key: string, limit = one): boolean => limiter.draw({ key, limit, cost: 1 }).allowed
  expect([draw('a'), draw('a'), draw('b'), draw('a', { ...one, name: 'two' })]).toEqual([true, false, true, true])
  // Neither half of a name can be taken for the other.
  expect([draw('b"]', { ...one, name: 'a' }), draw('"]', { ...one, name: 'a","b' })]).toEqual([true, true])
})

test('where there is no room, budgets that are full again are forgotten, and no others', () => {
  let now = 0
  const limiter = memoryLimiter({ clock: () => now, maxKeys: 2 })
  const draw = (key: string, cost = 1): number => limiter.draw({ key, limit: READ, cost }).remaining
  expect([draw('a'), draw('b', 20)]).toEqual([119, 100])
  expect(() => draw('c')).toThrow('full')
  expect(draw('a')).toBe(118)
  now = 2
  expect(draw('c')).toBe(119)
  expect(draw('b')).toBe(103)
  expect(() => draw('d')).toThrow('full')
})

test('its own clock goes on by itself', async () => {
  const limiter = memoryLimiter()
  const limit: Limit = { name: 'quick', quota: 1000, windowSeconds: 1, burst: 1 }
  expect(limiter.draw({ key: 'a', limit, cost: 1 }).allowed).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(limiter.draw({ key: 'a', limit, cost: 1 }).allowed).toBe(true)
})

test.each([
  { quota: 0 },
  { quota: 1.5 },
  { quota: '1' },
  { windowSeconds: 0 },
  { windowSeconds: Number.NaN },
  { burst: 0 },
  { burst: -1 },
  { name: '' },
  { windowSeconds: 10 ** 10, quota: 1 },
])('%o is no limit', (change) => {
  expect(() => rateOf({ ...READ, ...change } as Limit)).toThrow(TypeError)
})

test.each([0, -1, 0.5, Number.NaN, 121, '1'])('a cost of %s is none', (cost) => {
  expect(() => memoryLimiter().draw({ key: 'a', limit: READ, cost: cost as number })).toThrow(TypeError)
})

test.each([0, -1, 0.5, Number.POSITIVE_INFINITY])('%s is no number of budgets', (maxKeys) => {
  expect(() => memoryLimiter({ maxKeys })).toThrow(TypeError)
})
