// issuer/: each test has its own id and comment, and every code that is expected is one of a list.
import { listed, readJson } from './files.mjs'

const codesOf = (path) => readJson(path).codes.map(({ code }) => code)
const twice = (values) => values.filter((value, index) => values.indexOf(value) !== index)

const LISTS = ['errors.json', 'refusals.json']

export function* issuer() {
  const own = codesOf('issuer/errors.json')
  const known = [...own, ...codesOf('errors.json')]
  yield ['issuer/errors.json: no code stands twice', twice(own)]
  for (const file of listed('issuer/').filter((name) => !LISTS.includes(name))) {
    const { tests } = readJson(`issuer/${file}`)
    yield [`issuer/${file}: no id stands twice`, twice(tests.map(({ id }) => id))]
    const expected = tests
      .flatMap((test) => [test, ...(test.steps ?? [])])
      .flatMap(({ code, signer }) => [code, signer])
    const unknown = expected.filter((code) => code !== undefined && !known.includes(code))
    yield [`issuer/${file}: codes are known`, unknown]
  }
}

/** issuer/http/: ids once, every reason for a refusal is one of a list, and each of the list is expected somewhere. */
export function* overHttp() {
  const reasons = codesOf('issuer/refusals.json')
  const known = [...reasons, ...codesOf('issuer/errors.json'), ...codesOf('errors.json')]
  // What makes these happen is no request: tests of both languages do.
  const expected = ['audit_unavailable', 'unexpected']
  yield ['issuer/refusals.json: no code stands twice', twice(reasons)]
  for (const file of listed('issuer/http/')) {
    const { issuers, tests } = readJson(`issuer/http/${file}`)
    const why = tests.flatMap(({ requests }) => requests.flatMap(({ answer }) => answer.refusal?.why ?? []))
    expected.push(...why)
    yield [`issuer/http/${file}: no id stands twice`, twice(tests.map(({ id }) => id))]
    yield [`issuer/http/${file}: codes are known`, why.filter((code) => !known.includes(code))]
    yield [`issuer/http/${file}: issuers are there`, tests.flatMap(({ issuer }) => (issuer in issuers ? [] : [issuer]))]
  }
  yield ['issuer/refusals.json: each is expected by a vector', reasons.filter((code) => !expected.includes(code))]
}
