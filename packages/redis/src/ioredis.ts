import type { RedisPipeline, Reply } from './commands'
import type { Client } from './renewal'
import type { Settings } from './settings'

/** What is used of a client of ioredis: a `Redis` or a `Cluster`. */
export interface IoredisClient {
  /**
   * Sends a command.
   *
   * @param command - its name
   * @param args - its arguments
   * @returns what the server answers
   * @example
   * await client.call('GET', ['nothing']) // null
   */
  call(command: string, args: (string | Buffer | number)[]): Promise<unknown>
  /**
   * Commands that are sent at once.
   *
   * @returns what collects them
   * @example
   * await client.pipeline().call('GET', 'nothing').exec() // [[null, null]]
   */
  pipeline(): IoredisPipeline
}

/** What is used of a pipeline of ioredis. */
export interface IoredisPipeline {
  /**
   * Adds a command.
   *
   * @param command - its name
   * @param args - its arguments
   * @returns the pipeline
   * @example
   * pipeline.call('GET', 'nothing')
   */
  call(command: string, ...args: string[]): IoredisPipeline
  /**
   * Sends them.
   *
   * @returns of each what the server refused, and what it answered
   * @example
   * await pipeline.exec()
   */
  exec(): Promise<(readonly [error: Error | null, reply: unknown])[] | null>
}

/**
 * Commands through a client of ioredis (or of iovalkey): a `Redis`, with Sentinels or without, or a `Cluster`.
 *
 * The stores wait for no more than their deadline, whatever the client does; but it is the client that reconnects, in its own
 * time. `connectRedis` makes connections that are replaced when they are late.
 *
 * @param client - one that is used for commands, not for subscriptions
 * @returns the port that the stores stand on
 * @example
 * const replay = redisReplayStore(fromIoredis(client))
 */
export function fromIoredis(client: IoredisClient): RedisPipeline {
  return {
    command: ([name = '', ...args]) => client.call(name, args) as Promise<Reply>,
    pipeline: async (commands) => {
      const pipeline = client.pipeline()
      for (const [name = '', ...args] of commands) pipeline.call(name, ...args)
      const told = (await pipeline.exec()) ?? []
      for (const [error] of told) if (error !== null) throw error
      return told.map(([, reply]) => reply as Reply)
    },
  }
}

/** No queue, no retry and no reconnection of its own: what is lost is replaced. */
const ONCE = {
  lazyConnect: true,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: () => null,
  // Whoever closes it does not wait until a server that may be frozen has closed its end.
  disconnectTimeout: 0,
}

/** What a server said, where the library wraps it: that of the last node of a cluster, or in its words on Sentinels. */
function unwrapped(error: unknown): unknown {
  const { lastNodeError, message } = Object(error) as { readonly lastNodeError?: unknown; readonly message?: unknown }
  const [, last] = /Last error: (.+)$/.exec(String(message)) ?? []
  return lastNodeError ?? (last === undefined ? error : new Error(last))
}

export async function ioredisClient(settings: Settings, tls: object | undefined): Promise<Client> {
  const { Redis, Cluster } = await import('ioredis')
  const { username, password, sentinelPassword, master, database: db, nodes } = settings
  const own = {
    ...ONCE,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls }),
  }
  const client =
    settings.mode === 'cluster'
      ? new Cluster([...nodes], {
          lazyConnect: true,
          enableOfflineQueue: false,
          // It would ask for a command more than an account needs; who is not ready says so to the first command.
          enableReadyCheck: false,
          clusterRetryStrategy: () => null,
          slotsRefreshTimeout: 500,
          redisOptions: own,
        })
      : new Redis(
          settings.mode === 'single'
            ? { ...own, ...nodes[0] }
            : {
                ...own,
                sentinels: [...nodes],
                name: master,
                sentinelRetryStrategy: () => null,
                ...(sentinelPassword !== undefined && { sentinelPassword }),
                ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }),
              },
        )
  // Of an attempt that failed, the promise says that it is closed, and the event why. Nobody listening would end the process.
  let why: unknown
  client.on('error', (error: unknown) => {
    why = error
  })
  return {
    ...fromIoredis(client),
    connect: () =>
      client.connect().catch((error: unknown) => {
        throw unwrapped(why ?? error)
      }),
    close: () => client.disconnect(),
    isOpen: () => client.status === 'ready',
  }
}
