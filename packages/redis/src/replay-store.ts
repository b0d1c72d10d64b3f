import { randomBytes } from 'node:crypto'
import { MisuseError, type ReplayStore, type Use } from '@kit/jwt'
import type { RedisCommands, Reply } from './commands'
import { Deadline } from './deadline'
import { StoreError, storeError } from './errors'
import { partKeys, readPrefix, useKeys } from './names'
import { runScript } from './scripts'

/** How a replay store on Redis is made. */
export interface RedisReplayStoreOptions {
  /** Begins every key: `kit` unless given, and the same in all processes that share the store. */
  readonly prefix?: string
  /** Milliseconds that a call takes at most: 200 unless given. */
  readonly deadlineMilliseconds?: number
  /**
   * Seconds by which the clock of an issuer may be ahead of the server's: 1 unless given. For as long, and a second more, all
   * tokens are refused once the store has lost its memory.
   */
  readonly clockSkewSeconds?: number
}

/** A replay store on Redis. */
export interface RedisReplayStore extends ReplayStore {
  /**
   * Remembers a token, and says whether it was there already; one round trip.
   *
   * @param use - which token, until when, what time it is, and when it was issued
   * @returns `fresh` or `replayed`
   * @throws StoreError - `store_forgetful`: the store may have forgotten that it was used; `store_evicting`: it would forget;
   *   `store_unavailable`, `store_refused`, `store_full`
   * @throws MisuseError - times that are no numbers
   * @example
   * await replay.consume({ issuer: 'https://auth.example', jti: 'a', expires: 1_800_000_990, now: 1_800_000_000, issued: 1_799_999_990 }) // 'fresh'
   */
  consume(use: Use): Promise<'fresh' | 'replayed'>
  /**
   * Says that no token was ever used here, so that tokens which are older than the store are taken at once: for the first
   * start of a new system, and for tests. Where the store knows anything of itself already, nothing changes.
   *
   * Said of a store that lost its memory, it lets every token in again that is still valid: that is why it is `unsafe`.
   *
   * @throws StoreError - `store_unavailable`, `store_refused`, `store_full`
   * @example
   * await replay.unsafeStartEmpty()
   */
  unsafeStartEmpty(): Promise<void>
}

/** Machines that are told the time by NTP differ by far less. */
const CLOCK_SKEW = 1
/** Seconds for which a token is remembered longer: a process whose clock is behind takes it longer, up to the leeway of a kit. */
const MARGIN = 90
/** The longest that Redis keeps a key, in milliseconds, is longer; a token lives until the year 9999 at most. */
const MAX_KEPT = 253_402_300_799_000

/**
 * A replay store that all processes share, in both languages.
 *
 * A token is remembered by one command until it has expired for everybody; one that is repeated after a broken connection
 * counts once. The store knows since when it has forgotten nothing: after a restart, a failover or a loss of its data, tokens
 * that were issued before are refused until they would have expired, and so are all tokens for `clockSkewSeconds`.
 *
 * @param redis - of `connectRedis`, `fromIoredis` or `fromNodeRedis`
 * @param options - prefix, deadline and clocks
 * @returns the store
 * @throws MisuseError - wrong options
 * @example
 * const kit = createKit({ ...config, replay: redisReplayStore(redis) })
 */
export function redisReplayStore(redis: RedisCommands, options: RedisReplayStoreOptions = {}): RedisReplayStore {
  const { clockSkewSeconds: skew = CLOCK_SKEW } = options
  if (!Number.isFinite(skew) || skew < 0) throw new MisuseError('clockSkewSeconds is not a number of seconds')
  const prefix = readPrefix(options.prefix)
  const deadline = new Deadline(redis, options.deadlineMilliseconds)
  let hasLooked = false

  /** Each part notices by itself that it forgot, when it is asked: so all are asked as soon as one has noticed. */
  function lookAtAll(): void {
    hasLooked = true
    for (const part of partKeys(prefix))
      deadline
        .within((one) => runScript(one, 'consume', [part, part], ['']))
        .catch(() => {
          // Whoever comes next looks again.
          hasLooked = false
        })
  }

  async function answer(keys: readonly [string, string], args: readonly string[]): Promise<Reply> {
    return deadline.within(async (one) => {
      try {
        return await runScript(one, 'consume', keys, args)
      } catch (error) {
        // Whether it was done, nobody knows; done again with the same nonce, it is one use.
        if (storeError(error).code !== 'store_unavailable') throw error
        return runScript(one, 'consume', keys, args)
      }
    })
  }

  return {
    consume: async ({ issuer, jti, expires, now, issued }) => {
      const kept = Math.ceil((expires - now + Math.max(skew, MARGIN)) * 1000)
      if (!Number.isFinite(kept) || (issued !== undefined && !Number.isFinite(issued)))
        throw new MisuseError('times are not numbers of seconds')
      const nonce = randomBytes(12).toString('base64url')
      const milliseconds = String(Math.min(Math.max(kept, 1), MAX_KEPT))
      const said = await answer(useKeys(prefix, issuer, jti), [nonce, milliseconds, String(issued ?? ''), String(skew)])
      if (!hasLooked || said === 'forgetful') lookAtAll()
      if (said === 'fresh' || said === 'replayed') return said
      throw new StoreError(
        said === 'forgetful' ? 'store_forgetful' : said === 'evicting' ? 'store_evicting' : 'store_unavailable',
      )
    },
    unsafeStartEmpty: async () => {
      for (const part of partKeys(prefix)) await deadline.within((one) => runScript(one, 'start-empty', [part]))
    },
  }
}
