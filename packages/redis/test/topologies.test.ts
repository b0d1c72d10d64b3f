import type { Limit } from '@kit/http'
import type { Use } from '@kit/jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  connectRedis,
  type RedisConnection,
  type RedisLibrary,
  redisLimiter,
  redisReplayStore,
  type StoreError,
} from '../src'
import { HAS_REDIS, type Server } from './servers'
import { moveSlots, primaryOf, startCluster, startSentinels, type Topology } from './topologies'
import { eventually, waited } from './waiting'

const LIBRARIES: readonly RedisLibrary[] = ['ioredis', 'redis']
const DEADLINE = 200
const LIMIT: Limit = { name: 'slow', quota: 1, windowSeconds: 3600, burst: 100 }

const use = (jti: string): Use => ({ issuer: 'i', jti, expires: 2000, now: 1000, issued: 1000 })

async function connected({ environment }: Topology, library: RedisLibrary): Promise<RedisConnection> {
  const redis = connectRedis(environment, { library }) as RedisConnection
  await eventually(5, () => redis.connect())
  return redis
}

const code = (error: unknown): unknown => (error as StoreError).code

describe.runIf(HAS_REDIS)('Sentinels', () => {
  let topology: Topology
  beforeAll(async () => {
    topology = await startSentinels()
  }, 60_000)
  afterAll(() => topology.end())

  test.each(LIBRARIES)(
    '%s leaves a frozen primary behind, and no token that was used is taken again',
    async (library) => {
      const redis = await connected(topology, library)
      const store = redisReplayStore(redis, { prefix: library, clockSkewSeconds: 0, deadlineMilliseconds: DEADLINE })
      const patient = redisReplayStore(redis, { prefix: library, clockSkewSeconds: 0, deadlineMilliseconds: 5000 })
      await patient.unsafeStartEmpty()
      const tokens = Array.from({ length: 20 }, (_, i) => use(`t${i}`))
      for (const token of tokens) expect(await patient.consume(token)).toBe('fresh')
      const before = await primaryOf(topology)
      const frozen = topology.servers.find(({ port }) => port === before) as Server
      frozen.freeze()
      const answers = new Set<unknown>()
      while ((await primaryOf(topology)) === before) {
        const { result, beyond } = await waited(DEADLINE, () => store.consume(tokens[0] as Use))
        answers.add(typeof result === 'string' ? result : result.code)
        expect(beyond).toBeLessThan(0)
      }
      const isBack = async (): Promise<void> =>
        expect(await store.consume(tokens[0] as Use).catch(code)).toBe('store_forgetful')
      await eventually(2, isBack)
      for (const token of tokens) answers.add(await store.consume(token).catch(code))
      expect(answers).not.toContain('fresh')
      expect(
        await eventually(4, () =>
          store.consume({ ...use(`new ${performance.now()}`), issued: Math.floor(Date.now() / 1000) }),
        ),
      ).toBe('fresh')
      frozen.thaw()
      redis.close()
    },
    60_000,
  )
})

describe.runIf(HAS_REDIS)('a cluster', () => {
  let topology: Topology
  beforeAll(async () => {
    topology = await startCluster()
  }, 60_000)
  afterAll(() => topology.end())

  test.each(LIBRARIES)('%s finds the node of each key', async (library) => {
    const redis = await connected(topology, library)
    const store = redisReplayStore(redis, { prefix: library, deadlineMilliseconds: 5000 })
    const limiter = redisLimiter(redis, { prefix: library, deadlineMilliseconds: 5000 })
    await store.unsafeStartEmpty()
    for (let i = 0; i < 40; i++) {
      expect([await store.consume(use(`${i}`)), await store.consume(use(`${i}`))]).toEqual(['fresh', 'replayed'])
      expect((await limiter.draw({ key: `${i}`, limit: LIMIT, cost: 1 })).remaining).toBe(99)
    }
    redis.close()
  })

  test('slots that move take their budgets along, and no token that was used is taken again', async () => {
    const connections = await Promise.all(LIBRARIES.map((library) => connected(topology, library)))
    const [first] = connections as [RedisConnection]
    const limiters = connections.map((redis) => redisLimiter(redis, { prefix: 'moved', deadlineMilliseconds: 5000 }))
    const store = redisReplayStore(first, { prefix: 'moved', deadlineMilliseconds: 5000 })
    await store.unsafeStartEmpty()
    const keys = Array.from({ length: 12 }, (_, i) => `${i}`)
    const drawAll = async (): Promise<number> => {
      const draws = keys.flatMap((key) =>
        limiters.map((one) => one.draw({ key, limit: LIMIT, cost: 30 }).catch(() => undefined)),
      )
      return (await Promise.all(draws)).filter((drawn) => drawn?.allowed).length
    }
    for (const key of keys) expect(await store.consume(use(key))).toBe('fresh')
    let allowed = await drawAll()
    const [, meanwhile] = await Promise.all([moveSlots(topology), drawAll()])
    allowed += meanwhile
    allowed += await drawAll()
    // Three draws of 30 from each 100; one whose answer was lost on the way was drawn too.
    expect(allowed).toBeLessThanOrEqual(keys.length * 3)
    expect(await drawAll()).toBe(0)
    for (const key of keys) expect(['replayed', 'store_forgetful']).toContain(await store.consume(use(key)).catch(code))
    for (const redis of connections) redis.close()
  }, 60_000)
})
