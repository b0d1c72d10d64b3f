// Proof that the suite bites: each wrong version is a source patch, applied to a copy; at least one vector must notice it,
// or, where vectors cannot see it, a test of the language.
// A patch that no longer applies is a failure, and so is one that breaks the program instead of making it wrong.
//   node conformance/mutants/run.mjs [--language typescript|python] [--only NAME] [--file PATH] [--backend web] [--cache]
//   those whose name, and whose patched file, contains it; on the backend of every runtime; with kits that remember signatures
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { LANGUAGES, root } from './languages.mjs'
import { patch } from './wrong.mjs'

const SECONDS = 120

const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    only: { type: 'string' },
    file: { type: 'string' },
    backend: { type: 'string' },
    cache: { type: 'boolean' },
  },
})

const vectors = join(root, 'conformance', 'vectors')
const files = readdirSync(vectors)
  .filter((name) => name.endsWith('.json'))
  .sort()

/** The suites in which a wrong version of a room is likely to be noticed: they run first. */
const LIKELY = [
  [/auth.delegation/, 'delegation'],
  [/^(kit_jwt.)?auth./, 'policy'],
  [/config.provider/, 'provider'],
  [/local.jwks/, 'local'],
  [/^(kit_jwt.)?config./, 'config'],
  [/^(kit_jwt.)?keys./, 'keys'],
  [/mint|jcs|json.value/, 'sign'],
  [/key.set/, 'jwks'],
  [/freshness|jwks.cache|remote.jwks|sources.transport/, 'timeline'],
  [/./, 'verify'],
]

function inLikelyOrder(mutant) {
  const [, suite] = LIKELY.find(([room]) => room.test(mutant?.file ?? '.'))
  const rank = (name) => (name.startsWith(suite) ? 0 : 1)
  return files.toSorted((a, b) => rank(a) - rank(b)).map((name) => join(vectors, name))
}

/** Runs all vectors until the first that fails; resolves to its id, or to what went wrong, or to null. */
function firstFailure({ command, args, env }, mutant) {
  return new Promise((resolve) => {
    const child = spawn(command, [...args, ...inLikelyOrder(mutant)], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let complaint = ''
    let ran = 0
    let noticed = null
    const hung = setTimeout(() => {
      noticed = 'hung'
      child.kill('SIGKILL')
    }, SECONDS * 1000)
    child.stderr.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-400)
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (noticed !== null) return
      const result = JSON.parse(line)
      ran += 1
      if (result.passed) return
      noticed = result.id
      child.kill('SIGKILL')
    })
    child.on('close', (status) => {
      clearTimeout(hung)
      if (noticed !== null) resolve({ noticed })
      else resolve({ noticed: null, broken: status !== 0 || ran === 0 ? complaint.trim().split('\n').at(-1) : null })
    })
  })
}

/** Runs tests of the language until the first that fails; resolves as `firstFailure`. */
function firstFailingTest({ command, args, cwd, env }, failed) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env, NO_COLOR: '1' }, timeout: SECONDS * 1000 })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk
      })
    child.on('close', (status) => {
      const [, test] = failed.exec(output) ?? []
      if (test !== undefined) resolve({ noticed: test })
      else resolve({ noticed: null, broken: status === 0 ? null : output.trim().split('\n').at(-1) })
    })
  })
}

/** What only Node.js has is wrong there alone. */
const backendFor = (mutant) => (/crypto.backend.(?:node|pool|turn)/.test(mutant?.file) ? 'node' : values.backend)

async function tryMutant(language, mutant, tests = mutant?.tests) {
  const { source, program, remember, testing, failed } = LANGUAGES[language]
  const folder = mkdtempSync(join(tmpdir(), 'kit-mutant-'))
  const copy = join(folder, relative(root, source))
  try {
    cpSync(source, copy, { recursive: true, filter: (path) => !path.includes('__pycache__') })
    if (mutant) {
      const file = join(copy, mutant.file)
      writeFileSync(file, patch(readFileSync(file, 'utf8'), mutant))
    }
    if (tests) return await firstFailingTest(testing(copy, tests), failed)
    if (values.cache) remember(copy)
    return await firstFailure(await program(copy, mutant?.backend ?? backendFor(mutant)), mutant)
  } catch (error) {
    return { noticed: null, broken: error.message.split('\n')[0] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (files.length === 0) throw new Error('there are no vectors')

let passed = 0
let failed = 0
function tell(language, name, ok, detail) {
  if (ok) passed += 1
  else failed += 1
  process.stdout.write(`${ok ? '✓' : '✗'} ${language.padEnd(11)} ${name.padEnd(64)} ${detail}\n`)
}

for (const [language, { mutants }] of Object.entries(LANGUAGES)) {
  if (values.language && values.language !== language) continue
  const chosen = mutants.filter(
    ({ name, file }) => name.includes(values.only ?? '') && file.includes(values.file ?? ''),
  )
  tell(language, 'there are at least 40 wrong versions', mutants.length >= 40, `${mutants.length}`)
  tell(language, 'no two have one name', new Set(mutants.map(({ name }) => name)).size === mutants.length, '')
  const byVectors = await tryMutant(language, null)
  const tests = [...new Set(chosen.flatMap((mutant) => mutant.tests ?? []))]
  const untouched = byVectors.noticed || tests.length === 0 ? byVectors : await tryMutant(language, null, tests)
  const isRight = untouched.noticed === null && !untouched.broken
  tell(language, 'the right version passes', isRight, untouched.noticed ?? untouched.broken ?? '')
  // Where a vector fails anyway, it would seem to notice every wrong version.
  if (!isRight) continue
  const queue = [...chosen]
  const worker = async () => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const { noticed, broken } = await tryMutant(language, mutant)
      const ok = noticed !== null && noticed !== 'hung'
      tell(
        language,
        mutant.name,
        ok,
        noticed ?? (broken ? `broken: ${broken}` : `not noticed by any ${mutant.tests ? 'test' : 'vector'}`),
      )
    }
  }
  await Promise.all([worker(), worker()])
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
