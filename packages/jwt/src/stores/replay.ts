import { MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { ExpiringSet, pairName } from './expiring-set'

/** One use of a token. */
export interface Use {
  /** `iss` of the token. */
  readonly issuer: string
  /** `jti` of the token, unique for its issuer. */
  readonly jti: string
  /** Seconds since the epoch from which on it need not be remembered: `exp` plus leeway. */
  readonly expires: number
  /** Seconds since the epoch. */
  readonly now: number
  /**
   * `iat` of the token, where it has one: a store that forgot what it knew can refuse what was issued before, and nothing
   * else.
   */
  readonly issued?: number | undefined
}

/** Remembers tokens until they have expired. One call both asks and remembers, atomically. */
export interface ReplayStore {
  /**
   * Remembers a token, and says whether it was there already.
   *
   * @param use - which token, until when, and what time it is
   * @returns `fresh` or `replayed`. An exception, or anything else, counts as `replay_unavailable`
   * @example
   * memoryReplayStore().consume({ issuer: 'https://auth.example', jti: 'a', expires: 1_800_000_990, now: 1_800_000_000 }) // 'fresh'
   */
  consume(use: Use): 'fresh' | 'replayed' | Promise<'fresh' | 'replayed'>
}

const MAX_ENTRIES = 100_000

/**
 * A replay store in memory, for one process: several processes each see a token once.
 *
 * @param options - `maxEntries`: tokens remembered at most, 100,000 unless given. A full store refuses: forgetting a token
 *   that is still valid would let it in again
 * @returns the store
 * @throws MisuseError - `maxEntries` is no positive integer
 * @example
 * const kit = createKit({ ...config, replay: memoryReplayStore({ maxEntries: 1_000_000 }) })
 */
export function memoryReplayStore(options: { readonly maxEntries?: number } = {}): ReplayStore {
  const { maxEntries = MAX_ENTRIES } = readOptions(options, ['maxEntries'])
  if (!Number.isInteger(maxEntries) || maxEntries < 1) throw new MisuseError('maxEntries is not a positive integer')
  const seen = new ExpiringSet(maxEntries)
  return {
    consume: ({ issuer, jti, expires, now }) => {
      const name = pairName(issuer, jti)
      if (seen.has(name, now)) return 'replayed'
      if (!seen.add(name, expires, now)) throw new Error('full')
      return 'fresh'
    },
  }
}
