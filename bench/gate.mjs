// node bench/gate.mjs [--write] [--only WORD]: has a hot path lost more than 15 % against straight-line code?
//
// The kit and the strict floor take turns in many short slices, and each is charged with the time that the processor spent on
// it: what else the machine does does not count, and what slows the processor slows both. The median of the ratios is held
// against bench/reference.json. A path that seems to have lost is measured again, twice: noise goes away, a loss stays.
// --write puts the ratios of this machine there: after a change that is meant to change them.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { python, root, setup } from '../scripts/setup.mjs'

const MAY_LOSE = 0.15
const TRIES = 3
/** Worth a sentence: with an old reference, a later loss would go unnoticed. */
const GAIN = 1.3
const PLAN = { rounds: 60, slice: 0.005, warmup: 0.15 }
const REFERENCE = fileURLToPath(new URL('reference.json', import.meta.url))
const HOT = ['hs512.sign', 'hs512.verify', 'hs512.checkAuth', 'eddsa.sign', 'eddsa.verify']
const [KIT, FLOOR] = ['kit', 'strict-floor']

const { values } = parseArgs({ options: { write: { type: 'boolean' }, only: { type: 'string', default: '' } } })
if (process.platform === 'win32') {
  process.stdout.write('On Windows the clock of processor time ticks 64 times a second: nothing is measured.\n')
  process.exit(0)
}

setup()
const { makeMaterial } = await import('./core/material.mjs')
const { openOperation } = await import('./core/operations.mjs')
const { race, ratioOf, stopwatch } = await import('./core/rounds.mjs')
const { median } = await import('./core/statistics.mjs')
const { eachLine, written } = await import('./hosts/programs.mjs')

const folder = join(root, '.make', 'gate')
const material = makeMaterial(Math.floor(Date.now() / 1000))
const path = written(folder, 'material.json', material)

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc')
const collect = () => gc({ type: 'minor' })
const processorTime = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function onNode(operation) {
  const candidates = await Promise.all([KIT, FLOOR].map((name) => import(`./candidates/${name}.mjs`)))
  const { ready, refused } = await openOperation(operation, candidates, material, candidates[1])
  if (refused.length > 0) throw new Error(`${refused[0].candidate} ${refused[0].reason}`)
  const jobs = ready.map(({ name, run }) => ({ name, time: stopwatch(run, 'sequential', collect, processorTime) }))
  return race(jobs, 'sequential', PLAN)
}

async function onCpython(operation) {
  const job = written(folder, 'job.json', {
    material: path,
    candidates: ['kit', 'strict_floor'],
    operations: [operation],
    modes: ['sequential'],
    clock: 'cpu',
    plan: { ...PLAN, rounds: { [operation]: PLAN.rounds } },
  })
  let seconds
  await eachLine(python, [join('python', 'race.py'), job], (line) => {
    if (line.refused) throw new Error(`${line.refused.candidate} ${line.refused.reason}`)
    seconds = line.seconds
  })
  return seconds
}

async function pythonVersion() {
  const { spawnSync } = await import('node:child_process')
  const ask = 'import sys; print("%d.%d" % sys.version_info[:2])'
  return spawnSync(python, ['-c', ask], { encoding: 'utf8' }).stdout.trim()
}

const runtimes = {
  [`node-${process.versions.node.split('.')[0]}`]: onNode,
  [`cpython-${await pythonVersion()}`]: onCpython,
}
const reference = JSON.parse(readFileSync(REFERENCE, 'utf8'))
const rows = []

const ratio = async (time, operation) => {
  const seconds = await time(operation)
  return ratioOf(seconds[KIT], seconds[FLOOR]).median
}

for (const [runtime, time] of Object.entries(runtimes))
  for (const operation of HOT) {
    if (!`${runtime} ${operation}`.includes(values.only)) continue
    const held = reference[runtime]?.[operation]
    const found = [await ratio(time, operation)]
    const isLost = () => Math.max(...found) < held * (1 - MAY_LOSE)
    while (found.length < TRIES && (values.write || isLost())) found.push(await ratio(time, operation))
    rows.push({ runtime, operation, held, value: values.write ? median(found) : Math.max(...found), isLost: isLost() })
  }
rmSync(folder, { recursive: true, force: true })

if (values.write) {
  for (const { runtime, operation, value } of rows) {
    reference[runtime] ??= {}
    reference[runtime][operation] = Number(value.toFixed(3))
  }
  writeFileSync(REFERENCE, `${JSON.stringify(reference, null, 2)}\n`)
}
for (const { runtime, operation, held, value, isLost } of rows) {
  const change =
    held === undefined ? 'no reference' : `${value >= held ? '+' : ''}${((value / held - 1) * 100).toFixed(0)} %`
  const verdict = isLost ? 'lost too much' : value > held * GAIN ? 'gained: write the reference again' : ''
  process.stdout.write(
    `${`${runtime} ${operation}`.padEnd(32)}${value.toFixed(3)} of the strict floor  ${String(held ?? '').padEnd(6)} ${change.padStart(12)}  ${verdict}\n`,
  )
}
const lost = rows.filter(({ isLost }) => isLost).length
// A first reference has nothing to be held against; it was measured all the same, and nobody was refused.
process.stdout.write(`${rows.length - lost} passed, ${lost} failed\n`)
process.exit(lost > 0 ? 1 : 0)
