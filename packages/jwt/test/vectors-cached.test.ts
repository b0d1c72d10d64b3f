// Every token once more, as soon as its signature is remembered: the answer is the same.
import { expect, test, vi } from 'vitest'
import type { KitConfig } from '../src/index'
import { testVectors, vectorFiles } from './vectors'

const warm = vi.hoisted(() => ({ verified: 0 }))

vi.mock(import('../src/kit'), async (original) => {
  const real = await original()
  return {
    ...real,
    createKit: (config: KitConfig) => {
      const isKit = typeof config === 'object' && (config as KitConfig | null) !== null
      const kit = real.createKit(isKit ? { signatureCacheBytes: 1_000_000, ...config } : config)
      const verify = (async (...given: Parameters<typeof kit.verify>) => {
        await kit.verify(...given)
        warm.verified += 1
        return kit.verify(...given)
      }) as typeof kit.verify
      return { ...kit, verify }
    },
  }
})

testVectors(vectorFiles('verify', 'timeline', 'provider', 'local-jwks', 'config'))

test('tokens were verified again', () => {
  expect(warm.verified).toBeGreaterThan(100)
})
