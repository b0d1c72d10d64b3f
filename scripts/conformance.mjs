// `make conformance`: all vectors in every runtime, with the packed tarball and the built wheel, and a table.
//   node scripts/conformance.mjs [--only WORD]
// With KIT_ALL_RUNTIMES set, a runtime that is left out is a failure.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { indexOf, judge, readExpectations } from '../conformance/runtimes/expectations.mjs'
import { openMatrix } from '../conformance/runtimes/runtimes.mjs'
import { root, setup } from './setup.mjs'

const SHOWN = 20
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
setup()
const folder = join(root, 'conformance', 'vectors')
const paths = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => join(folder, name))
const index = indexOf(paths.map((path) => JSON.parse(readFileSync(path, 'utf8'))))

const rows = [['runtime', 'version', 'passed', 'failed', 'rejected', 'seconds']]
const leftOut = []
let passedInAll = 0
let failedInAll = 0

async function run({ name, expectations, optional, open }) {
  const began = Date.now()
  const runner = open()
  if ('reason' in runner) {
    leftOut.push(`${name}: ${runner.reason}`)
    if (process.env.KIT_ALL_RUNTIMES && !optional) failedInAll += 1
    return
  }
  const rejections = readExpectations(expectations)
  const { version, results } = await runner(paths)
  const { passed, failures } = judge(results, rejections, index)
  for (const failure of failures.slice(0, SHOWN)) process.stdout.write(`${name}: ${failure}\n`)
  if (failures.length > SHOWN) process.stdout.write(`${name}: and ${failures.length - SHOWN} more\n`)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  rows.push([name, version, passed, failures.length, rejections.size, seconds].map(String))
  passedInAll += passed
  failedInAll += failures.length
}

const wanted = values.only.toLowerCase()
for (const runtime of openMatrix()) {
  if (!runtime.name.toLowerCase().includes(wanted)) continue
  await run(runtime).catch((error) => {
    process.stdout.write(`${runtime.name}: ${error.message}\n`)
    rows.push([runtime.name, '?', '0', '1', '0', '0'])
    failedInAll += 1
  })
}

process.stdout.write('\n')
for (const [name, version, ...numbers] of rows)
  process.stdout.write(`${name.padEnd(24)}${version.padEnd(16)}${numbers.map((cell) => cell.padStart(9)).join('')}\n`)
for (const line of leftOut) process.stdout.write(`left out: ${line}\n`)
const skipped = leftOut.length > 0 ? `, ${leftOut.length} skipped` : ''
process.stdout.write(`${passedInAll} passed, ${failedInAll} failed${skipped}\n`)
process.exit(failedInAll > 0 || rows.length === 1 ? 1 : 0)
