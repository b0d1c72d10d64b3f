import { TokenError } from '../errors/errors'

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
