// variables.json: what its schema cannot say.
import { readJson } from './files.mjs'

const repeated = (values) => values.filter((value, index) => values.indexOf(value) !== index)

function problemsOf({ name, kind, twin, path, default: fallback, least, most, words = [], example }) {
  const problems = []
  const wanted = `${name}_NAME${kind === 'list' ? 'S' : ''}`
  if (twin !== undefined && twin !== wanted) problems.push(`${name}: its twin is ${wanted}`)
  if (path !== undefined && path !== `${name}_PATH`) problems.push(`${name}: its path is ${name}_PATH`)
  if (kind === 'number' && !(least <= fallback && fallback <= most)) problems.push(`${name}: default out of range`)
  if (words.length > 0 && !example.split(',').every((word) => words.includes(word)))
    problems.push(`${name}: its example is none of its words`)
  return problems
}

export function* variables() {
  for (const source of ['http/variables.json', 'redis/variables.json']) {
    const rows = readJson(source).variables
    const names = rows.flatMap(({ name, twin }) => [name, ...(twin ? [twin] : [])])
    yield [`${source} names each variable once`, repeated(names)]
    yield [`${source} agrees with itself`, rows.flatMap(problemsOf)]
  }
  const rows = readJson('variables.json').variables
  const names = rows.flatMap(({ name, twin, path }) => [name, twin, path].filter((one) => one !== undefined))
  yield ['variables.json names each variable once', repeated(names)]
  yield ['variables.json names each option once', repeated(rows.map(({ option }) => option))]
  yield ['variables.json agrees with itself', rows.flatMap(problemsOf)]
}
