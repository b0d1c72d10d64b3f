import { afterEach, describe, expect, test, vi } from 'vitest'
import { createKit, policy } from '../src/index'
import { createSyncKit, signSync, verifySync } from '../src/node'
import { CLAIMS, ED_CONFIG, eddsa, HS_CONFIG, MISUSE, refusal, SECRET } from './material'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe.each([
  ['HS512', HS_CONFIG],
  ['EdDSA', ED_CONFIG],
])('a kit of those who cannot wait, %s', (_, config) => {
  test('mints what the other verifies, and the other way round', async () => {
    const [sync, kit] = [createSyncKit(config), createKit(config)]
    expect((await kit.verify(sync.sign({ sub: 'u1' }))).sub).toBe('u1')
    const claims = sync.verify(await kit.sign({ sub: 'u2', permissions: ['read'] }))
    expect(claims.sub).toBe('u2')
    const inner = sync.createDelegatedToken(claims, 'gateway', { aud: 'api' })
    expect(sync.checkAuth(inner, policy().needAll('read').actor({ sub: 'gateway' })).subject).toBe('u2')
    expect(await refusal(() => sync.verify(`${inner}A`))).toHaveProperty('code')
  })

  test('answers while others are waited for', async () => {
    const [sync, kit] = [createSyncKit(config), createKit(config)]
    const token = sync.sign({ sub: 'u1' })
    const waiting = Array.from({ length: 8 }, () => kit.verify(token))
    expect(sync.verify(token).sub).toBe('u1')
    expect((await Promise.all(waiting)).map(({ sub }) => sub)).toEqual(new Array(8).fill('u1'))
    const signing = Array.from({ length: 8 }, () => kit.sign({ sub: 'u1' }))
    expect(sync.verify(sync.sign({ sub: 'u3' })).sub).toBe('u3')
    await Promise.all(signing)
  })
})

test('what has to be waited for is said, and nothing of it is left behind', async () => {
  const { privateKey: _, ...config } = ED_CONFIG
  const transport = async (): Promise<Response> => Promise.reject(new Error('down'))
  const kit = createSyncKit({ ...config, jwksUrl: 'https://auth.example/jwks', transport })
  expect(await refusal(() => kit.verify(eddsa(CLAIMS)))).toEqual(MISUSE)
  expect(await refusal(() => createSyncKit(null as never))).toEqual(MISUSE)
})

test('the kit of the environment', () => {
  vi.stubEnv('JWT_ISS', 'https://auth.example')
  vi.stubEnv('JWT_AUD', 'api')
  vi.stubEnv('JWT_SECRET', SECRET)
  expect(verifySync(signSync({ sub: 'u1' }, { ttl: 60 })).sub).toBe('u1')
})
