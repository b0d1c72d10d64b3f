// What neither language was shown: thousands of random cases, and both must say the same; then each verifies what the
// other minted. The seed is printed; KIT_SEED runs one again.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KINDS } from './across/cases.mjs'
import { KITS, NOW } from './across/kits.mjs'
import { random } from './across/random.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const interpreter =
  process.env.KIT_PYTHON ?? join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
const CASES = Number(process.env.KIT_CASES ?? 600)
const seed = Number(process.env.KIT_SEED ?? Date.now() % 2 ** 31)
process.stdout.write(`seed ${seed}, ${CASES} cases of each kind\n`)

const RUNNERS = {
  typescript: [process.execPath, ['--no-warnings', join(root, 'conformance', 'run.mjs')]],
  python: [interpreter, ['-m', 'kit_jwt.conformance']],
}
const folder = mkdtempSync(join(tmpdir(), 'kit-across-'))

function file(kind, tests) {
  const path = join(folder, `${kind}.json`)
  const numbered = tests.map((test, index) => ({
    id: `x-${String(index).padStart(4, '0')}`,
    comment: '',
    flags: [],
    ...test,
  }))
  const whole = {
    format: 1,
    suite: `across-${kind}`,
    kind,
    numberOfTests: numbered.length,
    notes: {},
    kits: KITS,
    groups: [{ name: kind, tests: numbered }],
  }
  writeFileSync(path, JSON.stringify(whole))
  return path
}

/** What a runner got for each test of a file. */
function run(language, path) {
  const [command, args] = RUNNERS[language]
  const done = spawnSync(command, [...args, path], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const results = done.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  if (results.length === 0) throw new Error(`${language} ran no case: ${done.stderr.slice(-2000)}`)
  return results
}

const sorted = (value) =>
  value === null || typeof value !== 'object'
    ? value
    : Array.isArray(value)
      ? value.map(sorted)
      : Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** Which of several sets is fetched first within a step is nobody's promise. */
const inOrder = (got) => got?.fetches?.sort((a, b) => a.step - b.step || (a.url < b.url ? -1 : Number(a.url > b.url)))

/** What a case comes to, without the values: of a timeline, what each step does. */
const kindsOf = ({ outcomes, ...got }) =>
  (outcomes ?? [got]).map(({ fault, ...others }) => JSON.stringify(fault ?? Object.keys(others)))

/** Why a token that was just minted may be refused: it was minted for others, for later, or with an actor not allowed here. */
const NOT_FOR_US = new Set(['audience_mismatch', 'token_not_yet_valid', 'actor_not_allowed'])

let passed = 0
let failed = 0
const differences = []
function count(ok, difference) {
  if (ok) passed += 1
  else {
    failed += 1
    differences.push(difference)
  }
}

try {
  const r = random(seed)
  const minted = []
  for (const [kind, make] of Object.entries(KINDS)) {
    const tests = Array.from({ length: CASES }, () => ({ ...make(r), expected: { misuse: true } }))
    const path = file(kind, tests)
    const [ours, theirs] = [run('typescript', path), run('python', path)]
    count(ours.length === CASES && theirs.length === CASES, { kind, ran: [ours.length, theirs.length] })
    for (const [index, { got }] of ours.entries()) {
      const other = theirs[index]?.got
      inOrder(got)
      inOrder(other)
      const foreign = [got, other].some((answer) => answer === undefined || 'exception' in answer)
      count(!foreign && same(got, other), { kind, test: tests[index], typescript: got, python: other })
      if (kind === 'sign' && got.token)
        minted.push({ kit: tests[index].kit, token: got.token }, { kit: tests[index].kit, token: other?.token })
    }
    const kindsOfAnswer = new Set(ours.flatMap(({ got }) => kindsOf(got)))
    count(kindsOfAnswer.size > 2, { kind, answers: [...kindsOfAnswer] })
    process.stdout.write(`${kind.padEnd(13)} ${CASES} cases, ${kindsOfAnswer.size} different answers\n`)
  }
  const path = file(
    'verify',
    minted.map((one) => ({ ...one, now: NOW, operation: 'verify', expected: { claims: '{}' } })),
  )
  for (const language of Object.keys(RUNNERS))
    for (const [index, { got }] of run(language, path).entries()) {
      const fine = typeof got.claims === 'string' || NOT_FOR_US.has(got.fault?.code)
      count(fine, { language, minted: minted[index].kit, got })
    }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const difference of differences.slice(0, 20)) process.stdout.write(`${JSON.stringify(difference)}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed ? 1 : 0)
