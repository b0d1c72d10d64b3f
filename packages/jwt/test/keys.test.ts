import { createHash, createPublicKey, generateKeyPairSync, verify as nodeVerify } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import {
  createKeySet,
  exportPublicJwk,
  generateKeyPair,
  generateSecret,
  importPrivateKey,
  importPublicKey,
  importSecret,
  type Jwk,
  thumbprint,
} from '../src/index'
import { b64, EC_KEY, JWK, MISUSE, OTHER_JWK, PUBLIC_JWK, publicHalf, RSA_KEY, refusal, SECRET } from './material'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('generateSecret', () => {
  test('gives canonical text of as many bytes as asked', async () => {
    expect((await importSecret(generateSecret())).bytes).toBe(64)
    expect((await importSecret(generateSecret(1024))).bytes).toBe(1024)
    expect(generateSecret()).not.toBe(generateSecret())
  })

  test.each([0, 63, 64.5, Number.NaN, 1025, '64', null])('refuses %s bytes', async (size) => {
    expect(await refusal(() => generateSecret(size as number))).toEqual(MISUSE)
  })
})

describe('generateKeyPair', () => {
  test('gives two JWKs of one key', async () => {
    const { privateJwk, publicJwk } = await generateKeyPair()
    expect(Object.keys(publicJwk)).toEqual(['kty', 'crv', 'x', 'kid', 'alg', 'use'])
    expect(publicJwk).toMatchObject({ kid: await thumbprint(publicJwk), alg: 'EdDSA', use: 'sig' })
    const { d, ...rest } = privateJwk
    expect(rest).toEqual(publicJwk)
    expect(d).toMatch(/^[\w-]{43}$/)
    expect(exportPublicJwk(await importPrivateKey(privateJwk))).toEqual(publicJwk)
    expect((await generateKeyPair()).publicJwk.x).not.toBe(publicJwk.x)
  })

  test('takes a kid', async () => {
    const { privateJwk, publicJwk } = await generateKeyPair({ kid: '2026-11' })
    expect([privateJwk.kid, publicJwk.kid]).toEqual(['2026-11', '2026-11'])
    for (const options of [{ kid: '' }, { kid: undefined }, { alg: 'x' }])
      expect(await refusal(generateKeyPair(options as never))).toEqual(MISUSE)
  })

  test('says where Ed25519 is not to be had', async () => {
    const generate = vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new Error('no'))
    expect(await refusal(generateKeyPair())).toEqual({ code: 'runtime_unsupported' })
    generate.mockRestore()
  })
})

describe('importSecret', () => {
  test('binds kid and material', async () => {
    const key = await importSecret(SECRET, { kid: 'k' })
    expect(key).toMatchObject({ alg: 'HS512', kid: 'k', bytes: 64 })
    const signature = await key.sign(bytes('data'))
    expect(await key.verify(bytes('data'), signature)).toBe(true)
    expect(await key.verify(bytes('datb'), signature)).toBe(false)
    expect(await key.verify(bytes('data'), signature.slice(1))).toBe(false)
    expect(Object.isFrozen(key)).toBe(true)
  })

  test('refuses wrong options, and a kid that the JWK contradicts', async () => {
    for (const options of [{ kid: '' }, { kid: undefined }, { kid: 1 }, { alg: 'HS512' }, null])
      expect(await refusal(importSecret(SECRET, options as never))).toEqual(MISUSE)
    expect(await refusal(importSecret({ kty: 'oct', k: SECRET, kid: 'a' }, { kid: 'b' }))).toEqual({
      code: 'config_conflict',
    })
  })
})

describe('importPublicKey', () => {
  const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }) as Jwk

  test.each<[unknown, unknown, object]>([
    [PUBLIC_JWK, { alg: 'HS512' }, MISUSE],
    [PUBLIC_JWK, { alg: undefined }, MISUSE],
    [PUBLIC_JWK, { alg: 'none' }, MISUSE],
    [PUBLIC_JWK, { kid: 'x' }, MISUSE],
    [PUBLIC_JWK, { alg: 'ES256' }, { code: 'key_unsuitable' }],
    [null, {}, { code: 'key_invalid' }],
    [[], {}, { code: 'key_invalid' }],
    ['x', {}, { code: 'key_invalid' }],
    [{ ...PUBLIC_JWK, kid: '\ud800' }, {}, { code: 'key_invalid' }],
    [{ ...PUBLIC_JWK, key_ops: new Array(1) }, {}, { code: 'key_unsuitable' }],
    [{ ...PUBLIC_JWK, d: null }, {}, { code: 'key_unsuitable' }],
    [Object.create(PUBLIC_JWK), {}, { code: 'key_invalid' }],
    [publicHalf(RSA_KEY, { e: 'AA' }), { alg: 'RS256' }, { code: 'key_invalid' }],
    [publicHalf(RSA_KEY, { e: 'AQ' }), { alg: 'RS256' }, { code: 'key_invalid' }],
    [publicHalf(RSA_KEY, { e: 'AAEAAQ' }), { alg: 'RS256' }, { code: 'key_invalid' }],
    [{ ...publicHalf(RSA_KEY), e: publicHalf(RSA_KEY).n }, { alg: 'RS256' }, { code: 'key_invalid' }],
    [rsa1024, { alg: 'PS256' }, { code: 'key_weak' }],
    [{ ...publicHalf(EC_KEY), y: publicHalf(EC_KEY).x }, { alg: 'ES256' }, { code: 'key_invalid' }],
    [{ ...publicHalf(EC_KEY), x: b64(new Uint8Array(31)) }, { alg: 'ES256' }, { code: 'key_invalid' }],
    [publicHalf(EC_KEY), { alg: 'ES384' }, { code: 'key_unsuitable' }],
  ])('%j with %j is %j', async (jwk, options, refused) => {
    const { key_ops: ops, ...rest } = Object(jwk) as Jwk
    const input = ops?.length === 1 ? { ...rest, key_ops: ['sign'] } : jwk
    expect(await refusal(importPublicKey(input as Jwk, options as never))).toEqual(refused)
  })

  test('reads an undefined member as an absent one', async () => {
    expect((await importPublicKey({ ...PUBLIC_JWK, use: undefined, d: undefined } as never)).kid).toBe('ed-1')
  })

  test('leaves the JWK alone, and is not changed by it', async () => {
    const jwk = { ...PUBLIC_JWK, key_ops: ['verify'] }
    const key = await importPublicKey(jwk)
    expect(Object.isFrozen(jwk)).toBe(false)
    jwk.x = 'x'
    expect(key.jwk['x']).toBe(PUBLIC_JWK.x)
    expect(() => Object.assign(key.jwk, { x: 'x' })).toThrow(TypeError)
  })

  test('refuses a key that the runtime refuses, without its words', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error(PUBLIC_JWK.x))
    expect(await refusal(importPublicKey(publicHalf(EC_KEY), { alg: 'ES256' }))).toEqual({ code: 'key_invalid' })
    importKey.mockRestore()
  })

  test('verifies with RSA keys of odd sizes', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2055 })
    const key = await importPublicKey(publicKey.export({ format: 'jwk' }) as Jwk, { alg: 'RS256' })
    const { sign } = await import('node:crypto')
    const signature = new Uint8Array(sign('sha256', bytes('data'), privateKey))
    expect(signature.length).toBe(257)
    expect(await key.verify(bytes('data'), signature)).toBe(true)
    expect(await key.verify(bytes('data'), signature.slice(0, 256))).toBe(false)
  })
})

describe('importPrivateKey', () => {
  test('signs what its public half verifies', async () => {
    const key = await importPrivateKey(JSON.stringify(JWK))
    const signature = await key.sign(bytes('data'))
    expect(await key.publicKey.verify(bytes('data'), signature)).toBe(true)
    expect(nodeVerify(null, bytes('data'), createPublicKey({ key: JWK as never, format: 'jwk' }), signature)).toBe(true)
    expect(key).toMatchObject({ alg: 'EdDSA', kid: 'ed-1', thumbprint: await thumbprint(JWK) })
  })

  test('refuses a d that is not that of x', async () => {
    expect(await refusal(importPrivateKey({ ...JWK, x: OTHER_JWK.x as string }))).toEqual({ code: 'key_invalid' })
  })
})

describe('exportPublicJwk', () => {
  test('writes public Ed25519 keys only', async () => {
    const { kid: _, ...anonymous } = PUBLIC_JWK
    expect(exportPublicJwk(await importPublicKey(anonymous)).kid).toBe(await thumbprint(JWK))
    expect(
      await refusal(async () => exportPublicJwk(await importPublicKey(publicHalf(EC_KEY), { alg: 'ES256' }))),
    ).toEqual({ code: 'key_unsuitable' })
    for (const value of [null, undefined, {}, JWK, await importSecret(SECRET)])
      expect(await refusal(() => exportPublicJwk(value as never))).toEqual(MISUSE)
  })
})

describe('thumbprint', () => {
  test('covers what RFC 7638 says, of every type of key', async () => {
    const expected = (members: object) => createHash('sha256').update(JSON.stringify(members)).digest('base64url')
    const { crv, kty, x, y } = publicHalf(EC_KEY)
    expect(await thumbprint({ ...publicHalf(EC_KEY), use: 'enc', kid: 'x' })).toBe(expected({ crv, kty, x, y }))
    const { e, n } = publicHalf(RSA_KEY)
    expect(await thumbprint(JSON.stringify(publicHalf(RSA_KEY)))).toBe(expected({ e, kty: 'RSA', n }))
    expect(await refusal(thumbprint({ kty: 'oct', k: SECRET }))).toEqual({ code: 'key_unsuitable' })
    expect(await refusal(thumbprint({ ...PUBLIC_JWK, kty: 'EC' }))).toEqual({ code: 'key_unsuitable' })
    expect(await refusal(thumbprint({ ...PUBLIC_JWK, crv: 'Ed448' }))).toEqual({ code: 'key_unsuitable' })
  })
})

describe('createKeySet', () => {
  test('refuses wrong algorithms', async () => {
    for (const options of [
      {},
      { algorithms: [] },
      { algorithms: 'EdDSA' },
      { algorithms: ['none'] },
      null,
      { algorithms: ['EdDSA'], x: 1 },
    ])
      expect(await refusal(createKeySet({ keys: [] }, options as never))).toEqual(MISUSE)
  })

  test('keeps what the runtime refuses out', async () => {
    // Whichever is imported first: the order is the runtime's.
    const refused = publicHalf(EC_KEY)
    const taken = publicHalf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, { kid: 'second' })
    const { subtle } = crypto
    const original = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>
    const importKey = vi.spyOn(subtle, 'importKey').mockImplementation((...args: unknown[]) => {
      if ((args[1] as Jwk)['x'] === refused['x']) return Promise.reject(new Error('no'))
      return original(...args)
    })
    const set = await createKeySet({ keys: [refused, taken] }, { algorithms: ['ES256'] })
    expect(set.keys.map(({ kid }) => kid)).toEqual(['second'])
    importKey.mockRestore()
  })

  test('binds a key to each algorithm that it may be used with', async () => {
    const set = await createKeySet(
      { keys: [publicHalf(RSA_KEY, { kid: 'r' })] },
      { algorithms: ['RS256', 'PS256', 'HS512'] },
    )
    expect(set.keys.map(({ alg }) => alg)).toEqual(['RS256', 'PS256'])
    expect(set.select({ alg: 'PS256', kid: 'r' }).alg).toBe('PS256')
    expect(await refusal(() => set.select({ alg: 'HS512' }))).toEqual({ code: 'key_not_found' })
    expect(await refusal(() => set.select({ alg: 'x' as never }))).toEqual({ code: 'key_not_found' })
  })

  test('looks at own members only', async () => {
    expect(await refusal(createKeySet(Object.create({ keys: [] }), { algorithms: ['EdDSA'] }))).toEqual({
      code: 'jwks_invalid',
    })
  })
})
