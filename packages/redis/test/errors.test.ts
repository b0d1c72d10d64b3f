import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { StoreError, type StoreErrorCode } from '../src'
import { storeError } from '../src/errors'

// Every code, or it would not compile.
const CODES: Record<StoreErrorCode, true> = {
  store_unavailable: true,
  store_refused: true,
  store_full: true,
  store_evicting: true,
  store_forgetful: true,
  store_unreplicated: true,
}

test('codes are those of the contract, in its order', () => {
  const { codes } = JSON.parse(
    readFileSync(new URL('../../../conformance/redis/errors.json', import.meta.url), 'utf8'),
  ) as { readonly codes: readonly { readonly code: string }[] }
  expect(Object.keys(CODES)).toEqual(codes.map(({ code }) => code))
})

test('an error is recognised by its mark', () => {
  expect(StoreError.is(new StoreError('store_full'))).toBe(true)
  for (const other of [undefined, null, 'store_full', new Error('store full'), { code: 'store_full' }])
    expect(StoreError.is(other)).toBe(false)
})

test.each([
  ['OOM command not allowed', 'store_full'],
  ['NOAUTH Authentication required.', 'store_refused'],
  ['WRONGPASS invalid username-password pair', 'store_refused'],
  ['NOPERM this user has no permissions', 'store_refused'],
  ['READONLY You cannot write against a read only replica.', 'store_unavailable'],
  ['LOADING Redis is loading the dataset in memory', 'store_unavailable'],
  ['CLUSTERDOWN The cluster is down', 'store_unavailable'],
  ['Connection is closed.', 'store_unavailable'],
])('%s', (said, code) => {
  expect(storeError(new Error(said)).code).toBe(code)
})

test('what is no error is one all the same, and ours stays what it is', () => {
  expect(storeError('OOM').code).toBe('store_unavailable')
  const own = new StoreError('store_evicting')
  expect(storeError(own)).toBe(own)
})
