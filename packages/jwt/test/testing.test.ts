import { expect, test } from 'vitest'
import { fixedClock, testKit } from '../src/testing'
import { CLAIMS, ISSUER, JWK, MISUSE, NOW, refusal } from './material'

test('a fixed clock moves when it is told', async () => {
  const clock = fixedClock(NOW)
  const kit = testKit({ clock, leeway: 0 })
  const token = await kit.sign({ sub: 'u1' }, { ttl: 10 })
  expect((await kit.verify(token)).iat).toBe(NOW)
  clock.advance(9.5)
  expect((await kit.verify(token)).sub).toBe('u1')
  clock.advance(0.5)
  expect(await refusal(kit.verify(token))).toEqual({ code: 'token_expired', claim: 'exp' })
  clock.set(CLAIMS.iat)
  expect((await kit.verify(token)).sub).toBe('u1')
  for (const wrong of [Number.NaN, '1', null]) {
    expect(await refusal(() => fixedClock(wrong as number))).toEqual(MISUSE)
    expect(await refusal(() => clock.advance(wrong as number))).toEqual(MISUSE)
    expect(await refusal(() => clock.set(wrong as number))).toEqual(MISUSE)
  }
})

test('a kit for tests has a secret of its own, or the key that it is given', async () => {
  const token = await testKit().sign({})
  expect(await refusal(testKit().verify(token))).toEqual({ code: 'signature_invalid' })
  const kit = testKit({ privateKey: JWK, issuer: ISSUER })
  expect((await kit.verify(await kit.sign({}))).iss).toBe(ISSUER)
  expect((await kit.describe()).secrets).toEqual([])
})
