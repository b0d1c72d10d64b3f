// A use that counts once replicas know of it: on a primary and its replica, on Sentinels, and on a cluster that has replicas.
import type { Use } from '@kit/jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  connectRedis,
  type RedisCommands,
  type RedisConnection,
  type RedisLibrary,
  type RedisPipeline,
  type RedisReplayStore,
  redisReplayStore,
  type StoreError,
  storesFromEnvironment,
} from '../src'
import { HAS_REDIS, type Server, startRedis } from './servers'
import { ask, moveSlots, startCluster, startSentinels, type Topology, until } from './topologies'
import { eventually, waited } from './waiting'

const LIBRARIES: readonly RedisLibrary[] = ['ioredis', 'redis']
const PATIENT = { deadlineMilliseconds: 5000 }

const use = (jti: string): Use => ({ issuer: 'i', jti, expires: 2000, now: 1000, issued: 1000 })
const told = (store: RedisReplayStore, jti: string): Promise<string> =>
  store.consume(use(jti)).catch((error: unknown) => (error as StoreError).code)

const connected = (environment: Record<string, string>, library: RedisLibrary): RedisConnection =>
  connectRedis(environment, { library }) as RedisConnection

describe.runIf(HAS_REDIS)('a primary and its replica', () => {
  let primary: Server
  let replica: Server
  const isJoined = (): Promise<void> =>
    until(async () => (await ask(primary.port, 'info', 'replication')).includes('state=online'))

  beforeAll(async () => {
    primary = await startRedis(['--repl-diskless-sync-delay', '0'])
    replica = await startRedis(['--replicaof', `127.0.0.1 ${primary.port}`])
    await isJoined()
  }, 60_000)
  afterAll(async () => {
    await replica.end()
    await primary.end()
  })

  test.each(LIBRARIES)('through %s, what is fresh is known to the replica', async (library) => {
    const redis = connected({ REDIS_URL: primary.url }, library)
    const store = redisReplayStore(redis, { ...PATIENT, prefix: library, minReplicas: 1 })
    await store.unsafeStartEmpty()
    for (let i = 0; i < 20; i++) {
      expect(await told(store, `${i}`)).toBe('fresh')
      expect((await ask(replica.port, 'keys', `{${library}:replay:*:*`)).split('\n')).toHaveLength(i + 1)
      expect(await told(store, `${i}`)).toBe('replayed')
    }
    redis.close()
  })

  test.each(LIBRARIES)('through %s, where too few know of it in time it is refused, and used up', async (library) => {
    const redis = connected({ REDIS_URL: primary.url }, library)
    const patient = redisReplayStore(redis, { ...PATIENT, prefix: library, minReplicas: 1 })
    const store = redisReplayStore(redis, { deadlineMilliseconds: 400, prefix: library, minReplicas: 1 })
    const other = redisReplayStore(redis, { ...PATIENT, prefix: library })
    await patient.unsafeStartEmpty()
    replica.freeze()
    let tries = 0
    let latest = Number.NEGATIVE_INFINITY
    const refused = async (): Promise<string> => {
      const jti = `frozen ${tries++}`
      const { result, beyond } = await waited(400, () => store.consume(use(jti)))
      latest = Math.max(latest, beyond)
      // On a busy machine the deadline may come before the time for replicas is over.
      expect(result).toEqual({ code: 'store_unreplicated' })
      return jti
    }
    const frozen = await eventually(5, refused)
    // Of every try: none is late.
    expect(latest).toBeLessThan(0)
    // Whoever does not ask for it is not kept waiting.
    expect(await told(other, 'other')).toBe('fresh')
    replica.thaw()
    expect(await told(patient, frozen)).toBe('replayed')
    await eventually(5, async () => expect(await told(patient, `after ${tries++}`)).toBe('fresh'))
    redis.close()
  })

  test.each(LIBRARIES)('through %s, where there are too few it is refused, and not used up', async (library) => {
    const redis = connected({ REDIS_URL: primary.url }, library)
    const two = redisReplayStore(redis, { ...PATIENT, prefix: `two-${library}`, minReplicas: 2 })
    await two.unsafeStartEmpty()
    expect(await told(two, 'a')).toBe('store_unreplicated')
    const one = redisReplayStore(redis, { ...PATIENT, prefix: `two-${library}`, minReplicas: 1 })
    expect(await told(one, 'a')).toBe('fresh')
    expect(await told(two, 'a')).toBe('store_unreplicated')
    redis.close()
  })

  test.each(LIBRARIES)('through %s, whoever asks again waits as well', async (library) => {
    const environment = { REDIS_URL: primary.url }
    const [first, second] = [connected(environment, library), connected(environment, library)]
    await Promise.all([first.connect(), second.connect()])
    let asked = 0
    // The answer to the first is lost, and the second goes over another connection.
    const lossy: RedisPipeline = {
      command: (args, key) => first.command(args, key),
      pipeline: async (commands, key) => {
        asked += 1
        if (asked > 1) return second.pipeline(commands, key)
        await first.command(commands[0] as readonly string[], key)
        throw new Error('lost')
      },
    }
    const options = { ...PATIENT, prefix: `again-${library}`, minReplicas: 1 }
    const store = redisReplayStore(lossy, options)
    await store.unsafeStartEmpty()
    // Both connections know the script.
    for (const redis of [first, second])
      expect(await told(redisReplayStore(redis, options), `${asked++}`)).toBe('fresh')
    asked = 0
    replica.freeze()
    expect(await told(store, 'a')).toBe('store_unreplicated')
    expect(asked).toBe(2)
    replica.thaw()
    await eventually(5, () => store.consume(use('b')))
    asked = 0
    expect(await told(store, 'c')).toBe('fresh')
    first.close()
    second.close()
  })

  test('a service has a connection of its own for it, and both end', async () => {
    const stores = storesFromEnvironment({ REDIS_URL: primary.url }, { ...PATIENT, minReplicas: 1 })
    await (stores.replay as RedisReplayStore).unsafeStartEmpty()
    expect(await told(stores.replay as RedisReplayStore, 'service')).toBe('fresh')
    await stores.redis?.connect()
    const connections = async (): Promise<number> =>
      (await ask(primary.port, 'client', 'list', 'type', 'normal')).split('\n').length - 1
    await until(async () => (await connections()) === 2)
    stores.close()
    await until(async () => (await connections()) === 0)
  })
})

describe.runIf(HAS_REDIS)('replicas elsewhere', () => {
  test('of Sentinels', async () => {
    const topology = await startSentinels()
    for (const library of LIBRARIES) {
      const redis = connected(topology.environment, library)
      const store = redisReplayStore(redis, { ...PATIENT, prefix: library, minReplicas: 2 })
      await store.unsafeStartEmpty()
      expect([await told(store, 'a'), await told(store, 'a')]).toEqual(['fresh', 'replayed'])
      const more = redisReplayStore(redis, { ...PATIENT, prefix: library, minReplicas: 3 })
      expect(await told(more, 'b')).toBe('store_unreplicated')
      redis.close()
    }
    await topology.end()
  }, 60_000)

  test('of a cluster, also of slots that move', async () => {
    const topology: Topology = await startCluster(1)
    const open = LIBRARIES.map((library) => connected(topology.environment, library))
    const stores = open.map((redis, i) => redisReplayStore(redis, { ...PATIENT, prefix: `c${i}`, minReplicas: 1 }))
    const each = async (jti: string): Promise<string[]> => {
      const all = stores.flatMap((store) => Array.from({ length: 20 }, (_, i) => told(store, `${jti}${i}`)))
      return [...new Set(await Promise.all(all))]
    }
    for (const store of stores) await store.unsafeStartEmpty()
    expect(await each('a')).toEqual(['fresh'])
    expect(await each('a')).toEqual(['replayed'])
    await moveSlots(topology)
    // Each slot is learnt of by whoever asks for it; and another server has forgotten nothing only since it was asked.
    const isLearnt = async (): Promise<void> => {
      const answers = await each('old')
      expect(['store_forgetful', 'fresh', 'replayed']).toEqual(expect.arrayContaining(answers))
    }
    await eventually(10, isLearnt)
    for (const store of stores)
      for (let i = 0; i < 20; i++) expect(['replayed', 'store_forgetful']).toContain(await told(store, `a${i}`))
    for (const redis of open) redis.close()
    await topology.end()
  }, 120_000)
})

test('a number that is none, or commands that cannot follow each other, are refused', () => {
  const commands: RedisCommands = { command: async () => null }
  const follow: RedisPipeline = { ...commands, pipeline: async () => [] }
  for (const minReplicas of [-1, 1.5, Number.NaN, '1' as unknown as number])
    expect(() => redisReplayStore(follow, { minReplicas })).toThrow('minReplicas is not a number of replicas')
  expect(() => redisReplayStore(commands, { minReplicas: 1 })).toThrow(
    'minReplicas needs commands that have a pipeline',
  )
  redisReplayStore(commands, { minReplicas: 0 })
})

test.each([[['fresh', null]], [['fresh', '0']], [['fresh']], [['fresh', 'many']]])(
  'an answer that does not count replicas, %j, is none',
  async (answer) => {
    const odd: RedisPipeline = { command: async () => null, pipeline: async () => answer }
    expect(await told(redisReplayStore(odd, { minReplicas: 1 }), 'a')).toBe('store_unreplicated')
  },
)
