import { expect, test } from 'vitest'
import { memoryReplayStore, memoryRevocationList } from '../src/index'
import { ExpiringSet } from '../src/stores/expiring-set'
import { MISUSE, refusal } from './material'

const use = (jti: string, now: number, expires = 100, issuer = 'i') => ({ issuer, jti, expires, now })

test('a token is fresh once, until it has expired', () => {
  const store = memoryReplayStore()
  expect(store.consume(use('1', 0))).toBe('fresh')
  expect(store.consume(use('1', 99))).toBe('replayed')
  expect(store.consume(use('1', 100, 200))).toBe('fresh')
})

test('issuer and jti are told apart, however they are written', () => {
  const store = memoryReplayStore()
  for (const [issuer, jti] of [
    ['a', 'b'],
    ['a,', 'b'],
    ['a', ',b'],
    ['a"', 'b'],
    ['', 'ab'],
  ])
    expect(store.consume(use(jti as string, 0, 100, issuer))).toBe('fresh')
})

test('a full store refuses, and forgets what has expired', () => {
  const store = memoryReplayStore({ maxEntries: 2 })
  expect(store.consume(use('1', 0, 10))).toBe('fresh')
  expect(store.consume(use('2', 0, 20))).toBe('fresh')
  expect(() => store.consume(use('3', 9))).toThrow()
  expect(store.consume(use('1', 9))).toBe('replayed')
  expect(store.consume(use('3', 10))).toBe('fresh')
  expect(() => store.consume(use('4', 10))).toThrow()
})

test.each([0, -1, 1.5, '5', Number.NaN, null])('a store of %s entries is refused', async (maxEntries) => {
  expect(await refusal(() => memoryReplayStore({ maxEntries } as never))).toEqual(MISUSE)
  expect(await refusal(() => memoryReplayStore({ entries: 5 } as never))).toEqual(MISUSE)
})

test('a revocation list forgets what has expired', () => {
  const list = memoryRevocationList()
  const claims = (jti?: string) => ({ iss: 'i', jti, aud: 'a', exp: 0 }) as never
  list.revoke({ issuer: 'i', jti: '1', expires: 100 })
  expect(list.isRevoked(claims('1'), 99)).toBe(true)
  expect(list.isRevoked(claims('2'), 99)).toBe(false)
  expect(list.isRevoked(claims(), 99)).toBe(false)
  expect(list.isRevoked(claims('1'), 100)).toBe(false)
})

test.each([
  { issuer: 1, jti: 'x', expires: 1 },
  { issuer: 'x', expires: 1 },
  { issuer: 'x', jti: 'x', expires: '1' },
  { issuer: 'x', jti: 'x', expires: Number.NaN },
])('revoking %j is misuse', async (token) => {
  expect(await refusal(() => memoryRevocationList().revoke(token as never))).toEqual(MISUSE)
})

test('the memory of what expired is given back', () => {
  const set = new ExpiringSet()
  for (let i = 0; i < 10_000; i++) set.add(`${i}`, i + 10, i)
  expect(set.size).toBeLessThan(200)
  expect(set.has('9999', 9999)).toBe(true)
})
