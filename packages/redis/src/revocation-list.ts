import { MisuseError, type RevocationList } from '@kit/jwt'
import type { RedisCommands } from './commands'
import { Deadline } from './deadline'
import { StoreError } from './errors'
import { readPrefix, revokedKey } from './names'
import { runScript } from './scripts'

/** How a revocation list on Redis is made. */
export interface RedisRevocationListOptions {
  /** Begins every key: `kit` unless given, and the same in all processes that share the list. */
  readonly prefix?: string
  /** Milliseconds that a call takes at most: 200 unless given. */
  readonly deadlineMilliseconds?: number
}

/** A revocation list on Redis, and how tokens get into it. */
export interface RedisRevocationList extends RevocationList {
  /**
   * Revokes a token, for all processes that share the list.
   *
   * @param token - `issuer` and `jti` of the token, and `expires`, seconds since the epoch from which on nobody takes it
   *   anyway (`exp` plus leeway)
   * @throws StoreError - `store_evicting`: the server would forget it; `store_unavailable`, `store_refused`, `store_full`
   * @throws MisuseError - a wrong type
   * @example
   * await list.revoke({ issuer: 'https://auth.example', jti: 'a', expires: 1_800_000_990 })
   */
  revoke(token: { readonly issuer: string; readonly jti: string; readonly expires: number }): Promise<void>
}

/**
 * A revocation list that all processes share, in both languages: one round trip for each verification, and none for a token
 * without a `jti`. The server must keep it: give it persistence.
 *
 * @param redis - of `connectRedis`, `fromIoredis` or `fromNodeRedis`
 * @param options - prefix and deadline
 * @returns the list
 * @throws MisuseError - wrong options
 * @example
 * const kit = createKit({ ...config, revocation: redisRevocationList(redis) })
 */
export function redisRevocationList(
  redis: RedisCommands,
  options: RedisRevocationListOptions = {},
): RedisRevocationList {
  const prefix = readPrefix(options.prefix)
  const deadline = new Deadline(redis, options.deadlineMilliseconds)
  return {
    revoke: async ({ issuer, jti, expires }) => {
      if (typeof issuer !== 'string' || typeof jti !== 'string' || !Number.isFinite(expires))
        throw new MisuseError('issuer and jti are strings, expires is a number of seconds')
      const until = String(Math.max(Math.ceil(expires * 1000), 1))
      const reply = await deadline.within((one) => runScript(one, 'revoke', [revokedKey(prefix, issuer, jti)], [until]))
      if (reply !== 1) throw new StoreError(reply === -1 ? 'store_evicting' : 'store_unavailable')
    },
    isRevoked: async ({ iss, jti }) => {
      if (jti === undefined) return false
      const key = revokedKey(prefix, iss, jti)
      const reply = await deadline.within((one) => one.command(['EXISTS', key], key))
      if (reply !== 0 && reply !== 1) throw new StoreError('store_unavailable')
      return reply === 1
    },
  }
}
