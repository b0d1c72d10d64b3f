// What the scenarios of every command must hold: a command is not done before it was seen in each of these.
import { readFileSync } from 'node:fs'

const { commands } = JSON.parse(readFileSync(new URL('../command.json', import.meta.url), 'utf8'))

const has = (list, ...words) => words.some((word) => list?.includes(word))
const isHelp = ({ argv }) => has(argv, '--help', '-h')
const colours = ({ terminal }) => has(terminal, 'stdout', 'stderr')
// The escape character as JSON writes it.
const isColoured = ({ expected }) => JSON.stringify([expected.stdout, expected.stderr]).includes('\\u001b[')

const DEMANDS = {
  'a success': (s) => !isHelp(s) && !has(s.argv, '--json') && s.expected.exit === 0,
  'a success for machines': (s) => has(s.argv, '--json') && s.expected.exit === 0,
  help: (s) => isHelp(s) && s.expected.exit === 0,
  'a mistake': (s) => s.expected.exit === 2 && !has(s.argv, '--json') && s.expected.stderr !== undefined,
  'a mistake for machines': (s) => s.expected.exit === 2 && has(s.argv, '--json') && s.expected.stderr === undefined,
  'colours on a terminal': (s) => colours(s) && !s.env?.NO_COLOR && s.env?.TERM !== 'dumb' && isColoured(s),
  NO_COLOR: (s) => colours(s) && s.env?.NO_COLOR && !isColoured(s),
  'a dumb terminal': (s) => colours(s) && s.env?.TERM === 'dumb' && !isColoured(s),
}

/** What each command lacks, as sentences; and how many demands there were. */
export function unmetDemands(transcripts) {
  const of = (name) =>
    Object.values(transcripts)
      .flat()
      .filter(({ argv }) => argv[0] === name)
  const demands = commands.flatMap(({ name }) => Object.entries(DEMANDS).map((demand) => [name, ...demand]))
  const unmet = demands.filter(([name, , holds]) => !of(name).some(holds))
  return { count: demands.length, unmet: unmet.map(([name, demand]) => `${name}: no scenario shows ${demand}`) }
}
