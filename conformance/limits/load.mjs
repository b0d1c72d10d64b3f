// node conformance/limits/load.mjs: services are asked 140 times at once, by HTTP, where 120 a minute may pass, and go on being
// asked. As many pass as the clock of the Redis server implies, and of the first 140 fifteen are refused at least: by one
// service of each language, and by four processes of both that share one budget.
import { configFromEnvironment, createKit } from '@kit/jwt'
import { setup } from '../../scripts/setup.mjs'
import { needRedis, startRedis } from '../redis/server.mjs'
import { allowedOf } from './load/allowed.mjs'
import { Monitor } from './load/monitor.mjs'
import { Askers, startService } from './load/services.mjs'

needRedis()
setup()

const REQUESTS = 140
/** The limit `read` where the environment says nothing else. */
const READ = { interval: 500_000, burst: 120 }
const LEAST_REFUSED = 15
/** A machine that is busy for longer than units take to come back has not asked at once: it tries again. */
const TRIES = 5
const LONGEST = (REQUESTS - READ.burst - LEAST_REFUSED) * READ.interval
/** The same again and again, for some seconds: what comes back passes, and nothing else. */
const WAVES = 5
const PAUSE_MILLISECONDS = 700
const SIDES = {
  'a service in TypeScript': ['typescript'],
  'a service in Python': ['python'],
  'two in each language with one budget': ['typescript', 'python', 'typescript', 'python'],
}

const redis = await startRedis()
const environment = {
  JWT_ISS: 'https://issuer.example',
  JWT_AUD: 'api',
  JWT_SECRET: Buffer.alloc(64, 7).toString('base64url'),
  REDIS_URL: redis.url,
}
const kit = createKit(configFromEnvironment(environment))

/** What is wrong with an answer that passes or refuses; undefined where nothing is. */
function wrongIn({ status, headers, body, wasOpen }, subject) {
  if (!wasOpen) return 'a connection was made meanwhile'
  if (status === 200) return body === subject ? undefined : 'another subject'
  if (status !== 429) return `status ${status}`
  if (JSON.parse(body).code !== 'quota_exceeded') return 'another code'
  if (headers['ratelimit-policy'] !== '"read";q=120;w=60') return `policy ${headers['ratelimit-policy']}`
  return Number(headers['retry-after']) >= 1 ? undefined : `Retry-After ${headers['retry-after']}`
}

/** Asks all at once, so many times with a pause; what came of it, and what the server's clock implies. */
async function judged(askers, monitor, { subject, waves }) {
  const token = await kit.sign({ sub: subject })
  const answers = []
  for (let wave = 0; wave < waves; wave++) {
    if (wave > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS))
    answers.push(...(await Promise.all(askers.map((each) => each.ask(token)))).flat())
  }
  const faults = answers.flatMap((answer) => wrongIn(answer, subject) ?? [])
  const draws = await monitor.ofLast()
  if (draws.length !== answers.length) return { faults: [...faults, `${draws.length} draws of ${answers.length}`] }
  const refused = answers.filter(({ status }) => status === 429).length
  const passed = answers.length - refused
  const allowed = allowedOf(draws, READ)
  if (allowed === undefined) return { faults, isSlow: true }
  const { least, most } = allowed
  if (passed < least || passed > most) faults.push(`${passed} passed, where the clock allows ${least} to ${most}`)
  const microseconds = draws.at(-1).to - draws[0].from
  const implied = least === most ? most : `${least} to ${most}`
  const told = `${refused} of ${answers.length} refused: in ${Math.round(microseconds / 1000)} ms of the server ${implied} may pass, ${passed} did`
  return { faults, told, refused, microseconds }
}

/** Asks again where the machine stood still; an answer that is wrong counts all the same. */
async function tried(askers, monitor, { name, waves, longest }) {
  for (let number = 1; number <= TRIES; number++) {
    const result = await judged(askers, monitor, { subject: `${name} ${number}`, waves })
    const isSlow = result.isSlow || result.microseconds > longest
    if (!isSlow || result.faults.length > 0) return result
  }
  return { faults: [`too slow to ask at once, ${TRIES} times`] }
}

async function judgedAtOnce(askers, monitor, name) {
  const result = await tried(askers, monitor, { name, waves: 1, longest: LONGEST })
  if (result.refused < LEAST_REFUSED) result.faults.push(`fewer than ${LEAST_REFUSED} refused`)
  return result
}

async function asked(name, languages) {
  const services = await Promise.all(languages.map((language) => startService(language, environment)))
  const askers = services.map((service) => new Askers(service, REQUESTS / services.length))
  const monitor = new Monitor()
  try {
    await monitor.start(redis)
    // Connections are made, programs are warm.
    for (let round = 0; round < 3; round++)
      await Promise.all(askers.map(async (each) => each.ask(await kit.sign({ sub: `warm ${round} of ${name}` }))))
    return {
      'at once': await judgedAtOnce(askers, monitor, name),
      'while units come back': await tried(askers, monitor, { name: `${name}, waves`, waves: WAVES }),
    }
  } finally {
    monitor.end()
    for (const each of askers) each.end()
    for (const service of services) await service.end()
  }
}

let [passed, failed] = [0, 0]
try {
  for (const [name, languages] of Object.entries(SIDES)) {
    for (const [how, { faults, told }] of Object.entries(await asked(name, languages))) {
      if (faults.length > 0) failed += 1
      else passed += 1
      process.stdout.write(`${faults.length > 0 ? '✗' : '✓'} ${name}, ${how}: ${told ?? ''}\n`)
      for (const fault of new Set(faults)) process.stdout.write(`    ${fault}\n`)
    }
  }
} finally {
  await redis.end()
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
