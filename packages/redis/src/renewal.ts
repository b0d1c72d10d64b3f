import type { RedisPipeline } from './commands'
import { isSaid, StoreError, storeError } from './errors'

/** One client of a library, made to be used once: it neither reconnects nor queues, so that nothing waits unseen. */
export interface Client extends RedisPipeline {
  connect(): Promise<void>
  /** Ends it at once, whatever it waits for. */
  close(): void
  /** Whether it can still be used. */
  isOpen(): boolean
}

/** A connection that replaces its client when that is lost or late. */
export interface RedisConnection extends RedisPipeline {
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

interface Attempt {
  readonly since: number
  readonly client: Promise<Client>
}

const CONNECT_MILLISECONDS = 1000
/** Between an attempt that failed and the next. */
const PAUSE_MILLISECONDS = 100
/** After which another attempt begins beside one that goes on: two at once, at most. */
const BESIDE_MILLISECONDS = 500
/** Between two calls for a replacement of a client that is late: a server that is slow for a moment is not to be flooded. */
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
  let usedSince = 0
  let coming: Attempt | undefined
  let failed: { readonly at: number; readonly error: unknown } | undefined
  let renewedAt = Number.NEGATIVE_INFINITY
  let isClosed = false
  /** Whatever was made and is not closed yet: one that is used, one that connects, those that were replaced. */
  const open = new Set<Client>()

  function end(client: Client): void {
    if (open.delete(client)) client.close()
  }

  async function attempt(since: number): Promise<Client> {
    const client = await make()
    open.add(client)
    try {
      if (!isClosed) await inTime(client.connect())
      if (isClosed) throw new StoreError('store_unavailable')
    } catch (error) {
      end(client)
      failed = { at: performance.now(), error }
      throw error
    }
    if (current !== undefined && since < usedSince) {
      // One that began later was quicker, and knows better who the primary is.
      end(client)
      return current
    }
    const old = current
    current = client
    usedSince = since
    failed = undefined
    if (old !== undefined) setTimeout(() => end(old), CONNECT_MILLISECONDS).unref()
    return client
  }

  /** One attempt for all who wait; and another beside one that may wait for a server that froze. */
  function begin(): Promise<Client> {
    const now = performance.now()
    if (coming !== undefined && now - coming.since < BESIDE_MILLISECONDS) return coming.client
    const own: Attempt = {
      since: now,
      client: attempt(now).finally(() => {
        if (coming === own) coming = undefined
      }),
    }
    coming = own
    return own.client
  }

  async function connected(): Promise<Client> {
    if (isClosed) throw new StoreError('store_unavailable')
    if (current?.isOpen()) return current
    if (current !== undefined) end(current)
    current = undefined
    if (coming === undefined && failed !== undefined && performance.now() - failed.at < PAUSE_MILLISECONDS)
      throw failed.error
    return begin()
  }

  function renew(): void {
    const now = performance.now()
    if (isClosed || now - renewedAt < RENEWAL_MILLISECONDS) return
    renewedAt = now
    begin().catch(() => {})
  }

  async function through<Answer>(send: (client: Client) => Promise<Answer>): Promise<Answer> {
    const client = await connected()
    try {
      return await send(client)
    } catch (error) {
      if (isDemoted(error)) renew()
      throw error
    }
  }

  return {
    connect: async () => {
      await connected().catch((error: unknown) => {
        throw storeError(error)
      })
    },
    command: (args, key) => through((client) => client.command(args, key)),
    pipeline: (commands, key) => through((client) => client.pipeline(commands, key)),
    late: renew,
    close: () => {
      isClosed = true
      for (const client of open) end(client)
    },
  }
}

/** Whether it was a replica that answered, or the client has nobody who does: another connection finds the primary. */
const isDemoted = (error: unknown): boolean => !isSaid(error) || error.message.startsWith('READONLY ')

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
