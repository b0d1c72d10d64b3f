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
  const key = {}
  /** Whether a token was remembered; it is from now on. */
  const isKnown = (token: string): boolean => {
    let asked = false
    const ask = (): boolean => {
      asked = true
      return true
    }
    const opened = cache.open(token, ask, () => ({}))
    void opened.check(key)
    opened.parse()
    opened.accept()
    return !asked
  }
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(isKnown)).toEqual([false, false, true, false, true, false])
  expect(['a'.repeat(1000), 'a', 'b', 'a'.repeat(1000)].map(isKnown)).toEqual([false, false, false, false])
})
