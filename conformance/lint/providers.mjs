// providers.json: what its schema cannot say.
import { readJson } from './files.mjs'

const repeated = (values) => values.filter((value, index) => values.indexOf(value) !== index)

function problemsOf({ name, options, audience, issuer, jwksUrl }, forms) {
  const problems = []
  const isOf = (form, text) => form in forms && new RegExp(`^(?:${forms[form].pattern})$`).test(text)
  const named = [...`${issuer} ${jwksUrl}`.matchAll(/\{(\w+)\}/g)].map(([, option]) => option)
  for (const option of named)
    if (!options.some((one) => one.name === option)) problems.push(`${name}: no option ${option}`)
  for (const { name: option, form, example, default: fallback = example } of options) {
    if (!named.includes(option)) problems.push(`${name}: ${option} is used nowhere`)
    if (!isOf(form, example) || !isOf(form, fallback)) problems.push(`${name}: ${option} has a wrong example`)
  }
  if (audience.form !== undefined && !isOf(audience.form, audience.example))
    problems.push(`${name}: its audience has a wrong example`)
  return problems
}

export function* providers() {
  const { forms, providers: rows } = readJson('providers.json')
  yield ['providers.json names each provider once', repeated(rows.map(({ name }) => name))]
  yield ['providers.json agrees with itself', rows.flatMap((row) => problemsOf(row, forms))]
}
