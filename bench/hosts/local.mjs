// In Node.js, Deno and Bun: times the candidates of this process against each other.
//   local.mjs JOB.json   { material, candidates, operations, plan }: the first is a path
// A line of JSON for each operation and mode, and for each candidate that is not timed.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { openOperation } from '../core/operations.mjs'
import { MODES, planOf, race, stopwatch } from '../core/rounds.mjs'

const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

const { material: path, candidates: names, operations, plan } = read(process.argv[2])
const material = read(path)
const candidates = await Promise.all(names.map((name) => import(`../candidates/${name}.mjs`)))
const referee = candidates.find(({ name }) => name === 'jose')

// What the calls of a slice left behind is collected within it, so that the next candidate does not pay for it.
const collect = globalThis.gc ? () => globalThis.gc({ type: 'minor' }) : undefined

for (const operation of operations) {
  const { ready, refused } = await openOperation(operation, candidates, material, referee)
  for (const one of refused) tell({ refused: one })
  for (const mode of MODES) {
    const jobs = ready.map(({ name, run }) => ({ name, time: stopwatch(run, mode, collect) }))
    if (jobs.length > 0) tell({ operation, mode, seconds: await race(jobs, mode, planOf(plan, operation, mode)) })
  }
}
