// node conformance/generator/providers.mjs [--check]: providers.json, as each package ships it and docs/key-sources.md shows it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { forms, providers } = JSON.parse(readFileSync(new URL('../providers.json', import.meta.url), 'utf8'))

/** What the code needs: the rest is for people. */
const shipped = {
  forms: Object.fromEntries(Object.entries(forms).map(([name, { pattern }]) => [name, pattern])),
  providers: Object.fromEntries(
    providers.map(({ name, options, audience, issuer, jwksUrl, algorithms, mapping = {} }) => [
      name,
      {
        options: options.map(({ example: _, ...option }) => option),
        ...(audience.form && { audience: audience.form }),
        issuer,
        jwksUrl,
        algorithms,
        mapping,
      },
    ]),
  ),
}
const text = `${JSON.stringify(shipped, null, 1)}\n`

const PAGE = 'docs/key-sources.md'
const BEGIN = '<!-- providers: generated from conformance/providers.json -->'
const END = '<!-- end of providers -->'
const code = (value) => `\`${value}\``
const lines = (...cells) => cells.filter((cell) => cell !== '').join('<br>')

const optionLine = ({ name, form, default: fallback, example }) =>
  `${code(name)}: ${forms[form].meaning}; ${fallback ? `${code(fallback)} unless given` : code(example)}`
const audienceLine = ({ meaning, form }) => `${code('audience')}: ${meaning}${form ? `; ${forms[form].meaning}` : ''}`
const claimLines = (mapping) =>
  lines(...Object.entries(mapping).map(([target, claim]) => `${code(claim)} → ${code(target)}`)) || 'none'

const header = ['provider', 'which tokens', 'known by', 'issuer, keys', 'algorithm, `typ`', 'claims']
const rows = providers.map((row) => [
  lines(row.title, code(`'${row.name}'`)),
  row.tokens,
  lines(...row.options.map(optionLine), audienceLine(row.audience)),
  lines(code(row.issuer), code(row.jwksUrl)),
  lines(row.algorithms.map(code).join(' '), row.types.map(code).join(' ')),
  claimLines(row.mapping ?? {}),
])
const table = [header, Array(header.length).fill('---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** The page with the table between its markers. */
function pageOf(before) {
  const [start, end] = [before.indexOf(BEGIN), before.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`${PAGE} has lost the markers of its table`)
  return `${before.slice(0, start + BEGIN.length)}\n\n${table}\n\n${before.slice(end)}`
}

const urlOf = (place) => new URL(`../../${place}`, import.meta.url)
const places = ['packages/jwt/src/config/providers.json', 'python/src/kit_jwt/config/providers.json']
const wanted = [...places.map((place) => [place, text]), [PAGE, pageOf(readFileSync(urlOf(PAGE), 'utf8'))]]

for (const [place, content] of wanted) {
  const url = urlOf(place)
  if (existsSync(url) && readFileSync(url, 'utf8') === content) continue
  if (process.argv.includes('--check')) {
    console.error(`differs from its source: ${place}`)
    process.exitCode = 1
  } else {
    writeFileSync(url, content)
    console.log(fileURLToPath(url))
  }
}
