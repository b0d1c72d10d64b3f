// Draws 60 times on a budget of 100 that others draw on too, and prints how often it was allowed to.
import { connectRedis, redisLimiter } from '@kit/redis'

const redis = connectRedis({ REDIS_URL: process.argv[2] })
const limiter = redisLimiter(redis, { deadlineMilliseconds: 20_000 })
const limit = { name: 'shared', quota: 1, windowSeconds: 3600, burst: 100 }
let allowed = 0
for (let i = 0; i < 60; i++) allowed += (await limiter.draw({ key: 'u1', limit, cost: 1 })).allowed ? 1 : 0
process.stdout.write(String(allowed))
redis.close()
