// Installs what the repository needs, once: npm packages from the lockfile, a virtual environment from hashed
// requirements, and the build. Each part is remembered by a digest of what it was made from.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'

/** The interpreter of the repository's own virtual environment. */
export const python = join(root, '.venv', windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python')

/** Runs a command to its end; stops this process with one clear sentence when it fails. */
export function run(command, args, { cwd = root, quiet = true, explain } = {}) {
  const done = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : 'inherit',
    shell: windows && command === 'npm',
    maxBuffer: 1 << 28,
  })
  if (done.status === 0) return
  if (quiet) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  process.stderr.write(`${explain ?? `'${command} ${args.join(' ')}' failed.`}\n`)
  process.exit(1)
}

function filesBelow(path) {
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version)
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

/** Does `work` unless the same inputs were already worked on and `result` is still there. */
function once(name, inputs, result, sentence, work) {
  const stamp = join(root, '.make', name)
  const now = digest(inputs)
  if (existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  rmSync(stamp, { force: true })
  process.stderr.write(`${sentence}\n`)
  work()
  mkdirSync(join(root, '.make'), { recursive: true })
  writeFileSync(stamp, now)
}

export function setup() {
  once(
    'npm',
    [join(root, 'package-lock.json')],
    join(root, 'node_modules', '.package-lock.json'),
    'Installing npm packages (once, about half a minute) …',
    () =>
      run('npm', ['ci', '--no-audit', '--no-fund'], {
        explain: 'npm could not install the packages of package-lock.json.',
      }),
  )
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  const requirements = join(root, 'python', 'requirements-dev.txt')
  once(
    'venv',
    [requirements, join(root, 'python', 'pyproject.toml')],
    python,
    'Installing Python packages into .venv (once, about half a minute) …',
    () => {
      const { find } = createRequire(import.meta.url)('./find-python.cjs')
      const found = find()
      if (!found.command) {
        process.stderr.write('kit-jwt needs Python 3.11 or newer, and none was found on the PATH.\n')
        process.exit(1)
      }
      run(found.command[0], [...found.command.slice(1), '-m', 'venv', '--clear', join(root, '.venv')], {
        explain: "Python could not make a virtual environment; on Debian and Ubuntu, install 'python3-venv'.",
      })
      run(python, [...pip, '--require-hashes', '-r', requirements], {
        explain: 'pip could not install the packages of python/requirements-dev.txt.',
      })
      run(python, [...pip, '--no-build-isolation', '--no-deps', '-e', join(root, 'python')], {
        explain: 'pip could not install the kit-jwt package from python/.',
      })
    },
  )
  // Not copied: vectors change often, and tests read those of the checkout.
  const installed = join(root, '.venv', 'kit-jwt-conformance.installed')
  once(
    'kit-jwt-conformance',
    [join(root, 'conformance', 'pyproject.toml')],
    installed,
    'Installing the vectors into .venv …',
    () => {
      run(python, [...pip, '--no-build-isolation', '--no-deps', '-e', join(root, 'conformance')], {
        explain: 'pip could not install the kit-jwt-conformance package from conformance/.',
      })
      writeFileSync(installed, '')
    },
  )
  once(
    'build',
    [
      join(root, 'package-lock.json'),
      ...filesBelow('packages').filter(
        (path) =>
          /[\\/](src[\\/]|package\.json|tsup\.config\.ts|tsconfig\.json)/.test(path) &&
          !/node_modules|[\\/]dist[\\/]/.test(path),
      ),
    ],
    join(root, 'packages', 'jwt', 'dist', 'index.js'),
    'Building the TypeScript packages …',
    () => run('npm', ['run', '--silent', 'build'], { explain: 'The TypeScript packages did not build.' }),
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) setup()
