// The runtimes of the matrix, in the order of its table. Each says why it is left out, or runs the vectors.
import { bunPath, denoPath, nodePath, versionOf } from './binaries.mjs'
import { chromiumPath, runInChromium } from './hosts/chromium.mjs'
import { linesOf } from './hosts/process.mjs'
import { runInPyodide } from './hosts/pyodide.mjs'
import { runInWorkerd } from './hosts/workerd.mjs'
import { buildWheel, installPackage, installRuntimes, run } from './install.mjs'
import { environmentOf, findPythons, MINORS } from './pythons.mjs'

const shim = 'shims/process.mjs'
const left = (reason) => () => ({ reason })

function nodes() {
  const isOwn = process.platform === 'linux' && process.arch === 'x64'
  const packaged = [20, 22, 24, 26].map((major) => ({
    name: `Node ${major}`,
    expectations: 'node',
    open: isOwn ? () => runNode(nodePath(major)) : left('packaged for Linux x64 only'),
  }))
  const own = { name: 'Node', expectations: 'node', open: () => runNode(process.execPath) }
  return isOwn ? packaged : [own, ...packaged]
}

const runNode = (node) => async (paths) => ({
  version: run(node, ['--version']).stdout.trim().slice(1),
  // Ed25519 in WebCrypto is called experimental by Node.js 20 and 22.
  results: await linesOf(node, ['--no-warnings', shim, ...paths]),
})

const workerd = (name, flags) => ({
  name,
  expectations: 'workerd',
  open: () => async (paths) => ({ version: versionOf('workerd'), results: await runInWorkerd(paths, flags) }),
})

const deno = {
  name: 'Deno',
  expectations: 'deno',
  open: () => async (paths) => {
    const args = ['run', '--no-prompt', '--allow-read', '--node-modules-dir=manual', '--cached-only', shim, ...paths]
    return { version: versionOf('deno'), results: await linesOf(denoPath(), args) }
  },
}

const bun = {
  name: 'Bun',
  expectations: 'bun',
  open: () => async (paths) => {
    return { version: versionOf('bun'), results: await linesOf(bunPath(), [shim, ...paths]) }
  },
}

const chromium = {
  name: 'Chromium',
  expectations: 'chromium',
  open: () => {
    const path = chromiumPath()
    return path === undefined ? { reason: 'no Chromium on this machine' } : (paths) => runInChromium(paths, path)
  },
}

function pythons(wheel) {
  const found = findPythons()
  return MINORS.map((minor) => ({
    name: `CPython 3.${minor}`,
    expectations: 'cpython',
    // Which of them a machine has is its own affair, as long as it has one.
    optional: found.length > 0,
    open: () => {
      const one = found.find((python) => python.minor === minor)
      if (one === undefined) return { reason: 'not on this machine' }
      const { interpreter, reason } = environmentOf(one, wheel)
      const module = ['-I', '-m', 'kit_jwt.conformance']
      return reason
        ? { reason }
        : async (paths) => ({ version: one.version, results: await linesOf(interpreter, [...module, ...paths]) })
    },
  }))
}

const pyodide = (wheel) => ({
  name: 'Pyodide, awaitable',
  expectations: 'pyodide',
  open: () => (paths) => runInPyodide(paths, wheel),
})

/**
 * Installs what the matrix needs, and what is published into it.
 *
 * @returns its runtimes: a name, the name of their expectations, and `open`, which gives `{ reason }` or a function of the
 *   vector files that gives `{ version, results }`
 */
export function openMatrix() {
  const unavailable = installRuntimes()
  if (!unavailable) installPackage()
  const javascript = [
    ...nodes(),
    workerd('workerd', []),
    workerd('workerd, nodejs_compat', ['nodejs_compat']),
    deno,
    bun,
    chromium,
  ]
  const wheel = buildWheel()
  const reason = unavailable?.split('\n').at(-1)
  const fromNpm = (one) => (reason ? { ...one, open: left(reason) } : one)
  return [...javascript.map(fromNpm), ...pythons(wheel), fromNpm(pyodide(wheel))]
}
