// The kit of those who cannot wait gives the same answers.
import { expect, test, vi } from 'vitest'
import { type KitConfig, MisuseError } from '../src/index'
import { testVectors, vectorFiles } from './vectors'

const asked = vi.hoisted(() => ({ sync: 0 }))

vi.mock(import('../src/kit'), async (original) => {
  const real = await original()
  const { createSyncKit } = await import('../src/sync')
  return {
    ...real,
    createKit: (config: KitConfig) => {
      const [kit, sync] = [real.createKit(config), createSyncKit(config)]
      // WebCrypto alone verifies for algorithms of outside issuers, and has to be waited for.
      const isOutside = /"(?:[RP]S256|ES(?:256|384|512))"/.test(JSON.stringify(config))
      const counted =
        <Given extends unknown[], Answer>(
          call: (...given: Given) => Answer,
          wait: (...given: Given) => Promise<Answer>,
        ) =>
        async (...given: Given): Promise<Answer> => {
          asked.sync += 1
          try {
            return call(...given)
          } catch (error) {
            if (isOutside && MisuseError.is(error) && error.message.startsWith('this has to be waited for'))
              return wait(...given)
            throw error
          }
        }
      return {
        ...kit,
        sign: counted(sync.sign, kit.sign) as typeof kit.sign,
        verify: counted(sync.verify, kit.verify) as typeof kit.verify,
        checkAuth: counted(sync.checkAuth, kit.checkAuth) as typeof kit.checkAuth,
        createDelegatedToken: counted(sync.createDelegatedToken, kit.createDelegatedToken),
      }
    },
  }
})

testVectors(vectorFiles('sign', 'verify', 'delegation'))

test('it was asked', () => {
  expect(asked.sync).toBeGreaterThan(1000)
})
