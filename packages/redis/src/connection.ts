import { readFileSync } from 'node:fs'
import { ConfigError, type Environment, MisuseError } from '@kit/jwt'
import { ioredisClient } from './ioredis'
import { nodeRedisClient } from './node-redis'
import { type RedisConnection, renewing } from './renewal'
import { readSettings, type Settings } from './settings'

/** The clients that there are adapters for, by the names of their packages. */
export type RedisLibrary = 'ioredis' | 'redis'

const CLIENTS = {
  ioredis: { load: () => import('ioredis'), make: ioredisClient },
  redis: { load: () => import('redis'), make: nodeRedisClient },
} as const

/**
 * A connection to the Redis that an environment names: `REDIS_URL`, or `REDIS_SENTINEL` and `REDIS_MASTER`, or
 * `REDIS_CLUSTER_NODES`.
 *
 * Nothing is connected before the first command. A client that is lost or misses a deadline is replaced by a new one, so that
 * a server that froze, died or was demoted is left behind.
 *
 * @param environment - such as `process.env`
 * @param options - `library`: the client that is installed, `ioredis` or `redis` (node-redis); `ioredis` unless given
 * @returns the connection; undefined where the environment names no Redis
 * @throws ConfigError - `config_missing`, `config_invalid`, `config_conflict`, with the variable
 * @throws MisuseError - another library
 * @example
 * const redis = connectRedis({ REDIS_URL: 'redis://localhost:6379' })
 */
export function connectRedis(
  environment: Environment,
  options: { readonly library?: RedisLibrary } = {},
): RedisConnection | undefined {
  const { library = 'ioredis' } = options
  if (!Object.hasOwn(CLIENTS, library)) throw new MisuseError('library is ioredis or redis')
  const settings = readSettings(environment)
  if (settings === undefined) return undefined
  const tls = settings.tls ? authorities(settings) : undefined
  const { load, make } = CLIENTS[library]
  // Half of a deadline goes into loading it: that begins here, and whoever lacks it is told by the first command.
  load().catch(() => {})
  let attempts = 0
  return renewing(() => make({ ...settings, nodes: from(settings.nodes, attempts++) }, tls))
}

/** Beginning with another one each time: a Sentinel, or a node, may know less than the others for some seconds. */
function from(nodes: Settings['nodes'], attempt: number): Settings['nodes'] {
  const first = attempt % nodes.length
  return [...nodes.slice(first), ...nodes.slice(0, first)] as unknown as Settings['nodes']
}

function authorities({ caPath }: Settings): { readonly ca?: Buffer } {
  if (caPath === undefined) return {}
  try {
    return { ca: readFileSync(caPath) }
  } catch {
    throw new ConfigError('config_invalid', { variable: 'REDIS_CA_PATH' })
  }
}
