// node conformance/command/doctor-across.mjs: the doctor in both languages, on thousands of random configurations and on those
// that its own lines mend. Both must
// say the same bytes, and no eight characters of a secret. The seed is printed; KIT_SEED runs one again.
import { random } from '../across/random.mjs'
import { isMended, mendedScenarios } from './doctor-mends.mjs'
import { doctorScenario, secretScenario } from './doctor-random.mjs'
import { fingerprint, runBoth } from './languages.mjs'

const CASES = Number(process.env.KIT_CASES ?? 600)
const seed = Number(process.env.KIT_SEED ?? Date.now() % 2 ** 31)
const LEAK = 8
process.stdout.write(`seed ${seed}, ${CASES} configurations, ${CASES} with secrets\n`)

const r = random(seed)
const plain = Array.from({ length: CASES }, (_, index) => doctorScenario(r, `plain ${index}`))
const planted = Array.from({ length: CASES }, (_, index) => secretScenario(r, `secret ${index}`))
const mended = mendedScenarios()
const scenarios = [...plain, ...[...planted, ...mended].map(({ scenario }) => scenario)]
const { typescript, python } = await runBoth(scenarios)

let passed = 0
const failures = []
const tell = (isRight, failure) => {
  if (isRight) passed += 1
  else failures.push(failure)
}

/** What was told, by its codes; undefined where the command broke down. */
function codesOf({ stdout, stderr }) {
  if (stdout.includes('"internal"') || stderr.includes('internal error')) return undefined
  return stdout.startsWith('{"findings"') ? JSON.parse(stdout).findings.map(({ code }) => code) : []
}

const seen = new Set()
for (const [index, scenario] of scenarios.entries()) {
  const [ours, theirs] = [typescript[index], python[index]]
  const codes = codesOf(ours)
  const difference = { scenario, typescript: ours, python: theirs }
  tell(fingerprint(ours) === fingerprint(theirs) && codes !== undefined && ours.exit !== 1, difference)
  for (const code of codes ?? []) seen.add(code)
}

const pieces = (text) =>
  Array.from({ length: Math.max(0, text.length - LEAK + 1) }, (_, at) => text.slice(at, at + LEAK))
for (const [index, { scenario, texts }] of planted.entries()) {
  const secret = new Set(texts.flatMap(pieces))
  const told = [typescript, python].flatMap((outcomes) => {
    const { stdout, stderr } = outcomes[CASES + index]
    return pieces(stdout + stderr)
  })
  const leaked = told.filter((piece) => secret.has(piece))
  tell(leaked.length === 0, { leaked: leaked.slice(0, 3), scenario, typescript: typescript[CASES + index] })
}

const kinds = new Set(mended.map(({ finding }) => finding.code))
for (const [index, { finding, scenario }] of mended.entries())
  tell(isMended(finding, typescript[2 * CASES + index]), { unmended: finding, scenario })
tell(kinds.size >= 60, { mended: [...kinds] })

// Random configurations that are all wrong in the same way would show nothing.
tell(seen.size >= Math.min(40, CASES / 10), { seen: [...seen] })
process.stdout.write(`${seen.size} kinds of findings; ${kinds.size} are mended by their lines\n`)
for (const failure of failures.slice(0, 5)) process.stdout.write(`${JSON.stringify(failure)}\n`)
process.stdout.write(`${passed} passed, ${failures.length} failed\n`)
process.exitCode = failures.length > 0 ? 1 : 0
