// issuer/: each test has its own id and comment, and every code that is expected is one of a list.
import { listed, readJson } from './files.mjs'

const codesOf = (path) => readJson(path).codes.map(({ code }) => code)
const twice = (values) => values.filter((value, index) => values.indexOf(value) !== index)

export function* issuer() {
  const own = codesOf('issuer/errors.json')
  const known = [...own, ...codesOf('errors.json')]
  yield ['issuer/errors.json: no code stands twice', twice(own)]
  for (const file of listed('issuer/').filter((name) => name !== 'errors.json')) {
    const { tests } = readJson(`issuer/${file}`)
    yield [`issuer/${file}: no id stands twice`, twice(tests.map(({ id }) => id))]
    const expected = tests
      .flatMap((test) => [test, ...(test.steps ?? [])])
      .flatMap(({ code, signer }) => [code, signer])
    const unknown = expected.filter((code) => code !== undefined && !known.includes(code))
    yield [`issuer/${file}: codes are known`, unknown]
  }
}
