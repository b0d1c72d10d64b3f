// What only verifies gives the answers of a kit, for every token there is a vector for; and refuses to be made wrongly.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createKeySet, createKit, exportPublicJwk, importPrivateKey, importPublicKey, importSecret } from '../src/index'
import { createVerifier, type VerifierConfig } from '../src/verifier'
import { ISSUER, JWK, MISUSE, refusal, SECRET } from './material'

const BASE = { issuer: ISSUER, audience: 'api' }
const publicJwk = async () => exportPublicJwk(await importPrivateKey(JWK))
const claims = { sub: 'u1', permissions: ['read:data'] }

describe('a verifier', () => {
  test('verifies with secrets', async () => {
    const verifier = createVerifier({ ...BASE, keys: [await importSecret(SECRET)] })
    const token = await createKit({ ...BASE, secret: SECRET }).sign(claims)
    expect(await verifier.verify(token)).toMatchObject(claims)
    expect(Object.isFrozen(await verifier.verify(token))).toBe(true)
    expect(await refusal(verifier.verify(`${token.slice(0, -4)}AAAA`))).toEqual({ code: 'signature_invalid' })
  })

  test('verifies with public keys, and with a source of them', async () => {
    const token = await createKit({ ...BASE, privateKey: JWK }).sign(claims)
    const jwk = await publicJwk()
    expect(await createVerifier({ ...BASE, keys: [await importPublicKey(jwk)] }).verify(token)).toMatchObject(claims)
    const set = await createKeySet({ keys: [jwk] }, { algorithms: ['EdDSA'] })
    expect(await createVerifier({ ...BASE, keySource: set }).verify(token)).toMatchObject(claims)
  })

  test('takes one profile: a token of the other is refused by its algorithm', async () => {
    const verifier = createVerifier({ ...BASE, keys: [await importPublicKey(await publicJwk())] })
    const token = await createKit({ ...BASE, secret: SECRET }).sign(claims)
    expect(await refusal(verifier.verify(token))).toEqual({ code: 'alg_not_allowed' })
  })

  test('holds tokens to audience, leeway, lifetime, pins and proofs', async () => {
    const keys = [await importPublicKey(await publicJwk())]
    const kit = createKit({ ...BASE, audience: ['api', 'other'], privateKey: JWK, clock: () => 1000 })
    const at = (now: number, config: Partial<VerifierConfig> = {}) =>
      createVerifier({ ...BASE, keys, clock: () => now, ...config })
    const token = await kit.sign(claims, { ttl: 60 })
    expect((await at(1149).verify(token)).sub).toBe('u1')
    expect(await refusal(at(1150).verify(token))).toEqual({ code: 'token_expired', claim: 'exp' })
    expect(await refusal(at(1060, { leeway: 0 }).verify(token))).toMatchObject({ code: 'token_expired' })
    expect(await refusal(at(1000, { maxLifetime: 59 }).verify(token))).toMatchObject({
      code: 'token_lifetime_too_long',
    })
    expect(await refusal(at(1000, { audience: 'x' }).verify(token))).toMatchObject({ code: 'audience_mismatch' })
    expect(await refusal(at(1000, { issuer: 'x' }).verify(token))).toMatchObject({ code: 'issuer_mismatch' })
    const pins = { allowedThumbprints: ['A'.repeat(43)] }
    expect(await refusal(at(1000, pins).verify(token))).toEqual({ code: 'key_not_pinned' })
    expect(await refusal(at(1000).verify(token, { confirmation: { jkt: 'x' } }))).toEqual({ code: 'binding_missing' })
    expect(await refusal(at(1000).verify(token, { proof: 'x' } as object))).toEqual(MISUSE)
    expect(await refusal(at(Number.NaN).verify(token))).toEqual({ code: 'config_invalid', variable: 'clock' })
  })

  test('gives the answers of the kit to the vectors of one secret', async () => {
    const path = new URL('../../../conformance/vectors/verify-shape.json', import.meta.url)
    const { kits, groups } = JSON.parse(readFileSync(path, 'utf8')) as {
      kits: Record<string, { issuer: string; audience: string; secret?: string }>
      groups: { tests: { kit: string; now: number; token: unknown; operation?: string; expected: object }[] }[]
    }
    let compared = 0
    for (const { kit, now, token, operation, expected } of groups.flatMap(({ tests }) => tests)) {
      const { issuer, audience, secret, ...others } = kits[kit] ?? {}
      if (!secret || Object.keys(others).length > 0 || typeof token !== 'string' || operation !== undefined) continue
      const config = { issuer: issuer as string, audience: audience as string, clock: () => now }
      const verifier = createVerifier({ ...config, keys: [await importSecret(secret)] })
      const answer = await refusal(verifier.verify(token)).catch(() => undefined)
      if ('fault' in expected) expect(answer).toEqual(expected.fault)
      compared += 1
    }
    expect(compared).toBeGreaterThan(50)
  })
})

describe('a verifier is refused', () => {
  test('without what it verifies with, or with what cannot be meant', async () => {
    const secret = await importSecret(SECRET)
    const key = await importPublicKey(await publicJwk())
    const keySource = await createKeySet({ keys: [] }, { algorithms: ['EdDSA'] })
    const refused = (config: unknown) => refusal(() => createVerifier(config as VerifierConfig))
    const [missing, invalid, conflict] = ['config_missing', 'config_invalid', 'config_conflict']
    expect(await refused(null)).toEqual(MISUSE)
    expect(await refused({ audience: 'api', keys: [key] })).toEqual({ code: missing, variable: 'issuer' })
    expect(await refused({ issuer: ISSUER, keys: [key] })).toEqual({ code: missing, variable: 'audience' })
    expect(await refused(BASE)).toEqual({ code: missing, variable: 'keys' })
    expect(await refused({ ...BASE, audience: '', keys: [key] })).toEqual({ code: invalid, variable: 'audience' })
    expect(await refused({ ...BASE, keys: [] })).toEqual({ code: invalid, variable: 'keys' })
    expect(await refused({ ...BASE, keys: [SECRET] })).toEqual({ code: invalid, variable: 'keys' })
    expect(await refused({ ...BASE, keys: Array(5).fill(secret) })).toEqual({ code: invalid, variable: 'keys' })
    expect(await refused({ ...BASE, keys: [{ ...key, alg: 'RS256' }] })).toEqual({ code: invalid, variable: 'keys' })
    expect(await refused({ ...BASE, keys: [secret, key] })).toEqual({ code: conflict, variable: 'keys' })
    expect(await refused({ ...BASE, keys: [key], keySource })).toEqual({ code: conflict, variable: 'keySource' })
    expect(await refused({ ...BASE, keys: [key], leeway: 91 })).toEqual({ code: invalid, variable: 'leeway' })
    expect(await refused({ ...BASE, keys: [key], secret: SECRET })).toEqual({ code: invalid, variable: 'secret' })
  })
})
