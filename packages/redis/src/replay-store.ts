import { randomBytes } from 'node:crypto'
import { MisuseError, type ReplayStore, type Use } from '@kit/jwt'
import type { RedisCommands, Reply } from './commands'
import { consume, hasPipeline } from './consume'
import { Deadline } from './deadline'
import { StoreError, type StoreErrorCode } from './errors'
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
  /**
   * Replicas that have to know of a use before it counts: 0 unless given. They are waited for, for half of the deadline
   * and half a second at most, and whatever else is sent over the connection waits as well: give the store a connection of its
   * own.
   */
  readonly minReplicas?: number
}

/** What the script says where it takes no token. */
const REFUSED: ReadonlyMap<Reply, StoreErrorCode> = new Map([
  ['forgetful', 'store_forgetful'],
  ['evicting', 'store_evicting'],
  ['unreplicated', 'store_unreplicated'],
])

/** A replay store on Redis. */
export interface RedisReplayStore extends ReplayStore {
  /**
   * Remembers a token, and says whether it was there already; one round trip.
   *
   * @param use - which token, until when, what time it is, and when it was issued
   * @returns `fresh` or `replayed`
   * @throws StoreError - `store_forgetful`: the store may have forgotten that it was used; `store_evicting`: it would forget;
   *   `store_unreplicated`: fewer replicas than `minReplicas` know of it; `store_unavailable`, `store_refused`, `store_full`
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
/** Milliseconds that replicas are waited for at most: less than clients wait for an answer. */
const MAX_WAIT = 500
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
  const { clockSkewSeconds: skew = CLOCK_SKEW, minReplicas: least = 0 } = options
  if (!Number.isFinite(skew) || skew < 0) throw new MisuseError('clockSkewSeconds is not a number of seconds')
  if (!Number.isSafeInteger(least) || least < 0) throw new MisuseError('minReplicas is not a number of replicas')
  if (least > 0 && !hasPipeline(redis)) throw new MisuseError('minReplicas needs commands that have a pipeline')
  const prefix = readPrefix(options.prefix)
  const deadline = new Deadline(redis, options.deadlineMilliseconds)
  const copies = { least, milliseconds: Math.ceil(Math.min(deadline.milliseconds / 2, MAX_WAIT)) }
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

  return {
    consume: async ({ issuer, jti, expires, now, issued }) => {
      const kept = Math.ceil((expires - now + Math.max(skew, MARGIN)) * 1000)
      if (!Number.isFinite(kept) || (issued !== undefined && !Number.isFinite(issued)))
        throw new MisuseError('times are not numbers of seconds')
      const nonce = randomBytes(12).toString('base64url')
      const milliseconds = String(Math.min(Math.max(kept, 1), MAX_KEPT))
      const [keys, args] = [useKeys(prefix, issuer, jti), [nonce, milliseconds, String(issued ?? ''), String(skew)]]
      const said = await deadline.within((one) => consume(one, keys, args, copies))
      if (!hasLooked || said === 'forgetful') lookAtAll()
      if (said === 'fresh' || said === 'replayed') return said
      throw new StoreError(REFUSED.get(said) ?? 'store_unavailable')
    },
    unsafeStartEmpty: async () => {
      for (const part of partKeys(prefix)) await deadline.within((one) => runScript(one, 'start-empty', [part]))
    },
  }
}
