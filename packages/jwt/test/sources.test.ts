import { describe, expect, test, vi } from 'vitest'
import {
  ConfigError,
  createKit,
  importPublicKey,
  type KeySource,
  type KitConfig,
  remoteJwks,
  TokenError,
  type Transport,
} from '../src/index'
import { JwksCache, type Retrieve, type Schedule } from '../src/sources/jwks-cache'
import { fixedClock } from '../src/testing'
import {
  b64,
  CLAIMS,
  eddsa,
  HS_CONFIG,
  hs512,
  ISSUER,
  JWK,
  MISUSE,
  NOW,
  OTHER_ED_KEY,
  OTHER_JWK,
  OTHER_SECRET,
  outside,
  PUBLIC_JWK,
  publicHalf,
  publicJwk,
  RSA_KEY,
  refusal,
  SECRET,
} from './material'

const URL = 'https://auth.example/jwks.json'
const OTHER_PUBLIC = publicJwk(OTHER_JWK)
const jwks = (...keys: object[]) => new Response(JSON.stringify({ keys }))
const header = { alg: 'EdDSA', kid: 'ed-1' }
const token = eddsa(CLAIMS, header)

/** A kit whose keys are at a URL, its clock, and what was fetched. */
function remote(
  answer: (...args: Parameters<Transport>) => Response | Promise<Response>,
  more: Partial<KitConfig> = {},
) {
  const clock = fixedClock(NOW)
  const transport = vi.fn<Transport>(async (...args) => answer(...args))
  const kit = createKit({ issuer: ISSUER, audience: 'api', jwksUrl: URL, transport, clock, ...more })
  return { kit, transport, wait: clock.advance }
}

describe('a remote JWKS', () => {
  test('is fetched once for many tokens, and for callers that come at once', async () => {
    const { kit, transport, wait } = remote(() => jwks(PUBLIC_JWK))
    await Promise.all([kit.verify(token), kit.verify(token)])
    wait(1)
    await kit.verify(token)
    expect(transport).toHaveBeenCalledTimes(1)
    const [url, init] = transport.mock.calls[0] as Parameters<Transport>
    expect(url).toBe(URL)
    expect(init).toMatchObject({ redirect: 'manual', headers: {}, signal: expect.any(AbortSignal) })
  })

  test('is fetched again in the last fifth of its time', async () => {
    const { kit, transport, wait } = remote(() => jwks(PUBLIC_JWK), { jwksCacheTtl: 20 })
    await kit.verify(token)
    wait(15.9)
    await kit.verify(token)
    expect(transport).toHaveBeenCalledTimes(1)
    wait(0.1)
    await kit.verify(token)
    expect(transport).toHaveBeenCalledTimes(2)
  })

  test('ends the request when its answer was read, or refused', async () => {
    for (const answer of [jwks(PUBLIC_JWK), new Response('', { status: 500 })]) {
      const { kit, transport } = remote(() => answer)
      await kit.verify(token).catch(() => undefined)
      expect((transport.mock.calls[0] as Parameters<Transport>)[1].signal?.aborted).toBe(true)
    }
  })

  test('is given up by whoever waits too long, and its request aborted', async () => {
    const aborted = vi.fn()
    const transport: Transport = (_url, { signal }) => new Promise(() => signal?.addEventListener('abort', aborted))
    const source = remoteJwks(URL, { transport, timeout: 0.01 })
    const asked = [1, 2].map(() => refusal(Promise.resolve(source.select({ alg: 'EdDSA', now: 0 }))))
    expect(await Promise.all(asked)).toEqual([{ code: 'jwks_unavailable' }, { code: 'jwks_unavailable' }])
    expect(aborted).toHaveBeenCalledTimes(1)
  })

  test('holds no program back when there is nothing more to do', async () => {
    const clear = vi.spyOn(globalThis, 'clearTimeout')
    const set = vi.spyOn(globalThis, 'setTimeout')
    const { kit } = remote(() => jwks(PUBLIC_JWK))
    await kit.verify(token)
    const timers = set.mock.results.map(({ value }) => value as unknown)
    for (const timer of timers) expect(clear).toHaveBeenCalledWith(timer)
    expect(timers.length).toBeGreaterThan(0)
    vi.restoreAllMocks()
  })

  test('ignores what it cannot use, and is ambiguous where two keys fit', async () => {
    const odd = [
      null,
      1,
      'x',
      { kty: 'oct', k: SECRET },
      { ...PUBLIC_JWK, use: 'enc' },
      JWK,
      { ...PUBLIC_JWK, x: 'AA' },
    ]
    const { kit } = remote(() => jwks(...(odd as object[]), PUBLIC_JWK))
    expect((await kit.verify(eddsa(CLAIMS))).iss).toBe(ISSUER)
    const two = remote(() => jwks(PUBLIC_JWK, { ...OTHER_PUBLIC, kid: 'ed-1' }))
    expect(await refusal(two.kit.verify(token))).toEqual({ code: 'key_ambiguous' })
    expect(two.transport).toHaveBeenCalledTimes(1)
  })

  test('is asked for each algorithm on its own', async () => {
    const { kit, transport } = remote(() => jwks(PUBLIC_JWK, publicHalf(RSA_KEY, { kid: 'r' })), {
      accept: ['EdDSA', 'RS256', 'PS256'],
    })
    for (const good of [token, outside('RS256', CLAIMS, 'r'), outside('PS256', CLAIMS)])
      expect((await kit.verify(good)).iss).toBe(ISSUER)
    expect(transport).toHaveBeenCalledTimes(1)
  })

  test('goes through fetch unless told otherwise', async () => {
    const fetch = vi.fn(async () => jwks(PUBLIC_JWK))
    vi.stubGlobal('fetch', fetch)
    const key = await remoteJwks(URL).select({ alg: 'EdDSA', kid: 'ed-1', now: 0 })
    expect(key.kid).toBe('ed-1')
    expect(fetch).toHaveBeenCalledTimes(1)
    vi.unstubAllGlobals()
  })

  test('is refused with a wrong URL or wrong options', async () => {
    for (const url of [
      'http://auth.example/',
      'https://',
      'https://a@b/',
      'https://a/#x',
      'ftp://a/',
      'https://a:0/',
      'https://a:65536/',
      'https://a b/',
      'HTTPS://a/',
      'https://[::1',
      5,
      null,
    ])
      expect(await refusal(() => remoteJwks(url as string))).toEqual({ code: 'config_invalid', variable: 'jwksUrl' })
    for (const url of [
      'http://localhost:8080/x',
      'http://127.0.0.1/',
      'http://127.255.255.255',
      'http://[::1]:1/',
      'https://[2001:db8::1]/',
      'https://a?x',
    ])
      expect(remoteJwks(url)).toBeDefined()
    for (const url of [
      'http://127.0.0.256/',
      'http://127.1/',
      'http://127.0.0.01/',
      'http://localhost.example/',
      'http://[::2]/',
    ])
      expect(await refusal(() => remoteJwks(url))).toMatchObject({ code: 'config_invalid' })
    for (const options of [{ cacheTtl: undefined }, { transport: 'x' }, { ttl: 5 }, null])
      expect(await refusal(() => remoteJwks(URL, options as never))).toEqual(MISUSE)
  })
})

describe('where a request that ends takes along what it began', () => {
  const brought = { entries: [PUBLIC_JWK] }
  const query = (now: number) => ({ alg: 'EdDSA' as const, kid: 'ed-1', now })
  const cacheOf = (retrieve: Retrieve, schedule: Schedule = () => () => undefined) =>
    new JwksCache(retrieve, { cacheTtl: 300, maxStale: 3600, timeout: 5 }, schedule, false)

  test('whoever starts a refresh waits for it, and nobody else does', async () => {
    const answers: ((value: typeof brought) => void)[] = []
    const cache = cacheOf(() => new Promise((resolve) => answers.push(resolve)))
    const first = cache.select(query(0))
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    answers[0]?.(brought)
    await first
    const served: string[] = []
    const starter = cache.select(query(240)).then(() => served.push('starter'))
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    await cache.select(query(240)).then(() => served.push('another'))
    answers[1]?.(brought)
    await starter
    expect(served).toEqual(['another', 'starter'])
  })

  test('a request that is lost is no failure: the next caller makes another', async () => {
    const retrieve = vi.fn<Retrieve>(async () => brought)
    retrieve.mockReturnValueOnce(new Promise(() => {}))
    const timers: (() => void)[] = []
    const cache = cacheOf(retrieve, (callback) => {
      timers.push(callback)
      return () => undefined
    })
    const waiting = refusal(cache.select(query(0)))
    await vi.waitFor(() => expect(timers).toHaveLength(2))
    // The first is of the request and lost with it, the second of a caller that waits for it.
    timers[1]?.()
    expect(await waiting).toEqual({ code: 'jwks_unavailable' })
    expect((await cache.select(query(1))).kid).toBe('ed-1')
    expect(retrieve).toHaveBeenCalledTimes(2)
  })
})

describe("a key source of one's own", () => {
  const withSource = (select: KeySource['select'], more: Partial<KitConfig> = {}) =>
    createKit({ issuer: ISSUER, audience: 'api', keySource: { select }, clock: () => NOW, ...more })

  test('is asked with algorithm, kid and time', async () => {
    const key = await importPublicKey(PUBLIC_JWK)
    const select = vi.fn(() => key)
    await withSource(select).verify(eddsa(CLAIMS, { alg: 'Ed25519', kid: 'ed-1' }))
    expect(select).toHaveBeenCalledWith({ alg: 'EdDSA', kid: 'ed-1', now: NOW })
  })

  test('beside the name of a service is what an adapter injects', async () => {
    const key = await importPublicKey(PUBLIC_JWK)
    const kit = withSource(() => key, { jwksService: 'AUTH' })
    expect((await kit.verify(token)).iss).toBe(ISSUER)
    expect((await kit.describe()).jwksService).toBe('AUTH')
  })

  test.each<[string, () => unknown, string]>([
    [
      'key_not_found',
      () => {
        throw new TokenError('key_not_found')
      },
      'key_not_found',
    ],
    [
      'key_ambiguous',
      () => {
        throw new TokenError('key_ambiguous')
      },
      'key_ambiguous',
    ],
    [
      'jwks_unavailable',
      () => {
        throw new TokenError('jwks_unavailable')
      },
      'jwks_unavailable',
    ],
    [
      'another code',
      () => {
        throw new TokenError('token_expired')
      },
      'jwks_unavailable',
    ],
    ['another error', () => Promise.reject(new Error('down')), 'jwks_unavailable'],
    ['nothing', () => undefined, 'jwks_unavailable'],
    [
      'a broken configuration',
      () => {
        throw new ConfigError('runtime_unsupported')
      },
      'runtime_unsupported',
    ],
  ])('that answers with %s', async (_, select, code) => {
    expect(await refusal(withSource(select as KeySource['select']).verify(token))).toEqual({ code })
  })

  test('does not choose another key or algorithm', async () => {
    const key = await importPublicKey(OTHER_PUBLIC)
    expect(await refusal(withSource(() => key).verify(token))).toEqual({ code: 'key_not_found' })
    const rsa = await importPublicKey(publicHalf(RSA_KEY, { kid: 'ed-1' }), { alg: 'RS256' })
    expect(await refusal(withSource(() => rsa).verify(token))).toEqual({ code: 'key_not_found' })
  })

  test('whose key throws, or answers with something else than true, has not verified', async () => {
    const key = await importPublicKey(PUBLIC_JWK)
    for (const verify of [
      () => Promise.reject(new Error('no')),
      async () => 1,
      () => {
        throw new Error('no')
      },
    ]) {
      const kit = withSource(() => ({ ...key, verify }) as never)
      expect(await refusal(kit.verify(token))).toEqual({ code: 'signature_invalid' })
    }
  })

  test('stands beside the private key: the same key is one, another makes two', async () => {
    const [same, another] = await Promise.all([
      importPublicKey(PUBLIC_JWK),
      importPublicKey({ ...OTHER_PUBLIC, kid: 'ed-1' }),
    ])
    const config = { privateKey: JWK }
    expect((await withSource(() => same, config).verify(token)).iss).toBe(ISSUER)
    expect(await refusal(withSource(() => another, config).verify(token))).toEqual({ code: 'key_ambiguous' })
  })
})

describe('several issuers', () => {
  const X = 'https://x.example'
  const trust = (more: object = {}) => ({ issuer: X, algorithms: ['EdDSA' as const], publicKeys: PUBLIC_JWK, ...more })
  const kit = (...entries: object[]) => createKit({ ...HS_CONFIG, trust: entries as never })

  test('that share a key are told apart by iss, and the signature is checked once', async () => {
    const key = await importPublicKey(PUBLIC_JWK)
    const verify = vi.fn(key.verify)
    const { publicKeys: _, ...entry } = { ...trust(), keySource: { select: () => ({ ...key, verify }) } }
    const shared = kit(entry, { ...entry, issuer: 'https://y.example' })
    expect((await shared.verify(eddsa({ ...CLAIMS, iss: 'https://y.example' }))).iss).toBe('https://y.example')
    expect((await shared.verify(eddsa({ ...CLAIMS, iss: X }))).iss).toBe(X)
    expect(verify).toHaveBeenCalledTimes(2)
    expect(await refusal(shared.verify(eddsa({ ...CLAIMS, iss: 'https://z.example' })))).toEqual({
      code: 'issuer_mismatch',
      claim: 'iss',
    })
  })

  test('that share a secret are told apart by iss', async () => {
    const shared = kit({ issuer: X, algorithms: ['HS512'], secrets: [SECRET, OTHER_SECRET] })
    expect((await shared.verify(hs512({ ...CLAIMS, iss: X }))).iss).toBe(X)
    expect((await shared.verify(hs512(CLAIMS))).iss).toBe(ISSUER)
    const theirs = hs512(CLAIMS, { alg: 'HS512' }, Buffer.from(OTHER_SECRET, 'base64url'))
    expect(await refusal(shared.verify(theirs))).toEqual({ code: 'issuer_mismatch', claim: 'iss' })
  })

  test('of which one is unavailable, nothing that fails is a forgery', async () => {
    const { publicKeys: _, ...bare } = trust()
    const down = { ...bare, keySource: { select: () => Promise.reject(new Error('down')) } }
    const mixed = kit(down, trust({ issuer: 'https://y.example' }))
    expect((await mixed.verify(eddsa({ ...CLAIMS, iss: 'https://y.example' }))).iss).toBe('https://y.example')
    expect(await refusal(mixed.verify(eddsa(CLAIMS, { alg: 'EdDSA' }, OTHER_ED_KEY)))).toEqual({
      code: 'jwks_unavailable',
    })
  })

  test('of which one is ambiguous: the other is tried', async () => {
    const two = trust({ publicKeys: { keys: [PUBLIC_JWK, OTHER_PUBLIC] } })
    expect(await refusal(kit(two).verify(eddsa({ ...CLAIMS, iss: X })))).toEqual({ code: 'key_ambiguous' })
    const mixed = kit(two, trust({ issuer: 'https://y.example' }))
    expect((await mixed.verify(eddsa({ ...CLAIMS, iss: 'https://y.example' }))).iss).toBe('https://y.example')
  })

  test('are held to the pins of the kit', async () => {
    const pinned = (thumbprint: string) =>
      createKit({ ...HS_CONFIG, trust: [trust()], allowedThumbprints: [thumbprint] })
    const good = eddsa({ ...CLAIMS, iss: X })
    const { thumbprint } = await importPublicKey(PUBLIC_JWK)
    expect((await pinned(thumbprint).verify(good)).iss).toBe(X)
    expect(await refusal(pinned(b64(new Uint8Array(32))).verify(good))).toEqual({ code: 'key_not_pinned' })
    expect((await pinned(b64(new Uint8Array(32))).verify(hs512(CLAIMS))).iss).toBe(ISSUER)
  })

  test('may name the actors that they are allowed to', async () => {
    const act = { sub: 'gateway', act: { sub: 'anybody' } }
    const acting = eddsa({ ...CLAIMS, iss: X, act })
    expect(await refusal(kit(trust()).verify(acting))).toEqual({ code: 'actor_not_allowed', claim: 'act' })
    expect((await kit(trust({ actors: ['gateway'] })).verify(acting)).act).toEqual(act)
    expect((await kit(trust({ unsafeAnyActor: true })).verify(acting)).act).toEqual(act)
    expect(await refusal(kit(trust({ actors: ['anybody'] })).verify(acting))).toMatchObject({
      code: 'actor_not_allowed',
    })
    expect((await kit(trust()).verify(hs512({ ...CLAIMS, act }))).act).toEqual(act)
  })
})

test('claims of an outside issuer are what the mapping says, and frozen', async () => {
  const provider = {
    issuer: 'https://login.example',
    algorithms: ['RS256' as const],
    publicKeys: publicHalf(RSA_KEY),
    mapping: { subjectPrefix: 'login|', permissions: 'scp', roles: 'groups' },
  }
  const kit = createKit({ ...HS_CONFIG, trust: [provider] })
  const sign = (claims: object) =>
    outside('RS256', { ...CLAIMS, iss: provider.issuer, sub: 'alice', permissions: ['admin'], ...claims })
  const claims = await kit.verify(sign({ scp: 'a  b', groups: ['g'] }))
  expect(claims).toMatchObject({ sub: 'login|alice', permissions: ['a', 'b'], roles: ['g'], groups: ['g'] })
  expect([claims, claims.permissions].every(Object.isFrozen)).toBe(true)
  const bare = await kit.verify(sign({ sub: undefined }))
  expect('sub' in bare || 'permissions' in bare || 'roles' in bare).toBe(false)
  expect(await refusal(kit.verify(sign({ scp: [1] })))).toEqual({ code: 'claim_invalid', claim: 'scp' })
})

test('an outside issuer without a mapping grants nothing', async () => {
  const provider = { issuer: 'https://login.example', algorithms: ['RS256' as const], publicKeys: publicHalf(RSA_KEY) }
  const kit = createKit({ ...HS_CONFIG, trust: [provider] })
  const claims = { ...CLAIMS, iss: provider.issuer, sub: 'alice', permissions: ['admin'], roles: ['admin'] }
  const user = await kit.checkAuth(outside('RS256', claims), { allOf: [] })
  expect([user.subject, user.permissions, user.roles]).toEqual(['alice', [], []])
})
