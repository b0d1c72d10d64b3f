import { expect, test, vi } from 'vitest'
import { createKit, importPublicKey } from '../src/index'
import { b64, CLAIMS, ED_CONFIG, eddsa, PUBLIC_JWK, refusal } from './material'

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

test('what was asked for longest ago makes room', async () => {
  const names = ['a', 'b', 'c']
  const tokens = new Map(names.map((name) => [name, eddsa({ ...CLAIMS, jti: name })]))
  const [{ length }] = tokens.values() as unknown as [string]
  let asked = 0
  const key = await importPublicKey(PUBLIC_JWK)
  const verify: typeof key.verify = (data, signature) => {
    asked++
    return key.verify(data, signature)
  }
  const counted = { ...key, verify }
  const kit = createKit({
    ...CONFIG,
    keySource: { select: () => counted },
    signatureCacheBytes: 2 * (512 + 12 * length),
  })
  /** Whether a token was remembered; it is from now on. */
  const isKnown = async (name: string): Promise<boolean> => {
    const before = asked
    await kit.verify(tokens.get(name) as string)
    return asked === before
  }
  const known: boolean[] = []
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b', 'a', 'c']) known.push(await isKnown(name))
  expect(known).toEqual([false, false, true, false, true, false, true, false])
})

test('a token whose signature ends alike is not taken for another', async () => {
  const kit = createKit({ ...ED_CONFIG, signatureCacheBytes: 100_000 })
  const token = eddsa(CLAIMS)
  await kit.verify(token)
  const [header, , signature] = token.split('.')
  const forged = `${header}.${b64(JSON.stringify({ ...CLAIMS, sub: 'admin' }))}.${signature}`
  for (let index = 0; index < 2; index++)
    expect(await refusal(kit.verify(forged))).toEqual({ code: 'signature_invalid' })
  expect((await kit.verify(token)).iss).toBe(CLAIMS.iss)
})

test('a token without a subject that is remembered is still none for a check', async () => {
  const kit = createKit({ ...ED_CONFIG, signatureCacheBytes: 100_000 })
  const { sub: _sub, ...claims } = { sub: 'u1', ...CLAIMS }
  const token = eddsa(claims)
  await kit.verify(token)
  for (let index = 0; index < 2; index++)
    expect(await refusal(kit.checkAuth(token, { allOf: [] }))).toEqual({ code: 'claim_missing', claim: 'sub' })
  expect((await kit.verify(token)).sub).toBeUndefined()
})
