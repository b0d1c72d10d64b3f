import { afterEach, describe, expect, test } from 'vitest'
import { connectRedis, type RedisConnection, type RedisLibrary, StoreError } from '../src'
import { Deadline } from '../src/deadline'
import { HAS_REDIS, type Server, startRedis } from './servers'
import { eventually, waited } from './waiting'

const LIBRARIES: readonly RedisLibrary[] = ['ioredis', 'redis']
const DEADLINE = 200
const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function server(...options: string[]): Promise<Server> {
  const started = await startRedis(options)
  ends.push(started.end)
  return started
}

function connection(url: string, library: RedisLibrary): RedisConnection {
  const redis = connectRedis({ REDIS_URL: url }, { library }) as RedisConnection
  ends.push(() => redis.close())
  return redis
}

/** Loading a library and connecting takes what it takes. */
async function connected(url: string, library: RedisLibrary): Promise<RedisConnection> {
  const redis = connection(url, library)
  await redis.connect()
  return redis
}

const echo = (deadline: Deadline, text = 'hello'): Promise<unknown> =>
  deadline.within((redis) => redis.command(['ECHO', text], 'any'))

describe.runIf(HAS_REDIS).each(LIBRARIES)('through %s', (library) => {
  test('a command and its answer', async () => {
    const { url } = await server()
    const deadline = new Deadline(await connected(url, library), 5000)
    expect(await echo(deadline)).toBe('hello')
    expect(await deadline.within((redis) => redis.command(['GET', 'nothing'], 'nothing'))).toBe(null)
    expect(await deadline.within((redis) => redis.command(['INCR', 'n'], 'n'))).toBe(1)
  })

  test('a server that is frozen keeps nobody waiting, and is used again when it runs', async () => {
    const redis = await server()
    const deadline = new Deadline(await connected(redis.url, library), DEADLINE)
    redis.freeze()
    for (let round = 0; round < 6; round++) {
      const all = await Promise.all(Array.from({ length: 20 }, () => waited(DEADLINE, () => echo(deadline))))
      expect(all.map(({ result }) => result)).toEqual(all.map(() => ({ code: 'store_unavailable' })))
      expect(Math.max(...all.map(({ beyond }) => beyond))).toBeLessThan(0)
    }
    redis.thaw()
    expect(await eventually(2, () => echo(deadline))).toBe('hello')
  })

  test('a server that is frozen before anything is connected keeps nobody waiting', async () => {
    const redis = await server()
    // Loading the library takes this process's time, not the server's.
    await import(library)
    redis.freeze()
    const deadline = new Deadline(connection(redis.url, library), DEADLINE)
    const { result, beyond } = await waited(DEADLINE, () => echo(deadline))
    expect(result).toEqual({ code: 'store_unavailable' })
    expect(beyond).toBeLessThan(0)
    redis.thaw()
    expect(await eventually(2, () => echo(deadline))).toBe('hello')
  })

  test('a server that is frozen for long is asked no more than is held in memory', async () => {
    const redis = await server()
    const deadline = new Deadline(await connected(redis.url, library), DEADLINE)
    redis.freeze()
    const waiting = Array.from({ length: 1000 }, () => echo(deadline).catch(() => 'in the end'))
    const beyond = echo(deadline).catch(({ code }: StoreError) => `${code} at once`)
    expect(await Promise.race([...waiting, beyond])).toBe('store_unavailable at once')
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['in the end']))
    redis.thaw()
    expect(await eventually(2, () => echo(deadline))).toBe('hello')
  })

  test('a server that dies is refused at once, and is used again when it is back', async () => {
    const redis = await server()
    const deadline = new Deadline(await connected(redis.url, library), DEADLINE)
    await redis.kill()
    const { result, beyond } = await waited(DEADLINE, () => echo(deadline))
    expect(result).toEqual({ code: 'store_unavailable' })
    expect(beyond).toBeLessThan(0)
    await redis.start()
    expect(await eventually(2, () => echo(deadline))).toBe('hello')
  })

  test('connections that were replaced are closed', async () => {
    const redis = await server()
    const deadline = new Deadline(await connected(redis.url, library), DEADLINE)
    for (let round = 0; round < 3; round++) {
      redis.freeze()
      await echo(deadline).catch(() => {})
      await echo(deadline).catch(() => {})
      redis.thaw()
      await eventually(2, () => echo(deadline))
    }
    const clients = async (): Promise<void> => {
      const list = String(await deadline.within((one) => one.command(['CLIENT', 'LIST'], 'any')))
      expect(list.trim().split('\n')).toHaveLength(1)
    }
    await eventually(5, clients)
  })

  test('a wrong password and a missing right are refused, as what they are', async () => {
    const redis = await server('--requirepass', 'right', '--user', 'reader', 'on', '>word', '~*', '+get', '+ping')
    const at = `127.0.0.1:${redis.port}`
    const refusal = (url: string): Promise<unknown> =>
      echo(new Deadline(connection(url, library), 5000)).catch((error: unknown) => (error as StoreError).code)
    expect(await refusal(`redis://:wrong@${at}`)).toBe('store_refused')
    expect(await refusal(`redis://reader:wrong@${at}`)).toBe('store_refused')
    expect(await refusal(`redis://reader:word@${at}`)).toBe('store_refused')
    expect(await refusal(`redis://${at}`)).toBe('store_refused')
    expect(await refusal(`redis://:right@${at}`)).toBe('hello')
  })

  test('a connection that is closed does nothing more', async () => {
    const { url } = await server()
    const redis = await connected(url, library)
    const deadline = new Deadline(redis)
    redis.close()
    await expect(echo(deadline)).rejects.toMatchObject({ code: 'store_unavailable' })
  })
})

test('what a server says is not repeated', async () => {
  const said = { command: async () => Promise.reject(new Error('WRONGPASS for user secret-name at 10.0.0.1')) }
  const error: unknown = await echo(new Deadline(said)).catch((one: unknown) => one)
  expect(StoreError.is(error) && [error.name, error.code, error.message, error.cause]).toEqual([
    'StoreError',
    'store_refused',
    'store refused',
    undefined,
  ])
})

test('a connection is told when it is late, and not when it is in time', async () => {
  let isLate = 0
  const late = (): void => {
    isLate += 1
  }
  expect(await echo(new Deadline({ command: async () => 'hello', late }, 5000))).toBe('hello')
  expect(isLate).toBe(0)
  const never = { command: () => new Promise<never>(() => {}), late }
  await expect(echo(new Deadline(never, 20))).rejects.toMatchObject({ code: 'store_unavailable' })
  expect(isLate).toBe(1)
})

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '200', 2 ** 31])('%s is no deadline', (milliseconds) => {
  const never = { command: () => new Promise<never>(() => {}) }
  expect(() => new Deadline(never, milliseconds as number)).toThrow(TypeError)
})
