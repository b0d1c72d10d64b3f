import { readArguments } from './arguments'
import type { Command } from './command'
import { CommandFailure, EXIT, unknown } from './failure'
import { helpOf, overview } from './help'
import { Output } from './output'
import type { CommandText, Texts } from './texts'
import type { World } from './world'

/** A program of several commands: what it says, and what it does. */
export interface Program<Its extends World> {
  readonly texts: Texts
  readonly commands: Readonly<Record<string, Command<Its>>>
}

/**
 * Runs a program.
 *
 * @param words - the command line after the name of the program
 * @param version - what `--version` tells
 * @returns the exit status
 */
export async function runProgram<Its extends World>(
  { texts, commands }: Program<Its>,
  words: readonly string[],
  world: Its,
  version: string,
): Promise<number> {
  const [name = '--help', ...rest] = words.map(asText)
  if (name === '--version') {
    world.write('stdout', `${version}\n`)
    return EXIT.ok
  }
  const output = new Output(texts, world, name, beforeOperands(rest).includes('--json'))
  try {
    if (isHelp(name) || name === 'help') {
      const topic = rest.find((word) => !word.startsWith('-'))
      const help = topic === undefined ? overview(texts, output.style) : helpOf(texts, find(texts, topic), output.style)
      world.write('stdout', help)
      return words.length === 0 ? EXIT.usage : EXIT.ok
    }
    const command = find(texts, name)
    if (beforeOperands(rest).some(isHelp)) {
      world.write('stdout', helpOf(texts, command, output.style))
      return EXIT.ok
    }
    return await (commands[name] as Command<Its>)(readArguments(texts, command, rest), world, output)
  } catch (error) {
    return output.failure(error)
  }
}

function find(texts: Texts, name: string): CommandText {
  const command = texts.commands.find((each) => each.name === name)
  if (command) return command
  const sentence = name.startsWith('-') ? 'a command comes first, then its options' : unknown('command', name)
  throw new CommandFailure(`${sentence}; see '${texts.name} --help'`)
}

/** Windows lets half of a character through, which no file and no token can hold. */
const asText = (word: string): string => word.replace(/\p{Cs}/gu, '\ufffd')

const isHelp = (word: string): boolean => word === '--help' || word === '-h'

const beforeOperands = (words: readonly string[]): readonly string[] => {
  const end = words.indexOf('--')
  return end < 0 ? words : words.slice(0, end)
}
