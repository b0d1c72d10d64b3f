// http/: ids once, every reason for a refusal is one of a list, and each of the list is expected somewhere.
import { readJson } from './files.mjs'

const codesOf = (path) => readJson(path).codes.map(({ code }) => code)
const twice = (values) => values.filter((value, index) => values.indexOf(value) !== index)

export function* guards() {
  const reasons = codesOf('http/refusals.json')
  const known = [...reasons, ...codesOf('errors.json')]
  const { guards: named, tests } = readJson('http/guard.json')
  const why = tests.flatMap(({ requests }) => requests.flatMap(({ answer }) => answer.why ?? []))
  yield ['http/refusals.json: no code stands twice', twice(known)]
  yield ['http/guard.json: no id stands twice', twice(tests.map(({ id }) => id))]
  yield ['http/guard.json: codes are known', why.filter((code) => !known.includes(code))]
  yield ['http/guard.json: guards are there', tests.flatMap(({ guard }) => (guard in named ? [] : [guard]))]
  yield ['http/refusals.json: each is expected by a vector', reasons.filter((code) => !why.includes(code))]
}

/** http/outgoing.json: ids once, and each code of its list is expected somewhere. */
export function* outgoing() {
  const known = codesOf('http/errors.json')
  const { keys, misuse, timelines, exchanges, origins, noOrigins } = readJson('http/outgoing.json')
  const ids = [keys, misuse, timelines, exchanges, origins, noOrigins].flat().map(({ id }) => id)
  const given = [
    ...timelines.flatMap(({ steps }) => steps.map(({ shows }) => shows)),
    ...[...exchanges, ...origins].map(({ gives }) => gives),
  ]
  const expected = given.map((one) => one?.code)
  const others = ['errors.json', 'http/refusals.json'].flatMap(codesOf)
  yield ['http/errors.json: no code stands twice', twice([...known, ...others])]
  yield ['http/errors.json: each is expected by a vector', known.filter((code) => !expected.includes(code))]
  yield ['http/outgoing.json: no id stands twice', twice(ids)]
}
