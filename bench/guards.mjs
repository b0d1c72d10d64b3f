// node bench/guards.mjs [--only WORD] [--rounds N]: what a guard adds to a route, beside what verifying its token costs, and
// beside the guards of others.
//
// The routes of a framework are in one process, which is charged with the time that the processor spent on it: what else the
// machine does does not count. They take turns in short slices.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { root, setup } from '../scripts/setup.mjs'

/** What a route with a guard may cost, beside the same route with a call of `verify`. */
const TARGET = 1.1
const PLAN = { requests: 400, warmup: 3000, verifications: 400 }
const PROFILES = ['hs512', 'eddsa']

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, rounds: { type: 'string', default: '31' } },
})
if (process.platform === 'win32') {
  process.stdout.write('On Windows the clock of processor time ticks 64 times a second: nothing is measured.\n')
  process.exit(0)
}
setup()
const { installPeers } = await import('./hosts/runtimes.mjs')
installPeers()
const { makeMaterial } = await import('./core/material.mjs')
const { median } = await import('./core/statistics.mjs')
const { written } = await import('./hosts/programs.mjs')
const { FRAMEWORKS, BARE, KIT, VERIFY } = await import('./guards/frameworks.mjs')
const { askAll, statusOf } = await import('./guards/requests.mjs')

const material = makeMaterial(Math.floor(Date.now() / 1000))
const job = written(join(root, '.make', 'guards'), 'job.json', { material })
const server = fileURLToPath(new URL('guards/server.mjs', import.meta.url))

async function started(framework, profile) {
  const child = fork(server, [job, framework, profile])
  const [ports] = await once(child, 'message')
  const ask = async (what) => {
    child.send(what)
    return (await once(child, 'message'))[0]
  }
  return { ports, ask, stop: () => child.kill() }
}

/** Nobody is timed who lets a wrong token pass. */
async function checked(ports, profile) {
  for (const [name, port] of Object.entries(ports)) {
    if (name === BARE || name === VERIFY) continue
    for (const [what, token] of Object.entries(material.wrong[profile]))
      if ((await statusOf(port, `Bearer ${token}`)) !== 401) throw new Error(`${name}: ${what} passes`)
  }
}

/** Seconds of the processor that each takes, in each round. */
async function timed({ ports, ask }, profile) {
  const headers = material.tokens[profile]['0.5'].map((token) => `Bearer ${token}`)
  const works = { loop: async () => (await ask({ verify: PLAN.verifications })) / PLAN.verifications }
  for (const [name, port] of Object.entries(ports)) {
    await askAll(port, PLAN.warmup, headers)
    works[name] = async () => {
      const before = await ask({})
      await askAll(port, PLAN.requests, headers)
      return ((await ask({})) - before) / PLAN.requests
    }
  }
  await ask({ verify: PLAN.warmup })
  const rounds = []
  for (let round = 0; round < Number(values.rounds); round++) {
    const one = {}
    const names = Object.keys(works)
    // Another one begins in each round.
    for (const index of names.keys()) {
      const name = names[(index + round) % names.length]
      one[name] = await works[name]()
    }
    rounds.push(one)
  }
  return rounds
}

const micros = (seconds) => (seconds * 1e6).toFixed(1)
let [passed, failed] = [0, 0]
process.stdout.write(
  `load of the machine: ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}\n`,
)
process.stdout.write('microseconds of the processor for one request\n\n')
process.stdout.write('| | bare | with `verify` | with the guard | ratio | others | `verify` in a loop |\n')
process.stdout.write('| --- | ---: | ---: | ---: | ---: | --- | ---: |\n')
for (const profile of PROFILES)
  for (const framework of Object.keys(FRAMEWORKS)) {
    if (!`${framework} ${profile}`.includes(values.only)) continue
    const one = await started(framework, profile)
    try {
      await checked(one.ports, profile)
      const rounds = await timed(one, profile)
      const cost = (name) => micros(median(rounds.map((round) => round[name])))
      const ratio = median(rounds.map((round) => round[KIT] / round[VERIFY]))
      const others = Object.keys(one.ports).filter((name) => ![BARE, VERIFY, KIT].includes(name))
      if (ratio <= TARGET) passed += 1
      else failed += 1
      const cells = [
        ...[`${framework}, ${profile}`, cost(BARE), cost(VERIFY), cost(KIT), ratio.toFixed(2)],
        ...[others.map((name) => `${name} ${cost(name)}`).join(', '), cost('loop')],
      ]
      process.stdout.write(`| ${cells.join(' | ')} |\n`)
    } finally {
      one.stop()
    }
  }
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
