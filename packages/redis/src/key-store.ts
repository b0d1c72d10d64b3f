import type { KeyStore } from '@kit/issuer'
import type { RedisCommands } from './commands'
import { Deadline } from './deadline'
import { StoreError } from './errors'
import { documentKey, readPrefix } from './names'
import { runScript } from './scripts'

/** How a key store on Redis is made. */
export interface RedisKeyStoreOptions {
  /** Begins the key: `kit` unless given, and the same in all processes that share the keys. */
  readonly prefix?: string
  /** Tells the keys of several authorities apart: `keys` unless given. */
  readonly name?: string
  /** Milliseconds that a call takes at most: 200 unless given. */
  readonly deadlineMilliseconds?: number
}

/**
 * A key store on Redis, for authorities in any number of processes, in both languages.
 *
 * Exactly one of those who write on the same version succeeds: one script looks and writes. The document is sealed before it
 * comes here, and is the newest alone. The server must keep it: give it persistence, and a backup.
 *
 * @param redis - of `connectRedis`, `fromIoredis` or `fromNodeRedis`
 * @param options - prefix, name and deadline
 * @returns the store; it rejects with `StoreError`: `store_unavailable`, `store_refused`, `store_full`, and `store_evicting`
 *   where the server would drop the keys
 * @throws MisuseError - wrong options
 * @example
 * const store = redisKeyStore(redis)
 */
export function redisKeyStore(redis: RedisCommands, options: RedisKeyStoreOptions = {}): KeyStore {
  const key = documentKey(readPrefix(options.prefix), readPrefix(options.name ?? 'keys'))
  const deadline = new Deadline(redis, options.deadlineMilliseconds)
  return {
    read: async () => {
      const reply = await deadline.within((one) => one.command(['HMGET', key, 'version', 'text'], key))
      const [version, text] = Array.isArray(reply) ? (reply as readonly unknown[]) : []
      if (version === null && text === null) return undefined
      if (typeof version !== 'string' || !/^[1-9]\d{0,14}$/.test(version) || typeof text !== 'string')
        throw new StoreError('store_unavailable')
      return { version: Number(version), text }
    },
    writeIf: async (version, text) => {
      const reply = await deadline.within((one) => runScript(one, 'write-if', [key], [String(version), text]))
      if (reply === -1) throw new StoreError('store_evicting')
      return reply === 1
    },
  }
}
