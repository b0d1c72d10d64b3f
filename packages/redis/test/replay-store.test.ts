import { createKit, generateSecret, type Use } from '@kit/jwt'
import { afterEach, describe, expect, test } from 'vitest'
import {
  connectRedis,
  type RedisConnection,
  type RedisLibrary,
  type RedisReplayStore,
  type RedisReplayStoreOptions,
  redisReplayStore,
  type StoreError,
} from '../src'
import { partKeys } from '../src/names'
import { HAS_REDIS, type Server, startRedis } from './servers'
import { eventually } from './waiting'

const LIBRARIES: readonly RedisLibrary[] = ['ioredis', 'redis']
const ISSUER = 'https://auth.example'
const ends: (() => unknown)[] = []
/** Long enough for a machine that is busy; what a deadline does is tested beside the connection. */
const PATIENT = { deadlineMilliseconds: 5000, clockSkewSeconds: 0 }

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const seconds = (): number => Date.now() / 1000

/** A token that lives for a quarter of an hour; issued now, unless said otherwise. */
const use = (jti: string, issued: number | undefined = Math.floor(seconds()), now = seconds()): Use => ({
  issuer: ISSUER,
  jti,
  expires: now + 990,
  now,
  issued,
})

const told = (store: RedisReplayStore, one: Use): Promise<string> =>
  store.consume(one).catch((error: unknown) => (error as StoreError).code)

async function server(...options: string[]): Promise<Server> {
  const started = await startRedis(options)
  ends.push(started.end)
  return started
}

function connect({ url }: Server, library: RedisLibrary): RedisConnection {
  const redis = connectRedis({ REDIS_URL: url }, { library }) as RedisConnection
  ends.push(() => redis.close())
  return redis
}

/** A store that was empty when it began. */
async function empty(redis: RedisConnection, options: RedisReplayStoreOptions = PATIENT): Promise<RedisReplayStore> {
  const store = redisReplayStore(redis, options)
  await store.unsafeStartEmpty()
  return store
}

/** Tokens that are issued from now on are taken: a second of the server, and the one that is rounded up, have passed. */
const past = (milliseconds = 2100): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe.runIf(HAS_REDIS).each(LIBRARIES)('through %s', (library) => {
  test('a token is fresh once, for its issuer', async () => {
    const store = await empty(connect(await server(), library))
    expect(await told(store, use('a'))).toBe('fresh')
    expect(await told(store, use('a'))).toBe('replayed')
    expect(await told(store, use('b'))).toBe('fresh')
    expect(await told(store, { ...use('a'), issuer: 'https://peer.example' })).toBe('fresh')
  })

  test('of many that come at once, one is fresh, whichever process it is in', async () => {
    const redis = await server()
    const stores = [await empty(connect(redis, library)), redisReplayStore(connect(redis, library), PATIENT)]
    for (const jti of ['a', 'b', 'c']) {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, i) => told(stores[i % 2] as RedisReplayStore, use(jti))),
      )
      expect(answers.filter((answer) => answer === 'fresh')).toHaveLength(1)
      expect(new Set(answers)).toEqual(new Set(['fresh', 'replayed']))
    }
  })

  test.each([
    ['10 kB', 'j'.repeat(10_000)],
    ['braces', '{a}'],
    ['a line break', 'a\r\nFLUSHALL\r\n'],
    ['NUL', 'a\0b'],
    ['a colon', '2:ab'],
    ['other letters', 'Grüße 你好 🙂'],
  ])('a jti of %s is one like any other', async (_, jti) => {
    const redis = connect(await server(), library)
    const store = await empty(redis)
    expect(await told(store, use(jti))).toBe('fresh')
    expect(await told(store, use(jti))).toBe('replayed')
    expect(await told(store, use(`${jti}x`))).toBe('fresh')
    const keys = (await redis.command(['KEYS', '*'], 'any')) as readonly string[]
    for (const key of keys) expect(key).toMatch(/^\{kit:replay:[0-9a-f]\}(:[\w-]{43})?$/)
  })

  test('a new store takes what is issued from now on, and nothing older', async () => {
    const store = redisReplayStore(connect(await server(), library), PATIENT)
    expect(await told(store, use('old'))).toBe('store_forgetful')
    await past()
    expect(await told(store, use('new'))).toBe('fresh')
    expect(await told(store, use('new'))).toBe('replayed')
    expect(await told(store, use('without', undefined, seconds()))).toBe('fresh')
    const { issued: _, ...without } = use('none')
    expect(await told(store, without)).toBe('store_forgetful')
    expect(await told(store, use('older', Math.floor(seconds()) - 60))).toBe('store_forgetful')
  })

  test('clocks may differ: what was issued shortly after is refused too', async () => {
    const redis = connect(await server(), library)
    const store = redisReplayStore(redis, { ...PATIENT, clockSkewSeconds: 60 })
    const begun = Math.floor(seconds())
    expect(await told(store, use('a', begun + 58))).toBe('store_forgetful')
    expect(await told(store, use('b', begun + 66))).toBe('fresh')
  })

  test.each([
    ['without persistence', []],
    ['with a snapshot', ['--save', '3600', '1']],
    ['with an append-only file', ['--appendonly', 'yes', '--appendfsync', 'always']],
  ])('killed and started again %s, it lets nobody in a second time', async (_, options) => {
    const redis = await server(...options)
    const connection = connect(redis, library)
    const store = await empty(connection)
    // A snapshot that knows of the beginning and not of what comes after.
    await connection.command(['SAVE'], 'any')
    const tokens = Array.from({ length: 40 }, (_, i) => use(`t${i}`))
    for (const one of tokens) expect(await told(store, one)).toBe('fresh')
    for (let round = 0; round < 2; round++) {
      await redis.kill()
      expect(await told(redisReplayStore(connection, { ...PATIENT, deadlineMilliseconds: 200 }), use('away'))).toBe(
        'store_unavailable',
      )
      await redis.start()
      const again = await Promise.all(tokens.map((one) => told(store, one)))
      for (const answer of again) expect(['store_forgetful', 'store_unavailable']).toContain(answer)
      const isBack = async (): Promise<void> => expect(await told(store, tokens[0] as Use)).toBe('store_forgetful')
      await eventually(2, isBack)
      await past()
      expect(await eventually(2, () => store.consume(use(`new ${round} ${performance.now()}`)))).toBe('fresh')
      expect(await told(store, tokens[0] as Use)).toBe('store_forgetful')
    }
  })

  test('whoever notices first has all parts look: what is issued after is taken in each', async () => {
    const redis = await server()
    const connection = connect(redis, library)
    const store = await empty(connection)
    await redis.kill()
    await redis.start()
    await eventually(10, async () => expect(await told(store, use('first'))).toBe('store_forgetful'))
    await eventually(10, async () => expect(await connection.command(['EXISTS', ...partKeys('kit')], 'any')).toBe(16))
    await past()
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => told(store, use(`later ${i}`))))
    expect(new Set(answers)).toEqual(new Set(['fresh']))
  })

  test('emptied by somebody, it knows that it forgot', async () => {
    const redis = connect(await server(), library)
    const store = await empty(redis)
    const one = use('a')
    expect(await told(store, one)).toBe('fresh')
    await redis.command(['FLUSHALL'], 'any')
    expect(await told(store, one)).toBe('store_forgetful')
  })

  test('saying that it was empty changes nothing once it knows anything', async () => {
    const redis = await server()
    const store = await empty(connect(redis, library))
    // One token: another one may be issued in the second after, and is rightly taken.
    const one = use('a')
    await redis.kill()
    await redis.start()
    expect(await told(store, one)).toBe('store_forgetful')
    await store.unsafeStartEmpty()
    expect(await told(store, one)).toBe('store_forgetful')
  })

  test('a server that would drop used tokens is not used', async () => {
    const redis = await server('--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru')
    const store = redisReplayStore(connect(redis, library), PATIENT)
    expect(await told(store, use('a', Math.floor(seconds()) + 60))).toBe('store_evicting')
  })

  test('a server that has no bound drops nothing, whatever it would do with one', async () => {
    const redis = await server('--maxmemory', '0', '--maxmemory-policy', 'allkeys-lru')
    const store = redisReplayStore(connect(redis, library), PATIENT)
    expect(await told(store, use('a', Math.floor(seconds()) + 60))).toBe('fresh')
  })

  test('a server that is full says so, and is used again when it is not', async () => {
    const connection = connect(await server('--maxmemory', '64mb', '--maxmemory-policy', 'noeviction'), library)
    const store = await empty(connection)
    expect(await told(store, use('before'))).toBe('fresh')
    await connection.command(['CONFIG', 'SET', 'maxmemory', '1'], 'any')
    expect(await told(store, use('full'))).toBe('store_full')
    await connection.command(['CONFIG', 'SET', 'maxmemory', '64mb'], 'any')
    expect(await told(store, use('full'))).toBe('fresh')
    expect(await told(store, use('before'))).toBe('replayed')
  })

  test('scripts that the server lost are given to it again', async () => {
    const redis = connect(await server(), library)
    const store = await empty(redis)
    await redis.command(['SCRIPT', 'FLUSH'], 'any')
    expect(await told(store, use('a'))).toBe('fresh')
  })

  test('a token is forgotten when it has expired for everybody, and no earlier', async () => {
    const redis = connect(await server(), library)
    const store = await empty(redis)
    const now = seconds()
    expect(await told(store, { issuer: ISSUER, jti: 'a', now, expires: now + 100, issued: Math.floor(now) })).toBe(
      'fresh',
    )
    const keys = (await redis.command(['KEYS', '*:*:*:*'], 'any')) as readonly string[]
    expect(keys).toHaveLength(1)
    const left = Number(await redis.command(['PTTL', keys[0] as string], 'any'))
    expect(left).toBeGreaterThan(180_000)
    expect(left).toBeLessThanOrEqual(190_000)
  })

  test('through a kit', async () => {
    const replay = await empty(connect(await server(), library))
    const kit = createKit({ issuer: ISSUER, audience: 'api', secret: generateSecret(), replay })
    const claims = await kit.verify(await kit.sign({ sub: 'u1' }))
    await kit.consumeOnce(claims)
    await expect(kit.consumeOnce(claims)).rejects.toMatchObject({ code: 'token_replayed' })
  })
})

/** Loses an answer now and then, after the server has done what it was asked. */
function losing(redis: RedisConnection, lost: number): RedisConnection {
  let left = lost
  return {
    ...redis,
    command: async (args, key) => {
      const reply = await redis.command(args, key)
      if (left > 0 && args.includes('EVALSHA') && left--) throw new Error('Connection is closed.')
      return reply
    },
  }
}

test.runIf(HAS_REDIS)('an answer that is lost on the way does not use a token up', async () => {
  const redis = connect(await server(), 'ioredis')
  const store = await empty(redis)
  await told(store, use('warm'))
  expect(await told(redisReplayStore(losing(redis, 1), PATIENT), use('a'))).toBe('fresh')
  expect(await told(store, use('a'))).toBe('replayed')
  expect(await told(redisReplayStore(losing(redis, 2), PATIENT), use('b'))).toBe('store_unavailable')
  // Nobody knows whether it was: it counts as used.
  expect(await told(store, use('b'))).toBe('replayed')
})

test.runIf(HAS_REDIS)('whoever comes between a lost answer and its repetition does not take the token', async () => {
  const redis = connect(await server(), 'ioredis')
  const store = await empty(redis)
  await told(store, use('warm'))
  const between: string[] = []
  const overtaken: RedisConnection = {
    ...redis,
    command: async (args, key) => {
      const reply = await redis.command(args, key)
      if (between.length > 0) return reply
      between.push(await told(store, use('a')))
      throw new Error('Connection is closed.')
    },
  }
  expect(await told(redisReplayStore(overtaken, PATIENT), use('a'))).toBe('fresh')
  expect(between).toEqual(['replayed'])
})

test('what is no option and no time is misuse', async () => {
  const redis = { command: async () => 'OK' }
  for (const options of [
    { prefix: '' },
    { prefix: '{a}' },
    { prefix: 'a b' },
    { clockSkewSeconds: -1 },
    { deadlineMilliseconds: 0 },
  ])
    expect(() => redisReplayStore(redis, options)).toThrow(TypeError)
  const store = redisReplayStore(redis)
  await expect(store.consume({ ...use('a'), expires: Number.NaN })).rejects.toThrow(TypeError)
  await expect(store.consume({ ...use('a'), issued: Number.NaN })).rejects.toThrow(TypeError)
  await expect(store.consume(use('a'))).rejects.toMatchObject({ code: 'store_unavailable' })
})
