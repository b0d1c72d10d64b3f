import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfSigned } from '../../jwt/test/certificate'
import {
  connectRedis,
  type RedisConnection,
  type RedisLibrary,
  redisLimiter,
  redisReplayStore,
  StoreError,
} from '../src'
import { freePorts, HAS_REDIS, type Server, startOn } from './servers'
import { ask, until } from './topologies'

const LIBRARIES: readonly RedisLibrary[] = ['ioredis', 'redis']
const DAY = 86_400_000
const LIMIT = { name: 'slow', quota: 1, windowSeconds: 3600, burst: 100 }
const PATIENT = { deadlineMilliseconds: 5000, clockSkewSeconds: 0 }
/** What the page on Redis lists, for each server, and what a cluster asks besides. */
const COMMANDS = ['eval', 'evalsha', 'get', 'set', 'exists', 'hget', 'hmget', 'hset', 'pexpireat', 'info', 'time']
const OF_CLUSTERS = ['cluster|slots', 'asking']

const folder = mkdtempSync(join(tmpdir(), 'kit-tls-'))
const servers: Server[] = []

afterAll(async () => {
  for (const server of servers) await server.end()
  rmSync(folder, { recursive: true, force: true })
})

/** A certificate that is its own authority, and its key, as files. */
function certificate(name: string, address = '127.0.0.1'): { readonly ca: string; readonly options: string[] } {
  const { cert, key } = selfSigned(DAY, address)
  const [ca, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)]
  writeFileSync(ca, cert)
  writeFileSync(keyFile, key)
  return { ca, options: ['--tls-cert-file', ca, '--tls-key-file', keyFile, '--tls-ca-cert-file', ca] }
}

async function startSecured(port: number, options: readonly string[], lines?: readonly string[]): Promise<void> {
  const always = ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no']
  servers.push(await startOn(port, [...always, ...options], lines))
}

const account = (more: readonly string[] = []): string[] => [
  ...['--user', 'kit', 'on', '>pass word', '~{kit:*'],
  ...[...COMMANDS, ...more].map((command) => `+${command}`),
]

/** What comes of a use of everything that an account needs. */
async function used(environment: Record<string, string>, library: RedisLibrary): Promise<unknown> {
  const redis = connectRedis(environment, { library }) as RedisConnection
  try {
    const store = redisReplayStore(redis, PATIENT)
    const now = Date.now() / 1000
    const jti = `${library} ${now}`
    await store.unsafeStartEmpty()
    const draw = await redisLimiter(redis, PATIENT).draw({ key: jti, limit: LIMIT, cost: 1 })
    return [draw.remaining, await store.consume({ issuer: 'i', jti, now, expires: now + 60, issued: now - 10 })]
  } catch (error) {
    return StoreError.is(error) ? error.code : error
  } finally {
    redis.close()
  }
}

describe.runIf(HAS_REDIS)('TLS', () => {
  let right: ReturnType<typeof certificate>
  let at: Record<'single' | 'named' | 'sentinel' | 'cluster', string>

  beforeAll(async () => {
    right = certificate('right')
    const [single, named, primary, sentinel, ...nodes] = (await freePorts(10)) as [number, number, number, number]
    await startSecured(single, [...right.options, ...account()])
    await startSecured(named, certificate('named', '127.0.0.2').options)
    await startSecured(primary, [...right.options, '--requirepass', 'of the server'])
    const watch = [
      `sentinel monitor main 127.0.0.1 ${primary} 1`,
      'sentinel auth-pass main "of the server"',
      'requirepass "of the sentinel"',
    ]
    await startSecured(sentinel, ['--sentinel', ...right.options, '--tls-replication', 'yes'], watch)
    const tls = ['--tls', '--cacert', right.ca]
    await startCluster(nodes, tls)
    at = {
      single: `127.0.0.1:${single}`,
      named: `127.0.0.1:${named}`,
      sentinel: `127.0.0.1:${sentinel}`,
      cluster: nodes
        .slice(0, 3)
        .map((port) => `127.0.0.1:${port}`)
        .join(),
    }
  }, 60_000)

  async function startCluster(ports: readonly number[], tls: readonly string[]): Promise<void> {
    const nodes = ports.slice(0, 3)
    for (const [i, port] of nodes.entries()) {
      const enabled = ['--cluster-enabled', 'yes', '--tls-cluster', 'yes', '--cluster-port', String(ports[i + 3])]
      await startSecured(port, [...right.options, ...enabled, ...account(OF_CLUSTERS)])
    }
    const names = nodes.map((port) => `127.0.0.1:${port}`)
    await ask(nodes[0] as number, ...tls, '--cluster', 'create', ...names, '--cluster-yes')
    for (const port of nodes)
      await until(async () => (await ask(port, ...tls, 'cluster', 'info')).includes('cluster_state:ok'))
  }

  describe.each(LIBRARIES)('through %s', (library) => {
    test('one server, its authority by a path, and an account with no more than what is listed', async () => {
      const url = `rediss://kit:pass%20word@${at.single}`
      expect(await used({ REDIS_URL: url, REDIS_CA_PATH: right.ca }, library)).toEqual([99, 'fresh'])
    })

    test('another authority, none, and another name are refused', async () => {
      const url = `rediss://kit:pass%20word@${at.single}`
      const other = certificate('other').ca
      expect(await used({ REDIS_URL: url, REDIS_CA_PATH: other }, library)).toBe('store_unavailable')
      expect(await used({ REDIS_URL: url }, library)).toBe('store_unavailable')
      const named = { REDIS_URL: `rediss://${at.named}`, REDIS_CA_PATH: join(folder, 'named.crt') }
      expect(await used(named, library)).toBe('store_unavailable')
    })

    test('a server that speaks TLS is not spoken to without', async () => {
      expect(await used({ REDIS_URL: `redis://kit:pass%20word@${at.single}` }, library)).toBe('store_unavailable')
    })

    test('Sentinels, each with passwords of their own', async () => {
      const environment = {
        REDIS_SENTINEL: at.sentinel,
        REDIS_MASTER: 'main',
        REDIS_PASSWORD: 'of the server',
        REDIS_SENTINEL_PASSWORD: 'of the sentinel',
        REDIS_TLS: 'true',
        REDIS_CA_PATH: right.ca,
      }
      expect(await used(environment, library)).toEqual([99, 'fresh'])
      expect(await used({ ...environment, REDIS_PASSWORD: 'wrong' }, library)).toBe('store_refused')
      expect(await used({ ...environment, REDIS_SENTINEL_PASSWORD: 'wrong' }, library)).toBe('store_refused')
      expect(await used({ ...environment, REDIS_CA_PATH: certificate('other').ca }, library)).toBe('store_unavailable')
    })

    test('a cluster, and an account with no more than what is listed', async () => {
      const environment = {
        REDIS_CLUSTER_NODES: at.cluster,
        REDIS_USERNAME: 'kit',
        REDIS_PASSWORD: 'pass word',
        REDIS_TLS: 'true',
        REDIS_CA_PATH: right.ca,
      }
      expect(await used(environment, library)).toEqual([99, 'fresh'])
      expect(await used({ ...environment, REDIS_PASSWORD: 'wrong' }, library)).toBe('store_refused')
      expect(await used({ ...environment, REDIS_CA_PATH: certificate('other').ca }, library)).toBe('store_unavailable')
    })
  })
})
