// node conformance/generator/configuration.mjs [--check]: the table of docs/configuration.md, from variables.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const SOURCE = new URL('../variables.json', import.meta.url)
const PAGE = new URL('../../docs/configuration.md', import.meta.url)
const BEGIN = '<!-- variables: generated from conformance/variables.json -->'
const END = '<!-- end of variables -->'

const code = (text) => `\`${text}\``
const cell = (text) => text.replaceAll('|', '\\|')

/** Each name on a line of its own: a table's cell is narrow. */
const names = ({ name, twin, path }) =>
  [name, twin, path]
    .filter((one) => one !== undefined)
    .map(code)
    .join('<br>')

function form({ kind, words, most, least, required, default: fallback }) {
  if (kind === 'number') return `number, ${least} to ${most} (${fallback})`
  const several = kind === 'list' ? `list${most === undefined ? '' : `, ${most} at most`}` : 'text'
  const choice = words === undefined ? '' : `: ${words.map(code).join(kind === 'list' ? ' ' : ' or ')}`
  return `${several}${choice}${required ? '; required' : ''}`
}

const snake = (option) => option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const options = ({ option }) => [...new Set([option, snake(option)])].map(code).join('<br>')
const example = ({ example: text }) => (text.startsWith('(') ? text.slice(1, -1) : code(text))

const rows = JSON.parse(readFileSync(SOURCE, 'utf8')).variables.map((variable) => [
  names(variable),
  options(variable),
  form(variable),
  variable.secret ? `${variable.meaning} **Secret.**` : variable.meaning,
  example(variable),
])
const table = [['variable', 'option', 'form (default)', 'meaning', 'example'], Array(5).fill('---'), ...rows]
  .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
  .join('\n')

const before = readFileSync(PAGE, 'utf8')
const [start, end] = [before.indexOf(BEGIN), before.indexOf(END)]
if (start < 0 || end < start) throw new Error('docs/configuration.md has lost the markers of its table')
const after = `${before.slice(0, start + BEGIN.length)}\n\n${table}\n\n${before.slice(end)}`
if (after !== before) {
  if (process.argv.includes('--check')) {
    console.error('differs from its source: docs/configuration.md')
    process.exitCode = 1
  } else {
    writeFileSync(PAGE, after)
    console.log(fileURLToPath(PAGE))
  }
}
