// The CPythons of this machine, each with the wheel in a virtual environment of its own.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { python, root } from '../../scripts/setup.mjs'
import { digest, once, run, work } from './install.mjs'

/** Those that the package says it is for. */
export const MINORS = [11, 12, 13, 14]

const windows = process.platform === 'win32'
const inFolder = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [])

/** Where interpreters stand: on the PATH by their names, and where pyenv and uv keep them. */
function candidates() {
  const named = MINORS.map((minor) => (windows ? ['py', `-3.${minor}`] : [`python3.${minor}`]))
  const kept = [
    ...inFolder(join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions')),
    ...inFolder(join(homedir(), '.local', 'share', 'uv', 'python')),
  ].map((folder) => [windows ? join(folder, 'python.exe') : join(folder, 'bin', 'python3')])
  return [[python], ...named, ...kept.filter(([path]) => existsSync(path))]
}

const ASK =
  'import platform, sys; print(platform.python_implementation(), platform.python_version(), sys.version_info[1])'

/** One interpreter for each minor version: `{ minor, version, command }`. The repository's own comes first. */
export function findPythons() {
  const found = new Map()
  for (const [program, ...args] of candidates()) {
    const [implementation, version, minor] = run(program, [...args, '-c', ASK])
      .stdout.trim()
      .split(' ')
    const isWanted = implementation === 'CPython' && MINORS.includes(Number(minor))
    if (isWanted && !found.has(minor)) found.set(minor, { minor: Number(minor), version, command: [program, ...args] })
  }
  return [...found.values()].sort((a, b) => a.minor - b.minor)
}

/** What the wheel depends on, with the versions and hashes of the repository's lock. */
function requirements() {
  const lock = readFileSync(join(root, 'python', 'requirements-dev.txt'), 'utf8')
  const needed = /^(?:cffi|cryptography|pycparser|pyjwt)==/
  return lock
    .split(/^(?=[a-z0-9])/m)
    .filter((entry) => needed.test(entry))
    .join('')
}

/**
 * A virtual environment in which nothing is but the wheel and what it depends on, or what is `wanted` in its place.
 *
 * @param name - of the environment
 * @param wanted - hashed requirements
 * @returns its interpreter, or `{ reason }` where it cannot be made
 */
export function environmentOf(
  { minor, version, command: [program, ...args] },
  wheel,
  name = `python-3.${minor}`,
  wanted = requirements(),
) {
  const folder = join(work, name)
  const interpreter = join(folder, windows ? 'Scripts/python.exe' : 'bin/python')
  const list = join(work, `${name}.txt`)
  mkdirSync(work, { recursive: true })
  writeFileSync(list, wanted)
  const pip = (...more) => {
    const { ok, said } = run(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...more])
    if (!ok) throw new Error(said)
  }
  try {
    once(`${name}.made`, digest(wanted, version), interpreter, () => {
      process.stderr.write(`Making an environment for CPython ${version} (once) …\n`)
      rmSync(folder, { recursive: true, force: true })
      const { ok, said } = run(program, [...args, '-m', 'venv', folder])
      if (!ok) throw new Error(said)
      pip('--only-binary', ':all:', '--require-hashes', '-r', list)
    })
    pip('--no-index', '--no-deps', '--force-reinstall', wheel)
    return { interpreter }
  } catch ({ message }) {
    rmSync(join(work, `${name}.made`), { force: true })
    return { reason: message.trim().split('\n').at(-1) }
  }
}
