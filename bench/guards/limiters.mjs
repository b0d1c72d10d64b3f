// Limiters on Redis, each as its documentation says, through one connection of the same client.
import { connectRedis, redisLimiter, redisReplayStore } from '@kit/redis'
import { Redis } from 'ioredis'
import { RedisStore } from 'rate-limit-redis'
import { RateLimiterRedis } from 'rate-limiter-flexible'

const KEY = 'user-4711'
const PATIENT = { deadlineMilliseconds: 10_000 }

async function ofKit(url, { quota, windowSeconds }) {
  const redis = connectRedis({ REDIS_URL: url })
  const limiter = redisLimiter(redis, PATIENT)
  const limit = { name: 'read', quota, windowSeconds }
  return {
    draw: async () => (await limiter.draw({ key: KEY, limit, cost: 1 })).allowed,
    close: () => redis.close(),
  }
}

async function ofRateLimiterFlexible(url, { quota, windowSeconds }) {
  const client = new Redis(url)
  const limiter = new RateLimiterRedis({ storeClient: client, points: quota, duration: windowSeconds })
  return {
    draw: async () => (await limiter.consume(KEY)).remainingPoints > 0,
    close: () => client.disconnect(),
  }
}

/** The store of express-rate-limit, which asks it once for each request. */
async function ofRateLimitRedis(url, { quota, windowSeconds }) {
  const client = new Redis(url)
  const store = new RedisStore({ sendCommand: (command, ...args) => client.call(command, ...args) })
  store.init({ windowMs: windowSeconds * 1000 })
  return {
    draw: async () => (await store.increment(KEY)).totalHits <= quota,
    close: () => client.disconnect(),
  }
}

export const LIMITERS = {
  kit: ofKit,
  'rate-limiter-flexible': ofRateLimiterFlexible,
  'express-rate-limit with rate-limit-redis': ofRateLimitRedis,
}

/** No limiter, and as many round trips. */
export async function onReplayStore(url) {
  const redis = connectRedis({ REDIS_URL: url })
  const store = redisReplayStore(redis, PATIENT)
  await store.unsafeStartEmpty()
  let number = 0
  return {
    draw: async () => {
      number += 1
      const now = Date.now() / 1000
      const use = { issuer: 'https://auth.example', jti: String(number), expires: now + 900, now, issued: now }
      return (await store.consume(use)) === 'fresh'
    },
    close: () => redis.close(),
  }
}
