// Tokens of this package in stock libraries, and theirs in this package.
import { createPublicKey } from 'node:crypto'
import { createSigner, createVerifier } from 'fast-jwt'
import * as jose from 'jose'
import jsonwebtoken from 'jsonwebtoken'
import { describe, expect, test } from 'vitest'
import { createKit } from '../src/index'
import { EC_KEY, ED_CONFIG, ED_KEY, HS_CONFIG, ISSUER, publicHalf, RSA_KEY, SECRET_BYTES } from './material'

const clock = () => Date.now() / 1000
const hs = createKit({ ...HS_CONFIG, clock })
const ed = createKit({ ...ED_CONFIG, clock })
const CLAIMS = {
  sub: 'u1',
  permissions: ['read:data'],
  name: 'Zoë 😀',
  nested: { '\ufb33': 1, '😀': [1e21 / 1e6, 0.1] },
}
const pem = (key: typeof ED_KEY, type: 'pkcs8' | 'spki') =>
  (type === 'pkcs8' ? key : createPublicKey(key as never)).export({ format: 'pem', type } as never) as unknown as string

describe('tokens of this package verify in', () => {
  test('jose', async () => {
    const expected = { issuer: ISSUER, audience: 'api', typ: 'JWT', maxTokenAge: 60, requiredClaims: ['jti', 'exp'] }
    const one = await jose.jwtVerify(await hs.sign(CLAIMS), SECRET_BYTES, { ...expected, algorithms: ['HS512'] })
    expect(one.payload).toMatchObject(CLAIMS)
    const key = await jose.importJWK(publicHalf(ED_KEY) as jose.JWK, 'EdDSA')
    const other = await jose.jwtVerify(await ed.sign(CLAIMS), key, { ...expected, algorithms: ['EdDSA'] })
    expect(other.payload).toMatchObject(CLAIMS)
    expect(other.protectedHeader.kid).toBe('ed-1')
  })

  test('jsonwebtoken', async () => {
    const payload = jsonwebtoken.verify(await hs.sign(CLAIMS), SECRET_BYTES, {
      algorithms: ['HS512'],
      audience: 'api',
      issuer: ISSUER,
    })
    expect(payload).toMatchObject(CLAIMS)
  })

  test('fast-jwt', async () => {
    const expected = { allowedIss: ISSUER, allowedAud: 'api' }
    expect(
      createVerifier({ key: SECRET_BYTES, algorithms: ['HS512'], ...expected })(await hs.sign(CLAIMS)),
    ).toMatchObject(CLAIMS)
    expect(
      createVerifier({ key: pem(ED_KEY, 'spki'), algorithms: ['EdDSA'], ...expected })(await ed.sign(CLAIMS)),
    ).toMatchObject(CLAIMS)
  })
})

describe('this package verifies tokens of', () => {
  const build = (header: jose.JWTHeaderParameters) =>
    new jose.SignJWT(CLAIMS)
      .setProtectedHeader(header)
      .setIssuer(ISSUER)
      .setAudience('api')
      .setIssuedAt()
      .setExpirationTime('5m')

  test('jose', async () => {
    expect(await hs.verify(await build({ alg: 'HS512' }).sign(SECRET_BYTES))).toMatchObject(CLAIMS)
    for (const alg of ['EdDSA', 'Ed25519']) {
      const key = await jose.importPKCS8(pem(ED_KEY, 'pkcs8'), alg)
      expect(await ed.verify(await build({ alg, typ: 'application/jwt' }).sign(key))).toMatchObject(CLAIMS)
    }
  })

  test('jose, of outside issuers', async () => {
    const rsa = await Promise.all(
      ['RS256', 'PS256'].map(async (alg) => ({
        alg,
        key: await jose.importPKCS8(pem(RSA_KEY, 'pkcs8'), alg),
        jwk: publicHalf(RSA_KEY),
      })),
    )
    const ec = await Promise.all(
      ['ES256', 'ES384', 'ES512'].map(async (alg) => {
        const { publicKey, privateKey } = await jose.generateKeyPair(alg)
        return { alg, key: privateKey, jwk: await jose.exportJWK(publicKey) }
      }),
    )
    for (const { alg, key, jwk } of [...rsa, ...ec]) {
      const kit = createKit({
        issuer: 'https://own.example',
        audience: 'api',
        trust: [
          {
            issuer: ISSUER,
            algorithms: [alg as 'ES256'],
            publicKeys: jwk as never,
            mapping: { permissions: 'permissions' },
          },
        ],
      })
      expect(await kit.verify(await build({ alg }).sign(key))).toMatchObject(CLAIMS)
    }
  })

  test('jsonwebtoken', async () => {
    const options = { issuer: ISSUER, audience: 'api', expiresIn: 60 }
    expect(await hs.verify(jsonwebtoken.sign(CLAIMS, SECRET_BYTES, { ...options, algorithm: 'HS512' }))).toMatchObject(
      CLAIMS,
    )
    const jwk = publicHalf(EC_KEY)
    const kit = createKit({ issuer: ISSUER, audience: 'api', publicKeys: jwk, accept: ['ES256'] })
    expect(await kit.verify(jsonwebtoken.sign(CLAIMS, EC_KEY, { ...options, algorithm: 'ES256' }))).toMatchObject(
      CLAIMS,
    )
  })

  test('fast-jwt', async () => {
    const options = { iss: ISSUER, aud: 'api', expiresIn: 60_000 }
    expect(await hs.verify(createSigner({ ...options, key: SECRET_BYTES, algorithm: 'HS512' })(CLAIMS))).toMatchObject(
      CLAIMS,
    )
    expect(
      await ed.verify(createSigner({ ...options, key: pem(ED_KEY, 'pkcs8'), algorithm: 'EdDSA' })(CLAIMS)),
    ).toMatchObject(CLAIMS)
  })
})
