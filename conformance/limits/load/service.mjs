// A service as anybody would write it: a guard in front of node:http, whose limit `read` is that of the environment, on the
// Redis of the environment. Prints where it listens.
import { createServer } from 'node:http'
import { limitsFromEnvironment } from '@kit/http'
import { nodeGuard, refuse } from '@kit/http/node'
import { configFromEnvironment, createKit } from '@kit/jwt'
import { connectRedis, redisLimiter } from '@kit/redis'

const redis = connectRedis(process.env)
// What is measured is who passes, on a machine that may have other things to do than to answer in time.
const limiter = redisLimiter(redis, { deadlineMilliseconds: 10_000 })
const requireAuth = nodeGuard({ kit: createKit(configFromEnvironment(process.env)), limiter })
const check = requireAuth(undefined, { limits: [limitsFromEnvironment(process.env).read] })

const server = createServer(async (request, response) => {
  const outcome = await check(request)
  if (outcome.passed) response.writeHead(200, outcome.headers).end(outcome.auth.subject)
  else refuse(outcome.refusal, response)
})
// No connection that is kept is closed while the machine stands still.
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
