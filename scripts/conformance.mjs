// `make conformance`: all vectors in both languages, and a table.
import { spawnSync } from 'node:child_process'
import { python, root, setup } from './setup.mjs'

setup()
const runtimes = [
  ['Node', process.versions.node, process.execPath, ['conformance/run.mjs']],
  ['CPython', '', python, ['-m', 'kit_jwt.conformance']],
]
let failedInAll = 0
const rows = runtimes.map(([name, version, command, args]) => {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  const results = done.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const failed = results.filter((result) => !result.passed)
  for (const result of failed) process.stdout.write(`${name}: ${JSON.stringify(result)}\n`)
  const broken = failed.length + (results.length === 0 || (done.status !== 0 && failed.length === 0) ? 1 : 0)
  if (broken > failed.length) process.stdout.write(`${name}: ${done.stderr}\n`)
  failedInAll += broken
  const shown =
    version ||
    spawnSync(command, ['-c', 'import platform; print(platform.python_version())'], { encoding: 'utf8' }).stdout.trim()
  return [name, shown, String(results.length - failed.length), String(broken)]
})
for (const [name, version, passed, failed] of [['runtime', 'version', 'passed', 'failed'], ...rows])
  process.stdout.write(`${name.padEnd(12)}${version.padEnd(12)}${passed.padStart(8)}${failed.padStart(8)}\n`)
process.exit(failedInAll ? 1 : 0)
