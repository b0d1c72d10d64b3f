// Every file against the JSON Schema of its kind.
import Ajv2020 from 'ajv/dist/2020.js'
import { listed, readJson } from './files.mjs'

/** A function from the urn of a schema and a value to what is wrong with the value. */
const validator = () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: false })
  for (const name of listed('schema/')) ajv.addSchema(readJson(`schema/${name}`))
  return (urn, value) => {
    const validate = ajv.getSchema(urn)
    if (!validate) return [`no schema ${urn}`]
    return validate(value) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

const urn = (name) => `urn:kit-jwt:conformance:${name}:1`

/** Each yields a name of what was checked and what is wrong with it. */
export function* shapes(files) {
  const problems = validator()
  for (const { name, file } of files) yield [`${name} has the shape of its kind`, problems(urn(file.kind), file)]
  for (const name of ['errors', 'attacks', 'rules', 'variables', 'providers', 'doctor']) {
    yield [`${name}.json has its shape`, problems(urn(name), readJson(`${name}.json`))]
  }
  for (const folder of ['issuer', 'http', 'limits', 'redis'])
    for (const file of listed(`${folder}/`))
      yield [
        `${folder}/${file} has its shape`,
        problems(urn(`${folder}-${file.slice(0, -5)}`), readJson(`${folder}/${file}`)),
      ]
  for (const file of listed('issuer/http/'))
    yield [`issuer/http/${file} has its shape`, problems(urn('issuer-http'), readJson(`issuer/http/${file}`))]
}
