// Proof that the tests of the stores on Redis bite: each wrong version is a patch, of a source or of a script that Redis runs,
// applied to a copy; a test must notice it, on a real server.
//   node conformance/redis/wrong/run.mjs [--language typescript|python] [--only NAME]
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { python as interpreter, root } from '../../../scripts/setup.mjs'
import { outputOf } from '../../mutants/programs.mjs'
import { patch } from '../../mutants/wrong.mjs'
import { needRedis } from '../server.mjs'
import { SCRIPTS } from './scripts.mjs'
import { PYTHON, ROOMS, TYPESCRIPT } from './versions.mjs'

needRedis()
const work = join(root, '.make', 'redis-mutants')
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs')
const SECONDS = 180

/** Where each language tests what; Python tells the rooms that are shared apart by names of tests. */
const TESTS = {
  replay: { typescript: ['replay-store'], python: ['test_redis_replay_store.py'] },
  names: { typescript: ['names'], python: ['test_redis_replay_store.py', '-k', 'names'] },
  budgets: {
    typescript: ['limiter', 'shared', '-t', 'budgets'],
    python: ['test_redis_limiter.py', 'test_redis_shared.py'],
  },
  keys: { typescript: ['shared', '-t', 'keys'], python: ['test_redis_shared.py'] },
  revocations: { typescript: ['shared', '-t', 'revocations'], python: ['test_redis_shared.py'] },
  deadlines: { typescript: ['connection'], python: ['test_redis_connection.py'] },
  replicas: {
    typescript: ['replicas'],
    python: ['test_redis_replicas.py', '-k', 'not cluster and not sentinels'],
  },
  sentinels: { typescript: [], python: ['test_redis_topologies.py', '-k', 'answered_at_once'] },
}

/** Tests that run each thing through both clients are as sharp with one of them. */
const ONE_CLIENT = '^(?!.*through redis)'

const LANGUAGES = {
  typescript: {
    versions: [
      ...ROOMS.map(([tests, name, room, patched, _, script]) => ({
        tests,
        name,
        file: `${[room].flat()[0]}.ts`,
        patched,
        script,
      })),
      ...TYPESCRIPT.map(([tests, name, room, patched]) => ({ tests, name, file: `${room}.ts`, patched })),
    ],
    // Below the root, so that packages are found from there.
    copy(folder) {
      const copied = join(folder, 'packages', 'redis')
      for (const name of ['src', 'test', 'vitest.config.ts', 'tsconfig.json', 'package.json'])
        cpSync(join(root, 'packages', 'redis', name), join(copied, name), { recursive: true })
      cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
      symlinkSync(join(root, 'conformance'), join(folder, 'conformance'), 'junction')
      return join(copied, 'src')
    },
    scripts: join('scripts', 'texts.json'),
    run(folder, tests) {
      const words = tests.includes('-t') ? tests : [...tests, '-t', ONE_CLIENT]
      const files = words.slice(0, words.indexOf('-t')).map((name) => `test/${name}.test.ts`)
      const args = [vitest, 'run', '--bail=1', '--reporter=tap-flat', ...files, ...words.slice(words.indexOf('-t'))]
      return outputOf(process.execPath, args, { cwd: join(folder, 'packages', 'redis'), seconds: SECONDS })
    },
    noticed: /^not ok \d+ - \S+\.test\.ts > (.*?)(?: # time=.*)?$/m,
  },
  python: {
    versions: [
      ...ROOMS.map(([tests, name, room, _, patched, script]) => ({
        tests,
        name,
        file: `${snake([room].flat().at(-1))}.py`,
        patched,
        script,
      })),
      ...PYTHON.map(([tests, name, room, patched]) => ({ tests, name, file: `${snake(room)}.py`, patched })),
    ],
    copy(folder) {
      cpSync(join(root, 'python', 'src'), folder, { recursive: true, filter: (path) => !path.includes('__pycache__') })
      return join(folder, 'kit_jwt', 'redis')
    },
    scripts: 'scripts.json',
    run(folder, tests) {
      const args = ['-B', '-m', 'pytest', '-x', '-q', '-p', 'no:cacheprovider', '--tb=no', '-rf']
      const files = tests.map((word) => (word.endsWith('.py') ? `tests/${word}` : word))
      return outputOf(interpreter, [...args, ...files], {
        cwd: join(root, 'python'),
        env: { PYTHONPATH: folder },
        seconds: SECONDS,
      })
    },
    noticed: /^FAILED tests\/\S+?::(\S+)/m,
  },
}

function snake(room) {
  return room.replaceAll('-', '_')
}

/** Patches a file in place. */
function change(file, [find, replace], turned = (text) => text) {
  writeFileSync(file, turned(patch(readFileSync(file, 'utf8'), { find, replace, file })))
}

/** Patches a script where a language ships it: with its new digest, as if it had been built so. */
function changeScript(file, [name, find, replace]) {
  const scripts = JSON.parse(readFileSync(file, 'utf8'))
  const text = patch(scripts[name].text, { find, replace, file: `${name}.lua` })
  scripts[name] = { sha1: createHash('sha1').update(text).digest('hex'), text }
  writeFileSync(file, JSON.stringify(scripts))
}

/** The test that fails; null where all pass; an error where the program does not run. */
function tried(language, name, version, tests) {
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  try {
    const source = language.copy(work)
    if (version?.file) change(join(source, version.file), version.patched)
    if (version?.script) changeScript(join(source, language.scripts), version.script)
    const { status, output } = language.run(work, TESTS[tests][name])
    if (status === 0) return null
    const [, test] = language.noticed.exec(output) ?? []
    return test ?? new Error(`broken: ${output.trim().split('\n').at(-1)}`)
  } catch (error) {
    return error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const { values } = parseArgs({ options: { language: { type: 'string' }, only: { type: 'string' } } })
let [passed, failed] = [0, 0]
function tell(language, name, isRight, detail) {
  if (isRight) passed += 1
  else failed += 1
  process.stdout.write(`${isRight ? '✓' : '✗'} ${language.padEnd(11)} ${name.padEnd(60)} ${detail}\n`)
}

for (const [name, language] of Object.entries(LANGUAGES)) {
  if (values.language && values.language !== name) continue
  const scripts = SCRIPTS.map(([tests, script, what, ...patched]) => ({
    tests,
    name: what,
    script: [script, ...patched],
  }))
  const versions = [...scripts, ...language.versions].filter((one) => one.name.includes(values.only ?? ''))
  const isSound = Object.keys(TESTS).filter((tests) => {
    if (!versions.some((one) => one.tests === tests)) return false
    // Once more where it fails: some tests measure deadlines, and a machine that is shared is late by itself.
    const untouched = tried(language, name, undefined, tests) && tried(language, name, undefined, tests)
    tell(
      name,
      `the right version passes the tests of ${tests}`,
      untouched === null,
      untouched?.message ?? untouched ?? '',
    )
    return untouched === null
  })
  // Where a test fails anyway, it would seem to notice every wrong version.
  for (const version of versions.filter(({ tests }) => isSound.includes(tests))) {
    const found = tried(language, name, version, version.tests)
    tell(name, version.name, typeof found === 'string', found?.message ?? found ?? 'not noticed by any test')
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
