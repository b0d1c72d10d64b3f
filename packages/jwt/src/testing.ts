import type { KitConfig } from './config/options'
import { MisuseError } from './errors/errors'
import { generateSecret } from './keys/generate'
import { createKit, type Kit } from './kit'

/** A clock that stands still until it is told. */
export interface FixedClock {
  /** Seconds since the epoch. */
  (): number
  /** Sets it to a moment, in seconds since the epoch. */
  set(now: number): void
  /** Moves it on by so many seconds. */
  advance(seconds: number): void
}

const check = (seconds: number): number => {
  if (!Number.isFinite(seconds)) throw new MisuseError('not a number of seconds')
  return seconds
}

/**
 * A clock for tests.
 *
 * @param now - seconds since the epoch
 * @throws MisuseError - not a finite number
 * @example
 * const clock = fixedClock(1_800_000_000)
 * const kit = createKit({ ...config, clock })
 * clock.advance(900)
 */
export function fixedClock(now: number): FixedClock {
  let current = check(now)
  return Object.assign(() => current, {
    set: (moment: number) => {
      current = check(moment)
    },
    advance: (seconds: number) => {
      current += check(seconds)
    },
  })
}

/**
 * A kit that mints what it verifies, with a secret of its own, for tests.
 *
 * @param config - members to set or to replace; signing material replaces the secret
 * @throws ConfigError - see `createKit`
 * @example
 * const kit = testKit({ clock: fixedClock(1_800_000_000) })
 * const token = await kit.sign({ sub: 'u1' })
 */
export function testKit(config: KitConfig = {}): Kit {
  const signs = 'secret' in config || 'privateKey' in config || 'signer' in config
  const secret = signs ? {} : { secret: generateSecret() }
  return createKit({ issuer: 'https://issuer.test', audience: 'test', ...secret, ...config })
}
