// Every key source alike: static keys, a set, a URL, a service, and what is in the same process.
import { describe, expect, test } from 'vitest'
import {
  createKeySet,
  createKit,
  type Jwk,
  type KitConfig,
  localJwks,
  remoteJwks,
  type TrustConfig,
  thumbprint,
} from '../src/index'
import { serviceJwks } from '../src/workers'
import {
  CLAIMS,
  ED_KEY,
  eddsa,
  ISSUER,
  JWK,
  MISUSE,
  NOW,
  OTHER_ED_KEY,
  OTHER_JWK,
  publicJwk,
  refusal,
} from './material'

const NORTH = 'https://north.example'
const EDDSA = { alg: 'EdDSA', now: NOW } as const
const FIRST = publicJwk(JWK)
const SECOND = publicJwk(OTHER_JWK)
const first = eddsa(CLAIMS, { alg: 'EdDSA', kid: 'ed-1' })
const second = eddsa(CLAIMS, { alg: 'EdDSA', kid: 'ed-2' }, OTHER_ED_KEY)
const UNAVAILABLE = { code: 'jwks_unavailable' }

/** The members of a configuration that give these keys, by every way there is. */
const SOURCES: Readonly<Record<string, (keys: Jwk[]) => Partial<KitConfig> | Promise<Partial<KitConfig>>>> = {
  'static keys': (keys) => ({ publicKeys: keys }),
  'a static set': (keys) => ({ publicKeys: { keys } }),
  'a set of createKeySet': async (keys) => ({ keySource: await createKeySet({ keys }, { algorithms: ['EdDSA'] }) }),
  'a URL': (keys) => ({ jwksUrl: 'https://auth.example/jwks', transport: async () => Response.json({ keys }) }),
  remoteJwks: (keys) => ({
    keySource: remoteJwks('https://auth.example/jwks', { transport: async () => Response.json({ keys }) }),
  }),
  'a service, by RPC': (keys) => ({ keySource: serviceJwks({ jwks: () => ({ keys }) }) }),
  'a service, by a request': (keys) => ({ keySource: serviceJwks({ fetch: async () => Response.json({ keys }) }) }),
  localJwks: (keys) => ({ keySource: localJwks(() => ({ keys })) }),
  'localJwks, awaited': (keys) => ({ keySource: localJwks(async () => ({ keys })) }),
}

describe.each(Object.entries(SOURCES))('%s', (_, given) => {
  const kitOf = async (keys: Jwk[], more: Partial<KitConfig> = {}) =>
    createKit({ issuer: ISSUER, audience: 'api', clock: () => NOW, ...(await given(keys)), ...more })

  test('has several active keys', async () => {
    const kit = await kitOf([FIRST, SECOND])
    for (const token of [first, second, first]) expect((await kit.verify(token)).iss).toBe(ISSUER)
    expect(await refusal((await kitOf([FIRST])).verify(second))).toEqual({ code: 'key_not_found' })
  })

  test('is held to pins', async () => {
    const kit = await kitOf([FIRST, SECOND], { allowedThumbprints: [await thumbprint(SECOND)] })
    expect((await kit.verify(second)).iss).toBe(ISSUER)
    expect(await refusal(kit.verify(first))).toEqual({ code: 'key_not_pinned' })
  })

  test('is held to pins where it is trusted beside the own issuer', async () => {
    const { transport, ...source } = (await given([FIRST, SECOND])) as Partial<TrustConfig & KitConfig>
    const north: TrustConfig = { issuer: NORTH, algorithms: ['EdDSA'], ...(source as Partial<TrustConfig>) }
    const pins = { allowedThumbprints: [await thumbprint(SECOND), await thumbprint(FIRST)] }
    const own = { issuer: ISSUER, audience: 'api', clock: () => NOW, trust: [north], ...(transport && { transport }) }
    const claims = { ...CLAIMS, iss: NORTH }
    const of = (key: typeof ED_KEY, kid: string): string => eddsa(claims, { alg: 'EdDSA', kid }, key)
    const both = createKit({ ...own, ...pins })
    for (const token of [of(ED_KEY, 'ed-1'), of(OTHER_ED_KEY, 'ed-2')])
      expect((await both.verify(token)).iss).toBe(NORTH)
    const one = createKit({ ...own, allowedThumbprints: pins.allowedThumbprints.slice(0, 1) })
    expect(await refusal(one.verify(of(ED_KEY, 'ed-1')))).toEqual({ code: 'key_not_pinned' })
  })
})

describe('an issuer in the same process', () => {
  test('has no key imported again while its set says the same', async () => {
    let keys = [FIRST]
    const source = localJwks(() => ({ keys: keys.map((key) => ({ ...key })) }))
    const before = await source.select(EDDSA)
    expect(await source.select(EDDSA)).toBe(before)
    keys = [SECOND]
    expect(await source.select(EDDSA)).not.toBe(before)
  })

  test('is not held to what it gave to another caller at the same time', async () => {
    let keys = [FIRST]
    const kit = createKit({
      issuer: ISSUER,
      audience: 'api',
      clock: () => NOW,
      keySource: localJwks(async () => ({ keys })),
    })
    const early = kit.verify(first)
    keys = [SECOND]
    const late = kit.verify(second)
    await Promise.allSettled([early, late])
    expect((await late).iss).toBe(ISSUER)
    expect(await refusal(kit.verify(first))).toEqual({ code: 'key_not_found' })
  })

  test('is asked before an issuer that has to be fetched', async () => {
    const asked: string[] = []
    const transport = async (url: string) => {
      asked.push(url)
      return Response.json({ keys: [] })
    }
    const remote = { issuer: NORTH, algorithms: ['EdDSA'], jwksUrl: `${NORTH}/jwks` } as const
    const set = await createKeySet({ keys: [FIRST] }, { algorithms: ['EdDSA'] })
    for (const keySource of [localJwks(() => ({ keys: [FIRST] })), set]) {
      const local: TrustConfig = { issuer: 'https://south.example', algorithms: ['EdDSA'], keySource }
      const kit = createKit({ issuer: ISSUER, audience: 'api', trust: [remote, local], transport, clock: () => NOW })
      const token = eddsa({ ...CLAIMS, iss: local.issuer }, { alg: 'EdDSA', kid: 'ed-1' })
      expect((await kit.verify(token)).iss).toBe(local.issuer)
    }
    expect(asked).toEqual([])
  })

  test('that fails is unavailable, whatever it throws', async () => {
    const throwing: (() => never)[] = [
      () => {
        throw new Error(JSON.stringify(JWK))
      },
      () => {
        throw 'text'
      },
    ]
    for (const read of throwing)
      expect(await refusal(localJwks(read).select(EDDSA) as Promise<unknown>)).toEqual(UNAVAILABLE)
    const rejecting = localJwks(() => Promise.reject(new Error('down')))
    expect(await refusal(rejecting.select(EDDSA) as Promise<unknown>)).toEqual(UNAVAILABLE)
    const circular: Record<string, unknown> = {}
    circular['keys'] = [circular]
    for (const set of [undefined, circular, { keys: [1n] }, () => FIRST])
      expect(await refusal(localJwks(() => set as never).select(EDDSA) as Promise<unknown>)).toEqual(UNAVAILABLE)
  })

  test('is given by a function', async () => {
    for (const read of [undefined, null, { keys: [] }, 'x'])
      expect(await refusal(() => localJwks(read as never))).toEqual(MISUSE)
  })
})
