// What importing costs, and what it costs until the first token is verified: new processes in turns, each timed from within.
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { eachLine } from './programs.mjs'

const NODE = fileURLToPath(new URL('import-one.mjs', import.meta.url))
const PYTHON = fileURLToPath(new URL('../python/import_one.py', import.meta.url))

const WHAT = {
  node: {
    import: { kit: '@kit/jwt', jose: 'jose', 'fast-jwt': 'fast-jwt', jsonwebtoken: 'jsonwebtoken', hono: 'hono/jwt' },
    'import.ready': { kit: 'kit', jose: 'jose', 'fast-jwt': 'fast-jwt', jsonwebtoken: 'jsonwebtoken', hono: 'hono' },
  },
  cpython: {
    import: { kit: 'kit_jwt', pyjwt: 'jwt', joserfc: 'joserfc.jwt', 'python-jose': 'jose.jwt' },
    'import.ready': { kit: 'kit', pyjwt: 'pyjwt', joserfc: 'joserfc', 'python-jose': 'python_jose' },
  },
}

/** The operations of a runtime that are about importing. */
export const importOperations = (runtime) => Object.keys(WHAT[runtime] ?? {})

/**
 * Seconds of each import, in rounds.
 *
 * @param interpreter - of CPython; undefined: this Node.js
 */
export async function timeImports(runtime, operation, { rounds, path, interpreter }) {
  const names = Object.entries(WHAT[runtime][operation])
  const [command, ...args] = runtime === 'node' ? [process.execPath, '--no-warnings', NODE] : [interpreter, PYTHON]
  const seconds = Object.fromEntries(names.map(([name]) => [name, []]))
  const once = async (name, what) => {
    await eachLine(command, [...args, operation, what, path], (line) => seconds[name].push(line.seconds))
  }
  // The first time reads files from the disk and writes bytecode.
  for (const [name, what] of names) await once(name, what)
  for (const [name] of names) seconds[name].length = 0
  const began = performance.now()
  for (let round = 0; round < rounds && performance.now() - began < 60_000; round++)
    for (const [name, what] of round % 2 ? names.toReversed() : names) await once(name, what)
  return seconds
}
