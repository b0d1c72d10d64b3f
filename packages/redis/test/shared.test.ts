// What processes of both languages share: keys, revocations and budgets.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Limit, memoryLimiter } from '@kit/http'
import { createAuthority, type KeyStore, readKeks } from '@kit/issuer'
import { createKit, generateSecret } from '@kit/jwt'
import { afterEach, describe, expect, test } from 'vitest'
import {
  connectRedis,
  type RedisConnection,
  type RedisLibrary,
  redisKeyStore,
  redisLimiter,
  redisRevocationList,
  type StoreError,
} from '../src'
import { revokedKey } from '../src/names'
import { HAS_REDIS, type Server, startRedis } from './servers'
import { eventually } from './waiting'

const LIBRARIES: readonly RedisLibrary[] = ['ioredis', 'redis']
const PATIENT = { deadlineMilliseconds: 5000 }
const READ: Limit = { name: 'read', quota: 120, windowSeconds: 60 }
const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function server(...options: string[]): Promise<Server> {
  const started = await startRedis(options)
  ends.push(started.end)
  return started
}

function connect({ url }: Server, library: RedisLibrary = 'ioredis'): RedisConnection {
  const redis = connectRedis({ REDIS_URL: url }, { library }) as RedisConnection
  ends.push(() => redis.close())
  return redis
}

const codeOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => (error as StoreError).code)

describe.runIf(HAS_REDIS).each(LIBRARIES)('keys through %s', (library) => {
  test('nothing, then what was written under the next number', async () => {
    const redis = connect(await server(), library)
    const store = redisKeyStore(redis, PATIENT)
    expect(await store.read()).toBe(undefined)
    expect(await store.writeIf(0, 'one')).toBe(true)
    expect(await store.writeIf(0, 'other')).toBe(false)
    expect(await store.writeIf(2, 'other')).toBe(false)
    expect(await store.writeIf(1, 'zwei · 二\n"')).toBe(true)
    expect(await store.read()).toEqual({ version: 2, text: 'zwei · 二\n"' })
    expect(await redisKeyStore(redis, { ...PATIENT, name: 'others' }).read()).toBe(undefined)
  })

  test('exactly one of those who write at once succeeds', async () => {
    const redis = await server()
    const [one, other] = [connect(redis, library), connect(redis, library)].map((each) =>
      redisKeyStore(each, PATIENT),
    ) as [KeyStore, KeyStore]
    for (let version = 0; version < 8; version++) {
      const written = await Promise.all(
        Array.from({ length: 12 }, (_, i) => (i % 2 ? one : other).writeIf(version, `${version} by ${i}`)),
      )
      expect(written.filter(Boolean)).toHaveLength(1)
      expect(await one.read()).toEqual({ version: version + 1, text: `${version} by ${written.indexOf(true)}` })
    }
  })

  test('authorities on it have the same keys', async () => {
    const redis = await server()
    const keks = await readKeks(`a=${'A'.repeat(43)}`)
    const authority = (): ReturnType<typeof createAuthority> =>
      createAuthority({ store: redisKeyStore(connect(redis, library), PATIENT), keks })
    const [one, other] = await Promise.all([authority(), authority()])
    expect(await one.jwks()).toEqual(await other.jwks())
    expect((await one.signer()).kid).toBe((await other.signer()).kid)
  })

  test('a server that would drop keys is not written to, and what is no document is none', async () => {
    const lossy = connect(await server('--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'), library)
    expect(await codeOf(redisKeyStore(lossy, PATIENT).writeIf(0, 'one'))).toBe('store_evicting')
    await lossy.command(['HSET', '{kit:document:keys}', 'version', '01', 'text', 'x'], '{kit:document:keys}')
    expect(await codeOf(redisKeyStore(lossy, PATIENT).read())).toBe('store_unavailable')
  })
})

describe.runIf(HAS_REDIS)('revocations', () => {
  test('a token that is revoked is refused by all who share the list', async () => {
    const redis = await server()
    const list = redisRevocationList(connect(redis), PATIENT)
    const revocation = redisRevocationList(connect(redis, 'redis'), PATIENT)
    const kit = createKit({ issuer: 'https://auth.example', audience: 'api', secret: generateSecret(), revocation })
    const [first, second] = [await kit.sign({ sub: 'u1' }), await kit.sign({ sub: 'u1' })]
    const { iss, jti, exp } = await kit.verify(first)
    await list.revoke({ issuer: iss, jti: jti as string, expires: exp + 90 })
    await expect(kit.verify(first)).rejects.toMatchObject({ code: 'token_revoked' })
    expect((await kit.verify(second)).sub).toBe('u1')
    await redis.kill()
    await expect(kit.verify(second)).rejects.toMatchObject({ code: 'revocation_unavailable' })
  })

  test('is forgotten once nobody takes the token any more, and no earlier than was said before', async () => {
    const redis = connect(await server())
    const list = redisRevocationList(redis, PATIENT)
    const later = Math.floor(Date.now() / 1000) + 600
    const isRevoked = async (jti: string): Promise<boolean> => list.isRevoked({ iss: 'i', jti } as never, 0)
    await list.revoke({ issuer: 'i', jti: 'short', expires: later })
    await list.revoke({ issuer: 'i', jti: 'long', expires: later + 60 })
    await list.revoke({ issuer: 'i', jti: 'long', expires: later })
    await list.revoke({ issuer: 'i', jti: 'over', expires: Date.now() / 1000 + 0.3 })
    expect([await isRevoked('short'), await isRevoked('long'), await isRevoked('none')]).toEqual([true, true, false])
    const until = (jti: string): Promise<unknown> => redis.command(['PEXPIRETIME', revokedKey('kit', 'i', jti)], 'any')
    expect([await until('short'), await until('long')]).toEqual([later * 1000, (later + 60) * 1000])
    await eventually(5, async () => expect(await isRevoked('over')).toBe(false))
    expect(await list.isRevoked({ iss: 'i' } as never, 0)).toBe(false)
  })

  test('a server that would forget is not used, and what is no token is misuse', async () => {
    const lossy = connect(await server('--maxmemory', '64mb', '--maxmemory-policy', 'volatile-ttl'))
    const list = redisRevocationList(lossy, PATIENT)
    expect(await codeOf(list.revoke({ issuer: 'i', jti: 'a', expires: 1 }))).toBe('store_evicting')
    await expect(list.revoke({ issuer: 'i', jti: 'a', expires: Number.NaN })).rejects.toThrow(TypeError)
    await expect(list.revoke({ issuer: 'i', jti: 1 as never, expires: 1 })).rejects.toThrow(TypeError)
    const odd = redisRevocationList({ command: async () => 'OK' })
    expect(await codeOf(odd.isRevoked({ iss: 'i', jti: 'a' } as never, 0) as Promise<boolean>)).toBe(
      'store_unavailable',
    )
    expect(await codeOf(odd.revoke({ issuer: 'i', jti: 'a', expires: 1 }))).toBe('store_unavailable')
  })
})

describe.runIf(HAS_REDIS)('budgets', () => {
  test('a server that would drop budgets is refused, before it has anything to drop', async () => {
    const lossy = connect(await server('--maxmemory', '64mb', '--maxmemory-policy', 'volatile-lru'))
    const limit: Limit = { name: 'slow', quota: 1, windowSeconds: 3600, burst: 100 }
    expect(await codeOf(redisLimiter(lossy, PATIENT).draw({ key: 'k', limit, cost: 1 }))).toBe('store_evicting')
    await lossy.command(['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'], 'any')
    expect((await redisLimiter(lossy, PATIENT).draw({ key: 'k', limit, cost: 1 })).remaining).toBe(99)
  })

  test.each(LIBRARIES)('through %s are what they are in memory, but for the clock', async (library) => {
    const limiter = redisLimiter(connect(await server(), library), PATIENT)
    const memory = memoryLimiter({ clock: () => 0 })
    // Slow enough that no unit comes back while this runs.
    const limit: Limit = { name: 'slow', quota: 5, windowSeconds: 50_000, burst: 4 }
    for (const cost of [1, 2, 2, 1, 1]) {
      const draw = { key: '{u1}\0', limit, cost }
      const [drawn, expected] = [await limiter.draw(draw), memory.draw(draw)]
      expect([drawn.allowed, drawn.remaining]).toEqual([expected.allowed, expected.remaining])
      expect(Math.abs(drawn.resetAfter - expected.resetAfter)).toBeLessThan(60)
      expect(drawn.retryAfter === 0).toBe(drawn.allowed)
    }
    await expect(limiter.draw({ key: 'u1', limit, cost: 5 })).rejects.toThrow(TypeError)
  })

  test('140 at once on 120 a minute: as many pass as the time of the server allows', async () => {
    const redis = connect(await server())
    const limiter = redisLimiter(redis, PATIENT)
    await redis.connect()
    const time = async (): Promise<number> => {
      const [seconds, microseconds] = (await redis.command(['TIME'], 'any')) as readonly string[]
      return Number(seconds) + Number(microseconds) / 1e6
    }
    const begun = await time()
    const drawn = await Promise.all(
      Array.from({ length: 140 }, () => limiter.draw({ key: 'u1', limit: READ, cost: 1 })),
    )
    const allowed = drawn.filter((one) => one.allowed).length
    // Two units come back in each second that the server counted meanwhile.
    expect(allowed).toBeGreaterThanOrEqual(120)
    expect(allowed).toBeLessThanOrEqual(120 + Math.floor(2 * ((await time()) - begun)))
    for (const { allowed: isAllowed, retryAfter } of drawn) expect(retryAfter > 0).toBe(!isAllowed)
  })

  test('a budget that is full again leaves nothing behind', async () => {
    const redis = connect(await server())
    const limiter = redisLimiter(redis, PATIENT)
    await limiter.draw({ key: 'u1', limit: { name: 'quick', quota: 100, windowSeconds: 1 }, cost: 1 })
    await eventually(5, async () => expect(await redis.command(['DBSIZE'], 'any')).toBe(0))
  })

  test('a server that is away is told as such, and an answer that is none too', async () => {
    const redis = await server()
    const limiter = redisLimiter(connect(redis))
    await redis.kill()
    expect(await codeOf(limiter.draw({ key: 'u1', limit: READ, cost: 1 }))).toBe('store_unavailable')
    const odd = redisLimiter({ command: async () => 'OK' })
    expect(await codeOf(odd.draw({ key: 'u1', limit: READ, cost: 1 }))).toBe('store_unavailable')
  })
})

const python = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url))

/** A process of its own that draws on one budget, and prints how often it was allowed to. */
function drawing(command: readonly [string, ...string[]], url: string): Promise<number> {
  const [program, ...args] = command
  const child = spawn(program, [...args, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve(Number(said)))
  })
}

test.runIf(HAS_REDIS && existsSync(python))(
  'two processes of each language share one budget',
  async () => {
    const { url } = await server()
    const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
    const commands: (readonly [string, ...string[]])[] = [
      [process.execPath, '--no-warnings', path('programs/draw.mjs')],
      [python, path('../../../python/tests/redis_draw_program.py')],
    ]
    const allowed = await Promise.all([...commands, ...commands].map((command) => drawing(command, url)))
    // One unit in an hour: none comes back while this runs.
    expect(allowed.reduce((sum, one) => sum + one, 0)).toBe(100)
  },
  60_000,
)
