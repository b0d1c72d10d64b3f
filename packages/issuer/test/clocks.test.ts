import { expect, test } from 'vitest'
import { type Authority, AuthorityError, createAuthority, type KeyStore, memoryKeyStore, readKeks } from '../src'

const START = 1_000_000
const TIMES = { maxAge: 60, cooldown: 30, leeway: 20, longestTtl: 300, refresh: 5, rotateEvery: 1000 } as const
const keks = await readKeks(`a=${'A'.repeat(43)}`)

/** An authority whose clock is set by the test. */
async function authorityOf(store: KeyStore, time: { now: number }, more: object = {}): Promise<Authority> {
  return createAuthority({ store, keks, ...TIMES, clock: () => time.now, ...more })
}

const kidsOf = async (authority: Authority): Promise<unknown[]> => (await authority.jwks()).keys.map(({ kid }) => kid)

test('a token of a clock ahead passes where a clock is behind, though the key was retired early and removed soon', async () => {
  const store = memoryKeyStore()
  const [behind, ahead] = [{ now: START }, { now: START }]
  const eager = await authorityOf(store, behind)
  const late = await authorityOf(store, ahead, { rotateEvery: 10_000 })
  Object.assign(ahead, { now: START + 1000 + TIMES.leeway })
  Object.assign(behind, { now: START + 1000 })
  await late.checkAndRotate()
  await eager.checkAndRotate()
  ahead.now += TIMES.refresh - 1
  const { kid } = await late.signer()
  const expires = ahead.now + TIMES.longestTtl
  // Right before it expires by the clock that is behind.
  behind.now = expires - 1
  ahead.now = behind.now + TIMES.leeway
  const [, fresh] = [await late.checkAndRotate(), await authorityOf(store, behind)]
  expect(await kidsOf(fresh)).toContain(kid)
})

test('a process that slept while it read does not sign with what others have retired', async () => {
  const [time, other] = [{ now: START }, { now: START }]
  const shared = memoryKeyStore()
  let sleep: (() => Promise<void>) | undefined
  const store: KeyStore = {
    read: async () => {
      const answer = await shared.read()
      const asleep = sleep
      sleep = undefined
      await asleep?.()
      return answer
    },
    writeIf: (version, text) => shared.writeIf(version, text),
  }
  const sleeper = await authorityOf(store, time, { rotateEvery: 100_000 })
  const awake = await authorityOf(shared, other)
  const old = await sleeper.signer()
  time.now += TIMES.refresh
  sleep = async () => {
    time.now += 2000
    other.now = time.now
    await awake.checkAndRotate()
  }
  expect((await sleeper.signer()).kid).toBe((await awake.signer()).kid)
  expect((await sleeper.signer()).kid).not.toBe(old.kid)
})

test('while the store is away, known keys serve for as long as they are known to be right', async () => {
  const time = { now: START }
  const shared = memoryKeyStore()
  let isAway = false
  const there = <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    if (isAway) throw new Error('/srv/keys: away')
    return answer
  }
  const store: KeyStore = {
    read: async () => there(shared.read()),
    writeIf: async (version, text) => there(shared.writeIf(version, text)),
  }
  const authority = await authorityOf(store, time)
  const kids = await kidsOf(authority)
  isAway = true
  const refused = { code: 'key_store_unavailable', message: 'key store unavailable' }
  const rotation = START + 1000
  time.now = rotation - TIMES.leeway - 0.5
  expect(kids).toContain((await authority.signer()).kid)
  time.now = rotation - TIMES.leeway
  await expect(authority.signer()).rejects.toMatchObject(refused)
  // The key after the next may sign a lead later; who fetches now keeps the set for `maxAge`.
  const last = rotation + authority.timing.lead - TIMES.leeway - TIMES.maxAge
  time.now = last - 0.5
  expect(await kidsOf(authority)).toEqual(kids)
  time.now = last
  await expect(authority.jwks()).rejects.toMatchObject(refused)
  await expect(authority.checkAndRotate()).rejects.toSatisfy(AuthorityError.is)
  isAway = false
  expect(kids).toContain((await authority.signer()).kid)
})
