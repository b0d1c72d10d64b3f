import { createKit, generateKeyPair, importSecret } from '@kit/jwt'
import { expect, test } from 'vitest'
import { type AuthorityAlgorithm, type AuthorityOptions, createAuthority, memoryKeyStore, readKeks } from '../src'
import { testsOf } from './vectors'

interface Vector {
  readonly algorithm: AuthorityAlgorithm
  readonly jwk: unknown
  readonly kid?: string
  readonly code?: string
}

const keks = await readKeks(`a=${'A'.repeat(43)}`)
const names = { issuer: 'https://auth.example', audience: 'api' }

test.each(testsOf<Vector>('first-keys'))('$id: $comment', async ({ algorithm, jwk, kid, code }) => {
  const making = createAuthority({ algorithm, firstKey: jwk } as AuthorityOptions)
  if (code !== undefined) {
    await expect(making).rejects.toMatchObject({ name: 'ConfigError', code, variable: 'firstKey' })
    return
  }
  const authority = await making
  expect((await authority.signer()).kid).toBe(kid)
  expect((await authority.keys()).map(({ state }) => state)).toEqual(['active', 'next'])
  const [published] = (await authority.jwks()).keys
  const names = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use']
  expect(Object.keys(published ?? {}).filter((name) => !names.includes(name))).toEqual([])
  expect(published?.kid).toBe(algorithm === 'HS512' ? undefined : kid)
})

test('what it signed before, and signs from now on, holds under what is published; the next key is new', async () => {
  const { privateJwk } = await generateKeyPair({ kid: '2025-11' })
  const before = await createKit({ ...names, privateKey: privateJwk }).sign({ sub: 'u1' })
  const authority = await createAuthority({ firstKey: privateJwk })
  const { kid, sign } = await authority.signer()
  const after = await createKit({ ...names, signer: { alg: 'EdDSA', kid, sign } }).sign({ sub: 'u1' })
  const verifying = createKit({ ...names, publicKeys: await authority.jwks() })
  for (const token of [before, after]) await expect(verifying.verify(token)).resolves.toMatchObject({ sub: 'u1' })
  const [active, next] = await authority.keys()
  expect([active?.kid, next?.kid]).toEqual(['2025-11', expect.stringMatching(/^[\w-]{43}$/)])
})

test('a secret without a name is given one that says nothing of it', async () => {
  const k = 'A'.repeat(86)
  const kids = await Promise.all(
    [1, 2].map(async () => {
      const authority = await createAuthority({ algorithm: 'HS512', firstKey: { kty: 'oct', k } })
      const [secret] = await authority.secrets()
      expect(secret?.['k']).toBe(k)
      await importSecret(secret as never)
      return (await authority.signer()).kid
    }),
  )
  expect(kids[0]).not.toBe(kids[1])
})

test('where the store has keys, the given one is not needed', async () => {
  const store = memoryKeyStore()
  const [{ privateJwk: one }, { privateJwk: other }] = [await generateKeyPair(), await generateKeyPair()]
  const start = (firstKey: typeof one) => createAuthority({ store, keks, firstKey })
  expect((await (await start(one)).signer()).kid).toBe(one.kid)
  expect((await (await start(other)).signer()).kid).toBe(one.kid)
  expect((await store.read())?.version).toBe(1)
})
