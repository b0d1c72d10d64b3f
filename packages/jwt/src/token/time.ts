import { isObject } from '../encoding/json-value'
import { MisuseError, TokenError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { decodeUnverified } from './decode'

/** Claims that say when, checked before (seconds since the epoch, fractions allowed). */
interface Times {
  readonly exp: number
  readonly nbf?: number | undefined
  readonly iat?: number | undefined
}

/**
 * RFC 7519 sections 4.1.4 to 4.1.6, in IEEE doubles as written, without truncation.
 *
 * @param now - seconds since the epoch
 * @param leeway - seconds
 * @throws TokenError - `token_expired`, `token_not_yet_valid`, `token_issued_in_future`
 */
export function checkTimes({ exp, nbf, iat }: Times, now: number, leeway: number): void {
  if (!(now < exp + leeway)) throw new TokenError('token_expired')
  if (nbf !== undefined && !(nbf <= now + leeway)) throw new TokenError('token_not_yet_valid')
  if (iat !== undefined && !(iat <= now + leeway)) throw new TokenError('token_issued_in_future')
}

/** Options of `isExpiringSoon`. */
export interface ExpiryOptions {
  /** Seconds, 60 unless given. */
  readonly within?: number
}

/**
 * Whether claims, or a token that is only read, expire within so many seconds: `exp - now <= within`.
 *
 * @throws MisuseError, TokenError
 */
export function expiresSoon(claimsOrToken: object | string, options: ExpiryOptions, now: number): boolean {
  const { within = 60 } = readOptions(options, ['within'])
  if (!Number.isFinite(within) || within < 0) throw new MisuseError('within is not a number of seconds')
  const claims: unknown = typeof claimsOrToken === 'string' ? decodeUnverified(claimsOrToken).claims : claimsOrToken
  if (!isObject(claims)) throw new MisuseError('neither claims nor a token')
  const { exp } = claims
  if (exp === undefined) throw new TokenError('claim_missing', { claim: 'exp' })
  if (typeof exp !== 'number') throw new TokenError('claim_invalid', { claim: 'exp' })
  return exp - now <= within
}

/**
 * Whether claims, or a token that is only read, expire soon by the system's clock.
 *
 * @param claimsOrToken - claims with an `exp`, or a token, which is not verified
 * @param options - `within`: seconds, 60 unless given
 * @returns whether `exp - now <= within`
 * @throws TokenError - `claim_missing` or `claim_invalid` with `exp`, and as `decodeUnverified`
 * @throws MisuseError - neither claims nor a token, or wrong options
 * @example
 * if (isExpiringSoon(token)) token = await renew()
 */
export const isExpiringSoon = (claimsOrToken: object | string, options: ExpiryOptions = {}): boolean =>
  expiresSoon(claimsOrToken, options, Date.now() / 1000)
