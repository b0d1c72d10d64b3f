// What a service binding gives, by RPC and by requests; the real ones are tested in workerd.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createKit, exportPublicJwk, importPrivateKey } from '../src/index'
import { type JwksBinding, serviceJwks } from '../src/sources/service-jwks'
import { makeKit } from '../src/workers'
import { ISSUER, JWK, MISUSE, refusal, SECRET } from './material'

const BASE = { issuer: ISSUER, audience: 'api' }
const ENV = { JWT_ISS: ISSUER, JWT_AUD: 'api', JWT_JWKS_SERVICE: 'KEYS' }

const published = async () => ({ keys: [exportPublicJwk(await importPrivateKey(JWK))] })
const token = () => createKit({ ...BASE, privateKey: JWK }).sign({ sub: 'u1' })
const verifierOf = (binding: JwksBinding) => createKit({ ...BASE, keySource: serviceJwks(binding) })
const missing = () => Promise.reject(new TypeError('the RPC receiver does not implement the method "jwks"'))
const unavailable = { code: 'jwks_unavailable' }

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a service binding', () => {
  test('is asked by RPC, once', async () => {
    const jwks = vi.fn(published)
    const kit = verifierOf({ jwks })
    for (const one of [await token(), await token()]) expect((await kit.verify(one)).sub).toBe('u1')
    expect(jwks).toHaveBeenCalledTimes(1)
  })

  test('without the method is fetched from, under an address that is none', async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json(await published()))
    expect((await verifierOf({ jwks: missing, fetch }).verify(await token())).sub).toBe('u1')
    expect((await verifierOf({ fetch }).verify(await token())).sub).toBe('u1')
    expect(new URL(fetch.mock.calls[0]?.[0] as string).hostname).toBe('jwks.invalid')
  })

  test('that fails both ways, or answers with no key set, is unavailable', async () => {
    const failing = async () => new Response('', { status: 500 })
    expect(await refusal(verifierOf({ jwks: missing, fetch: failing }).verify(await token()))).toEqual(unavailable)
    expect(await refusal(verifierOf({ jwks: missing }).verify(await token()))).toEqual(unavailable)
    const wrong = { jwks: () => ({ keys: 5 }) } as unknown as JwksBinding
    expect(await refusal(verifierOf(wrong).verify(await token()))).toEqual(unavailable)
  })

  test('that never answers is not waited for longer than a URL is', async () => {
    const silent: JwksBinding = { jwks: () => new Promise(() => {}) }
    const source = serviceJwks(silent, { timeout: 0.01 })
    const kit = createKit({ ...BASE, keySource: source })
    expect(await refusal(kit.verify(await token()))).toEqual(unavailable)
  })

  test.each([
    [{}, {}],
    [null, {}],
    ['KEYS', {}],
    [{ jwks: 5 }, {}],
    [{ jwks: published }, { cacheTtl: 0 }],
    [{ jwks: published }, { ttl: 5 }],
    [{ jwks: published }, { transport: fetch }],
    [{ jwks: published }, null],
  ])('has to be one: %j, %j', async (binding, options) => {
    expect(await refusal(() => serviceJwks(binding as JwksBinding, options as object))).toEqual(MISUSE)
  })
})

describe('the name of a service in an environment', () => {
  test('leads to its binding', async () => {
    const kit = makeKit({ ...ENV, JWT_JWKS_CACHE_TTL_SECONDS: '60', KEYS: { jwks: published } })
    expect((await kit.verify(await token())).sub).toBe('u1')
    expect(await kit.describe()).toMatchObject({ jwksService: 'KEYS', jwksCacheTtl: 60, publicKeys: [] })
  })

  test('may be named itself', async () => {
    const { JWT_JWKS_SERVICE: _, ...env } = ENV
    const kit = makeKit({ ...env, JWT_JWKS_SERVICE_NAME: 'WHICH', WHICH: 'KEYS', KEYS: { jwks: published } })
    expect((await kit.verify(await token())).sub).toBe('u1')
    const dangling = { ...env, JWT_JWKS_SERVICE_NAME: 'WHICH', WHICH: 'KEYS' }
    const fault = { code: 'config_missing', variable: 'JWT_JWKS_SERVICE_NAME' }
    expect(await refusal(() => makeKit(dangling))).toEqual(fault)
  })

  test('without a binding is missing, with another kind of binding invalid', async () => {
    const variable = 'JWT_JWKS_SERVICE'
    expect(await refusal(() => makeKit(ENV))).toEqual({ code: 'config_missing', variable })
    for (const KEYS of ['text', 5, null, {}])
      expect(await refusal(() => makeKit({ ...ENV, KEYS }))).toEqual({ code: 'config_invalid', variable })
  })

  test('beside another source is a conflict', async () => {
    const both = { ...ENV, JWT_JWKS_URL: 'https://auth.example/jwks', KEYS: { jwks: published } }
    expect(await refusal(() => makeKit(both))).toMatchObject({ code: 'config_conflict' })
    const secret = { ...ENV, JWT_SECRET: SECRET, KEYS: { jwks: published } }
    expect(await refusal(() => makeKit(secret))).toEqual({ code: 'config_conflict', variable: 'JWT_ACCEPT' })
  })
})
