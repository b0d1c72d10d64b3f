// The lines with which the doctor mends a fault do mend it: each planted fault whose line can be carried out is mended by it,
// alone, and looked for again.
import { readTranscripts } from './scenarios.mjs'

/** What a line does to a scenario, by its form. */
const MENDINGS = [
  [/^(JWT_\w+)=([^()]+)$/, ({ env }, name, value) => Object.assign(env, { [name]: value })],
  [/^unset (\w+)$/, ({ env }, name) => delete env[name]],
  [/^rename (\w+) to (\w+)$/, ({ env }, from, to) => rename(env, from, to)],
  [/^delete (\w+) from (\S+)$/, ({ files }, name, path) => changeText(files, path, (text) => withoutLine(text, name))],
  [/^chmod 600 ([\w./-]+)$/, ({ files }, path) => changeMode(files, path)],
  [/^echo (\S+) >> (\S+)$/, ({ files }, pattern, path) => changeText(files, path, (text) => `${text}\n${pattern}\n`)],
  [/^write (\w+) without white space(?: around it)?$/, ({ env }, name) => change(env, name, (text) => text.trim())],
  [/^write (\w+) without quotes/, ({ env }, name) => change(env, name, (text) => text.replace(/^["']|["']$/g, ''))],
  [/^write (\w+) without backslashes$/, ({ env }, name) => change(env, name, (text) => text.replaceAll('\\', ''))],
  [/^write (\w+) on one line/, ({ env }, name) => change(env, name, (text) => text.replace(/\s/g, ''))],
  [
    /^write https: for http: in (\w+)$/,
    ({ env }, name) => change(env, name, (text) => text.replace('http:', 'https:')),
  ],
  [
    /^write (\w+) without what stands before the @$/,
    ({ env }, name) => change(env, name, (t) => t.replace(/[^/]+@/, '')),
  ],
  [
    /^write (\w+) without what begins at the #$/,
    ({ env }, name) => change(env, name, (text) => text.replace(/#.*/, '')),
  ],
  [/^write - for \+, _ for \/ and no = in (\w+)$/, ({ env }, name) => change(env, name, toBase64url)],
  [/^remove each = from the end of (\w+)$/, ({ env }, name) => change(env, name, (text) => text.replace(/=+$/, ''))],
  [/^remove the comma too many from (\w+)$/, ({ env }, name) => change(env, name, (text) => items(text).join())],
  [/^remove the repeated item from (\w+)$/, ({ env }, name) => change(env, name, (t) => [...new Set(items(t))].join())],
]

const items = (text) => text.split(/ *, */).filter((item) => item !== '')
const toBase64url = (text) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const withoutLine = (text, name) => text.replace(new RegExp(`^${name}=.*\n`, 'm'), '')

const change = (env, name, how) => Object.assign(env, { [name]: how(env[name]) })

function rename(env, from, to) {
  const { [from]: value } = env
  delete env[from]
  env[to] = value
}

const asFile = (file) => (typeof file === 'string' ? { text: file } : { text: '', ...file })

function changeText(files, path, how) {
  const file = asFile(files[path])
  files[path] = { mode: file.mode ?? '644', text: how(file.text) }
}

const changeMode = (files, path) => Object.assign(files, { [path]: { ...asFile(files[path]), mode: '600' } })

const reportOf = ({ stdout }) => JSON.parse(stdout)
/** Scenarios in which one finding was mended by its line. */
export function mendedScenarios() {
  return readTranscripts('doctor-faults').flatMap(({ expected, ...scenario }) => {
    const { findings } = reportOf({ stdout: expected.stdout[0] })
    return findings.flatMap((finding) => {
      const copy = structuredClone({ env: {}, files: {}, ...scenario })
      const match = MENDINGS.map(([form, mend]) => [form.exec(finding.fix), mend]).find(([found]) => found)
      // What is told of several entries of a list stays until the last one is mended.
      const isAlone = findings.filter((other) => isAbout(other, finding)).length === 1
      // Commands that make keys, and sentences that leave the choice, are for people.
      if (!match || !isAlone) return []
      match[1](copy, ...match[0].slice(1))
      return [{ finding, scenario: copy }]
    })
  })
}

const isAbout = (one, other) => one.code === other.code && one.variable === other.variable

/** Whether the finding is gone. */
export const isMended = (finding, outcome) => !reportOf(outcome).findings.some((one) => isAbout(one, finding))
