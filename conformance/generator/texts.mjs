// node conformance/generator/texts.mjs [--check]: what both commands say, from command.json, errors.json, doctor.json and
// variables.json, written where each package ships it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
const { format: _, ...command } = read('command.json')
const codes = Object.fromEntries(
  read('errors.json').codes.map(({ code, meaning, cure }) => [code, { meaning, cure: cure.replaceAll('`', '') }]),
)
const { format: _doctor, ...doctor } = read('doctor.json')
const variables = read('variables.json').variables.map(
  ({ meaning: _meaning, option: _option, kind: _kind, ...row }) => row,
)
const text = `${JSON.stringify({ ...command, codes, doctor, variables }, null, 1)}\n`

for (const place of ['packages/jwt/src/command/texts.json', 'python/src/kit_jwt/command/texts.json']) {
  const url = new URL(`../../${place}`, import.meta.url)
  if (existsSync(url) && readFileSync(url, 'utf8') === text) continue
  if (process.argv.includes('--check')) {
    console.error(`differs from its source: ${place}`)
    process.exitCode = 1
  } else {
    writeFileSync(url, text)
    console.log(fileURLToPath(url))
  }
}
