// Proof that the tests of the issuer bite: each wrong version is a source patch, applied to a copy; a test must notice it.
//   node conformance/issuer/wrong/run.mjs [--language typescript|python] [--only NAME]
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { python as interpreter, root } from '../../../scripts/setup.mjs'
import { patch } from '../../mutants/wrong.mjs'
import * as http from './http.mjs'
import python from './python.mjs'
import * as signers from './signers.mjs'
import typescript from './typescript.mjs'

const work = join(root, '.make', 'issuer-mutants')
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs')
const SECONDS = 120
const PYTEST = ['-B', '-m', 'pytest', '-x', '-q', '-p', 'no:cacheprovider', '--tb=no', '-rf']
const PYTHON_TESTS = ['key_life', 'authority', 'first_key', 'file_store']
const TYPESCRIPT_TESTS = ['document', 'key-life', 'authority', 'first-key', 'file-store']

/** How each language runs its tests on a copy. `NOTICED` tells a test that failed from a program that does not run. */
const LANGUAGES = {
  typescript: {
    mutants: [...typescript, ...http.typescript, ...signers.typescript],
    // Below the root, so that packages are found from there; the vectors are where the tests look for them.
    copy(folder) {
      const issuer = join(folder, 'packages', 'issuer')
      for (const name of ['src', 'test', 'vitest.config.ts', 'tsconfig.json', 'package.json'])
        cpSync(join(root, 'packages', 'issuer', name), join(issuer, name), { recursive: true })
      cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
      symlinkSync(join(root, 'conformance'), join(folder, 'conformance'), 'junction')
      return join(issuer, 'src')
    },
    tests: TYPESCRIPT_TESTS,
    command: (folder, tests) => ({
      program: process.execPath,
      args: [vitest, 'run', '--bail=1', '--reporter=tap-flat', ...tests.map((name) => `test/${name}.test.ts`)],
      cwd: join(folder, 'packages', 'issuer'),
    }),
    noticed: /^not ok \d+ - (\S+\.test\.ts > .*?) #/m,
  },
  python: {
    mutants: [...python, ...http.python, ...signers.python],
    copy(folder) {
      cpSync(join(root, 'python', 'src'), folder, { recursive: true, filter: (path) => !path.includes('__pycache__') })
      return join(folder, 'kit_jwt', 'issuer')
    },
    tests: PYTHON_TESTS,
    command: (folder, tests) => ({
      program: interpreter,
      args: [...PYTEST, ...tests.map((name) => `tests/test_issuer_${name}.py`)],
      cwd: join(root, 'python'),
      env: { PYTHONPATH: folder },
    }),
    noticed: /^FAILED tests\/(\S+)/m,
  },
}

function outputOf({ program, args, cwd, env }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: SECONDS * 1000,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk
      })
    child.on('close', (status) => resolve({ status, output }))
  })
}

/** The first test that fails; null where all pass; throws where the program does not run. */
async function tryMutant(language, mutant, index) {
  const { copy, command, noticed, tests, mutants } = LANGUAGES[language]
  const folder = join(work, `${language}-${index}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    const source = copy(folder)
    if (mutant) {
      const file = join(source, mutant.file)
      writeFileSync(file, patch(readFileSync(file, 'utf8'), mutant))
    }
    const asked = mutant ? (mutant.tests ?? tests) : new Set([...tests, ...mutants.flatMap((one) => one.tests ?? [])])
    const { status, output } = await outputOf(command(folder, [...asked]))
    if (status === 0) return null
    const [, test] = noticed.exec(output) ?? []
    if (test === undefined) throw new Error(`broken: ${output.trim().split('\n').at(-1)}`)
    return test
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { language: { type: 'string' }, only: { type: 'string' } } })
let passed = 0
let failed = 0
function tell(language, name, ok, detail) {
  if (ok) passed += 1
  else failed += 1
  process.stdout.write(`${ok ? '✓' : '✗'} ${language.padEnd(11)} ${name.padEnd(64)} ${detail}\n`)
}
const attempt = (...given) => tryMutant(...given).catch((error) => error)

const names = (mutants) => mutants.map(({ name }) => name).sort()
tell('both', 'languages are wrong in the same ways', `${names(python)}` === `${names(typescript)}`, `${python.length}`)
for (const [language, { mutants }] of Object.entries(LANGUAGES)) {
  if (values.language && values.language !== language) continue
  const untouched = await attempt(language, null, 'right')
  tell(language, 'the right version passes', untouched === null, `${untouched ?? ''}`)
  // Where a test fails anyway, it would seem to notice every wrong version.
  if (untouched !== null) continue
  const queue = [...mutants.filter(({ name }) => name.includes(values.only ?? '')).entries()]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, mutant] = next
      const found = await attempt(language, mutant, index)
      tell(language, mutant.name, typeof found === 'string', `${found?.message ?? found ?? 'not noticed by any test'}`)
    }
  }
  await Promise.all([worker(), worker()])
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
