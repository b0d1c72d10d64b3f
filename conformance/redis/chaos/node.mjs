// The load in Node.js, through ioredis or node-redis. Lines of JSON in: a setting, then `go`, `stop` and `end`; lines of JSON out.
import { createInterface } from 'node:readline'
import { fallbackLimiter } from '@kit/http'
import {
  connectRedis,
  redisKeyStore,
  redisLimiter,
  redisReplayStore,
  redisRevocationList,
  StoreError,
} from '@kit/redis'

const ISSUER = 'https://auth.example'
const lines = createInterface({ input: process.stdin })
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)
const fault = (kind) => (error) => say({ fault: `${kind}: ${error?.stack ?? error}` })
process.on('unhandledRejection', fault('unhandled rejection'))
process.on('uncaughtException', fault('uncaught exception'))
process.on('warning', fault('warning'))

let setting
let redis
let stores
let random
let ticking
let turn = 0
const under = new Set()
const done = []

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const epoch = () => performance.timeOrigin + performance.now()

/** How late the timers of this process are, by when they were. */
const late = []
/** The same since it was told, in sum. */
let stood = 0
let ticked = performance.now()
const watch = setInterval(() => {
  const now = performance.now()
  late.push({ at: now, by: now - ticked - 5 })
  stood += Math.max(now - ticked - 5, 0)
  ticked = now
}, 5)
/** The two longest: a timer that comes late may be passed over by one more standstill. */
function drift(begun, ended) {
  const within = [ended - ticked - 5]
  for (let i = late.length - 1; i >= 0 && late[i].at >= begun; i--) within.push(late[i].by)
  within.sort((a, b) => b - a)
  return Math.max(within[0], 0) + Math.max(within[1] ?? 0, 0)
}

const below = (count) => Math.floor(random() * count)
const newest = () => Math.floor((epoch() / 1000 - setting.begun) * setting.tokens)

function consume(number) {
  const now = epoch() / 1000
  const issued = Math.floor(setting.begun + number / setting.tokens)
  return stores.replay.consume({ issuer: ISSUER, jti: `t${number}`, now, issued, expires: issued + 990 })
}

const draw = async (limiter, limit, key) =>
  (await limiter.draw({ key, limit: setting.limits[limit], cost: 1 })).allowed ? 'allowed' : 'denied'

/** By kind: about what, and the call. */
const CALLS = {
  consume: () => [newest(), (number) => consume(number)],
  again: () => [below(newest() + 1), (number) => consume(number)],
  draw: () => [`k${below(3)}`, (key) => draw(stores.limiter, 'shared', key)],
  steady: () => ['k', (key) => draw(stores.limiter, 'steady', key)],
  fallback: () => ['k', (key) => draw(stores.fallback, 'fallback', key)],
  revoked: () => [
    `${below(2) ? 'r' : 'n'}${below(setting.revoked)}`,
    async (jti) => String(await stores.revoked.isRevoked({ iss: ISSUER, jti }, epoch() / 1000)),
  ],
  read: () => ['keys', async () => String((await stores.keys.read())?.version ?? 0)],
  write: () => [version, async (from) => ((await stores.keys.writeIf(from, `after ${from}`)) ? 'written' : 'stale')],
}
/** The newest version that was read. */
let version = 0

async function call(kind) {
  const [about, work] = CALLS[kind]()
  const [at, begun] = [epoch(), performance.now()]
  const result = await work(about).catch((error) =>
    StoreError.is(error) ? error.code : `!${error?.name}: ${error?.stack}`,
  )
  const ended = performance.now()
  const late = drift(begun, ended)
  if (kind === 'read' && Number(result) > 0) version = Number(result)
  done.push([kind, about, at, ended - begun, ended - begun - setting.deadline - late - 50, late, result])
}

function tick() {
  const begin = call(setting.kinds[turn++ % setting.kinds.length])
  under.add(begin)
  begin.finally(() => under.delete(begin))
}

async function start() {
  random = seeded(setting.seed)
  redis = connectRedis(setting.environment, { library: setting.face })
  const options = { prefix: setting.prefix, deadlineMilliseconds: setting.deadline }
  const limiter = redisLimiter(redis, options)
  stores = {
    limiter,
    fallback: fallbackLimiter(limiter, { instances: setting.instances }),
    replay: redisReplayStore(redis, { ...options, clockSkewSeconds: 0 }),
    revoked: redisRevocationList(redis, options),
    keys: redisKeyStore(redis, options),
  }
  if (setting.prepare) await prepare()
  say({ ready: true })
}

/** What must be there before anything begins takes what it takes. */
async function prepare() {
  const options = { prefix: setting.prefix, deadlineMilliseconds: 10_000 }
  await redisReplayStore(redis, options).unsafeStartEmpty()
  const revoked = redisRevocationList(redis, options)
  for (let i = 0; i < setting.revoked; i++)
    await revoked.revoke({ issuer: ISSUER, jti: `r${i}`, expires: setting.begun + 3600 })
  await redisKeyStore(redis, options).writeIf(0, 'the first')
}

async function stop() {
  clearInterval(ticking)
  await Promise.all(under)
  redis.close()
  flush()
  say({ closed: true })
}

const flush = () => {
  say({ done: done.splice(0), stood: { at: epoch(), by: stood } })
  stood = 0
}
const flushing = setInterval(flush, 50)

/** The process is to end by itself now: whatever is still open keeps it. */
function end() {
  clearInterval(flushing)
  clearInterval(watch)
  lines.close()
  process.stdin.destroy()
  const open = process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout|Connect/.test(name))
  say({ open })
}

lines.on('line', (line) => {
  const message = JSON.parse(line)
  if (message.go) ticking = setInterval(tick, 1000 / setting.rate)
  else if (message.stop) stop().catch(fault('stop'))
  else if (message.end) end()
  else {
    setting = message
    start().catch((error) => say({ fault: `start: ${error?.stack}` }))
  }
})
