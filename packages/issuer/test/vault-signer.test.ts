import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { createKit } from '@kit/jwt'
import { encodeBase64url } from '@kit/jwt/encoding'
import { expect, test } from 'vitest'
import { AuthorityError } from '../src'
import { type VaultSignerOptions, vaultSigner } from '../src/signers'
import { INPUT, SIGNATURE, startVault, type VaultAnswer, X } from './vault-server'
import { testsOf } from './vectors'

interface VaultTest {
  readonly options?: object
  readonly tokenFrom?: string
  readonly keys: VaultAnswer
  readonly elsewhere?: VaultAnswer
  readonly sign: readonly VaultAnswer[]
  readonly kid?: string
  readonly requests?: readonly object[]
  readonly later?: true
  readonly code?: string
  readonly variable?: string
}

const KEYS = testsOf<VaultTest>('vault-signers')[0] as VaultTest
const given = { token: 'hvs.example', key: 'tokens' }

test.each(testsOf<VaultTest>('vault-signers'))(
  '$id: $comment',
  async ({ options, tokenFrom, keys, elsewhere, sign, ...expected }) => {
    await using vault = await startVault(keys, sign, elsewhere)
    const token = tokenFrom === undefined ? given.token : () => tokenFrom
    const start = () => vaultSigner({ ...given, address: vault.address, token, ...options } as VaultSignerOptions)
    const { code, variable, kid, requests, later } = expected
    const refusal = expect.objectContaining({ code, ...(variable && { variable }) }) as Error
    if (code !== undefined) {
      const failing = later ? (await start()).sign(INPUT) : start()
      await expect(failing).rejects.toThrow(refusal)
      return
    }
    const signer = await start()
    expect(signer.kid).toBe(kid)
    expect(signer.publicJwk).toMatchObject({ kid, x: X })
    expect(encodeBase64url(await signer.sign(INPUT))).toBe(SIGNATURE)
    if (requests) expect(vault.requests).toMatchObject(requests)
  },
)

test('a kit signs with it, and a verifier has its public key', async () => {
  await using vault = await startVault(KEYS.keys, KEYS.sign)
  const signer = await vaultSigner({ ...given, address: vault.address })
  const kit = createKit({ issuer: 'https://a.example', audience: 'api', signer, publicKeys: signer.publicJwk })
  expect(await kit.verify(await kit.sign({ sub: 'u1' }))).toMatchObject({ sub: 'u1' })
})

test('a server that never answers', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(vaultSigner({ ...given, address, timeout: 0.05 })).rejects.toThrow(
    new AuthorityError('key_store_unavailable'),
  )
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  await expect(vaultSigner({ ...given, address })).rejects.toThrow(new AuthorityError('key_store_unavailable'))
})

test.each([
  ['a transport that throws the request', () => Promise.reject(new Error('hvs.example'))],
  ['a transport that answers nothing', () => Promise.resolve(undefined as unknown as Response)],
  ['a transport that ignores its signal', () => new Promise<Response>(() => undefined)],
])('%s', async (_, transport) => {
  const failure = vaultSigner({ ...given, address: 'https://vault.example', timeout: 0.05, transport })
  const error: unknown = await failure.catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'key_store_unavailable' })
  expect(inspect(error)).not.toContain('hvs.example')
})

test.each([
  ['key_store_unavailable', () => Promise.reject(new Error('hvs.example'))],
  ['config_invalid', () => ''],
  ['config_invalid', () => 'a\r\nb'],
  ['config_invalid', () => undefined as unknown as string],
])('%s: a token that cannot be had', async (code, token) => {
  const failure = vaultSigner({ ...given, address: 'https://vault.example', token })
  await expect(failure).rejects.toThrow(expect.objectContaining({ code }))
})

test('it shows no token', async () => {
  await using vault = await startVault(KEYS.keys, KEYS.sign)
  expect(inspect(await vaultSigner({ ...given, address: vault.address }))).not.toContain('hvs.example')
})
