// Where the stores of a service are.
import { readFileSync } from 'node:fs'
import { createKit, generateSecret, unsafeTrustClaims } from '@kit/jwt'
import { expect, test, vi } from 'vitest'
import { type RedisConnection, redisReplayStore, type Stores, storesFromEnvironment } from '../src'
import { HAS_REDIS, startRedis } from './servers'

interface File {
  readonly says: string
  readonly tests: readonly {
    readonly id: string
    readonly comment: string
    readonly environment: Readonly<Record<string, string>>
    readonly expect: 'memory' | 'redis' | { readonly code: string; readonly variable: string }
  }[]
}
const url = new URL('../../../conformance/redis/stores.json', import.meta.url)
const { says, tests } = JSON.parse(readFileSync(url, 'utf8')) as File

test.each(tests)('$id: $comment', ({ environment, expect: expected }) => {
  const told: string[] = []
  const chosen = () => storesFromEnvironment(environment, { warn: (message) => told.push(message) })
  if (typeof expected === 'object') {
    expect(chosen).toThrow(expect.objectContaining(expected) as Error)
  } else {
    const stores = chosen()
    expect(stores.redis === undefined ? 'memory' : 'redis').toBe(expected)
    stores.close()
  }
  expect(told).toEqual(expected === 'memory' ? [says] : [])
})

/** What passes once, what is revoked, and what a budget of one has for the second. */
async function used({ replay, revocation, limiter }: Stores) {
  const secret = generateSecret()
  const kit = createKit({ issuer: 'https://auth.example', audience: 'orders', secret, replay, revocation })
  const claims = await kit.verify(await kit.sign({ sub: 'u1', jti: crypto.randomUUID() }))
  const second = () => kit.consumeOnce(claims).catch(({ code }: { code: string }) => code)
  await kit.consumeOnce(claims)
  const other = await kit.sign({ sub: 'u1', jti: 'revoked' })
  await revocation.revoke({ issuer: 'https://auth.example', jti: 'revoked', expires: claims.exp })
  const refused = kit.verify(other).catch(({ code }: { code: string }) => code)
  const drawn = async () => limiter.draw({ key: 'u1', limit: { name: 'read', quota: 1, windowSeconds: 60 }, cost: 1 })
  await drawn()
  return [await second(), await refused, (await drawn()).allowed]
}
const RIGHT = ['token_replayed', 'token_revoked', false]

const STRANGE = [
  '{}',
  '{kit:limit:0}',
  'a\nb',
  'a\r\nFLUSHALL',
  'a\u0000',
  'a\u0000b',
  ' ',
  'é',
  'e\u0301',
  '🙂',
  'j'.repeat(10_000),
]

/** Whether names that some store might read as something else are told apart: as tokens, as revoked ones, and as budgets. */
async function toldApart({ replay, revocation, limiter }: Stores) {
  const now = Date.now() / 1000
  const token = { issuer: 'https://auth.example', expires: now + 300 }
  const limit = { name: 'strange', quota: 1, windowSeconds: 60 }
  const rounds = async () => {
    const seen: unknown[] = []
    for (const name of STRANGE) {
      const claims = unsafeTrustClaims({ iss: token.issuer, jti: name, exp: token.expires })
      const use = await replay.consume({ ...token, jti: name, now, issued: now })
      const { allowed } = await limiter.draw({ key: name, limit, cost: 1 })
      const revoked = await revocation.isRevoked(claims, now)
      await revocation.revoke({ ...token, jti: name })
      seen.push([use, allowed, revoked])
    }
    return seen
  }
  expect(await rounds()).toEqual(STRANGE.map(() => ['fresh', true, false]))
  expect(await rounds()).toEqual(STRANGE.map(() => ['replayed', false, true]))
}

test('in memory they are whole, and that is said once in a process', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const stores = storesFromEnvironment({})
  storesFromEnvironment({}).close()
  expect(warn.mock.calls).toEqual([[says]])
  warn.mockRestore()
  expect(await used(stores)).toEqual(RIGHT)
  await toldApart(stores)
})

test.skipIf(!HAS_REDIS)('on a Redis they are whole, and nothing is said', async () => {
  const server = await startRedis()
  const told: string[] = []
  const stores = storesFromEnvironment(
    { REDIS_URL: server.url },
    { library: 'redis', deadlineMilliseconds: 5000, prefix: 'own', warn: (one) => told.push(one) },
  )
  try {
    const shared = redisReplayStore(stores.redis as RedisConnection, { deadlineMilliseconds: 5000, prefix: 'own' })
    await shared.unsafeStartEmpty()
    expect([await used(stores), told]).toEqual([RIGHT, []])
    await toldApart(stores)
  } finally {
    stores.close()
    await server.end()
  }
})
