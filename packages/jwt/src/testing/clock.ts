import { MisuseError } from '../errors/errors'

/** A Friday in January 2027, 08:00 UTC, in seconds since the epoch: when tests take place unless they say otherwise. */
export const TEST_NOW = 1_800_000_000

/** A clock that stands still until it is told. Made by `fixedClock`. */
export interface FixedClock {
  /**
   * Tells the time.
   *
   * @returns seconds since the epoch
   */
  (): number
  /**
   * Sets it to a moment.
   *
   * @param now - seconds since the epoch
   * @throws MisuseError - not a finite number
   * @example
   * clock.set(TEST_NOW)
   */
  set(now: number): void
  /**
   * Moves it on; backwards with a negative number.
   *
   * @param seconds - how far
   * @throws MisuseError - not a finite number
   * @example
   * clock.advance(900 + 90) // a token that was minted before has just expired
   */
  advance(seconds: number): void
}

const check = (seconds: number): number => {
  if (!Number.isFinite(seconds)) throw new MisuseError('not a number of seconds')
  return seconds
}

/**
 * A clock for tests.
 *
 * @param now - seconds since the epoch, `TEST_NOW` unless given
 * @returns a clock for `createTestKit`, `createTokens` and every other kit
 * @throws MisuseError - not a finite number
 * @example
 * const clock = fixedClock()
 * const kit = createTestKit({ clock, leeway: 0 })
 * const token = await kit.sign({ sub: 'u1' }, { ttl: 60 })
 * clock.advance(60)
 * await kit.verify(token) // throws TokenError, token_expired
 */
export function fixedClock(now: number = TEST_NOW): FixedClock {
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
