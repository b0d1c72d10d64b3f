// doctor.json: each finding was planted and found, alone where it can stand alone; what it says is filled in.
import { readJson } from './files.mjs'

/** The code that a scenario plants: its name up to a comma. */
const plantedBy = ({ name }) => name.split(',')[0]

const reportOf = ({ expected }) => JSON.parse(expected.stdout[0])

function problemsOf(findings, scenario) {
  const { findings: found, ok } = reportOf(scenario)
  const code = plantedBy(scenario)
  const wanted = found.filter((finding) => finding.code === code)
  if (findings[code] === undefined || wanted.length === 0) return [`${scenario.name}: not found`]
  const unfilled = found.filter(({ message, fix }) => /[{}]/.test(message + fix))
  const wrong = found.filter((finding) => finding.level !== findings[finding.code]?.level)
  const isOk = found.every(({ level }) => level !== 'error')
  return [
    ...unfilled.map((finding) => `${scenario.name}: ${finding.code} is not filled in`),
    ...wrong.map((finding) => `${scenario.name}: ${finding.code} has no words`),
    ...(ok === isOk && scenario.expected.exit === (isOk ? 0 : 2) ? [] : [`${scenario.name}: ok or exit status`]),
  ]
}

export function* doctor() {
  const { findings, aliases } = readJson('doctor.json')
  const { scenarios } = readJson('command/transcripts/doctor-faults.json')
  const names = readJson('variables.json').variables.flatMap(({ name, twin, path }) => [name, twin, path])
  const planted = new Set(scenarios.map(plantedBy))
  yield ['doctor.json: each finding is planted', Object.keys(findings).filter((code) => !planted.has(code))]
  yield ['doctor.json: each planted fault is found', scenarios.flatMap((scenario) => problemsOf(findings, scenario))]
  const targets = Object.values(aliases).filter((name) => !names.includes(name))
  yield ['doctor.json: aliases are of variables', targets]
  yield ['doctor.json: no variable is an alias', Object.keys(aliases).filter((name) => names.includes(name))]
}
