// Proof that the vectors of guards and of tokens for others bite: each wrong version is a source patch, applied to a copy; a
// vector must notice it.
//   node conformance/http/wrong/run.mjs [--language typescript|python] [--only NAME]
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { python as interpreter, root } from '../../../scripts/setup.mjs'
import { outputOf } from '../../mutants/programs.mjs'
import { patch } from '../../mutants/wrong.mjs'
import { python, typescript } from './versions.mjs'

const work = join(root, '.make', 'http-mutants')
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs')
const PYTEST = [
  '-B',
  '-m',
  'pytest',
  // To its end: the first test that fails need not be that of a vector.
  '-q',
  '-p',
  'no:cacheprovider',
  '--tb=no',
  '-rf',
  'tests/test_http_guard.py',
  'tests/test_outgoing.py',
  'tests/test_http_addresses.py',
  'tests/test_limits_environment.py',
  'tests/test_limits_fallback.py',
]
const VITEST = [
  'run',
  '--reporter=tap-flat',
  'test/guard.test.ts',
  'test/outgoing.test.ts',
  'test/addresses.test.ts',
  'test/limits-environment.test.ts',
  'test/limits-fallback.test.ts',
]
/** Ids of the vectors that these run. */
const IDS = '(?:address|environment|fallback|guard|outgoing)-\\d{4}'
const SECONDS = 120

/** How each language runs the vectors on a copy. `noticed` tells a vector that failed from a program that does not run. */
const LANGUAGES = {
  typescript: {
    versions: typescript,
    // Below the root, so that packages are found from there; the vectors are where the tests look for them.
    copy(folder) {
      const copied = join(folder, 'packages', 'http')
      for (const name of ['src', 'test', 'vitest.config.ts', 'tsconfig.json', 'package.json'])
        cpSync(join(root, 'packages', 'http', name), join(copied, name), { recursive: true })
      cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
      symlinkSync(join(root, 'conformance'), join(folder, 'conformance'), 'junction')
      return join(copied, 'src')
    },
    run: (folder) =>
      outputOf(process.execPath, [vitest, ...VITEST], { cwd: join(folder, 'packages', 'http'), seconds: SECONDS }),
    noticed: new RegExp(`^not ok \\d+ - \\S+\\.test\\.ts > .*(${IDS})`, 'm'),
  },
  python: {
    versions: python,
    copy(folder) {
      cpSync(join(root, 'python', 'src'), folder, { recursive: true, filter: (path) => !path.includes('__pycache__') })
      return join(folder, 'kit_jwt', 'http')
    },
    run: (folder) =>
      outputOf(interpreter, PYTEST, { cwd: join(root, 'python'), env: { PYTHONPATH: folder }, seconds: SECONDS }),
    noticed: new RegExp(`^FAILED tests/\\S+(${IDS})`, 'm'),
  },
}

/** The vector that fails; null where all pass; throws where the program does not run. */
function tried({ copy, run, noticed }, version) {
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  try {
    const source = copy(work)
    if (version) {
      const file = join(source, version.file)
      writeFileSync(file, patch(readFileSync(file, 'utf8'), version))
    }
    const { status, output } = run(work)
    if (status === 0) return null
    const [, vector] = noticed.exec(output) ?? []
    if (vector === undefined) throw new Error(`broken: ${output.trim().split('\n').at(-1)}`)
    return vector
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function attempt(language, version) {
  try {
    return tried(language, version)
  } catch (error) {
    return error
  }
}

const { values } = parseArgs({ options: { language: { type: 'string' }, only: { type: 'string' } } })
let passed = 0
let failed = 0
function tell(language, name, isRight, detail) {
  if (isRight) passed += 1
  else failed += 1
  process.stdout.write(`${isRight ? '✓' : '✗'} ${language.padEnd(11)} ${name.padEnd(60)} ${detail}\n`)
}

for (const [name, language] of Object.entries(LANGUAGES)) {
  if (values.language && values.language !== name) continue
  const untouched = attempt(language)
  tell(name, 'the right version passes', untouched === null, `${untouched ?? ''}`)
  // Where a vector fails anyway, it would seem to notice every wrong version.
  if (untouched !== null) continue
  for (const version of language.versions.filter((one) => one.name.includes(values.only ?? ''))) {
    const found = attempt(language, version)
    tell(name, version.name, typeof found === 'string', `${found?.message ?? found ?? 'not noticed by any vector'}`)
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
