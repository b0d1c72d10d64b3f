// node bench/issuer.mjs [--only node|python]: how many tokens a second the token endpoint hands out on one core, beside the least that a server with
// a signature can be, in the same language and the same run.
//
// Each server is a process, and is charged with the time that the processor spent on it, in all its threads: what a second of one
// core is good for, whatever else the machine does. They take turns.
import { parseArgs } from 'node:util'
import { setup } from '../scripts/setup.mjs'

const TARGET = 0.5
const PLAN = { rounds: 15, requests: 400, warmup: 1500 }

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
if (process.platform === 'win32') {
  process.stdout.write('On Windows the clock of processor time ticks 64 times a second: nothing is measured.\n')
  process.exit(0)
}
setup()
const { median } = await import('./core/statistics.mjs')
const { ask, askFor } = await import('./issuer/requests.mjs')
const { LANGUAGES, startFloor, startIssuer } = await import('./issuer/servers.mjs')

const claimsOf = ({ access_token: token }) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'))
/** What differs in every token, and how long it is anyway. */
const shapeOf = (answer) => JSON.stringify(Object.entries({ ...claimsOf(answer), jti: '', iat: 0, exp: 0 }).sort())

/** Seconds of processor time that a request takes. */
async function secondsOf(server, requests) {
  const before = await server.ask('seconds')
  await askFor(server, requests)
  return ((await server.ask('seconds')) - before) / requests
}

async function compared(name) {
  const servers = []
  try {
    for (const start of [startIssuer, startFloor]) servers.push(await start(name))
    const [kit, floor] = servers
    if (shapeOf(await ask(kit)) !== shapeOf(await ask(floor))) throw new Error(`${name}: they sign other claims`)
    for (const server of servers) await askFor(server, PLAN.warmup)
    const rounds = []
    for (let round = 0; round < PLAN.rounds; round++)
      rounds.push({ kit: await secondsOf(kit, PLAN.requests), floor: await secondsOf(floor, PLAN.requests) })
    return {
      kit: 1 / median(rounds.map(({ kit }) => kit)),
      floor: 1 / median(rounds.map(({ floor }) => floor)),
      ratio: median(rounds.map(({ kit, floor }) => floor / kit)),
    }
  } finally {
    for (const server of servers) await server.stop()
  }
}

let [passed, failed] = [0, 0]
for (const name of Object.keys(LANGUAGES).filter((name) => name.includes(values.only))) {
  const { kit, floor, ratio } = await compared(name)
  const isMet = ratio >= TARGET
  if (isMet) passed += 1
  else failed += 1
  process.stdout.write(
    `${isMet ? '✓' : '✗'} ${name.padEnd(8)} ${Math.round(kit)} tokens a second of one core, ${Math.round(floor)} by the bare server: ${ratio.toFixed(2)} of it, ${TARGET} wanted\n`,
  )
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
