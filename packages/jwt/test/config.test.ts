import { describe, expect, test } from 'vitest'
import { createKit, type KitConfig } from '../src/index'
import {
  b64,
  CLAIMS,
  EC_KEY,
  eddsa,
  HS_CONFIG,
  hs512,
  ISSUER,
  JWK,
  MISUSE,
  OTHER_JWK,
  OTHER_SECRET,
  PUBLIC_JWK,
  publicHalf,
  publicJwk,
  refusal,
  SECRET,
} from './material'

const base = { issuer: ISSUER, audience: 'api' }
const entry = { issuer: 'https://x.example', algorithms: ['EdDSA' as const], publicKeys: PUBLIC_JWK }
const faultOf = (config: unknown) => refusal(() => createKit(config as KitConfig))
const invalid = (variable: string) => ({ code: 'config_invalid', variable })

test.each([null, undefined, 'x', 1, []])('a configuration is an object, not %s', async (config) => {
  expect(await faultOf(config)).toEqual(MISUSE)
})

test('a configuration is a plain object', async () => {
  class Config {
    issuer = ISSUER
  }
  expect(await faultOf(new Config())).toEqual({ code: 'config_invalid' })
})

test('an unknown option is refused: it may be a misspelt one', async () => {
  expect(await faultOf({ ...HS_CONFIG, audiences: ['x'] })).toEqual(invalid('audiences'))
  expect(await faultOf({ ...HS_CONFIG, trust: [{ ...entry, audiences: 'x' }] })).toEqual(invalid('trust[0].audiences'))
  expect(await faultOf({ ...HS_CONFIG, trust: [{ ...entry, mapping: { groups: 'x' } }] })).toEqual(
    invalid('trust[0].mapping.groups'),
  )
})

const OPTIONS = [
  'issuer',
  'audience',
  'profile',
  'secret',
  'acceptSecrets',
  'privateKey',
  'kid',
  'publicKeys',
  'jwksUrl',
  'jwksCacheTtl',
  'jwksService',
  'keySource',
  'signer',
  'accept',
  'trust',
  'ttl',
  'leeway',
  'maxLifetime',
  'maxTokenBytes',
  'maxActorDepth',
  'signatureCacheBytes',
  'types',
  'requireType',
  'headerAlg',
  'allowedThumbprints',
  'actors',
  'replay',
  'revocation',
  'transport',
  'clock',
  'entropy',
]

describe.each(OPTIONS)('%s', (option) => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty string', ''],
    ['an empty list', []],
  ])('as %s is a fault, not an absence', async (_, value) => {
    const { secret: _secret, ...others } = HS_CONFIG
    const config = ['privateKey', 'signer', 'publicKeys', 'jwksUrl', 'jwksService', 'keySource'].includes(option)
      ? others
      : HS_CONFIG
    expect(await faultOf({ ...config, [option]: value })).toEqual(invalid(option))
  })
})

describe.each([
  'issuer',
  'audience',
  'algorithms',
  'secrets',
  'publicKeys',
  'jwksUrl',
  'keySource',
  'actors',
  'unsafeAnyActor',
  'mapping',
])('trust[0].%s', (option) => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty string', ''],
    ['an empty list', []],
  ])('as %s is a fault', async (_, value) => {
    const { publicKeys, ...others } = entry
    const trusted = ['jwksUrl', 'keySource'].includes(option) ? others : { ...others, publicKeys }
    expect(await faultOf({ ...HS_CONFIG, trust: [{ ...trusted, [option]: value }] })).toEqual(
      invalid(`trust[0].${option}`),
    )
  })
})

test.each<[string, unknown, object?]>([
  ['issuer', 1],
  ['issuer', 'a\ud800'],
  ['audience', ['a', 'a']],
  ['audience', ['a', 1]],
  ['audience', { a: 1 }],
  ['profile', 'RS256'],
  ['profile', 'hs512'],
  ['secret', 5],
  ['secret', ['x']],
  ['acceptSecrets', SECRET],
  ['acceptSecrets', [SECRET, SECRET, SECRET, SECRET]],
  ['acceptSecrets[1]', [SECRET, 5]],
  ['acceptSecrets[0]', [{ kid: 'k' }]],
  ['acceptSecrets[0]', [{ kid: '', secret: SECRET }]],
  ['acceptSecrets[0]', [{ kid: 'k', secret: { kty: 'oct', k: SECRET } }]],
  ['acceptSecrets[0]', [{ kid: 'k', secret: SECRET, other: 1 }]],
  ['kid', 1],
  ['publicKeys', 5, { accept: ['HS512'] }],
  ['jwksUrl', 'http://auth.example/jwks', { accept: ['HS512'] }],
  ['jwksUrl', 'file:///etc/passwd', { accept: ['HS512'] }],
  ['jwksCacheTtl', 0],
  ['jwksCacheTtl', 1.5],
  ['keySource', {}, { accept: ['HS512'] }],
  ['keySource', () => 1, { accept: ['HS512'] }],
  ['accept', ['none']],
  ['accept', 'HS512'],
  ['accept', ['HS512', 'HS512']],
  ['accept', ['EdDSA', 'Ed25519']],
  ['trust', {}],
  ['ttl', 0],
  ['ttl', '900'],
  ['ttl', Number.POSITIVE_INFINITY],
  ['ttl', 901, { maxLifetime: 900 }],
  ['leeway', -1],
  ['leeway', 91],
  ['leeway', Number.NaN],
  ['maxLifetime', 0],
  ['maxLifetime', 1_000_000_000],
  ['maxTokenBytes', 0],
  ['signatureCacheBytes', 0],
  ['maxActorDepth', 0],
  ['maxActorDepth', 15],
  ['types', 'JWT'],
  ['types', ['JWT', 'JWT']],
  ['requireType', 1],
  ['headerAlg', 'HS512'],
  ['allowedThumbprints', ['short']],
  ['allowedThumbprints', [b64(new Uint8Array(33))]],
  ['actors', [1]],
  ['replay', {}],
  ['replay', { consume: true }],
  ['revocation', () => true],
  ['transport', {}],
  ['clock', 5],
  ['entropy', new Uint8Array(16)],
])('%s: %j is invalid', async (variable, value, more = {}) => {
  const option = variable.replace(/\[.*/, '')
  expect(await faultOf({ ...HS_CONFIG, ...more, [option]: value })).toEqual(invalid(variable))
})

test.each<[string, object, object]>([
  ['both kinds sign', { secret: SECRET, privateKey: JWK }, { code: 'config_conflict', variable: 'profile' }],
  ['both kinds verify', { secret: SECRET, publicKeys: PUBLIC_JWK }, { code: 'config_conflict', variable: 'accept' }],
  [
    'two sources',
    { publicKeys: PUBLIC_JWK, jwksUrl: 'https://x.example' },
    { code: 'config_conflict', variable: 'jwksUrl' },
  ],
  [
    'three sources',
    { publicKeys: PUBLIC_JWK, jwksUrl: 'https://x.example', keySource: { select: () => 1 } },
    { code: 'config_conflict', variable: 'keySource' },
  ],
  ['a kid where nothing signs', { publicKeys: PUBLIC_JWK, kid: 'k' }, { code: 'config_conflict', variable: 'kid' }],
  ['another kid than the key has', { privateKey: JWK, kid: 'k' }, { code: 'config_conflict', variable: 'kid' }],
  [
    'another kid than the secret has',
    { secret: { kty: 'oct', k: SECRET, kid: 'a' }, kid: 'b' },
    { code: 'config_conflict', variable: 'kid' },
  ],
  ['a profile without material', { privateKey: JWK, profile: 'HS512' }, { code: 'config_missing', variable: 'secret' }],
  [
    'the other profile without material',
    { secret: SECRET, profile: 'EdDSA' },
    { code: 'config_missing', variable: 'privateKey' },
  ],
  [
    'an algorithm without material',
    { privateKey: JWK, accept: ['HS512'] },
    { code: 'config_missing', variable: 'secret' },
  ],
  [
    'an outside algorithm without material',
    { privateKey: JWK, accept: ['EdDSA', 'ES256'] },
    { code: 'config_missing', variable: 'publicKeys' },
  ],
  [
    'a service that nothing can call',
    { jwksService: 'AUTH' },
    { code: 'runtime_unsupported', variable: 'jwksService' },
  ],
  [
    'a secret that may not sign',
    { secret: { kty: 'oct', k: SECRET, key_ops: ['verify'] } },
    { code: 'key_unsuitable', variable: 'secret' },
  ],
  [
    'a public key in the place of a private one',
    { privateKey: PUBLIC_JWK },
    { code: 'key_unsuitable', variable: 'privateKey' },
  ],
  [
    'a private key in the place of a public one',
    { publicKeys: JWK },
    { code: 'key_unsuitable', variable: 'publicKeys' },
  ],
  ['a weak secret', { secret: 'AAAA' }, { code: 'key_weak', variable: 'secret' }],
  [
    'one wrong key of a list',
    { publicKeys: [PUBLIC_JWK, { ...PUBLIC_JWK, x: 'AA' }] },
    { code: 'key_invalid', variable: 'publicKeys[1]' },
  ],
  [
    'text in a list of keys',
    { publicKeys: [JSON.stringify(PUBLIC_JWK)] },
    { code: 'key_invalid', variable: 'publicKeys[0]' },
  ],
  [
    'text of a text',
    { publicKeys: JSON.stringify(JSON.stringify(PUBLIC_JWK)) },
    { code: 'key_invalid', variable: 'publicKeys' },
  ],
  ['a set that is none', { publicKeys: { keys: {} } }, { code: 'jwks_invalid', variable: 'publicKeys' }],
  [
    'a key that fits no accepted algorithm',
    { publicKeys: publicHalf(EC_KEY) },
    { code: 'key_unsuitable', variable: 'publicKeys' },
  ],
  [
    'a broken key among several algorithms',
    { publicKeys: { ...publicHalf(EC_KEY), y: b64(new Uint8Array(32)) }, accept: ['EdDSA', 'ES256', 'RS256'] },
    { code: 'key_invalid', variable: 'publicKeys' },
  ],
])('%s', async (_, config, fault) => {
  expect(await faultOf({ ...base, ...config })).toEqual(fault)
})

test.each<[string, object, object]>([
  ['no issuer', { issuer: undefined }, invalid('trust[0].issuer')],
  ['no algorithms', { algorithms: undefined }, invalid('trust[0].algorithms')],
  ['five secrets', { algorithms: ['HS512'], secrets: [1, 2, 3, 4, 5].map(() => SECRET) }, invalid('trust[0].secrets')],
  ['an algorithm without secrets', { algorithms: ['HS512'] }, { code: 'config_missing', variable: 'trust[0].secrets' }],
  [
    'an algorithm without keys',
    { algorithms: ['HS512', 'EdDSA'], secrets: [SECRET], publicKeys: undefined },
    invalid('trust[0].publicKeys'),
  ],
  [
    'an algorithm that no key has',
    { algorithms: ['EdDSA', 'RS256'] },
    { code: 'config_missing', variable: 'trust[0].publicKeys' },
  ],
  ['two sources', { jwksUrl: 'https://x.example' }, { code: 'config_conflict', variable: 'trust[0].jwksUrl' }],
  [
    'actors beside any actor',
    { actors: ['a'], unsafeAnyActor: true },
    { code: 'config_conflict', variable: 'trust[0].unsafeAnyActor' },
  ],
  ['false as any actor', { unsafeAnyActor: false }, invalid('trust[0].unsafeAnyActor')],
  ['a wrong mapping', { mapping: { permissions: 1 } }, invalid('trust[0].mapping.permissions')],
])('a trusted issuer with %s', async (_, more, fault) => {
  expect(await faultOf({ ...HS_CONFIG, trust: [{ ...entry, ...more }] })).toEqual(fault)
})

test('a trusted issuer that lacks a member', async () => {
  for (const name of ['issuer', 'algorithms'] as const) {
    const { [name]: _, ...rest } = entry
    expect(await faultOf({ ...HS_CONFIG, trust: [rest] })).toEqual({
      code: 'config_missing',
      variable: `trust[0].${name}`,
    })
  }
  expect(await faultOf({ issuer: ISSUER, secret: SECRET, trust: [entry] })).toEqual({
    code: 'config_missing',
    variable: 'trust[0].audience',
  })
  expect(await faultOf({ ...HS_CONFIG, trust: [5] })).toEqual(invalid('trust[0]'))
})

test('a kit of trusted issuers alone needs no issuer of its own', async () => {
  const kit = createKit({ audience: 'api', trust: [{ ...entry, audience: 'api' }], clock: HS_CONFIG.clock })
  expect((await kit.verify(eddsa({ ...CLAIMS, iss: entry.issuer }))).iss).toBe(entry.issuer)
  expect(await refusal(kit.sign({}))).toEqual({ code: 'config_missing', variable: 'issuer' })
  expect(await kit.describe()).toMatchObject({ issuer: null, accept: [], signs: null, profile: null })
})

test('secrets are taken in all their forms', async () => {
  const kit = createKit({
    ...HS_CONFIG,
    acceptSecrets: [OTHER_SECRET, { kty: 'oct', k: SECRET, kid: 'a' }, { kid: 'b', secret: SECRET }],
    kid: 's',
  })
  expect((await kit.describe()).secrets).toEqual(['s', null, 'a', 'b'].map((kid) => ({ kid, bytes: 64 })))
  expect((await kit.verify(hs512(CLAIMS, { alg: 'HS512', kid: 'b' }))).iss).toBe(ISSUER)
})

test('public keys are taken in all their forms', async () => {
  const other = publicJwk(OTHER_JWK)
  const kids = async (publicKeys: NonNullable<KitConfig['publicKeys']>) =>
    (await createKit({ ...base, publicKeys }).describe()).publicKeys.map(({ kid }) => kid)
  expect(await kids(PUBLIC_JWK)).toEqual(['ed-1'])
  expect(await kids(JSON.stringify(PUBLIC_JWK))).toEqual(['ed-1'])
  expect(await kids([PUBLIC_JWK, other])).toEqual(['ed-1', 'ed-2'])
  expect(await kids({ keys: [PUBLIC_JWK, JWK, { kty: 'oct' }, other] })).toEqual(['ed-1', 'ed-2'])
  expect(await kids(JSON.stringify({ keys: [other] }))).toEqual(['ed-2'])
  expect(await kids({ keys: [] })).toEqual([])
})

test('the public half beside the same public key counts once', async () => {
  const kit = createKit({ ...base, privateKey: JWK, publicKeys: [PUBLIC_JWK, publicJwk(OTHER_JWK)] })
  expect((await kit.describe()).publicKeys.map(({ kid }) => kid)).toEqual(['ed-1', 'ed-2'])
})

test('private keys are taken as text too', async () => {
  expect((await createKit({ ...base, privateKey: JSON.stringify(JWK) }).describe()).signs).toEqual({
    alg: 'EdDSA',
    kid: 'ed-1',
  })
})

test('what is not accepted is not described', async () => {
  const kit = createKit({ ...base, profile: 'EdDSA', secret: SECRET, privateKey: JWK, accept: ['HS512'] })
  expect(await kit.describe()).toMatchObject({
    profile: 'EdDSA',
    accept: ['HS512'],
    signs: { alg: 'EdDSA' },
    publicKeys: [],
    secrets: [{ bytes: 64 }],
  })
})

test('settings go into effect', async () => {
  const kit = createKit({
    ...HS_CONFIG,
    types: ['at+jwt'],
    requireType: true,
    maxTokenBytes: 600,
    ttl: 60,
    maxLifetime: 60,
  })
  const token = await kit.sign({})
  expect(kit.decodeUnverified(token)).toMatchObject({ header: { typ: 'at+jwt' }, claims: { exp: CLAIMS.iat + 60 } })
  expect(await refusal(kit.verify(hs512(CLAIMS)))).toEqual({ code: 'typ_mismatch' })
  expect(await refusal(kit.verify(hs512({ ...CLAIMS, a: 'x'.repeat(600) })))).toEqual({ code: 'token_too_large' })
  expect(await refusal(() => kit.decodeUnverified('x'.repeat(601)))).toEqual({ code: 'token_too_large' })
  const ed = createKit({ ...base, privateKey: JWK, headerAlg: 'Ed25519' })
  expect(ed.decodeUnverified(await ed.sign({})).header).toMatchObject({ alg: 'Ed25519' })
})

test('an error of a getter in a key is not taken for a fault of the key', () => {
  const jwk = {
    kty: 'OKP',
    get x(): string {
      throw new RangeError('mine')
    },
  }
  expect(() => createKit({ ...base, privateKey: jwk })).toThrow(RangeError)
  expect(() => createKit({ ...base, publicKeys: jwk })).toThrow(RangeError)
})
