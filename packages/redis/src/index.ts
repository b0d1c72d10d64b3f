export type { RedisCommands, RedisPipeline, Reply } from './commands'
export { connectRedis, type RedisLibrary } from './connection'
export { StoreError, type StoreErrorCode } from './errors'
export { fromIoredis, type IoredisClient, type IoredisPipeline } from './ioredis'
export { type RedisKeyStoreOptions, redisKeyStore } from './key-store'
export { type RedisLimiter, type RedisLimiterOptions, redisLimiter } from './limiter'
export {
  fromNodeRedis,
  fromNodeRedisCluster,
  fromNodeRedisSentinel,
  type NodeRedisClient,
  type NodeRedisCluster,
  type NodeRedisPipeline,
  type NodeRedisSentinel,
} from './node-redis'
export type { RedisConnection } from './renewal'
export { type RedisReplayStore, type RedisReplayStoreOptions, redisReplayStore } from './replay-store'
export { type RedisRevocationList, type RedisRevocationListOptions, redisRevocationList } from './revocation-list'
export { type Stores, type StoresOptions, storesFromEnvironment } from './stores'
