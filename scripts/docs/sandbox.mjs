// Where snippets run: a folder that finds what the root of the repository has (the built package, the installed libraries,
// the vectors), and nothing else of this machine's environment.
import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { python, root } from '../setup.mjs'

const bin = dirname(python)
const windows = process.platform === 'win32'
const slashes = (path) => path.replaceAll('\\', '/')

/** What starts the command of each language. */
const commandOf = (folder) => ({
  ts: `"${slashes(process.execPath)}" "${slashes(join(folder, 'node_modules', '@kit', 'jwt', 'bin', 'kit-jwt.mjs'))}"`,
  python: `"${slashes(python)}" -m kit_jwt.command`,
})

/** A place for all snippets of a run; `close` removes it. */
export function openWorkplace() {
  if (!existsSync(join(root, 'packages', 'jwt', 'dist', 'index.d.ts')))
    throw new Error('@kit/jwt is not built, or is being built: run `npm run build`')
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kit-docs-')))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  installInto(folder)
  cpSync(fileURLToPath(import.meta.resolve('./prelude.mjs')), join(folder, 'prelude.mjs'))
  cpSync(fileURLToPath(new URL('./prelude.py', import.meta.url)), join(folder, 'docs_prelude.py'))
  for (const [language, command] of Object.entries(commandOf(folder))) {
    const shims = join(folder, 'bin', language)
    mkdirSync(shims, { recursive: true })
    const programs = { 'kit-jwt': command, node: `"${slashes(process.execPath)}"`, python: `"${slashes(python)}"` }
    for (const [name, line] of Object.entries(programs))
      writeFileSync(join(shims, name), `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 })
  }
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The libraries that are installed here, and a copy of the package, which stays the same while it is used. */
function installInto(folder) {
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@kit'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@kit' && (name === '.bin' || !name.startsWith('.')))
      symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction')
  const copied = {
    jwt: ['package.json', 'bin', 'dist'],
    issuer: ['package.json', 'dist'],
    http: ['package.json', 'dist'],
    redis: ['package.json', 'dist'],
  }
  for (const [one, names] of Object.entries(copied))
    for (const name of names)
      cpSync(join(root, 'packages', one, name), join(modules, '@kit', one, name), { recursive: true })
  symlinkSync(join(root, 'conformance'), join(modules, '@kit', 'conformance'), 'junction')
}

/** A folder of its own within a workplace: the vectors and `.venv` are where the root of the repository has them. */
export function makeSandbox({ folder }, name) {
  const sandbox = join(folder, 'run', name)
  mkdirSync(sandbox, { recursive: true })
  for (const shared of ['conformance', '.venv']) symlinkSync(join(root, shared), join(sandbox, shared), 'junction')
  return sandbox
}

/** The environment of snippets: of this process only what programs need to start. */
export function environmentOf({ folder }, language, sandbox) {
  const kept = ['SystemRoot', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'LANG', 'LC_ALL']
  const own = Object.fromEntries(kept.filter((name) => process.env[name]).map((name) => [name, process.env[name]]))
  const path = [join(folder, 'bin', language), bin, process.env.PATH].join(delimiter)
  return {
    ...own,
    PATH: path,
    HOME: sandbox,
    PYTHONPATH: folder,
    PYTHONIOENCODING: 'utf-8',
    PYTHONDONTWRITEBYTECODE: '1',
    // What npx runs is installed already: nothing is asked of a network.
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
}

/** Runs a program to its end, with nothing on its standard input. Resolves to `{ status, stdout, stderr }`. */
export function runProgram(program, args, { cwd, env, seconds = 120 }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: seconds * 1000 })
    const texts = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'])
      child[stream].setEncoding('utf8').on('data', (chunk) => {
        texts[stream] += chunk
      })
    child.on('error', (error) => resolve({ status: 127, stdout: '', stderr: error.message }))
    child.on('close', (status) => resolve({ status: status ?? 1, ...texts }))
  })
}

/** The shell of `sh` snippets. */
export const SHELL = windows ? 'sh.exe' : 'sh'
