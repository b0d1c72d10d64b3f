// The one file that needs vitest, which a program has or has not.
import { test as base, type TestAPI } from 'vitest'
import type { KitConfig } from '../config/options'
import type { Kit } from '../kit'
import { type FixedClock, fixedClock } from './clock'
import { repeatingEntropy } from './entropy'
import { type FakeJwks, fakeJwks } from './jwks'
import { createTestKit } from './kit'
import { warnInProduction } from './production'
import { createTokens, type Tokens } from './tokens'

warnInProduction()

/** What a test may ask for; all of it is new for each test. */
export interface KitFixtures {
  /** Configuration of `kit` and `tokens`, empty unless overridden. */
  kitConfig: KitConfig
  /** Stands at `TEST_NOW`; shared by `kit` and `tokens`. */
  clock: FixedClock
  /** Repeats from run to run; shared by `kit` and `tokens`, so that no `jti` comes twice. */
  entropy: (size: number) => Uint8Array
  /** See `createTestKit`. */
  kit: Kit
  /** For `kit`, see `createTokens`. */
  tokens: Tokens
  /** A JWKS endpoint; nothing asks it unless a kit is made for it. */
  jwks: FakeJwks
}

/**
 * vitest's `test` with fixtures of the testing kit.
 *
 * @example
 * import { test } from '@kit/jwt/testing/vitest'
 *
 * test('an expired token is refused', async ({ kit, tokens }) => {
 *   await expect(kit.verify(await tokens.expired())).rejects.toMatchObject({ code: 'token_expired' })
 * })
 *
 * @example
 * describe('with EdDSA', () => {
 *   test.override({ kitConfig: { profile: 'EdDSA' } })
 *
 *   test('a token names its key', async ({ kit, tokens }) => {
 *     expect(kit.decodeUnverified(await tokens.mint()).header['alg']).toBe('EdDSA')
 *   })
 * })
 */
export const test: TestAPI<KitFixtures> = base.extend<KitFixtures>({
  kitConfig: {},
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from the pattern
  clock: async ({}, use) => use(fixedClock()),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  entropy: async ({}, use) => use(repeatingEntropy()),
  kit: async ({ kitConfig, clock, entropy }, use) => use(createTestKit({ clock, entropy, ...kitConfig })),
  tokens: async ({ kitConfig, clock, entropy }, use) => use(createTokens({ clock, entropy, ...kitConfig })),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  jwks: async ({}, use) => use(fakeJwks()),
})
