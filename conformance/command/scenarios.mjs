// The scenarios as their sources say them, in the form in which they are kept.
import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import * as jws from '../generator/jws.mjs'
import { keys } from '../generator/keys.mjs'

const MEMBERS = ['name', 'argv', 'env', 'files', 'stdin', 'terminal', 'now', 'seed', 'keyPair', 'vectors']
const sources = new URL('./scenarios/', import.meta.url)
const transcripts = new URL('./transcripts/', import.meta.url)

/** The scenarios of every source, by the name of its file. */
export async function readScenarios() {
  const found = {}
  for (const file of readdirSync(sources)
    .filter((name) => name.endsWith('.mjs'))
    .sort()) {
    const { default: make } = await import(new URL(file, sources).href)
    const scenarios = JSON.parse(JSON.stringify(make({ keys, jws })))
    check(file, scenarios)
    found[file.slice(0, -'.mjs'.length)] = scenarios
  }
  return found
}

function check(file, scenarios) {
  const names = scenarios.map(({ name }) => name)
  if (new Set(names).size !== names.length) throw new Error(`${file}: two scenarios have one name`)
  for (const scenario of scenarios) {
    const unknown = Object.keys(scenario).filter((member) => !MEMBERS.includes(member))
    if (unknown.length > 0) throw new Error(`${file}, '${scenario.name}': what is '${unknown[0]}'?`)
    if (typeof scenario.name !== 'string' || !Array.isArray(scenario.argv)) throw new Error(`${file}: name and argv`)
  }
}

export const transcriptUrl = (name) => new URL(`${name}.json`, transcripts)

/** What is kept of one file of scenarios: each with its expected outcome. */
export const readTranscripts = (name) => JSON.parse(readFileSync(transcriptUrl(name), 'utf8')).scenarios

/** The names of all files of transcripts. */
export const transcriptNames = () =>
  readdirSync(transcripts)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort()

/** A text as its lines, to be read: a text that does not end with a line break stays as it is. */
export const toLines = (text) => (text.endsWith('\n') ? text.slice(0, -1).split('\n') : text === '' ? [] : text)

/** The text of such lines. */
export const toText = (lines) => (typeof lines === 'string' ? lines : lines.map((line) => `${line}\n`).join(''))

/** An outcome as it is kept. */
export const toExpected = ({ exit, stdout, stderr, written }) => ({
  exit,
  ...(stdout !== '' && { stdout: toLines(stdout) }),
  ...(stderr !== '' && { stderr: toLines(stderr) }),
  ...(Object.keys(written).length > 0 && {
    written: Object.fromEntries(
      Object.entries(written)
        .sort()
        .map(([path, file]) => [path, file.folder ? file : { mode: file.mode, text: toLines(file.text) }]),
    ),
  }),
})

/** Whether an outcome is the one that is kept. */
export const isExpected = (outcome, expected) => isDeepStrictEqual(toExpected(outcome), expected)
