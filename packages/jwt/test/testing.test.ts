// The testing kit gives the tokens that jose and node:crypto wrote down, and each broken one is refused by its own code.
import { readFileSync } from 'node:fs'
import { jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Text, textOf } from '../src/conformance/inputs'
import { type KitConfig, policy, TokenError } from '../src/index'
import * as testing from '../src/testing'
import { createTestKit, createTokens, fixedClock, REFUSALS, type RefusalName, type Tokens } from '../src/testing'
import { HS_CONFIG, ISSUER, JWK, MISUSE, NOW, PUBLIC_JWK, refusal, SECRET } from './material'

interface Row {
  readonly call: string
  readonly arguments?: readonly unknown[]
  readonly claims?: object
  readonly code?: string
  readonly token: Text
}

const expected = JSON.parse(readFileSync(new URL('../../../conformance/testing.json', import.meta.url), 'utf8')) as {
  readonly tokens: Readonly<Record<'HS512' | 'EdDSA', readonly Row[]>>
  readonly refusals: Readonly<Record<string, string>>
} & Record<string, unknown>

const PROFILES = ['HS512', 'EdDSA'] as const
const NAMES = Object.keys(REFUSALS) as RefusalName[]

/** How a kit takes a token: that of `denied` is good until a policy asks for something. */
const verdict = (config: KitConfig, token: string) => {
  const kit = createTestKit(config)
  return kit.checkAuth(token, policy().anyOf(policy().needAll('read:data'), policy().rolesAny('admin')))
}

test('the published keys are those that an independent library knows', () => {
  expect({
    issuer: testing.TEST_ISSUER,
    audience: testing.TEST_AUDIENCE,
    subject: testing.TEST_SUBJECT,
    now: testing.TEST_NOW,
    kid: testing.TEST_KID,
    secret: testing.TEST_SECRET,
    foreignSecret: testing.FOREIGN_SECRET,
    privateJwks: testing.TEST_PRIVATE_JWKS,
    publicJwks: testing.TEST_PUBLIC_JWKS,
    foreignPrivateJwk: testing.FOREIGN_PRIVATE_JWK,
  }).toEqual(
    Object.fromEntries(Object.entries(expected).filter(([name]) => !['format', 'refusals', 'tokens'].includes(name))),
  )
  expect(testing.TEST_PRIVATE_JWK).toEqual(testing.TEST_PRIVATE_JWKS[0])
  expect(testing.TEST_PUBLIC_JWK).toEqual(testing.TEST_PUBLIC_JWKS[0])
})

describe.each(PROFILES)('tokens of %s', (profile) => {
  test('are the same bytes, call by call', async () => {
    const tokens = createTokens({ profile })
    for (const { call, arguments: given = [], token } of expected.tokens[profile]) {
      const mint = tokens[call as keyof Tokens] as (...args: readonly unknown[]) => Promise<string>
      expect(await mint(...given), call).toBe(textOf(token))
    }
  })

  test('a kit signs what is minted', async () => {
    const [kit, tokens] = [createTestKit({ profile }), createTokens({ profile })]
    expect(await tokens.mint()).toBe(await kit.sign({ sub: 'u1' }))
    expect(await tokens.mint({ sub: 'u2', roles: [] })).toBe(await kit.sign({ sub: 'u2', roles: [] }))
    expect(await kit.sign({ sub: 'u1' })).not.toBe(await kit.sign({ sub: 'u1' }))
  })

  test('the good ones are taken', async () => {
    const kit = createTestKit({ profile })
    const good = expected.tokens[profile].filter(({ claims }) => claims)
    expect(good.length).toBeGreaterThan(5)
    for (const { claims, token } of good) expect(await kit.verify(textOf(token))).toEqual(claims)
  })

  test.each(NAMES)('%s is refused by its code', async (name) => {
    expect(REFUSALS[name]).toBe(expected.refusals[name])
    const token = await createTokens({ profile })[name]()
    const { code } = (await refusal(verdict({ profile }, token))) as { code: string }
    expect(code).toBe(REFUSALS[name])
  })

  test.each(NAMES)('%s is refused by its code of a kit with other limits and claims', async (name) => {
    const config: KitConfig = {
      profile,
      issuer: ISSUER,
      audience: ['a', 'b'],
      leeway: 0,
      ttl: 5,
      maxLifetime: 10,
      maxTokenBytes: 1500,
      maxActorDepth: 14,
      types: ['at+jwt'],
      clock: () => NOW + 0.9,
    }
    const tokens = createTokens(config)
    expect((await createTestKit(config).verify(await tokens.mint({ tid: 't1' })))['tid']).toBe('t1')
    const token = await tokens[name]({ sub: 'u2', roles: ['user'], permissions: [], tid: 't1' })
    const { code } = (await refusal(verdict(config, token))) as { code: string }
    expect(code).toBe(REFUSALS[name])
  })
})

test('the list of refusals is that of both languages', () => {
  expect(REFUSALS).toEqual(expected.refusals)
  expect(Object.isFrozen(REFUSALS)).toBe(true)
})

test('denied is a good token', async () => {
  const token = await createTokens().denied({ roles: ['admin'], scope: 'read' })
  const claims = await createTestKit().verify(token)
  expect([claims.sub, claims.roles, claims.scope]).toEqual(['u1', undefined, undefined])
})

test('wrongAlgorithm is a good HS256 token for whoever takes those', async () => {
  const token = await createTokens().wrongAlgorithm()
  const key = Buffer.from(testing.TEST_SECRET, 'base64url')
  const { payload } = await jwtVerify(token, key, { currentDate: new Date(NOW * 1000) })
  expect(payload.sub).toBe('u1')
})

test('keys of a kit with its own secret, key or signer', async () => {
  const signer = { alg: 'HS512' as const, kid: 's', sign: async () => new Uint8Array(64) }
  for (const config of [{ secret: SECRET, kid: 'mine' }, { privateKey: JWK }]) {
    const kit = createTestKit(config)
    expect((await kit.verify(await createTokens(config).mint())).sub).toBe('u1')
    expect(await refusal(kit.verify(await createTestKit().sign({})))).not.toEqual({ refused: false })
  }
  expect(await createTokens({ signer }).mint()).toMatch(/\.A{86}$/)
  expect((await createTestKit({ publicKeys: PUBLIC_JWK }).describe()).secrets).toEqual([])
  expect(await refusal(() => createTokens({ publicKeys: PUBLIC_JWK }))).toEqual({
    code: 'config_missing',
    variable: 'secret',
  })
})

test('a secret without kid answers to every one: no token has an unknown key then', async () => {
  expect(await refusal(createTokens({ secret: SECRET }).unknownKey())).toEqual(MISUSE)
  const trust = [{ issuer: ISSUER, algorithms: ['HS512' as const], secrets: [SECRET] }]
  expect(await refusal(createTokens({ trust }).unknownKey())).toEqual(MISUSE)
  const accepting = { acceptSecrets: [SECRET], accept: ['HS512', 'EdDSA'] as const, privateKey: JWK }
  const token = await createTokens(accepting).unknownKey()
  expect(await refusal(createTestKit(accepting).verify(token))).toEqual({ code: 'key_not_found' })
})

test('wrong arguments', async () => {
  const tokens = createTokens()
  for (const wrong of [
    () => createTokens('x' as never),
    () => createTestKit([] as never),
    () => testing.environmentForTests('RS256' as never),
    () => tokens.mint([] as never),
    () => tokens.mint({}, { aud: 'x' } as never),
    () => tokens.mint({}, { header: 'x' as never }),
    () => tokens.mint({}, { without: 'sub' as never }),
    () => tokens.delegated([]),
    () => tokens.delegated(1 as never),
    () => tokens.delegated(['a', 1] as never),
    () => tokens.expired('x' as never),
  ])
    expect(await refusal(wrong)).toEqual(MISUSE)
  expect(await refusal(tokens.mint({ a: undefined }))).toEqual({ code: 'value_unsupported', claim: 'a' })
  expect(await refusal(() => createTestKit({ issuer: '' }))).toEqual({ code: 'config_invalid', variable: 'issuer' })
})

test('an environment for tests is that of a kit for tests', async () => {
  for (const profile of PROFILES) {
    const { configFromEnvironment, createKit } = await import('../src/index')
    const kit = createKit({ ...configFromEnvironment(testing.environmentForTests(profile)), clock: () => NOW })
    expect((await kit.verify(await createTokens({ profile }).mint())).sub).toBe('u1')
  }
  expect(testing.environmentForTests()).toEqual(testing.environmentForTests('HS512'))
})

test('a fixed clock moves when it is told', async () => {
  const clock = fixedClock()
  expect(clock()).toBe(testing.TEST_NOW)
  const kit = createTestKit({ clock, leeway: 0 })
  const token = await kit.sign({ sub: 'u1' }, { ttl: 10 })
  clock.advance(9.5)
  expect((await kit.verify(token)).sub).toBe('u1')
  clock.advance(0.5)
  expect(await refusal(kit.verify(token))).toEqual({ code: 'token_expired', claim: 'exp' })
  clock.set(testing.TEST_NOW)
  expect((await kit.verify(token)).sub).toBe('u1')
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '1', null]) {
    expect(await refusal(() => fixedClock(wrong as number))).toEqual(MISUSE)
    expect(await refusal(() => clock.advance(wrong as number))).toEqual(MISUSE)
    expect(await refusal(() => clock.set(wrong as number))).toEqual(MISUSE)
  }
})

test('entropy repeats from run to run and differs from call to call', () => {
  const entropy = testing.repeatingEntropy()
  expect([...entropy(4)]).toEqual([0, 0, 0, 1])
  expect([...entropy(0)]).toEqual([])
  expect([...entropy(2)]).toEqual([0, 3])
  for (let call = 4; call < 258; call += 1) entropy(1)
  expect([...entropy(3)]).toEqual([0, 1, 2])
})

test('errors are those of the package', async () => {
  const kit = createTestKit(HS_CONFIG)
  await expect(kit.verify(await createTokens().mint())).rejects.toBeInstanceOf(TokenError)
})
