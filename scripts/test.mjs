// Runs everything and sums it up; the last line is `N passed, M failed`.
// `npm test -- --only vectors` runs the steps whose name contains the word; `--list` names them.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { python, root, setup } from './setup.mjs'
import { reports, STEPS } from './steps.mjs'

/** Lines of a failed step that are shown again at the end, where nobody has to look for them. */
const SHOWN = 20

/** Runs one step, showing its output as it comes, and keeps the text for counting. */
function runStep({ command: [program, args], cwd = root, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && program === 'npm',
      env: { ...process.env, KIT_PYTHON: python, ...env },
    })
    const chunks = []
    const show = (stream) => (chunk) => {
      chunks.push(chunk)
      stream.write(chunk)
    }
    child.stdout.on('data', show(process.stdout))
    child.stderr.on('data', show(process.stderr))
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve({ status: 127, output: '' })
    })
    child.on('close', (status) => resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  })
}

/** Of what a failed step said: the lines that tell of a failure and the next ones, or else its end. */
function whatFailed(output) {
  const lines = output.trimEnd().split('\n')
  const told = lines.flatMap((line, i) =>
    /✗|^not ok|^FAILED|^E {3}|AssertionError/.test(line) ? [i, i + 1, i + 2, i + 3] : [],
  )
  const shown = told.length > 0 ? [...new Set(told)].filter((i) => i < lines.length) : [...lines.keys()].slice(-SHOWN)
  return shown.slice(0, SHOWN).map((i) => `    ${lines[i]}\n`)
}

const { values } = parseArgs({ options: { only: { type: 'string' }, list: { type: 'boolean' } } })
const steps = STEPS.filter((step) => values.only === undefined || step.name.includes(values.only))
if (values.list) {
  process.stdout.write(STEPS.map((step) => `${step.name}\n`).join(''))
  process.exit(0)
}
if (steps.length === 0) {
  process.stderr.write(`No step is named '${values.only}'; --list names them.\n`)
  process.exit(2)
}

setup()
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
const rows = []
for (const [index, step] of steps.entries()) {
  process.stdout.write(`\n── ${index + 1}/${steps.length} ${step.name}\n`)
  const began = Date.now()
  const run = await runStep(step)
  const counts = step.count(run)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  rows.push({ name: step.name, seconds, output: counts.failed ? run.output : '', ...counts })
}

const sum = (member) => rows.reduce((total, row) => total + row[member], 0)
process.stdout.write('\n')
for (const row of rows) {
  const skipped = row.skipped ? `, ${row.skipped} skipped` : ''
  process.stdout.write(
    `${row.failed ? '✗' : '✓'} ${row.name.padEnd(36)} ${`${row.passed} passed, ${row.failed} failed${skipped}`.padEnd(40)} ${row.seconds} s\n`,
  )
}
for (const { name, output } of rows.filter(({ failed }) => failed))
  process.stdout.write(`\n── what failed in: ${name}\n${whatFailed(output).join('')}`)
if (sum('skipped')) process.stdout.write(`${sum('skipped')} skipped: see the reasons above\n`)
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
process.exit(sum('failed') ? 1 : 0)
