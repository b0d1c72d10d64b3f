// Both commands, run on the same scenarios: the sources of TypeScript, bundled, and the Python package.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** The interpreter that has the Python package. */
export const python =
  process.env.KIT_PYTHON ?? join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

// Of this process alone: two runs at once do not write into each other's.
const driver = join(root, '.make', `command-driver-${process.pid}.mjs`)
process.once('exit', () => rmSync(driver, { force: true }))

async function bundle() {
  const source = join(root, 'packages', 'jwt')
  await build({
    entryPoints: [join(source, 'test', 'command', 'driver.ts')],
    outfile: driver,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    alias: { '#environment': join(source, 'src', 'environment', 'process.ts') },
    external: ['jose', 'jose/*'],
    logLevel: 'error',
  })
}

function outcomes(language, [command, args, cwd], scenarios) {
  const input = JSON.stringify(scenarios)
  const done = spawnSync(command, args, { cwd, input, encoding: 'utf8', maxBuffer: 1 << 29 })
  const lines = (done.stdout ?? '').split('\n').filter(Boolean)
  // A language that ends early, or never begins, has not agreed with anything.
  if (done.status !== 0 || lines.length !== scenarios.length)
    throw new Error(
      `${language} ran ${lines.length} of ${scenarios.length} scenarios: ${String(done.stderr).slice(-2000)}`,
    )
  return lines.map((line) => JSON.parse(line))
}

/** What each language does with each scenario. */
export async function runBoth(scenarios) {
  if (scenarios.length === 0) throw new Error('there is no scenario')
  await bundle()
  return {
    typescript: outcomes('typescript', [process.execPath, ['--no-warnings', driver], root], scenarios),
    python: outcomes('python', [python, ['-m', 'tests.command_driver'], join(root, 'python')], scenarios),
  }
}

/** Text equal for equal outcomes. */
export const fingerprint = ({ exit, stdout, stderr, written }) =>
  JSON.stringify([exit, stdout, stderr, Object.entries(written).sort()])
