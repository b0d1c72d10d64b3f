// The runtimes, in the order of the tables. Each opens what it needs, and says then which operations it has and how to time
// some of them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bunPath, denoPath, versionOf } from '../../conformance/runtimes/binaries.mjs'
import { buildWheel, installFolder, installRuntimes } from '../../conformance/runtimes/install.mjs'
import { environmentOf, findPythons } from '../../conformance/runtimes/pythons.mjs'
import { operationNames } from '../core/operations.mjs'
import { installedFolder } from './installed.mjs'
import { bench, eachLine, written } from './programs.mjs'
import { runInWorkerd } from './workerd.mjs'

const ON_NODE = [
  ...['kit', 'kit-verify', 'jose', 'fast-jwt', 'jsonwebtoken', 'hono', 'node-rs', 'node-rs-async'],
  ...['floor', 'floor-pool', 'strict-floor', 'strict-floor-pool'],
]
const ELSEWHERE = ['kit', 'kit-verify', 'jose', 'floor-webcrypto', 'strict-floor-webcrypto']
/** Where only the two are compared: tokens of one size, no key sets. */
const SHORT = /^\w+\.(?:sign|verify|verify\.repeated|checkAuth)$/
const ON_CPYTHON = [
  ...['kit', 'kit_verify', 'kit_aio', 'pyjwt', 'joserfc', 'authlib', 'python_jose'],
  ...['floor', 'crypto_floor', 'strict_floor'],
]

const load = (names) => Promise.all(names.map((name) => import(`../candidates/${name}.mjs`)))

/** What a run stands on: the packages to compare with. Its parts are installed once. */
export function installPeers() {
  installFolder(bench, 'bench.made', 'Installing the libraries to compare with (once) …')
}

/** An interpreter that has kit-jwt as a wheel, and the libraries to compare it with. */
function openPython() {
  const [found] = findPythons()
  if (found === undefined) return { reason: 'no CPython' }
  const wanted = readFileSync(join(bench, 'python', 'requirements.txt'), 'utf8')
  return { ...environmentOf(found, buildWheel(), 'python-bench', wanted), version: found.version }
}

const program = (open, names, keep = /./) => ({
  open: async ({ folder, material, path }) => {
    const { command, args, version, cwd } = open(folder)
    const operations = operationNames(await load(names), material).filter((name) => keep.test(name))
    const time = (wanted, plan, tell) => {
      const job = written(folder, 'job.json', { material: path, candidates: names, operations: wanted, plan })
      return eachLine(command, [...args, join('hosts', 'local.mjs'), job], tell, cwd)
    }
    return { version, operations, time }
  },
})

const node = program(
  // Ed25519 in WebCrypto is called experimental by Node.js 20.
  () => ({ command: process.execPath, args: ['--no-warnings', '--expose-gc'], version: process.version.slice(1) }),
  ON_NODE,
)

const needed = (path, name) => {
  const reason = installRuntimes()
  if (reason !== undefined) throw new Error(reason.split('\n').at(-1))
  return { command: path(), version: versionOf(name) }
}

const deno = program(
  () => ({
    ...needed(denoPath, 'deno'),
    args: [
      'run',
      '--no-prompt',
      '--allow-read',
      '--node-modules-dir=manual',
      '--cached-only',
      '--v8-flags=--expose-gc',
    ],
  }),
  ELSEWHERE,
  SHORT,
)

const bun = program(
  (folder) => ({ ...needed(bunPath, 'bun'), args: [], cwd: installedFolder(join(folder, 'bun')) }),
  ELSEWHERE,
  SHORT,
)

const workerd = {
  open: async ({ material }) => {
    const { version } = needed(() => undefined, 'workerd')
    const operations = operationNames(await load(ELSEWHERE), material).filter((name) => SHORT.test(name))
    return { version, operations, time: (wanted, plan, tell) => runInWorkerd(material, wanted, plan, tell) }
  },
}

const cpython = {
  open: async ({ folder, path }) => {
    const { interpreter, reason, version } = openPython()
    if (interpreter === undefined) throw new Error(reason)
    const script = join('python', 'race.py')
    const job = (more) => written(folder, 'python.json', { material: path, candidates: ON_CPYTHON, ...more })
    let operations
    await eachLine(interpreter, [script, job({})], (line) => {
      operations = line.operations
    })
    const time = (wanted, plan, tell) => eachLine(interpreter, [script, job({ operations: wanted, plan })], tell)
    return { version, operations, time, interpreter }
  },
}

export const RUNTIMES = { node, cpython, workerd, deno, bun }
