import { describe, expect, test, vi } from 'vitest'
import {
  type Claims,
  createKit,
  isExpiringSoon,
  isVerified,
  type Kit,
  type KitConfig,
  MisuseError,
  memoryReplayStore,
  memoryRevocationList,
  type SignOptions,
  TokenError,
  unsafeTrustClaims,
  type VerifyOptions,
} from '../src/index'
import {
  CLAIMS,
  ED_CONFIG,
  eddsa,
  HS_CONFIG,
  hs512,
  ISSUER,
  JWK,
  MISUSE,
  NOW,
  OTHER_JWK,
  OTHER_SECRET,
  PUBLIC_JWK,
  refusal,
} from './material'

const hs = createKit(HS_CONFIG)
const ed = createKit(ED_CONFIG)

describe('verified claims', () => {
  test('cannot be changed, at any depth', async () => {
    const claims = await hs.verify(hs512({ ...CLAIMS, permissions: ['read'], nested: { list: [{ a: 1 }] } }))
    const nested = claims['nested'] as { list: { a: number }[] }
    for (const change of [
      () => Object.assign(claims, { sub: 'root' }),
      () => (claims.permissions as string[]).push('admin'),
      () => Object.assign(nested.list[0] as object, { a: 2 }),
      () => nested.list.push({ a: 3 }),
      () => delete (claims as { exp?: number }).exp,
      () => Object.setPrototypeOf(claims, { admin: true }),
      () => Object.defineProperty(claims, 'exp', { value: 9e9 }),
    ])
      expect(change).toThrow(TypeError)
    expect(claims).toEqual({ ...CLAIMS, permissions: ['read'], nested: { list: [{ a: 1 }] } })
  })

  test('are recognised, and copies of them are not', async () => {
    const claims = await hs.verify(hs512(CLAIMS))
    expect(isVerified(claims)).toBe(true)
    const given = { sub: 'u1', roles: ['r'] }
    const trusted = unsafeTrustClaims(given)
    expect(isVerified(trusted)).toBe(true)
    expect([trusted, trusted.roles].every(Object.isFrozen)).toBe(true)
    expect([given, given.roles].some(Object.isFrozen)).toBe(false)
    for (const value of [
      { ...claims },
      structuredClone(claims),
      Object.create(claims),
      null,
      'x',
      hs.decodeUnverified(hs512(CLAIMS)).claims,
    ])
      expect(isVerified(value)).toBe(false)
  })

  test('have the type that the caller says', async () => {
    const claims = await hs.verify<{ tid: string }>(hs512({ ...CLAIMS, tid: 't1' }))
    const tid: string = claims.tid
    expect(tid).toBe('t1')
  })
})

test('an operation needs no this', async () => {
  const { sign, verify, checkAuth } = hs
  const token = await sign({ sub: 'u1' })
  expect((await verify(token)).sub).toBe('u1')
  expect((await checkAuth(token, { subject: 'u1' })).subject).toBe('u1')
})

test('two kits side by side share nothing', async () => {
  const other = createKit({ ...HS_CONFIG, issuer: 'https://other.example', secret: OTHER_SECRET })
  const [ours, theirs] = await Promise.all([hs.sign({ jti: '1' }), other.sign({ jti: '1' })])
  expect(await refusal(other.verify(ours))).toEqual({ code: 'signature_invalid' })
  expect(await refusal(hs.verify(theirs))).toEqual({ code: 'signature_invalid' })
  const twin = createKit(HS_CONFIG)
  const claims = await hs.verify(ours)
  await hs.consumeOnce(claims)
  await twin.consumeOnce(claims)
  expect(await refusal(hs.consumeOnce(claims))).toEqual({ code: 'token_replayed' })
})

test('what a kit was made from may change afterwards', async () => {
  const config = { issuer: ISSUER, audience: ['api'], secret: HS_CONFIG.secret, clock: () => NOW, types: ['JWT'] }
  const kit = createKit(config)
  config.audience.push('other')
  config.issuer = 'x'
  config.types[0] = 'x'
  const token = await kit.sign({})
  expect(kit.decodeUnverified(token)).toMatchObject({ header: { typ: 'JWT' }, claims: { iss: ISSUER, aud: ['api'] } })
  expect(Object.isFrozen(config)).toBe(false)
})

describe('sign', () => {
  test.each<[string, unknown]>([
    ['an unknown option', { audience: 'x' }],
    ['no object', 'x'],
    ['null', null],
    ['an array', []],
    ['an empty aud', { aud: '' }],
    ['an empty list in aud', { aud: [] }],
    ['an empty item in aud', { aud: ['x', ''] }],
    ['a hole in aud', { aud: new Array(1) }],
    ['a lone surrogate in aud', { aud: '\ud800' }],
    ['an undefined aud', { aud: undefined }],
    ['a null aud', { aud: null }],
    ['an empty iss', { iss: '' }],
    ['an undefined iss', { iss: undefined }],
    ['a list as iss', { iss: ['x'] }],
  ])('refuses %s as options', async (_, options) => {
    expect(await refusal(hs.sign({}, options as SignOptions))).toEqual(MISUSE)
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '60', null, undefined, 86_401, true])(
    'refuses %s as ttl',
    async (ttl) => {
      expect(await refusal(hs.sign({}, { ttl } as SignOptions))).toEqual({ code: 'config_invalid', variable: 'ttl' })
    },
  )

  test('says what is missing', async () => {
    const missing = (variable: string) => ({ code: 'config_missing', variable })
    const { secret, privateKey, ...config } = { ...HS_CONFIG, ...ED_CONFIG }
    const trust = [{ issuer: 'x', algorithms: ['EdDSA' as const], publicKeys: PUBLIC_JWK }]
    expect(await refusal(createKit({ ...config, trust }).sign({}))).toEqual(missing('secret'))
    expect(await refusal(createKit({ issuer: ISSUER, secret }).sign({}))).toEqual(missing('audience'))
    expect(await refusal(() => createKit({ secret, audience: 'x' }))).toEqual(missing('issuer'))
  })

  test('takes issuer and audience of the call', async () => {
    const token = await hs.sign({}, { iss: 'https://x.example', aud: ['a', 'b'], ttl: 5 })
    expect(hs.decodeUnverified(token).claims).toMatchObject({ iss: 'https://x.example', aud: ['a', 'b'], exp: NOW + 5 })
  })

  test('makes a jti of its own each time', async () => {
    const jtis = await Promise.all([1, 2].map(async () => hs.decodeUnverified(await hs.sign({})).claims['jti']))
    expect(jtis[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(jtis[0]).not.toBe(jtis[1])
  })

  test.each([() => 'x', () => new Uint8Array(15), () => undefined])('refuses entropy that is none', async (entropy) => {
    const kit = createKit({ ...HS_CONFIG, entropy: entropy as never })
    expect(await refusal(kit.sign({}))).toEqual({ code: 'config_invalid', variable: 'entropy' })
    expect(await kit.sign({ jti: 'x' })).toMatch(/^ey/)
  })

  test.each([
    () => Number.NaN,
    () => Number.POSITIVE_INFINITY,
    () => '1',
    () => {
      throw new Error('no')
    },
  ])('refuses a clock that is none', async (clock) => {
    const kit = createKit({ ...HS_CONFIG, clock: clock as never })
    const refused = { code: 'config_invalid', variable: 'clock' }
    expect(await refusal(kit.sign({}))).toEqual(refused)
    expect(await refusal(kit.verify(hs512(CLAIMS)))).toEqual(refused)
    expect(await refusal(() => kit.isExpiringSoon(CLAIMS))).toEqual(refused)
  })

  test('uses the system clock and its random numbers by default', async () => {
    const { clock: _, ...config } = HS_CONFIG
    const kit = createKit(config)
    const before = Math.floor(Date.now() / 1000)
    const { iat } = await kit.verify(await kit.sign({}))
    expect(iat).toBeGreaterThanOrEqual(before)
    expect(iat).toBeLessThanOrEqual(Date.now() / 1000)
  })
})

describe('a remote signer', () => {
  const remote = (signer: unknown, more: object = {}): Kit =>
    createKit({
      issuer: ISSUER,
      audience: 'api',
      clock: () => NOW,
      signer: signer as never,
      publicKeys: PUBLIC_JWK,
      ...more,
    })
  const local = async (data: Uint8Array) => {
    const { importPrivateKey } = await import('../src/index')
    return (await importPrivateKey(JWK)).sign(data as Uint8Array<ArrayBuffer>)
  }

  test('signs in the place of a key', async () => {
    const kit = remote({ alg: 'EdDSA', kid: 'ed-1', sign: local })
    const token = await kit.sign({ sub: 'u1' })
    expect(kit.decodeUnverified(token).header).toEqual({ alg: 'EdDSA', kid: 'ed-1', typ: 'JWT' })
    expect((await kit.verify(token)).sub).toBe('u1')
    expect((await kit.describe()).signs).toEqual({ alg: 'EdDSA', kid: 'ed-1' })
  })

  test('takes the kid beside it', async () => {
    expect((await remote({ alg: 'EdDSA', sign: local }, { kid: 'ed-1' }).describe()).signs).toEqual({
      alg: 'EdDSA',
      kid: 'ed-1',
    })
  })

  test.each([() => 'x', () => new Uint8Array(63), () => null, () => [0]])(
    'is refused where it gives no signature',
    async (sign) => {
      expect(await refusal(remote({ alg: 'EdDSA', kid: 'k', sign }).sign({}))).toEqual({
        code: 'config_invalid',
        variable: 'signer',
      })
    },
  )

  test('is heard where it fails', async () => {
    const sign = () => Promise.reject(new RangeError('throttled'))
    await expect(remote({ alg: 'EdDSA', kid: 'k', sign }).sign({})).rejects.toThrow(RangeError)
  })

  test.each<[unknown, string, string, object?]>([
    [{ alg: 'ES256', kid: 'k', sign: local }, 'config_invalid', 'signer.alg'],
    [{ alg: 'EdDSA', sign: local }, 'config_missing', 'signer.kid'],
    [{ alg: 'HS512', kid: '', sign: local }, 'config_invalid', 'signer.kid'],
    [{ alg: 'EdDSA', kid: 'k' }, 'config_invalid', 'signer'],
    [{ alg: 'EdDSA', kid: 'k', sign: local }, 'config_conflict', 'kid', { kid: 'other' }],
    [
      { alg: 'EdDSA', kid: 'k', sign: local },
      'config_conflict',
      'signer',
      { privateKey: JWK, publicKeys: [PUBLIC_JWK] },
    ],
    [
      { alg: 'EdDSA', kid: 'k', sign: local },
      'config_conflict',
      'profile',
      { secret: HS_CONFIG.secret, accept: ['HS512'] },
    ],
  ])('is checked: %j is %s', async (signer, code, variable, more = {}) => {
    expect(await refusal(() => remote(signer, more))).toEqual({ code, variable })
  })
})

describe('verify', () => {
  test.each<[string, unknown]>([
    ['an unknown option', { audience: 'x' }],
    ['an undefined confirmation', { confirmation: undefined }],
    ['an empty confirmation', { confirmation: {} }],
    ['an unknown confirmation', { confirmation: { jwk: 'x' } }],
    ['an empty thumbprint', { confirmation: { jkt: '' } }],
    ['an empty thumbprint beside a good one', { confirmation: { jkt: 'a', 'x5t#S256': '' } }],
    ['no object', 1],
  ])('refuses %s', async (_, options) => {
    expect(await refusal(hs.verify(hs512(CLAIMS), options as VerifyOptions))).toEqual(MISUSE)
    expect(await refusal(hs.checkAuth(hs512(CLAIMS), { allOf: [] }, options as VerifyOptions))).toEqual(MISUSE)
  })

  test('says what is missing', async () => {
    expect(await refusal(createKit({ issuer: ISSUER, secret: HS_CONFIG.secret }).verify(hs512(CLAIMS)))).toEqual({
      code: 'config_missing',
      variable: 'audience',
    })
    const signer = { alg: 'HS512' as const, sign: () => new Uint8Array(64) }
    expect(await refusal(createKit({ issuer: ISSUER, audience: 'x', signer }).verify(hs512(CLAIMS)))).toEqual({
      code: 'config_missing',
      variable: 'secret',
    })
  })

  test('looks at every confirmation', async () => {
    const token = hs512({ ...CLAIMS, cnf: { jkt: 'a', 'x5t#S256': 'b' } })
    const confirmation = { jkt: 'a', 'x5t#S256': 'b' }
    expect((await hs.verify(token, { confirmation })).iss).toBe(ISSUER)
    expect(await refusal(hs.verify(token, { confirmation: { ...confirmation, 'x5t#S256': 'c' } }))).toEqual({
      code: 'binding_mismatch',
    })
  })

  test.each([undefined, 'true', 1, null, {}])('does not take %s for an answer of a revocation list', async (answer) => {
    const kit = createKit({ ...HS_CONFIG, revocation: { isRevoked: () => answer as boolean } })
    expect(await refusal(kit.verify(hs512(CLAIMS)))).toEqual({ code: 'revocation_unavailable' })
  })

  test('asks the revocation list each time, with the clock of the kit', async () => {
    const isRevoked = vi.fn(async () => false)
    const kit = createKit({ ...HS_CONFIG, revocation: { isRevoked } })
    await kit.verify(hs512(CLAIMS))
    await kit.verify(hs512(CLAIMS))
    expect(isRevoked.mock.calls).toEqual([
      [CLAIMS, NOW],
      [CLAIMS, NOW],
    ])
  })
})

describe('keys of a kit', () => {
  test('that do not belong together are refused when first used, by every operation', async () => {
    const kit = createKit({ ...ED_CONFIG, privateKey: { ...JWK, x: OTHER_JWK.x as string } })
    const refused = { code: 'key_invalid', variable: 'privateKey' }
    expect(await refusal(kit.ready())).toEqual(refused)
    expect(await refusal(kit.sign({}))).toEqual(refused)
    expect(await refusal(kit.verify(eddsa(CLAIMS)))).toEqual(refused)
  })
})

describe('checkAuth', () => {
  const token = hs512({
    ...CLAIMS,
    sub: 'u1',
    jti: 'j',
    scope: 'a  b',
    permissions: ['p'],
    roles: ['r'],
    act: { sub: 'x', act: { sub: 'y' } },
  })

  test('gives a principal that cannot be changed', async () => {
    const user = await hs.checkAuth(token, { allOf: [] })
    expect(user).toEqual({
      subject: 'u1',
      issuer: ISSUER,
      permissions: ['p'],
      roles: ['r'],
      scopes: ['a', 'b'],
      actors: [{ sub: 'x', act: { sub: 'y' } }, { sub: 'y' }],
      jti: 'j',
      claims: expect.any(Object),
    })
    expect(isVerified(user.claims)).toBe(true)
    for (const value of [user, user.permissions, user.roles, user.scopes, user.actors])
      expect(Object.isFrozen(value)).toBe(true)
  })

  test('asks the predicate beside the policy, which must answer at once', async () => {
    const also = vi.fn((claims: Claims) => claims.sub === 'u1')
    expect((await hs.checkAuth(token, { allOf: [] }, { also })).subject).toBe('u1')
    const denied = hs.checkAuth(token, { allOf: [] }, { also: () => false })
    await expect(denied).rejects.toMatchObject({ code: 'policy_denied', status: 403, failed: [] })
    for (const answer of [Promise.resolve(true), 1, undefined, 'true', null])
      expect(await refusal(hs.checkAuth(token, { allOf: [] }, { also: () => answer as never }))).toEqual(MISUSE)
    expect(await refusal(hs.checkAuth(token, { allOf: [] }, { also: true as never }))).toEqual(MISUSE)
  })

  test('tells the rules that failed', async () => {
    const refused = (await hs
      .checkAuth(token, { permissionsAll: ['q'], rolesAny: ['s'] })
      .catch((error: unknown) => error)) as TokenError
    expect(refused).toMatchObject({ code: 'policy_denied', status: 403, failed: ['/permissionsAll', '/rolesAny'] })
  })

  test('refuses a policy that is none before it looks at the token', async () => {
    for (const policy of [{}, null, 'x', [], { unknown: 1 }, { build: 'x' }])
      expect(await refusal(hs.checkAuth('x', policy as never))).toEqual(MISUSE)
  })
})

describe('consumeOnce', () => {
  const claims = (more: object = {}) => hs.verify(hs512({ ...CLAIMS, jti: 'j1', ...more }))

  test('wants verified claims with a jti', async () => {
    expect(await refusal(hs.consumeOnce({ ...CLAIMS, jti: 'x' } as never))).toEqual(MISUSE)
    expect(await refusal(hs.consumeOnce(unsafeTrustClaims({ iss: 'x', exp: NOW + 1 })))).toEqual({
      code: 'claim_missing',
      claim: 'jti',
    })
    expect(await refusal(hs.consumeOnce(unsafeTrustClaims({ iss: 'x', jti: 'x' })))).toEqual({
      code: 'claim_missing',
      claim: 'exp',
    })
    expect(await refusal(hs.consumeOnce(unsafeTrustClaims({ exp: NOW, jti: 'x' })))).toEqual({
      code: 'claim_missing',
      claim: 'iss',
    })
  })

  test('remembers until the token has expired for everybody', async () => {
    const consume = vi.fn(() => 'fresh' as const)
    await createKit({ ...HS_CONFIG, replay: { consume } }).consumeOnce(await claims())
    expect(consume).toHaveBeenCalledWith({
      issuer: ISSUER,
      jti: 'j1',
      expires: CLAIMS.exp + 90,
      now: NOW,
      issued: CLAIMS.iat,
    })
    const late = createKit({ ...HS_CONFIG, clock: () => CLAIMS.exp + 90 })
    expect(await refusal(late.consumeOnce(await claims()))).toEqual({ code: 'token_expired', claim: 'exp' })
  })

  test.each([undefined, true, 'Fresh', null])('does not take %s for an answer of a store', async (answer) => {
    const kit = createKit({ ...HS_CONFIG, replay: { consume: async () => answer as 'fresh' } })
    expect(await refusal(kit.consumeOnce(await claims()))).toEqual({ code: 'replay_unavailable' })
  })

  test('is refused by a full store', async () => {
    const kit = createKit({ ...HS_CONFIG, replay: memoryReplayStore({ maxEntries: 1 }) })
    await kit.consumeOnce(await claims())
    expect(await refusal(kit.consumeOnce(await claims({ jti: 'j2' })))).toEqual({ code: 'replay_unavailable' })
  })
})

test('isExpiringSoon goes by the clock of the system where there is no kit', () => {
  const exp = Date.now() / 1000 + 120
  expect([isExpiringSoon({ exp }), isExpiringSoon({ exp }, { within: 130 }), isExpiringSoon(hs512({ exp }))]).toEqual([
    false,
    true,
    false,
  ])
})

test('isExpiringSoon goes by the clock of the kit, and by nothing that is verified', async () => {
  const token = hs512({ ...CLAIMS, exp: NOW + 61 })
  expect(hs.isExpiringSoon(token)).toBe(false)
  expect(hs.isExpiringSoon(token, { within: 61 })).toBe(true)
  expect(hs.isExpiringSoon(token, { within: 0 })).toBe(false)
  expect(hs.isExpiringSoon({ exp: NOW + 60 })).toBe(true)
  expect(await refusal(() => hs.isExpiringSoon({}))).toEqual({ code: 'claim_missing', claim: 'exp' })
  expect(await refusal(() => hs.isExpiringSoon({ exp: 'x' }))).toEqual({ code: 'claim_invalid', claim: 'exp' })
  for (const [value, options] of [
    [null, {}],
    [1, {}],
    [{ exp: 1 }, { within: -1 }],
    [{ exp: 1 }, { within: Number.NaN }],
    [{ exp: 1 }, { x: 1 }],
  ])
    expect(await refusal(() => hs.isExpiringSoon(value as object, options as object))).toEqual(MISUSE)
})

test('a revoked token is refused at once, and for its issuer only', async () => {
  const revocation = memoryRevocationList()
  const kit = createKit({ ...HS_CONFIG, revocation })
  const token = hs512({ ...CLAIMS, jti: 'j1' })
  revocation.revoke({ issuer: 'https://other.example', jti: 'j1', expires: CLAIMS.exp + 90 })
  await kit.verify(token)
  revocation.revoke({ issuer: ISSUER, jti: 'j1', expires: CLAIMS.exp + 90 })
  expect(await refusal(kit.verify(token))).toEqual({ code: 'token_revoked' })
})

test('an error from a kit is an error of the package', async () => {
  await expect(hs.verify('x')).rejects.toBeInstanceOf(TokenError)
  await expect(hs.sign(1 as never)).rejects.toBeInstanceOf(MisuseError)
})

test('the same token for the same claims, whatever their order', async () => {
  const config: KitConfig = { ...HS_CONFIG, entropy: () => new Uint8Array(16) }
  const [one, other] = await Promise.all([
    createKit(config).sign({ b: 1, a: { y: 1, x: 2 } }),
    createKit(config).sign({ a: { x: 2, y: 1 }, b: 1 }),
  ])
  expect(one).toBe(other)
  expect((await ed.verify(await createKit(ED_CONFIG).sign({ a: 1 })))['a']).toBe(1)
})
