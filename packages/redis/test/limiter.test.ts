// What a draw is on the wire, and that it is exact to the microsecond.
import { type Limit, memoryLimiter } from '@kit/http'
import { afterEach, describe, expect, test } from 'vitest'
import { connectRedis, type RedisConnection, redisLimiter } from '../src'
import { budgetKey } from '../src/names'
import { HAS_REDIS, startRedis } from './servers'
import { eventually } from './waiting'

const PATIENT = { deadlineMilliseconds: 5000 }
/** A unit takes 142,857.14 microseconds. */
const ODD: Limit = { name: 'odd', quota: 7, windowSeconds: 1 }
const SLOW: Limit = { name: 'slow', quota: 1, windowSeconds: 50_000, burst: 3 }
const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function connected(): Promise<RedisConnection> {
  const server = await startRedis()
  const redis = connectRedis({ REDIS_URL: server.url }) as RedisConnection
  ends.push(server.end, () => redis.close())
  return redis
}

/** The same connection, and all that was sent through it. */
function recorded(redis: RedisConnection): { readonly redis: RedisConnection; readonly sent: (readonly string[])[] } {
  const sent: (readonly string[])[] = []
  const command: RedisConnection['command'] = (args, key) => {
    sent.push(args)
    return redis.command(args, key)
  }
  return { redis: { ...redis, command }, sent }
}

describe.runIf(HAS_REDIS)('budgets on a server', () => {
  test.each([1, 3, 7])('a first draw of %i is what it is in memory, to the microsecond', async (cost) => {
    const limiter = redisLimiter(await connected(), PATIENT)
    const draw = { key: 'u1', limit: ODD, cost }
    expect(await limiter.draw(draw)).toEqual(memoryLimiter({ clock: () => 0 }).draw(draw))
  })

  test('units that take less than a millisecond to come back can be drawn', async () => {
    const limiter = redisLimiter(await connected(), PATIENT)
    const draw = { key: 'u1', limit: { name: 'quick', quota: 2000, windowSeconds: 1 }, cost: 1 }
    expect(await limiter.draw(draw)).toEqual({ allowed: true, remaining: 1999, resetAfter: 0.0005, retryAfter: 0 })
  })

  test('a refused draw says when, and leaves the budget as it was', async () => {
    const redis = await connected()
    const limiter = redisLimiter(redis, PATIENT)
    await limiter.draw({ key: 'u1', limit: SLOW, cost: 2 })
    const stored = (): Promise<unknown> => redis.command(['GET', budgetKey('kit', 'slow', 'u1')], 'any')
    const before = await stored()
    const { allowed, remaining, resetAfter, retryAfter } = await limiter.draw({ key: 'u1', limit: SLOW, cost: 2 })
    expect([allowed, remaining]).toEqual([false, 1])
    expect(resetAfter - retryAfter).toBeCloseTo(50_000, 5)
    expect(await stored()).toBe(before)
  })

  test('the time of a draw is that of the server, to the microsecond', async () => {
    const redis = await connected()
    const time = async (): Promise<number> => {
      const [seconds, microseconds] = (await redis.command(['TIME'], 'any')) as readonly string[]
      return Number(seconds) * 1e6 + Number(microseconds)
    }
    const before = await time()
    await redisLimiter(redis, PATIENT).draw({ key: 'u1', limit: SLOW, cost: 1 })
    const drawnAt = Number(await redis.command(['GET', budgetKey('kit', 'slow', 'u1')], 'any')) - 50_000e6
    expect(drawnAt).toBeGreaterThanOrEqual(before)
    expect(drawnAt).toBeLessThanOrEqual(await time())
  })

  test('a budget is kept until it is full again, and no longer', async () => {
    const redis = await connected()
    const limiter = redisLimiter(redis, PATIENT)
    await limiter.draw({ key: 'u1', limit: SLOW, cost: 2 })
    const left = Number(await redis.command(['PTTL', budgetKey('kit', 'slow', 'u1')], 'any'))
    expect(left).toBeGreaterThan(99_990_000)
    expect(left).toBeLessThanOrEqual(100_000_000)
    await limiter.draw({ key: 'u2', limit: { name: 'quick', quota: 100, windowSeconds: 1 }, cost: 1 })
    await eventually(5, async () => expect(await redis.command(['DBSIZE'], 'any')).toBe(1))
  })

  test('a draw is one command, once the server knows the script, and no clock of ours is in it', async () => {
    const { redis, sent } = recorded(await connected())
    const limiter = redisLimiter(redis, PATIENT)
    await limiter.draw({ key: 'u1', limit: SLOW, cost: 1 })
    sent.length = 0
    await limiter.draw({ key: 'u1', limit: SLOW, cost: 1 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await limiter.draw({ key: 'u1', limit: SLOW, cost: 1 })
    expect(sent.map(([command]) => command)).toEqual(['EVALSHA', 'EVALSHA'])
    expect(sent[0]).toEqual(sent[1])
  })

  test('a draw whose answer is lost is not sent again', async () => {
    const redis = await connected()
    const limiter = redisLimiter(redis, PATIENT)
    await limiter.draw({ key: 'u1', limit: SLOW, cost: 1 })
    const lossy = { ...redis, command: (...asked: Parameters<typeof redis.command>) => lost(redis.command(...asked)) }
    const draw = { key: 'u1', limit: SLOW, cost: 1 }
    await expect(redisLimiter(lossy, PATIENT).draw(draw)).rejects.toMatchObject({ code: 'store_unavailable' })
    // The third of three: one more is gone, and not two.
    expect(await limiter.draw(draw)).toMatchObject({ allowed: true, remaining: 0 })
  })
})

async function lost(answer: Promise<unknown>): Promise<never> {
  await answer
  throw new Error('Connection is closed.')
}
