// node bench/limiters.mjs: what a draw on a shared limit costs the program and the server, beside other limiters on Redis. How many
// commands a draw is, the server itself says (INFO commandstats): one, whatever the budget is.
import { loadavg } from 'node:os'
import { needRedis, startRedis } from '../conformance/redis/server.mjs'
import { setup } from '../scripts/setup.mjs'

const PLAN = { rounds: 31, draws: 400, warmup: 2000, atOnce: 32 }
/** Never exceeded: what is measured is a draw that is allowed. */
const QUOTA = 1_000_000
const WINDOW = 3600

needRedis()
setup()
const { installPeers } = await import('./hosts/runtimes.mjs')
installPeers()
const { median } = await import('./core/statistics.mjs')
const { LIMITERS, onReplayStore } = await import('./guards/limiters.mjs')
const { Redis } = await import('ioredis')

const server = await startRedis()
const observer = new Redis(server.url)

/** What the server counted: commands of clients, without those of its scripts and of the observer. */
async function counted() {
  const stats = await observer.info('commandstats')
  const calls = [...stats.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)].map(([, name, count]) => [name, Number(count)])
  const { eval: evals = 0, evalsha = 0 } = Object.fromEntries(calls)
  const cpu = await observer.info('cpu')
  const seconds = ['user', 'sys'].map((kind) => Number(new RegExp(`^used_cpu_${kind}:([\\d.]+)`, 'm').exec(cpu)[1]))
  return { scripts: evals + evalsha, seconds: seconds[0] + seconds[1] }
}

const processorTime = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function drawn(draw, count) {
  let left = count
  const one = async () => {
    while (left > 0) {
      left -= 1
      if (!(await draw())) throw new Error('a draw was refused')
    }
  }
  await Promise.all(Array.from({ length: PLAN.atOnce }, one))
}

const candidates = {}
for (const [name, open] of Object.entries({ ...LIMITERS, 'kit, replay': onReplayStore }))
  candidates[name] = await open(server.url, { quota: QUOTA, windowSeconds: WINDOW })
for (const { draw } of Object.values(candidates)) await drawn(draw, PLAN.warmup)

const rounds = []
for (let round = 0; round < PLAN.rounds; round++) {
  const one = {}
  for (const [name, { draw }] of Object.entries(candidates)) {
    const [before, began, wall] = [await counted(), processorTime(), performance.now()]
    await drawn(draw, PLAN.draws)
    const [took, spent] = [performance.now() - wall, processorTime() - began]
    const after = await counted()
    one[name] = {
      program: (spent / PLAN.draws) * 1e6,
      server: ((after.seconds - before.seconds) / PLAN.draws) * 1e6,
      wall: (took / PLAN.draws) * 1e3,
      scripts: (after.scripts - before.scripts) / PLAN.draws,
    }
  }
  rounds.push(one)
}

let [passed, failed] = [0, 0]
process.stdout.write(
  `load of the machine: ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}\n\n`,
)
process.stdout.write('| one draw | scripts | µs of the program | µs of the server |\n| --- | ---: | ---: | ---: |\n')
for (const name of Object.keys(candidates)) {
  const of = (what) => median(rounds.map((round) => round[name][what]))
  process.stdout.write(`| ${name} | ${of('scripts')} | ${of('program').toFixed(1)} | ${of('server').toFixed(1)} |\n`)
  if (!name.startsWith('kit')) continue
  if (rounds.every((round) => round[name].scripts === 1)) passed += 1
  else failed += 1
}
for (const { close } of Object.values(candidates)) await close()
observer.disconnect()
await server.end()
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
