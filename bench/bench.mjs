// `make bench`: times the kit and what a user would pick in its place, side by side, and prints how they compare.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, type as systemName, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root, setup } from '../scripts/setup.mjs'

const HELP = `Usage: npm run bench -- [--only WORD] [--quick] [--json]

Times @kit/jwt and kit-jwt beside other libraries, and beside straight-line code that is as fast as it can be. What it needs is
installed when it is first run. bench/README.md says how to read what it prints.

  --only WORD   only what has the word in its name: 'node', 'hs512.verify', 'cpython eddsa', 'import', 'bundle', 'memory'
  --quick       fewer and shorter rounds: to see that it works, not how fast anything is
  --json        print the numbers as JSON, no tables
  --help        this

A whole run writes bench/results/latest.json, and bench/results/details.json beside it. With --only or --quick it writes
bench/results/partial.json. \`node bench/targets.mjs [FILE]\` holds such a file against the targets.
`

/** Rounds of what is compared with targets, and of all the rest; seconds. */
const FULL = { rounds: 60, fewer: 12, imports: 15, slice: 0.005, warmup: 0.08, cold: 0.35 }
const QUICK = { rounds: 5, fewer: 3, imports: 3, slice: 0.005, warmup: 0.03, cold: 0.03 }
const MAIN = /\.(?:sign|verify|verify\.repeated|checkAuth)$/

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}

const began = Date.now()
const plan = values.quick ? QUICK : FULL
const isWanted = (runtime, operation) => `${runtime} ${operation}`.includes(values.only)
const say = (text) => values.json || process.stdout.write(`${text}\n`)

setup()
// Loaded once they are there: on a fresh clone nothing is installed before.
const { RUNTIMES, installPeers } = await import('./hosts/runtimes.mjs')
installPeers()
const { makeMaterial } = await import('./core/material.mjs')
const { speedsOf, spreadsOf, tableOf } = await import('./core/report.mjs')
const { withoutPace } = await import('./core/statistics.mjs')
const { importOperations, timeImports } = await import('./hosts/imports.mjs')
const { bundleSizes } = await import('./hosts/sizes.mjs')
const { bench, eachLine, written } = await import('./hosts/programs.mjs')

const folder = join(root, '.make', 'bench')
const material = makeMaterial(Math.floor(Date.now() / 1000))
const context = { folder, material, path: written(folder, 'material.json', material) }

const latest = {}
const details = {
  date: new Date().toISOString(),
  quick: values.quick,
  only: values.only,
  machine: {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${systemName()} ${release()}`,
    load: { before: loadavg()[0] },
  },
  versions: {},
  refused: [],
  leftOut: [],
  spread: {},
}

function keep(runtime, operation, seconds) {
  const byMode = Object.fromEntries(Object.entries(seconds).map(([mode, each]) => [mode, withoutPace(each)]))
  latest[runtime] ??= {}
  latest[runtime][operation] = speedsOf(byMode)
  details.spread[runtime] ??= {}
  details.spread[runtime][operation] = spreadsOf(byMode)
  say(tableOf(runtime, operation, byMode))
}

/** What takes the lines of a runtime and keeps an operation once both of its modes are there. */
function collector(runtime) {
  const open = {}
  return (line) => {
    if (line.refused) {
      details.refused.push({ runtime, ...line.refused })
      say(`${runtime}  ${line.refused.operation}: ${line.refused.candidate} is not timed: ${line.refused.reason}`)
      // Of another library that is a finding, of the kit a fault.
      if (line.refused.candidate.startsWith('kit')) process.exitCode = 1
      return
    }
    const { operation, mode, seconds } = line
    open[operation] = { ...open[operation], [mode]: seconds }
    if (open[operation].concurrent) keep(runtime, operation, open[operation])
  }
}

/** Whether anything of a runtime can be wanted: what is not is not even installed. */
function canBeWanted(runtime) {
  const named = Object.keys(RUNTIMES).find((name) => values.only.startsWith(name))
  return values.only !== 'bundle' && (named === undefined || named === runtime)
}

async function run(runtime) {
  const { version, operations, time, interpreter } = await RUNTIMES[runtime].open(context)
  details.versions[runtime] = version
  const wanted = operations.filter((operation) => isWanted(runtime, operation))
  const { slice, warmup } = plan
  const byOperation = (main, other) => Object.fromEntries(wanted.map((name) => [name, MAIN.test(name) ? main : other]))
  const tell = collector(runtime)
  // In one process, so that all of them have the same history.
  const [rounds, cold] = [byOperation(plan.rounds, plan.fewer), byOperation(plan.cold, plan.warmup)]
  if (wanted.length > 0) await time(wanted, { rounds, cold, slice, warmup }, tell)
  for (const operation of importOperations(runtime).filter((name) => isWanted(runtime, name)))
    keep(runtime, operation, {
      sequential: await timeImports(runtime, operation, { rounds: plan.imports, path: context.path, interpreter }),
    })
  if (isWanted(runtime, 'memory')) await measureMemory(runtime, interpreter)
}

async function measureMemory(runtime, interpreter) {
  const programs = {
    node: [process.execPath, ['--no-warnings', '--expose-gc', join('hosts', 'memory.mjs'), context.path]],
    cpython: [interpreter, [join('python', 'memory.py'), context.path]],
  }
  if (!(runtime in programs)) return
  details.memory ??= {}
  await eachLine(...programs[runtime], (line) => {
    details.memory[runtime] = line
  })
  for (const [name, bytes] of Object.entries(details.memory[runtime]))
    say(`${runtime}  memory of a cached token: ${name} ${bytes === null ? 'has no cache' : `${bytes} bytes`}`)
}

for (const runtime of Object.keys(RUNTIMES).filter(canBeWanted))
  await run(runtime).catch((error) => {
    details.leftOut.push({ runtime, reason: error.message })
    process.stderr.write(`${runtime} is left out: ${error.message}\n`)
    process.exitCode = 1
  })

if (isWanted('bundle', 'bundle')) {
  details.bundle = await bundleSizes()
  for (const [what, sizes] of Object.entries(details.bundle))
    say(
      `bundle of ${what}: ${Object.entries(sizes)
        .map(([name, bytes]) => `${name} ${bytes}`)
        .join(', ')} bytes gzipped`,
    )
}

rmSync(folder, { recursive: true, force: true })
details.machine.load.after = loadavg()[0]
details.seconds = Math.round((Date.now() - began) / 1000)
details.versions.libraries = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(join(bench, 'package-lock.json'), 'utf8')).packages)
    .filter(([path]) => /^node_modules\/(?:jose|fast-jwt|jsonwebtoken|hono|@node-rs\/.*)$/.test(path))
    .map(([path, { version }]) => [path.slice('node_modules/'.length), version]),
)

const results = join(bench, 'results')
mkdirSync(results, { recursive: true })
const json = (value) => `${JSON.stringify(value, null, 2)}\n`
if (values.only || values.quick) writeFileSync(join(results, 'partial.json'), json(latest))
else {
  writeFileSync(join(results, 'latest.json'), json(latest))
  writeFileSync(join(results, 'details.json'), json(details))
}
if (values.json) process.stdout.write(json(latest))
const { cpu, cores, load } = details.machine
say(
  `\n${cpu}, ${cores} cores, load ${load.before.toFixed(1)} before and ${load.after.toFixed(1)} after; ${details.seconds} seconds`,
)
