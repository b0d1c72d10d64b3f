import { after, attempt, type Maybe, settled } from '../encoding/steps'
import { MisuseError, TokenError } from '../errors/errors'
import type { KnownClaims } from '../token/claims'
import { ExpiringSet, pairName } from './expiring-set'

/** Says whether claims were revoked before they expire. */
export interface RevocationList {
  /**
   * Whether a token was revoked; asked at every verification.
   *
   * @param claims - checked in all else; `iss` and `jti` name the token
   * @param now - seconds since the epoch
   * @returns exactly true or false. An exception, or anything else, counts as `revocation_unavailable`
   * @example
   * const revocation: RevocationList = { isRevoked: ({ sub }) => sub === 'u13' }
   */
  isRevoked(claims: KnownClaims, now: number): boolean | Promise<boolean>
}

/**
 * What holds claims against a list.
 *
 * @throws TokenError - `token_revoked`, `revocation_unavailable`
 */
export const checkedAgainst =
  (list: RevocationList) =>
  (claims: KnownClaims, now: number): Maybe<void> => {
    // A list that throws says nothing, whatever it says.
    const answer = attempt<unknown>(
      () => settled<unknown>(list.isRevoked(claims, now)),
      () => undefined,
    )
    return after(answer, checkAnswer)
  }

function checkAnswer(revoked: unknown): void {
  if (typeof revoked !== 'boolean') throw new TokenError('revocation_unavailable')
  if (revoked) throw new TokenError('token_revoked')
}

/** A revocation list in memory, and how tokens get into it. */
export interface MemoryRevocationList extends RevocationList {
  /**
   * Revokes a token.
   *
   * @param token - `issuer` and `jti` of the token, and `expires`, seconds since the epoch from which on nobody takes it
   *   anyway (`exp` plus leeway)
   * @throws MisuseError - a wrong type
   * @example
   * memoryRevocationList().revoke({ issuer: 'https://auth.example', jti: 'a', expires: 1_800_000_990 })
   */
  revoke(token: { readonly issuer: string; readonly jti: string; readonly expires: number }): void
}

/**
 * A revocation list in memory, for one process.
 *
 * @returns an empty list
 * @example
 * const revocation = memoryRevocationList()
 * revocation.revoke({ issuer: claims.iss, jti: claims.jti, expires: claims.exp + 90 })
 */
export function memoryRevocationList(): MemoryRevocationList {
  const revoked = new ExpiringSet()
  let latest = Number.NEGATIVE_INFINITY
  return {
    revoke: ({ issuer, jti, expires }) => {
      if (typeof issuer !== 'string' || typeof jti !== 'string' || typeof expires !== 'number' || Number.isNaN(expires))
        throw new MisuseError('issuer and jti are strings, expires is a number of seconds')
      revoked.add(pairName(issuer, jti), expires, latest)
    },
    isRevoked: ({ iss, jti }, now) => {
      latest = now
      return jti !== undefined && revoked.has(pairName(iss, jti), now)
    },
  }
}
