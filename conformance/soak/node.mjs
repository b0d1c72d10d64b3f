// The consumer in Node.js: verifies what it is told to, and tells what came of it, what it fetched and what it keeps.
import { createInterface } from 'node:readline'
import { createKit, remoteJwks, TokenError } from '@kit/jwt'

const lines = createInterface({ input: process.stdin })
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)

let setting
let kits
let clock
let fetched = 0
let slept = 0
const queue = []
/** When each began that has not ended. */
const running = new Map()
const done = []
/** A planted leak. */
const kept = new Map()

function start() {
  const { epoch, started, speed, limits, issuers, audience, secret, secretIssuer } = setting
  clock = () => epoch + (Date.now() / 1000 - started) * speed
  const { leeway, ...cache } = limits
  const shared = { audience, leeway, clock }
  const source = ({ name, url, wait }) =>
    remoteJwks(url, {
      ...cache,
      ...(setting.plant === 'refuse' && { cacheTtl: 30, maxStale: 0 }),
      transport: transportOf(`node.${name}`, wait),
    })
  const planted = (inner) => (setting.plant === 'mute' ? mute(inner) : inner)
  const [own, ...others] = issuers.map((issuer) => ({ issuer: issuer.iss, keySource: planted(source(issuer)) }))
  const trust = others.map((entry) => ({ ...entry, algorithms: ['EdDSA'] }))
  kits = {
    trusting: createKit({ ...shared, ...own, trust }),
    secret: createKit({ ...shared, issuer: secretIssuer, secret }),
  }
}

/** A planted fault: once there is a set, nobody is asked for what it lacks. */
function mute(inner) {
  let hasSet = false
  const select = async (query) => {
    if (hasSet && (await inner.rank(query)) === 2) throw new TokenError('key_not_found')
    const key = await inner.select(query)
    hasSet = true
    return key
  }
  return { select }
}

/** `fetch`, with less time than the kit would give it. That the kit aborts the signal after a request tells its end. */
function transportOf(source, wait) {
  const seen = new Map()
  const ask = (url, init, id) => fetch(url, { ...init, headers: { ...init.headers, 'x-soak': id } })
  return async (url, init) => {
    fetched += 1
    const id = `${source}.${fetched}`
    const hi = clock()
    say({ fetch: id, source, lo: Math.min(hi, ...running.values()), hi })
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), wait * 1000)
    init.signal.addEventListener('abort', () => {
      clearTimeout(timer)
      say({ end: id, source, at: clock(), ok: limit.signal.aborted ? undefined : true })
      limit.abort()
    })
    const response = await ask(url, { ...init, signal: limit.signal }, id)
    if (setting.plant === 'fetch') {
      say({ fetch: `${id}b`, source, lo: hi, hi })
      say({ end: `${id}b`, source, at: clock(), ok: true })
    }
    return setting.plant === 'accept' ? remembering(response, seen) : response
  }
}

/** A planted fault: no key is ever forgotten. */
async function remembering(response, seen) {
  if (response.status !== 200) return response
  const { keys } = await response.json()
  for (const key of keys) seen.set(key.kid, key)
  return new Response(JSON.stringify({ keys: [...seen.values()] }), { headers: response.headers })
}

async function verify([id, , kit, token]) {
  const t0 = clock()
  running.set(id, t0)
  const code = await kits[kit].verify(token).then(
    (claims) => {
      if (setting.plant === 'leak') kept.set(token, [claims, new Array(400).fill(0)])
      return claims.sub === 'u1' ? null : '!sub'
    },
    (error) => (TokenError.is(error) ? error.code : `!${error?.name}`),
  )
  running.delete(id)
  done.push([id, t0, clock(), code])
}

async function lane() {
  for (let task = queue.shift(); task; task = queue.shift()) await verify(task)
  lanes -= 1
}
let lanes = 0

function take(tasks) {
  queue.push(...tasks)
  while (lanes < setting.lanes && queue.length > 0) {
    lanes += 1
    void lane()
  }
}

function measure() {
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  say({ memory: { node: heapUsed + external } })
}

/** How late a timer comes tells how long the process may have stood still. */
let last = Date.now()
const beat = setInterval(() => {
  slept = Math.max(slept, (Date.now() - last - 20) / 1000)
  last = Date.now()
  if (done.length > 0) say({ done: done.splice(0), lag: slept, at: clock() })
  slept = 0
}, 20)

lines.on('line', (line) => {
  const message = JSON.parse(line)
  if (message.tasks) take(message.tasks)
  else if (message.measure) measure()
  else {
    setting = message
    start()
    say({ ready: true })
  }
})
lines.on('close', () => {
  clearInterval(beat)
  process.exit(0)
})
