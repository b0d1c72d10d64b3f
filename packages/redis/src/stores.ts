import { type Limiter, memoryLimiter } from '@kit/http'
import {
  type Environment,
  type MemoryRevocationList,
  memoryReplayStore,
  memoryRevocationList,
  type ReplayStore,
} from '@kit/jwt'
import { connectRedis, type RedisLibrary } from './connection'
import { redisLimiter } from './limiter'
import type { RedisConnection } from './renewal'
import { redisReplayStore } from './replay-store'
import { type RedisRevocationList, redisRevocationList } from './revocation-list'

/** The stores of a service. */
export interface Stores {
  /** For `createKit`: tokens that pass once only. */
  readonly replay: ReplayStore
  /** For `createKit`: revoked tokens, and how they get into it. */
  readonly revocation: MemoryRevocationList | RedisRevocationList
  /** For a guard: budgets. */
  readonly limiter: Limiter
  /** What they share; undefined: they are in the memory of this process. */
  readonly redis: RedisConnection | undefined
  /**
   * Ends what is connected.
   *
   * @example
   * const stores = storesFromEnvironment({ REDIS_URL: 'redis://localhost:6379' })
   * stores.close()
   */
  close(): void
}

/** How the stores of a service are chosen. */
export interface StoresOptions {
  /** The client that is installed, `ioredis` or `redis` (node-redis); `ioredis` unless given. */
  readonly library?: RedisLibrary
  /** Begins every key: `kit` unless given, and the same in all processes that share the stores. */
  readonly prefix?: string
  /** Milliseconds that a call takes at most: 200 unless given. */
  readonly deadlineMilliseconds?: number
  /**
   * Replicas that have to know of a use of a token before it counts: 0 unless given. The replay store has a connection of its
   * own then: what else is sent over one that waits for replicas waits as well.
   */
  readonly minReplicas?: number
  /** Is told that there is no Redis. Unless given, `console.warn` is, once in a process. */
  readonly warn?: (message: string) => void
}

const IN_MEMORY =
  'no Redis is configured: used and revoked tokens and limits are in the memory of this process, which no other one shares and which ends with it'

let isSaid = false

function sayOnce(message: string): void {
  // biome-ignore lint/suspicious/noConsole: what a second process would not know is said where the first one is started
  if (!isSaid) console.warn(message)
  isSaid = true
}

/**
 * The stores of a service: on the Redis that an environment names (see {@link connectRedis}), and in the memory of this process
 * where it names none. That is said, as it is right for one process alone.
 *
 * @param environment - such as `process.env`
 * @param options - see {@link StoresOptions}
 * @returns the stores
 * @throws ConfigError - as `connectRedis`
 * @throws MisuseError - another library, a wrong prefix, deadline or number of replicas
 * @example
 * const { replay, revocation, limiter } = storesFromEnvironment({ REDIS_URL: 'redis://localhost:6379' })
 */
export function storesFromEnvironment(environment: Environment, options: StoresOptions = {}): Stores {
  const { warn = sayOnce, library = 'ioredis', minReplicas = 0, ...own } = options
  const redis = connectRedis(environment, { library })
  if (redis === undefined) {
    warn(IN_MEMORY)
    const memory = { replay: memoryReplayStore(), revocation: memoryRevocationList(), limiter: memoryLimiter() }
    return { ...memory, redis, close: () => undefined }
  }
  const waiting = minReplicas === 0 ? redis : (connectRedis(environment, { library }) as RedisConnection)
  const shared = {
    replay: redisReplayStore(waiting, { ...own, minReplicas }),
    revocation: redisRevocationList(redis, own),
    limiter: redisLimiter(redis, own),
  }
  const close = (): void => {
    for (const one of new Set([redis, waiting])) one.close()
  }
  return { ...shared, redis, close }
}
