import { parseArgs } from 'node:util'
import { CommandFailure, quoted, unknown } from './failure'
import type { CommandText, OptionText, Texts } from './texts'

/** What follows the name of a command. */
export interface Arguments {
  /** Values of the options given, by name; switches are in `switches`. */
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly switches: ReadonlySet<string>
  readonly operands: readonly string[]
}

type Known = ReadonlyMap<string, OptionText>
type Fail = (sentence: string) => never

/**
 * Reads the words after a command's name. Faults are told in this order, each at its first place in the line: a switch that
 * was given a value, an option without its value, an option that does not exist, one that was repeated, operands.
 *
 * @throws CommandFailure
 */
export function readArguments(texts: Texts, command: CommandText, words: readonly string[]): Arguments {
  const known: Known = new Map([...command.options, ...texts.everywhere].map((option) => [`--${option.name}`, option]))
  const fail: Fail = (sentence) => {
    throw new CommandFailure(`${sentence}; see '${texts.name} ${command.name} --help'`)
  }
  const end = words.indexOf('--')
  const before = spelledOut(end < 0 ? words : words.slice(0, end), known)
  checkOptions(before, known, fail)
  const { values: given, positionals } = parseArgs({
    args: [...before],
    options: Object.fromEntries([...known.values()].map(({ name, value }) => [name, parsing(value)])),
    allowPositionals: true,
  })
  const operands = [...positionals, ...(end < 0 ? [] : words.slice(end + 1))]
  checkOperands(command, operands, fail)
  const values: Record<string, readonly string[]> = {}
  const switches = new Set<string>()
  for (const { name, value } of known.values())
    if (given[name] !== undefined)
      if (value === undefined) switches.add(name)
      else values[name] = given[name] as readonly string[]
  return { values, switches, operands }
}

const parsing = (value: string | undefined) => ({
  type: value === undefined ? ('boolean' as const) : ('string' as const),
  multiple: true,
})

const looksLikeOption = (word: string): boolean => word.length > 1 && word.startsWith('-')
const nameOf = (word: string): string => word.split('=', 1)[0] as string

/**
 * Short names in full; and `--name=` where no value follows: one that begins with a dash is the next option, and
 * `--name=-value` says what is meant. Parsers differ in both, and in one language from version to version.
 */
function spelledOut(words: readonly string[], known: Known): readonly string[] {
  const short = new Map([...known.values()].map((option) => [`-${option.short}`, `--${option.name}`]))
  return words.map((word, index) => {
    const next = words[index + 1] ?? ''
    if (known.get(word)?.value !== undefined && (next === '' || looksLikeOption(next))) return `${word}=`
    return short.get(word) ?? word
  })
}

function checkOptions(words: readonly string[], known: Known, fail: Fail): void {
  const options = words.filter(looksLikeOption)
  for (const word of options)
    if (word.includes('=') && known.has(nameOf(word)) && known.get(nameOf(word))?.value === undefined)
      fail(`${nameOf(word)} takes no value`)
  // `--` is no value, not even behind an equals sign: there are parsers that drop it.
  for (const word of options)
    if (known.has(nameOf(word)) && ['=', '=--'].includes(word.slice(nameOf(word).length)))
      fail(`${nameOf(word)} needs a value`)
  for (const word of options) if (!known.has(nameOf(word))) fail(unknown('option', nameOf(word)))
  const seen = new Set<string>()
  for (const name of options.map(nameOf)) {
    const option = known.get(name) as OptionText
    if (option.value !== undefined && !option.many && seen.has(name)) fail(`${name} was given twice`)
    seen.add(name)
  }
}

function checkOperands({ name, operands = '' }: CommandText, given: readonly string[], fail: Fail): void {
  const places = operands.split(' ').filter((place) => place !== '')
  const required = places.filter((place) => !place.startsWith('['))
  const missing = required[given.length]
  if (missing !== undefined) fail(`${name} needs ${missing}`)
  const extra = given[places.length]
  if (extra !== undefined && !operands.includes('…')) fail(`${quoted(extra)} is one word too many`)
}
