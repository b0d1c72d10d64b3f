import { parseArgs } from 'node:util'
import { CommandFailure, quoted, unknown } from './failure'
import { type CommandText, type OptionText, TEXTS } from './texts'

/** What follows the name of a command. */
export interface Arguments {
  /** Values of the options given, by name; switches are in `switches`. */
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly switches: ReadonlySet<string>
  readonly operands: readonly string[]
}

/**
 * Reads the words after a command's name. Faults are told in this order, each at its first place in the line: a switch that
 * was given a value, an option without its value, an option that does not exist, one that was repeated, operands.
 *
 * @throws CommandFailure
 */
export function readArguments(command: CommandText, words: readonly string[]): Arguments {
  const options = [...command.options, ...TEXTS.everywhere]
  const known = new Map(options.map((option) => [option.name, option]))
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(options.map(({ name, short, value }) => [name, parsing(short, value)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given = tokens.filter((token) => token.kind === 'option')
  const fail = (sentence: string): never => {
    throw new CommandFailure(`${sentence}; see '${TEXTS.name} ${command.name} --help'`)
  }
  for (const { name, value } of given)
    if (value !== undefined && known.has(name) && known.get(name)?.value === undefined) fail(`--${name} takes no value`)
  for (const { name, value, inlineValue } of given)
    if (known.get(name)?.value !== undefined && isMissing(value, inlineValue)) fail(`--${name} needs a value`)
  for (const { name, rawName } of given) if (!known.has(name)) fail(unknown('option', rawName))
  const values: Record<string, string[]> = {}
  const switches = new Set<string>()
  for (const { name, value } of given) {
    const option = known.get(name) as OptionText
    if (option.value === undefined) switches.add(name)
    else {
      if (values[name] && !option.many) fail(`--${name} was given twice`)
      values[name] = [...(values[name] ?? []), value as string]
    }
  }
  checkOperands(command, positionals, fail)
  return { values, switches, operands: positionals }
}

const parsing = (short: string | undefined, value: string | undefined) => ({
  type: value === undefined ? ('boolean' as const) : ('string' as const),
  multiple: true,
  ...(short !== undefined && { short }),
})

/** A value that begins with a dash is the next option: `--name=-value` says what is meant. */
const isMissing = (value: string | undefined, inline: boolean | undefined): boolean =>
  value === undefined || value === '' || (inline !== true && value.length > 1 && value.startsWith('-'))

function checkOperands(
  { name, operands = '' }: CommandText,
  given: readonly string[],
  fail: (sentence: string) => never,
): void {
  const places = operands.split(' ').filter((place) => place !== '')
  const required = places.filter((place) => !place.startsWith('['))
  const missing = required[given.length]
  if (missing !== undefined) fail(`${name} needs ${missing}`)
  const extra = given[places.length]
  if (extra !== undefined && !operands.includes('…')) fail(`${quoted(extra)} is one word too many`)
}
