// node conformance/generator/configuration.mjs [--check]: the tables of docs/configuration.md, from the files of variables.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PAGE = new URL('../../docs/configuration.md', import.meta.url)
const SOURCES = ['variables.json', 'http/variables.json', 'redis/variables.json']
const begin = (source) => `<!-- variables: generated from conformance/${source} -->`
const END = '<!-- end of variables -->'

const code = (text) => `\`${text}\``
const cell = (text) => text.replaceAll('|', '\\|')

/** Each name on a line of its own: a table's cell is narrow. */
const names = ({ name, twin, path }) =>
  [name, twin, path]
    .filter((one) => one !== undefined)
    .map(code)
    .join('<br>')

function form({ kind, words, most, least, step, required, default: fallback }) {
  const multiple = step === undefined ? '' : `, a multiple of ${step}`
  if (kind === 'number') return `number, ${least} to ${most}${multiple} (${fallback})`
  const several = kind === 'list' ? `list${most === undefined ? '' : `, ${most} at most`}` : 'text'
  const choice = words === undefined ? '' : `: ${words.map(code).join(kind === 'list' ? ' ' : ' or ')}`
  return `${several}${choice}${required ? '; required' : ''}`
}

const snake = (option) => option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const options = ({ option }) => [...new Set([option, snake(option)])].map(code).join('<br>')
const example = ({ example: text }) => (text.startsWith('(') ? text.slice(1, -1) : code(text))

/** Variables of a kit set options of the same names; others are no options. */
const COLUMNS = {
  variable: names,
  option: options,
  'form (default)': form,
  meaning: (variable) => (variable.secret ? `${variable.meaning} **Secret.**` : variable.meaning),
  example,
}

function tableOf(source) {
  const { variables } = JSON.parse(readFileSync(new URL(`../${source}`, import.meta.url), 'utf8'))
  const columns = Object.entries(COLUMNS).filter(([title]) => title !== 'option' || variables.some((one) => one.option))
  const rows = variables.map((variable) => columns.map(([, of]) => of(variable)))
  return [columns.map(([title]) => title), Array(columns.length).fill('---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n')
}

const before = readFileSync(PAGE, 'utf8')
const after = SOURCES.reduce((page, source) => {
  const start = page.indexOf(begin(source))
  const end = page.indexOf(END, start)
  if (start < 0 || end < start) throw new Error('docs/configuration.md has lost the markers of its tables')
  return `${page.slice(0, start)}${begin(source)}\n\n${tableOf(source)}\n\n${page.slice(end)}`
}, before)
if (after !== before) {
  if (process.argv.includes('--check')) {
    console.error('differs from its source: docs/configuration.md')
    process.exitCode = 1
  } else {
    writeFileSync(PAGE, after)
    console.log(fileURLToPath(PAGE))
  }
}
