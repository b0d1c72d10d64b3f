// The command in both languages: each scenario must give the same bytes in both, and those that were reviewed.

import { unmetDemands } from './demands.mjs'
import { fuzz } from './fuzz.mjs'
import { fingerprint, runBoth } from './languages.mjs'
import { runProcesses } from './processes.mjs'
import { isExpected, readScenarios, readTranscripts, toExpected, transcriptNames } from './scenarios.mjs'

let passed = 0
let failed = 0
const tell = (isRight, sentence) => {
  if (isRight) passed += 1
  else {
    failed += 1
    console.log(`✗ ${sentence}`)
  }
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
const sources = await readScenarios()
const transcripts = Object.fromEntries(transcriptNames().map((name) => [name, readTranscripts(name)]))

tell(
  same(Object.keys(sources).sort(), Object.keys(transcripts).sort()),
  'each file of scenarios has its transcripts, and no others',
)
for (const [name, scenarios] of Object.entries(sources)) {
  const kept = (transcripts[name] ?? []).map(({ expected: _, ...scenario }) => scenario)
  tell(same(scenarios, kept), `${name}: the transcripts are of other scenarios; see accept.mjs`)
}

const all = Object.entries(transcripts).flatMap(([file, list]) => list.map((scenario) => ({ file, ...scenario })))
const { typescript, python } = await runBoth(all)
for (const [index, { file, name, expected }] of all.entries()) {
  const [ours, theirs] = [typescript[index], python[index]]
  const agree = fingerprint(ours) === fingerprint(theirs)
  const right = isExpected(ours, expected) && isExpected(theirs, expected)
  tell(agree && right, `${file}, '${name}'`)
  if (agree && right) continue
  console.log(`  expected   ${JSON.stringify(expected)}`)
  console.log(`  typescript ${JSON.stringify(toExpected(ours))}`)
  console.log(`  python     ${JSON.stringify(toExpected(theirs))}`)
}

const seed = Number(process.env.KIT_SEED ?? Date.now() % 2 ** 31)
const { count: cases, faults } = await fuzz(seed, Number(process.env.KIT_CASES ?? 1000))
tell(
  faults.length === 0,
  `${cases} random cases of seed ${seed}: ${faults.length} differ\n${faults.slice(0, 5).join('\n')}`,
)

const processes = await runProcesses()
passed += processes.count - processes.faults.length
for (const fault of processes.faults) tell(false, fault)

const { count, unmet } = unmetDemands(transcripts)
passed += count - unmet.length
for (const sentence of unmet) tell(false, sentence)

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
