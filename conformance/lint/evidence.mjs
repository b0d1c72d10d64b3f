// attacks.json and rules.json: every row points to tests that are there.
import { existsSync } from 'node:fs'
import { readJson, testsOf } from './files.mjs'

const TOP = new URL('../../', import.meta.url)

const missing = (ids, evidence) =>
  evidence
    .flatMap((item) => item.split('…'))
    .filter((id) => !ids.has(id))
    .map((id) => `no test ${id}`)

/** A range stays within one suite and goes upwards. */
const crooked = (evidence) =>
  evidence.filter((item) => {
    const [from, to = from] = item.split('…')
    return from.slice(0, -4) !== to.slice(0, -4) || from > to
  })

const absent = (files) => Object.values(files).filter((path) => !existsSync(new URL(path, TOP)))

const problemsOf = (ids, { vectors = [], properties = {} }) => [
  ...missing(ids, vectors),
  ...crooked(vectors).map((range) => `${range} is no range`),
  ...absent(properties).map((path) => `no file ${path}`),
]

export function* evidence(files) {
  const ids = new Set(files.flatMap(({ file }) => testsOf(file).map(({ id }) => id)))
  const { published, divergences } = readJson('attacks.json')
  for (const row of published) yield [`attack: ${row.attack}`, problemsOf(ids, row)]
  for (const row of divergences) yield [`divergence: ${row.divergence}`, problemsOf(ids, row)]
  for (const row of readJson('rules.json').rules) yield [`rule: ${row.rule}`, problemsOf(ids, row)]
}
