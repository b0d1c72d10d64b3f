import { expect, test, vi } from 'vitest'
import { createKit, importPublicKey } from '../src/index'
import { SignatureCache } from '../src/token/signature-cache'
import { CLAIMS, ED_CONFIG, eddsa, PUBLIC_JWK, refusal } from './material'

const { privateKey: _, ...CONFIG } = ED_CONFIG

test('a signature is verified once, and again with another object of the same key', async () => {
  let key = await importPublicKey(PUBLIC_JWK)
  const verify = vi.fn(key.verify)
  key = { ...key, verify }
  const kit = createKit({ ...CONFIG, keySource: { select: () => key }, signatureCacheBytes: 100_000 })
  const token = eddsa(CLAIMS)
  const claims = await kit.verify(token)
  expect(await kit.verify(token)).toEqual(claims)
  expect(verify).toHaveBeenCalledTimes(1)
  key = { ...key }
  await kit.verify(token)
  expect(verify).toHaveBeenCalledTimes(2)
})

test('what one caller is given no caller can change', async () => {
  const kit = createKit({ ...ED_CONFIG, signatureCacheBytes: 100_000 })
  const token = eddsa({ ...CLAIMS, permissions: ['read'] })
  const claims = (await kit.verify(token)) as unknown as { sub: string; permissions: string[] }
  expect(() => claims.permissions.push('write')).toThrow(TypeError)
  expect(() => Object.assign(claims, { sub: 'admin' })).toThrow(TypeError)
  expect((await kit.verify(token)).permissions).toEqual(['read'])
})

test('a list that learns of a token refuses it though it is remembered', async () => {
  let isRevoked = false
  const revocation = { isRevoked: () => isRevoked }
  const kit = createKit({ ...ED_CONFIG, revocation, signatureCacheBytes: 100_000 })
  const token = eddsa(CLAIMS)
  await kit.verify(token)
  isRevoked = true
  expect(await refusal(kit.verify(token))).toEqual({ code: 'token_revoked' })
})

test('what was asked for longest ago makes room', () => {
  const cache = new SignatureCache(2 * (512 + 12))
  const entry = { key: {}, claims: {} }
  for (const token of ['a', 'b']) cache.remember(token, entry)
  expect(cache.find('a')).toBe(entry)
  cache.remember('c', entry)
  expect(['a', 'b', 'c'].map((token) => cache.find(token) !== undefined)).toEqual([true, false, true])
  cache.remember('a'.repeat(1000), entry)
  expect(['a', 'c', 'a'.repeat(1000)].map((token) => cache.find(token))).toEqual([undefined, undefined, undefined])
})
