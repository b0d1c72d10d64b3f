import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Drawn, fallbackLimiter, type Limit, type Limiter, memoryLimiter } from '../src'

interface Case {
  readonly id: string
  readonly comment: string
  readonly limit: Limit
  readonly instances: number
}

const url = new URL('../../../conformance/limits/fallback.json', import.meta.url)
const { parts, series } = JSON.parse(readFileSync(url, 'utf8')) as {
  readonly parts: readonly (Case & { readonly atOnce: number; readonly unitSeconds: number })[]
  readonly series: readonly (Case & {
    readonly draws: readonly {
      readonly now: number
      readonly key: string
      readonly cost: number
      readonly shared: Drawn | 'unavailable' | 'nonsense'
      readonly expected: Drawn
    }[]
    readonly told: number
  })[]
}
const READ: Limit = { name: 'read', quota: 120, windowSeconds: 60 }
const down: Limiter = {
  draw: () => {
    throw new Error('down')
  },
}

test.each(parts)('$id: $comment', async ({ limit, instances, atOnce, unitSeconds }) => {
  const limiter = fallbackLimiter(down, { instances, clock: () => 0 })
  const first = await limiter.draw({ key: 'u1', limit, cost: 1 })
  expect(first).toEqual({ allowed: true, remaining: atOnce - 1, resetAfter: unitSeconds, retryAfter: 0 })
  for (let drawn = 1; drawn < atOnce; drawn += 1)
    expect(await limiter.draw({ key: 'u1', limit, cost: 1 })).toMatchObject({ allowed: true })
  expect(await limiter.draw({ key: 'u1', limit, cost: 1 })).toMatchObject({ allowed: false })
  // All of them together.
  expect(atOnce * instances).toBeLessThanOrEqual(Math.max(limit.burst ?? limit.quota, instances))
})

test.each(series)('$id: $comment', async ({ limit, instances, draws, told }) => {
  let now = 0
  let gives: unknown
  let count = 0
  const shared = {
    draw: () => (gives === 'unavailable' ? Promise.reject(new Error('down')) : Promise.resolve(gives as Drawn)),
  }
  // A double of seconds: the nearest one may lie a part of a microsecond below.
  const limiter = fallbackLimiter(shared, {
    instances,
    clock: () => (now + 0.25) / 1e6,
    onFallback: () => {
      count += 1
    },
  })
  for (const { now: at, key, cost, shared: given, expected } of draws) {
    now = at
    gives = given
    expect(await limiter.draw({ key, limit, cost })).toEqual(expected)
  }
  expect(count).toBe(told)
})

test('a fault of the program is none of the shared limiter', async () => {
  let count = 0
  const onFallback = () => {
    count += 1
  }
  const limiter = fallbackLimiter(memoryLimiter(), { instances: 2, onFallback })
  await expect(limiter.draw({ key: 'u1', limit: READ, cost: 121 })).rejects.toThrow(TypeError)
  await expect(limiter.draw({ key: 'u1', limit: { ...READ, quota: 0 }, cost: 1 })).rejects.toThrow(TypeError)
  expect(count).toBe(0)
})

test('whoever is told does not decide what is drawn', async () => {
  const onFallback = () => {
    throw new Error('mine')
  }
  const limiter = fallbackLimiter(down, { instances: 2, onFallback })
  expect(await limiter.draw({ key: 'u1', limit: READ, cost: 1 })).toMatchObject({ allowed: true, remaining: 59 })
})

test('where there is no room for another part, nothing is let through', async () => {
  const limiter = fallbackLimiter(down, { instances: 2, maxKeys: 1 })
  await limiter.draw({ key: 'u1', limit: READ, cost: 60 })
  await expect(limiter.draw({ key: 'u2', limit: READ, cost: 1 })).rejects.toThrow('full')
})

test.each([0, -1, 1.5, Number.NaN, '2', undefined])('%s is no number of processes', (instances) => {
  expect(() => fallbackLimiter(down, { instances: instances as number })).toThrow(TypeError)
})

test.each([undefined, null, {}])('%j is no limiter', (shared) => {
  expect(() => fallbackLimiter(shared as unknown as Limiter, { instances: 1 })).toThrow(TypeError)
})
