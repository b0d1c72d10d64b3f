import type { RedisCommands } from './commands'
import { StoreError, storeError } from './errors'

/** One client of a library, made to be used once: it neither reconnects nor queues, so that nothing waits unseen. */
export interface Client extends RedisCommands {
  connect(): Promise<void>
  /** Ends it at once, whatever it waits for. */
  close(): void
  /** Whether it can still be used. */
  isOpen(): boolean
}

/** A connection that replaces its client when that is lost or late. */
export interface RedisConnection extends RedisCommands {
  /**
   * Connects now, so that the first caller need not wait for it. Otherwise the first command does.
   *
   * @throws StoreError - `store_unavailable`, `store_refused`
   * @example
   * await redis.connect()
   */
  connect(): Promise<void>
  /**
   * Ends the connection; commands are refused from then on.
   *
   * @example
   * redis.close()
   */
  close(): void
}

const CONNECT_MILLISECONDS = 1000
/** Between an attempt that failed and the next. */
const PAUSE_MILLISECONDS = 100
/** Between two replacements of a client that is late: a server that is slow for a moment is not to be flooded. */
const RENEWAL_MILLISECONDS = 250

/**
 * Clients of Redis wait for a frozen server for as long as its sockets stay open, each in its own way. So a client that
 * misses a deadline is replaced: it is used until another one is connected, and closed then. Nothing happens unless a
 * command asks for it.
 *
 * @param make - makes a client that is not connected yet
 */
export function renewing(make: () => Promise<Client>): RedisConnection {
  let current: Client | undefined
  let coming: Promise<Client> | undefined
  let failed: { readonly at: number; readonly error: unknown } | undefined
  let renewedAt = Number.NEGATIVE_INFINITY
  let isClosed = false

  async function attempt(): Promise<Client> {
    const client = await make()
    try {
      await inTime(client.connect())
      if (isClosed) throw new StoreError('store_unavailable')
    } catch (error) {
      client.close()
      failed = { at: performance.now(), error }
      throw error
    }
    const old = current
    current = client
    failed = undefined
    if (old !== undefined) setTimeout(() => old.close(), CONNECT_MILLISECONDS).unref()
    return client
  }

  /** One attempt for all who wait. */
  function begin(): Promise<Client> {
    coming ??= attempt().finally(() => {
      coming = undefined
    })
    return coming
  }

  async function connected(): Promise<Client> {
    if (isClosed) throw new StoreError('store_unavailable')
    if (current?.isOpen()) return current
    current?.close()
    current = undefined
    if (coming === undefined && failed !== undefined && performance.now() - failed.at < PAUSE_MILLISECONDS)
      throw failed.error
    return begin()
  }

  return {
    connect: async () => {
      await connected().catch((error: unknown) => {
        throw storeError(error)
      })
    },
    command: async (args, key) => (await connected()).command(args, key),
    late: () => {
      const now = performance.now()
      if (isClosed || now - renewedAt < RENEWAL_MILLISECONDS) return
      renewedAt = now
      begin().catch(() => {})
    },
    close: () => {
      isClosed = true
      current?.close()
    },
  }
}

async function inTime(connecting: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreError('store_unavailable')), CONNECT_MILLISECONDS)
  })
  try {
    await Promise.race([connecting, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
