import { ConfigError } from '@kit/jwt'
import type { Limit } from './limiter'

/** The limits of a service by what its routes do. */
export interface NamedLimits {
  /** For routes that read: 120 in a minute unless said otherwise. */
  readonly read: Limit
  /** For routes that write: 30 in a minute unless said otherwise. */
  readonly write: Limit
  /** For routes that other services call by themselves: 1200 in a minute unless said otherwise. */
  readonly webhook: Limit
}

// As in the variables of a kit: nine ASCII digits, no sign, no space, no leading zero.
const DIGITS = /^[1-9]\d{0,8}$/
const WINDOW = 'RATE_LIMIT_WINDOW_MS'

/**
 * Three limits by the variables `RATE_LIMIT_WINDOW_MS` (60,000 milliseconds), `RATE_LIMIT_READ_MAX` (120 requests),
 * `RATE_LIMIT_WRITE_MAX` (30) and `RATE_LIMIT_WEBHOOK_MAX` (1200), each with what holds where it is not set.
 *
 * `RateLimit-Policy` has whole seconds (draft-ietf-httpapi-ratelimit-headers-11, section 3): a window of half a second could not
 * be told to a client, and is refused.
 *
 * @param environment - the variables, such as `process.env`; an empty one is an error, and no absence
 * @returns the limits `read`, `write` and `webhook`
 * @throws ConfigError - `config_invalid` with the variable: not one to nine digits, zero, a window that is no whole second
 * @example
 * limitsFromEnvironment({ RATE_LIMIT_READ_MAX: '600' }).read // { name: 'read', quota: 600, windowSeconds: 60 }
 */
export function limitsFromEnvironment(environment: Readonly<Record<string, string | undefined>>): NamedLimits {
  const numberOf = (variable: string, fallback: number): number => {
    const text = environment[variable]
    if (text === undefined) return fallback
    if (!DIGITS.test(text)) throw new ConfigError('config_invalid', { variable })
    return Number(text)
  }
  const windowSeconds = numberOf(WINDOW, 60_000) / 1000
  if (!Number.isInteger(windowSeconds)) throw new ConfigError('config_invalid', { variable: WINDOW })
  return {
    read: { name: 'read', quota: numberOf('RATE_LIMIT_READ_MAX', 120), windowSeconds },
    write: { name: 'write', quota: numberOf('RATE_LIMIT_WRITE_MAX', 30), windowSeconds },
    webhook: { name: 'webhook', quota: numberOf('RATE_LIMIT_WEBHOOK_MAX', 1200), windowSeconds },
  }
}
