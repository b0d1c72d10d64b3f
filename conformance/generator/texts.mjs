// node conformance/generator/texts.mjs [--check]: what all commands say, from command.json, errors.json, doctor.json,
// variables.json and their twins in issuer/, written where each package ships it.
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

// The issuer's program is called otherwise in each language: it is a package of its own in one of them.
const { format: _issuer, ...issuer } = read('issuer/commands/command.json')
const ofAuthority = Object.fromEntries(
  read('issuer/errors.json').codes.map(({ code, meaning, cure }) => [
    code,
    { meaning, cure: cure.replaceAll('`', '') },
  ]),
)
const issuerText = (name) =>
  `${JSON.stringify({ ...issuer, codes: { ...codes, ...ofAuthority } }, null, 1)}\n`
    .replaceAll(issuer.name, name)
    .replaceAll('{name}', name)

const TEXTS = {
  'packages/jwt/src/command/texts.json': text,
  'python/src/kit_jwt/command/texts.json': text,
  'packages/issuer/src/command/texts.json': issuerText('kit-issuer'),
  'python/src/kit_jwt/issuer/command/texts.json': issuerText('kit-jwt issuer'),
}

for (const [place, text] of Object.entries(TEXTS)) {
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
