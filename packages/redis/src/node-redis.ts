import { setMaxListeners } from 'node:events'
import type { RedisPipeline, Reply } from './commands'
import { isSaid } from './errors'
import type { Client } from './renewal'
import type { Settings } from './settings'

/** What is used of a client of node-redis, made by `createClient`. */
export interface NodeRedisClient {
  /**
   * Sends a command.
   *
   * @param args - its name and its arguments
   * @returns what the server answers
   * @example
   * await client.sendCommand(['GET', 'nothing']) // null
   */
  sendCommand(args: string[]): Promise<unknown>
  /**
   * Commands that are sent at once.
   *
   * @returns what collects them
   * @example
   * await client.multi().sendCommand(['GET', 'nothing']).execAsPipeline() // [null]
   */
  multi(): NodeRedisPipeline
}

/** What is used of a pipeline of node-redis. */
export interface NodeRedisPipeline {
  /**
   * Adds a command.
   *
   * @param args - its name and its arguments
   * @param options - `firstKey`, by which a cluster finds the node; `isReadonly`: whether a replica may answer
   * @returns the pipeline
   * @example
   * pipeline.sendCommand(['GET', 'nothing'], { firstKey: 'nothing', isReadonly: false })
   */
  sendCommand(args: string[], options: { readonly firstKey: string; readonly isReadonly: boolean }): unknown
  /**
   * Sends them.
   *
   * @returns what the server answers to each
   * @example
   * await pipeline.execAsPipeline()
   */
  execAsPipeline(): Promise<unknown[]>
}

/** What is used of a cluster of node-redis, made by `createCluster`. */
export interface NodeRedisCluster {
  /**
   * Sends a command.
   *
   * @param firstKey - by which the node is found
   * @param isReadonly - whether a replica may answer
   * @param args - its name and its arguments
   * @returns what the server answers
   * @example
   * await cluster.sendCommand('nothing', false, ['GET', 'nothing']) // null
   */
  sendCommand(firstKey: string, isReadonly: boolean, args: string[]): Promise<unknown>
  /**
   * Commands that are sent at once.
   *
   * @returns what collects them
   * @example
   * cluster.multi().sendCommand(['GET', 'nothing'], { firstKey: 'nothing', isReadonly: false })
   */
  multi(): NodeRedisPipeline
}

/** What is used of a client of node-redis with Sentinels, made by `createSentinel`. */
export interface NodeRedisSentinel {
  /**
   * Sends a command.
   *
   * @param isReadonly - whether a replica may answer
   * @param args - its name and its arguments
   * @returns what the server answers
   * @example
   * await sentinel.sendCommand(false, ['GET', 'nothing']) // null
   */
  sendCommand(isReadonly: boolean, args: string[]): Promise<unknown>
  /**
   * Commands that are sent at once.
   *
   * @returns what collects them
   * @example
   * sentinel.multi().sendCommand(['GET', 'nothing'], { firstKey: 'nothing', isReadonly: false })
   */
  multi(): NodeRedisPipeline
}

/** One connection, of whoever has the key: all three kinds of clients have the same pipelines. */
const pipelineOf =
  (client: { multi(): NodeRedisPipeline }): RedisPipeline['pipeline'] =>
  (commands, key) => {
    const pipeline = client.multi()
    for (const args of commands) pipeline.sendCommand([...args], { firstKey: key, isReadonly: false })
    return pipeline.execAsPipeline() as Promise<readonly Reply[]>
  }

/**
 * Commands through a client of node-redis (the package `redis`).
 *
 * The stores wait for no more than their deadline, whatever the client does; but it is the client that reconnects, in its own
 * time. `connectRedis` makes connections that are replaced when they are late.
 *
 * @param client - connected, and used for commands, not for subscriptions
 * @returns the port that the stores stand on
 * @example
 * const replay = redisReplayStore(fromNodeRedis(client))
 */
export function fromNodeRedis(client: NodeRedisClient): RedisPipeline {
  return {
    command: (args) => client.sendCommand([...args]) as Promise<Reply>,
    pipeline: pipelineOf(client),
  }
}

/**
 * Commands through a cluster of node-redis, as `fromNodeRedis`.
 *
 * @param cluster - connected
 * @returns the port that the stores stand on
 * @example
 * const replay = redisReplayStore(fromNodeRedisCluster(cluster))
 */
export function fromNodeRedisCluster(cluster: NodeRedisCluster): RedisPipeline {
  return {
    command: (args, key) => cluster.sendCommand(key, false, [...args]) as Promise<Reply>,
    pipeline: pipelineOf(cluster),
  }
}

/**
 * Commands through a client of node-redis that asks Sentinels, as `fromNodeRedis`.
 *
 * @param sentinel - connected
 * @returns the port that the stores stand on
 * @example
 * const replay = redisReplayStore(fromNodeRedisSentinel(sentinel))
 */
export function fromNodeRedisSentinel(sentinel: NodeRedisSentinel): RedisPipeline {
  return {
    command: (args) => sentinel.sendCommand(false, [...args]) as Promise<Reply>,
    pipeline: pipelineOf(sentinel),
  }
}

const CONNECT_MILLISECONDS = 1000

export async function nodeRedisClient(settings: Settings, tls: object | undefined): Promise<Client> {
  const { createClient, createCluster, createSentinel } = await import('redis')
  const { username, password, sentinelPassword, master, database, nodes, mode } = settings
  // No queue, no retry and no reconnection of its own: what is lost is replaced.
  const sockets = new AbortController()
  setMaxListeners(0, sockets.signal)
  const once = { reconnectStrategy: false, connectTimeout: CONNECT_MILLISECONDS, signal: sockets.signal } as const
  const socket = tls ? { ...once, ...tls, tls: true as const } : once
  const own = {
    disableOfflineQueue: true,
    socket,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  }
  if (mode === 'cluster') {
    const rootNodes = nodes.map((node) => ({ socket: { ...socket, ...node } }))
    const cluster = createCluster({ rootNodes, defaults: own, maxCommandRedirections: 4 })
    return ended(fromNodeRedisCluster(cluster), cluster, () => cluster.isOpen, sockets)
  }
  if (mode === 'sentinel') {
    const sentinel = createSentinel({
      name: master as string,
      sentinelRootNodes: [...nodes],
      nodeClientOptions: own,
      sentinelClientOptions: { socket, ...(sentinelPassword !== undefined && { password: sentinelPassword }) },
      // A command is sent once.
      maxCommandRediscovers: 0,
    })
    return ended(fromNodeRedisSentinel(sentinel), sentinel, () => sentinel.isReady, sockets)
  }
  const client = createClient({ ...own, database, socket: { ...socket, ...nodes[0] } })
  return ended(fromNodeRedis(client), client, () => client.isReady, sockets)
}

interface Connectable {
  connect(): Promise<unknown>
  destroy(): unknown
  on(event: 'error' | 'node-error' | 'client-error', listener: (said: unknown) => void): unknown
}

/**
 * A client that can be ended, and that tells what a server said where the library tells something else.
 *
 * @param sockets - ends all of the client's, those too that it makes after it was told to end
 */
function ended(commands: RedisPipeline, client: Connectable, isOpen: () => boolean, sockets: AbortController): Client {
  let why: unknown
  // Without a listener the first of these events would end the process; the others are of a cluster and of Sentinels.
  for (const event of ['error', 'node-error', 'client-error'] as const)
    client.on(event, (said) => {
      const error: unknown = (Object(said) as { readonly error?: unknown }).error ?? said
      if (isSaid(error)) why = error
    })
  const explained = (error: unknown): never => {
    throw isSaid(error) ? error : (why ?? error)
  }
  return {
    command: (args, key) => commands.command(args, key).catch(explained),
    pipeline: (some, key) => commands.pipeline(some, key).catch(explained),
    connect: async () => {
      await client.connect().catch(explained)
    },
    close: () => {
      // One that is closed already refuses to be closed, in one way or the other.
      Promise.resolve()
        .then(() => client.destroy())
        .catch(() => {})
      // It waits for connections that are not made yet.
      sockets.abort()
    },
    isOpen,
  }
}
