// Installs the runtimes of the matrix, and into them what is published: the packed tarball and the built wheel.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { python, root } from '../../scripts/setup.mjs'

export const here = fileURLToPath(new URL('.', import.meta.url))
/** What was built and made for the matrix: the tarball, the wheel, virtual environments. */
export const work = join(root, '.make', 'runtimes')
const windows = process.platform === 'win32'

/** A command's end: its exit code, and what it said last. */
export function run(command, args, cwd = here) {
  const shell = windows && command === 'npm'
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    shell,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { ok: status === 0, stdout: stdout ?? '', said: error?.message ?? `${stdout}${stderr}`.trim().slice(-1500) }
}

/** Runs a command to its end. Throws what it said where it failed. */
function must(command, args, cwd) {
  const { ok, stdout, said } = run(command, args, cwd)
  if (!ok) throw new Error(`${command} ${args.join(' ')} failed:\n${said}`)
  return stdout
}

export const digest = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

/** Does `work` unless it was done for the same digest and `result` is still there. */
export function once(stamp, now, result, make) {
  const path = join(work, stamp)
  if (existsSync(result) && existsSync(path) && readFileSync(path, 'utf8') === now) return
  rmSync(path, { force: true })
  make()
  mkdirSync(work, { recursive: true })
  writeFileSync(path, now)
}

/**
 * The packages of a folder's own lockfile, for folders that are no workspace. No script of a package is run: what is compiled
 * stands in packages for one system each.
 *
 * @param stamp - the name under which it is remembered
 * @param sentence - what is said before it begins
 */
export function installFolder(folder, stamp, sentence, then = () => {}) {
  const lock = readFileSync(join(folder, 'package-lock.json'))
  const installed = join(folder, 'node_modules', '.package-lock.json')
  once(stamp, digest(lock, process.platform, process.arch), installed, () => {
    process.stderr.write(`${sentence}\n`)
    must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder)
    then()
  })
}

/**
 * The runtimes that npm can bring.
 *
 * @returns why they cannot be had, or undefined
 */
export function installRuntimes() {
  try {
    installFolder(here, 'npm.made', 'Installing the runtimes of the matrix (once, about a minute) …', () =>
      rmSync(join(work, 'package.made'), { force: true }),
    )
    return undefined
  } catch ({ message }) {
    return message
  }
}

/** Packs `@kit/jwt` and installs the tarball where the shims find it. Returns its path. */
export function installPackage() {
  const folder = join(work, 'npm')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  must('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], join(root, 'packages', 'jwt'))
  const tarball = join(folder, readdirSync(folder)[0])
  once('package.made', digest(readFileSync(tarball)), join(here, 'node_modules', '@kit', 'jwt', 'package.json'), () => {
    rmSync(join(here, 'node_modules', '@kit'), { recursive: true, force: true })
    // Everything that it depends on is there already: nothing is fetched.
    must('npm', ['install', '--no-save', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball])
  })
  return tarball
}

/** Builds the wheel of `kit-jwt`. Returns its path. */
export function buildWheel() {
  const folder = join(work, 'wheel')
  rmSync(folder, { recursive: true, force: true })
  must(python, ['-m', 'hatchling', 'build', '-t', 'wheel', '-d', folder], join(root, 'python'))
  return join(folder, readdirSync(folder)[0])
}
