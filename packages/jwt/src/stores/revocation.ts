import { MisuseError } from '../errors/errors'
import type { RevocationList } from '../token/verify'
import { ExpiringSet, pairName } from './expiring-set'

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
