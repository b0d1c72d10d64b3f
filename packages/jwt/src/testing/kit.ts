import type { KitConfig } from '../config/options'
import type { ProfileName } from '../crypto/algorithms'
import { isPlainObject } from '../encoding/json-value'
import { MisuseError } from '../errors/errors'
import { createKit, type Kit } from '../kit'
import { fixedClock } from './clock'
import { repeatingEntropy } from './entropy'
import { TEST_AUDIENCE, TEST_ISSUER, TEST_KID, TEST_PRIVATE_JWK, TEST_SECRET } from './keys'

/** Whoever brings any of these has keys of their own, and wants none of ours beside them. */
const MATERIAL: readonly (keyof KitConfig)[] = [
  ...(['secret', 'acceptSecrets', 'privateKey', 'publicKeys', 'jwksUrl', 'jwksService', 'keySource'] as const),
  'signer',
]

/**
 * The configuration of a kit for tests: the issuer and the audience for tests, a clock that stands at `TEST_NOW`, entropy
 * that repeats, and a published key: `TEST_SECRET` with the `kid` `TEST_KID`, or with `profile: 'EdDSA'` `TEST_PRIVATE_JWK`.
 *
 * @param config - members to add or to replace; key material of any kind keeps the published keys out
 * @returns a configuration for `createKit`
 * @throws MisuseError - not an object
 * @example
 * const kit = createKit(configForTests({ profile: 'EdDSA', ttl: 60 }))
 */
export function configForTests(config: KitConfig = {}): KitConfig {
  if (!isPlainObject(config)) throw new MisuseError('config: not an object')
  const published =
    (config as KitConfig).profile === 'EdDSA'
      ? { privateKey: TEST_PRIVATE_JWK }
      : { secret: TEST_SECRET, kid: TEST_KID }
  return {
    issuer: TEST_ISSUER,
    audience: TEST_AUDIENCE,
    clock: fixedClock(),
    entropy: repeatingEntropy(),
    ...(MATERIAL.some((name) => Object.hasOwn(config, name)) ? {} : published),
    ...config,
  }
}

/**
 * A kit for tests: the same calls give the same tokens at every run, and in both languages.
 *
 * @param config - members to add or to replace, see {@link configForTests}
 * @returns a kit that takes the tokens of `createTokens` with the same configuration
 * @throws ConfigError - see `createKit`
 * @throws MisuseError - not an object
 * @example
 * const kit = createTestKit({ profile: 'EdDSA' })
 * const token = await kit.sign({ sub: 'u1' })
 */
export function createTestKit(config: KitConfig = {}): Kit {
  return createKit(configForTests(config))
}

/**
 * The environment of a program whose kit is to trust the tokens of `createTokens`. The program's clock is the system's: give
 * `createTokens` that one too.
 *
 * @param profile - `HS512` unless given
 * @returns `JWT_ISS`, `JWT_AUD`, and `JWT_SECRET` with `JWT_KID`, or `JWT_PRIVATE_JWK`
 * @throws MisuseError - not a profile
 * @example
 * Object.assign(process.env, environmentForTests())
 * const tokens = createTokens({ clock: () => Date.now() / 1000 })
 */
export function environmentForTests(profile: ProfileName = 'HS512'): Record<string, string> {
  if (!['HS512', 'EdDSA'].includes(profile)) throw new MisuseError('profile: neither HS512 nor EdDSA')
  const key =
    profile === 'EdDSA'
      ? { JWT_PRIVATE_JWK: JSON.stringify(TEST_PRIVATE_JWK) }
      : { JWT_SECRET: TEST_SECRET, JWT_KID: TEST_KID }
  return { JWT_ISS: TEST_ISSUER, JWT_AUD: TEST_AUDIENCE, ...key }
}
