import { createPublicKey, verify } from 'node:crypto'
import { createKit, decodeUnverified } from '@kit/jwt'
import { expect, test } from 'vitest'
import {
  type AuthorityAlgorithm,
  type AuthorityOptions,
  type Change,
  createAuthority,
  type KeyStore,
  memoryKeyStore,
  readKeks,
} from '../src'

const keks = await readKeks(`a=${'A'.repeat(43)}`)
const TIMES = { rotateEvery: 1000, longestTtl: 805 }
const data = new TextEncoder().encode('header.payload')

/** A clock that is turned by hand. */
function clockAt(start: number): { now: number; readonly read: () => number } {
  const clock = { now: start, read: () => clock.now }
  return clock
}

test.each([
  ['EdDSA', 'Ed25519'],
  ['ES256', 'P-256'],
  ['RS256', undefined],
] as const)('%s: what the signer signs, a published key verifies', async (algorithm, crv) => {
  const authority = await createAuthority({ algorithm })
  const signer = await authority.signer()
  expect(signer.alg).toBe(algorithm)
  const { keys } = await authority.jwks()
  expect(keys.map(({ crv: curve, alg, use }) => [curve, alg, use])).toEqual(Array(2).fill([crv, algorithm, 'sig']))
  for (const key of keys)
    expect(Object.keys(key).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name))).toEqual([])
  const jwk = keys.find(({ kid }) => kid === signer.kid)
  const key = createPublicKey({ key: jwk as never, format: 'jwk' })
  const signature = await signer.sign(data)
  const isRight = verify(
    algorithm === 'EdDSA' ? null : 'sha256',
    data,
    { key, dsaEncoding: 'ieee-p1363' } as never,
    signature,
  )
  expect(isRight).toBe(true)
})

test('secrets sign, and nothing of them is published', async () => {
  const authority = await createAuthority({ algorithm: 'HS512' })
  expect((await (await authority.signer()).sign(data)).length).toBe(64)
  expect(await authority.jwks()).toEqual({ keys: [] })
})

test('tokens of secrets pass wherever the store is shared, before and after a rotation, until they have ended', async () => {
  const [store, clock] = [memoryKeyStore(), clockAt(5000)]
  const start = () => createAuthority({ store, keks, algorithm: 'HS512', ...TIMES, clock: clock.read })
  const [minting, verifying] = [await start(), await start()]
  const names = { issuer: 'https://auth.example', audience: 'api', clock: clock.read }
  const mint = async () => {
    const { kid, sign } = await minting.signer()
    return createKit({ ...names, signer: { alg: 'HS512', kid, sign }, ttl: 805 }).sign({ sub: 'u1' })
  }
  const verify = async (token: string) =>
    createKit({ ...names, accept: ['HS512'], acceptSecrets: await verifying.secrets() }).verify(token)
  const kids = async () => (await verifying.secrets()).map(({ kid }) => kid)

  const first = await mint()
  const [old, next] = await kids()
  await expect(verify(first)).resolves.toMatchObject({ sub: 'u1' })
  clock.now = 6000
  const second = await mint()
  expect(decodeUnverified(second).header['kid']).toBe(next)
  await expect(verify(second)).resolves.toMatchObject({ sub: 'u1' })
  expect(await kids()).toEqual([old, next, expect.any(String)])
  await minting.revoke(next as string)
  clock.now += 5
  await expect(verify(second)).rejects.toMatchObject({ code: 'key_not_found' })
  clock.now = 6000 + minting.timing.retention
  expect(await kids()).not.toContain(old)
})

test('keys that have public halves are no secrets', async () => {
  expect(await (await createAuthority()).secrets()).toEqual([])
})

test.each<[string, string, object]>([
  ['MisuseError', '', { rotateEvry: 1 }],
  ['ConfigError', 'algorithm', { algorithm: 'none' }],
  ['ConfigError', 'keks', { store: memoryKeyStore() }],
  ['ConfigError', 'keks', { store: memoryKeyStore(), keks: [] }],
  ['ConfigError', 'lead', { lead: 1 }],
])('%s %s: %o', async (name, variable, options) => {
  const making = createAuthority(options as AuthorityOptions)
  await expect(making).rejects.toMatchObject(variable === '' ? { name } : { name, variable })
})

test('a list of key-encryption keys that is empty seals nothing, without a store too', async () => {
  const { kid } = await (await createAuthority({ keks: [] as never })).signer()
  expect(kid).toMatch(/^[\w-]{43}$/)
})

test('authorities that start at once have one set of keys', async () => {
  const store = memoryKeyStore()
  const all = await Promise.all(Array.from({ length: 8 }, () => createAuthority({ store, keks })))
  expect(new Set(await Promise.all(all.map(async (one) => (await one.signer()).kid))).size).toBe(1)
  expect((await store.read())?.version).toBe(1)
})

test('a rotation of one process is told to another, which signs with the new key after a refresh', async () => {
  const [store, clock] = [memoryKeyStore(), clockAt(5000)]
  const told: Change[][] = [[], []]
  const start = (index: number) =>
    createAuthority({ store, keks, ...TIMES, clock: clock.read, onChange: (change) => told[index]?.push(change) })
  const [one, two] = [await start(0), await start(1)]
  const [first] = await one.plan()
  clock.now = first?.at as number
  await one.checkAndRotate()
  expect((await two.signer()).kid).toBe(first?.kid)
  expect((await two.keys()).map(({ state }) => state)).toEqual(['retired', 'active', 'next'])
  expect(told[1]).toEqual(told[0])
  expect(told[0]?.map(({ change }) => change)).toEqual([
    ...['published', 'activated', 'published'],
    ...['retired', 'activated', 'published'],
  ])
})

test('whoever listens and throws changes nothing', async () => {
  const authority = await createAuthority({
    onChange: () => {
      throw new Error('not today')
    },
  })
  expect((await authority.keys()).map(({ state }) => state)).toEqual(['active', 'next'])
})

test('whoever listens and rejects changes nothing either', async () => {
  const unheard: unknown[] = []
  const hear = (reason: unknown): number => unheard.push(reason)
  process.on('unhandledRejection', hear)
  // TypeScript takes a function that promises for one that gives nothing.
  const listen = (() => Promise.reject(new Error('not today'))) as () => void
  const authority = await createAuthority({ onChange: listen })
  await new Promise(setImmediate)
  process.off('unhandledRejection', hear)
  expect(unheard).toEqual([])
  expect((await authority.keys()).map(({ state }) => state)).toEqual(['active', 'next'])
})

test('a key that is taken back signs no more, and is published no more', async () => {
  const authority = await createAuthority()
  const [first, second] = await authority.keys()
  expect((await authority.signer()).kid).toBe(first?.kid)
  await authority.revoke(first?.kid as string)
  await authority.revoke(first?.kid as string)
  expect((await authority.signer()).kid).toBe(second?.kid)
  expect((await authority.jwks()).keys.map(({ kid }) => kid)).not.toContain(first?.kid)
  await expect(authority.revoke('k9')).rejects.toMatchObject({ code: 'key_not_found' })
})

test('a look and a revocation at once are no roll-back', async () => {
  const inner = memoryKeyStore()
  // What is read arrives late.
  const store: KeyStore = {
    ...inner,
    read: async () => {
      const stored = await inner.read()
      await new Promise((resolve) => setTimeout(resolve, 5))
      return stored
    },
  }
  const authority = await createAuthority({ store, keks })
  const { kid } = await authority.signer()
  await Promise.all([authority.checkAndRotate(), authority.revoke(kid), authority.checkAndRotate()])
  expect((await authority.signer()).kid).not.toBe(kid)
})

test('a store that goes back is refused, and nothing is written', async () => {
  const inner = memoryKeyStore()
  let before: Awaited<ReturnType<KeyStore['read']>>
  let isBack = false
  const store: KeyStore = { ...inner, read: async () => (isBack ? before : inner.read()) }
  const authority = await createAuthority({ store, keks })
  before = await inner.read()
  await authority.revoke((await authority.signer()).kid)
  const newest = await inner.read()
  isBack = true
  await expect(authority.checkAndRotate()).rejects.toMatchObject({ code: 'key_document_rolled_back' })
  before = undefined
  await expect(authority.checkAndRotate()).rejects.toMatchObject({ code: 'key_document_rolled_back' })
  expect(await inner.read()).toEqual(newest)
})

test('keys of another algorithm are refused unless asked for', async () => {
  const store = memoryKeyStore()
  await createAuthority({ store, keks })
  const algorithm: AuthorityAlgorithm = 'ES256'
  await expect(createAuthority({ store, keks, algorithm })).rejects.toMatchObject({ code: 'key_document_mixed' })
  const mixed = await createAuthority({ store, keks, algorithm, mixedAlgorithms: true })
  await mixed.revoke((await mixed.signer()).kid)
  expect((await mixed.keys()).map((key) => key.algorithm)).toEqual(['EdDSA', 'ES256'])
})

test('while the store is away, what is known serves until others may have rotated', async () => {
  const inner = memoryKeyStore()
  const clock = clockAt(5000)
  let isAway = false
  const store: KeyStore = {
    ...inner,
    read: () => (isAway ? Promise.reject(new Error('/secret/path')) : inner.read()),
  }
  const authority = await createAuthority({ store, keks, ...TIMES, clock: clock.read })
  const { kid } = await authority.signer()
  isAway = true
  const rotation = 6000
  clock.now = rotation - 90 - 1
  expect((await authority.signer()).kid).toBe(kid)
  clock.now = rotation - 90
  const refused = { code: 'key_store_unavailable', message: 'key store unavailable' }
  await expect(authority.signer()).rejects.toMatchObject(refused)
  clock.now = rotation + 425 - 90 - 300 - 1
  expect((await authority.jwks()).keys).toHaveLength(2)
  clock.now += 1
  await expect(authority.jwks()).rejects.toMatchObject(refused)
})

test('a store that throws before it promises anything is away too', async () => {
  const [inner, clock] = [memoryKeyStore(), clockAt(5000)]
  const away = (): never => {
    throw new Error('/secret/path')
  }
  let isAway = false
  const store: KeyStore = { ...inner, read: () => (isAway ? away() : inner.read()) }
  const authority = await createAuthority({ store, keks, ...TIMES, clock: clock.read })
  const { kid } = await authority.signer()
  isAway = true
  clock.now += 10
  expect((await authority.signer()).kid).toBe(kid)
  const refused = { code: 'key_store_unavailable', message: 'key store unavailable' }
  await expect(authority.checkAndRotate()).rejects.toMatchObject(refused)
  const unwritten: KeyStore = { ...memoryKeyStore(), writeIf: away }
  await expect(createAuthority({ store: unwritten, keks })).rejects.toMatchObject(refused)
})

test('a store that says no whatever is written is not asked for ever', async () => {
  const store: KeyStore = { ...memoryKeyStore(), writeIf: () => Promise.resolve(false) }
  await expect(createAuthority({ store, keks })).rejects.toMatchObject({ code: 'key_store_unavailable' })
})

test('a process that slept while it looked looks again', async () => {
  const [inner, clock] = [memoryKeyStore(), clockAt(5000)]
  let sleeps = 0
  const store: KeyStore = {
    ...inner,
    read: async () => {
      const stored = await inner.read()
      if (sleeps > 0) clock.now += 600
      sleeps -= 1
      return stored
    },
  }
  const authority = await createAuthority({ store, keks, rotateEvery: 100_000, clock: clock.read })
  clock.now += 10
  sleeps = 1
  expect((await authority.signer()).kid).toBe((await authority.keys())[0]?.kid)
  clock.now += 10
  sleeps = 40
  await expect(authority.jwks()).resolves.toMatchObject({ keys: [{}, {}] })
})

test('before its time a key signs when its lead is over; of two processes that ask at once, one rotates', async () => {
  const [store, clock] = [memoryKeyStore(), clockAt(5000)]
  const start = () => createAuthority({ store, keks, ...TIMES, clock: clock.read })
  const [one, other] = [await start(), await start()]
  const [, next] = await one.keys()
  clock.now = 5424
  expect(await one.rotate()).toBe(5425)
  clock.now = 5425
  const soonest = await Promise.all([one.rotate(), other.rotate()])
  expect(soonest.filter((at) => at === undefined)).toHaveLength(1)
  expect(soonest).toContain(5850)
  for (const authority of [one, other]) {
    expect((await authority.signer()).kid).toBe(next?.kid)
    expect((await authority.keys()).map(({ state }) => state)).toEqual(['retired', 'active', 'next'])
  }
})
