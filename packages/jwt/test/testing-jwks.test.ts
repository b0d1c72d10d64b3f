// The fake JWKS endpoint, asked by kits, by remoteJwks and by jose.
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { createKit, type KitConfig, remoteJwks } from '../src/index'
import { createTestKit, createTokens, fakeJwks, fixedClock, TEST_ISSUER, TEST_PUBLIC_JWKS } from '../src/testing'
import { MISUSE, NOW, PUBLIC_JWK, refusal } from './material'

const UNAVAILABLE = { code: 'jwks_unavailable' }
const NOT_FOUND = { code: 'key_not_found' }

const world = (config: KitConfig = {}) => {
  const [jwks, clock] = [fakeJwks(), fixedClock()]
  const kit = createTestKit({ jwksUrl: jwks.url, transport: jwks.transport, clock, ...config })
  const mint = () => createTokens({ privateKey: jwks.privateKey, clock }).mint()
  return { jwks, clock, kit, mint }
}

test('a kit of its URL takes the tokens of its key, and asks once', async () => {
  const { jwks, kit, mint } = world()
  const token = await mint()
  const claims = await Promise.all([kit.verify(token), kit.verify(token)])
  expect(claims.map(({ sub }) => sub)).toEqual(['u1', 'u1'])
  expect(jwks.requests).toBe(1)
})

test('remoteJwks takes it as its transport', async () => {
  const jwks = fakeJwks({ url: 'https://keys.test/' })
  const keySource = remoteJwks(jwks.url, { transport: jwks.transport })
  const kit = createKit({ issuer: TEST_ISSUER, audience: 'test', keySource, clock: () => NOW })
  expect((await kit.verify(await createTokens({ profile: 'EdDSA' }).mint())).sub).toBe('u1')
  expect(jwks.requests).toBe(1)
})

test('after a rotation both keys hold, or the new one alone', async () => {
  const { jwks, clock, kit, mint } = world()
  const old = await mint()
  jwks.rotate()
  const next = await mint()
  expect(jwks.keys).toEqual([TEST_PUBLIC_JWKS[1], TEST_PUBLIC_JWKS[0]])
  for (const token of [old, next]) expect((await kit.verify(token)).sub).toBe('u1')
  jwks.rotate({ keep: false })
  expect(jwks.keys).toEqual([TEST_PUBLIC_JWKS[2]])
  clock.advance(300)
  const last = await mint()
  expect((await kit.verify(last)).sub).toBe('u1')
  expect(await refusal(kit.verify(old))).toEqual(NOT_FOUND)
  expect(jwks.requests).toBe(2)
})

test('rotation comes round to the first key', () => {
  const jwks = fakeJwks()
  const first = jwks.privateKey
  for (const _ of TEST_PUBLIC_JWKS) jwks.rotate()
  expect(jwks.privateKey).toEqual(first)
  expect(jwks.keys.map(({ kid }) => kid)).toEqual([0, 3, 2, 1].map((index) => TEST_PUBLIC_JWKS[index]?.kid))
})

test('it fails by a status, cannot be reached, and recovers', async () => {
  const { jwks, clock, kit, mint } = world()
  const token = await mint()
  jwks.fail(503)
  expect(await refusal(kit.verify(token))).toEqual(UNAVAILABLE)
  expect(await refusal(kit.verify(token))).toEqual(UNAVAILABLE)
  expect(jwks.requests).toBe(1)
  clock.advance(15)
  jwks.fail()
  expect(await refusal(kit.verify(token))).toEqual(UNAVAILABLE)
  expect(jwks.requests).toBe(2)
  clock.advance(15)
  jwks.recover()
  expect((await kit.verify(token)).sub).toBe('u1')
  expect(jwks.requests).toBe(3)
})

test('it serves other keys, and text that is no key set', async () => {
  const { jwks, kit, mint } = world()
  jwks.serve([PUBLIC_JWK])
  expect(await refusal(kit.verify(await mint()))).toEqual(NOT_FOUND)
  expect(jwks.keys).toEqual([PUBLIC_JWK])
  const broken = world()
  broken.jwks.serve('<html>')
  expect(await refusal(broken.kit.verify(await mint()))).toEqual(UNAVAILABLE)
  expect([broken.jwks.keys, broken.jwks.answer().body]).toEqual([[], '<html>'])
})

test('it takes its time, until the asker gives up', async () => {
  const { jwks, kit, mint } = world()
  jwks.slow(0.02)
  const began = performance.now()
  expect((await kit.verify(await mint())).sub).toBe('u1')
  expect(performance.now() - began).toBeGreaterThanOrEqual(15)
  jwks.slow(600)
  const impatient = jwks.transport(jwks.url, { signal: AbortSignal.timeout(10) })
  await expect(impatient).rejects.toMatchObject({ name: 'TimeoutError' })
  await expect(jwks.transport(jwks.url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  jwks.recover()
  expect((await jwks.transport(jwks.url, {})).status).toBe(200)
  expect(jwks.requests).toBe(4)
})

test('it answers with Cache-Control and ETag, and 304 to whoever has that one', async () => {
  const jwks = fakeJwks()
  const first = await jwks.transport(jwks.url, {})
  expect(Object.fromEntries(first.headers)).toEqual({
    'cache-control': 'public, max-age=300',
    'content-type': 'application/jwk-set+json',
    etag: '"1"',
  })
  expect(await first.json()).toEqual({ keys: [TEST_PUBLIC_JWKS[0]] })
  const again = () => jwks.transport(jwks.url, { headers: { 'If-None-Match': '"1"' } })
  const unchanged = await again()
  expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', '"1"'])
  jwks.rotate()
  expect([(await again()).status, jwks.answer('"2"').status, jwks.answer().status]).toEqual([200, 304, 200])
  expect(jwks.requests).toBe(3)
  const plain = fakeJwks({ cacheControl: null, etag: false })
  expect(plain.answer('"1"').headers).toEqual({ 'content-type': 'application/jwk-set+json' })
  expect(fakeJwks({ cacheControl: 'no-store' }).answer().headers['cache-control']).toBe('no-store')
})

test('another address is not there', async () => {
  const jwks = fakeJwks()
  await expect(jwks.transport('https://other.test/', {})).rejects.toBeInstanceOf(TypeError)
  expect(jwks.requests).toBe(0)
})

test('jose reads it too', async () => {
  const { jwks, mint } = world()
  const keys = createRemoteJWKSet(new URL(jwks.url), { [customFetch]: jwks.transport as typeof fetch })
  const { payload } = await jwtVerify(await mint(), keys, { currentDate: new Date(NOW * 1000) })
  expect([payload.sub, jwks.requests]).toEqual(['u1', 1])
})

test('wrong arguments', async () => {
  const jwks = fakeJwks()
  for (const wrong of [
    () => fakeJwks({ uri: 'x' } as never),
    () => jwks.rotate({ kept: true } as never),
    () => jwks.serve({ keys: [] } as never),
    () => jwks.serve([undefined] as never),
    () => jwks.fail(99),
    () => jwks.fail(200.5),
    () => jwks.fail(600),
    () => jwks.slow(-1),
    () => jwks.slow(Number.NaN),
    () => jwks.slow(Number.POSITIVE_INFINITY),
  ])
    expect(await refusal(wrong)).toEqual(MISUSE)
})
