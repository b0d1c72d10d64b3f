import { readArguments } from './arguments'
import type { Command } from './command'
import { completion } from './commands/completion'
import { conformance } from './commands/conformance'
import { doctor } from './commands/doctor'
import { inspect } from './commands/inspect'
import { jwks } from './commands/jwks'
import { keygen } from './commands/keygen'
import { policy } from './commands/policy'
import { secret } from './commands/secret'
import { sign } from './commands/sign'
import { thumbprint } from './commands/thumbprint'
import { verify } from './commands/verify'
import { CommandFailure, EXIT, unknown } from './failure'
import { helpOf, overview } from './help'
import { Output } from './output'
import { type CommandText, TEXTS } from './texts'
import type { World } from './world'

const COMMANDS: Readonly<Record<string, Command>> = {
  secret,
  keygen,
  thumbprint,
  jwks,
  completion,
  sign,
  verify,
  inspect,
  policy,
  doctor,
  conformance,
}

/**
 * Runs the command.
 *
 * @param words - the command line after the name of the program
 * @param version - what `--version` tells
 * @returns the exit status: 0; 1 for an invalid token or a denial; 2 for a mistake in usage or configuration
 */
export async function run(words: readonly string[], world: World, version: string): Promise<number> {
  const [name = '--help', ...rest] = words.map(asText)
  if (name === '--version') {
    world.write('stdout', `${version}\n`)
    return EXIT.ok
  }
  const output = new Output(world, name, beforeOperands(rest).includes('--json'))
  try {
    if (isHelp(name) || name === 'help') {
      const topic = rest.find((word) => !word.startsWith('-'))
      world.write('stdout', topic === undefined ? overview(output.style) : helpOf(find(topic), output.style))
      return words.length === 0 ? EXIT.usage : EXIT.ok
    }
    const command = find(name)
    if (beforeOperands(rest).some(isHelp)) {
      world.write('stdout', helpOf(command, output.style))
      return EXIT.ok
    }
    return await (COMMANDS[name] as Command)(readArguments(command, rest), world, output)
  } catch (error) {
    return output.failure(error)
  }
}

function find(name: string): CommandText {
  const command = TEXTS.commands.find((each) => each.name === name)
  if (command) return command
  const sentence = name.startsWith('-') ? 'a command comes first, then its options' : unknown('command', name)
  throw new CommandFailure(`${sentence}; see '${TEXTS.name} --help'`)
}

/** Windows lets half of a character through, which no file and no token can hold. */
const asText = (word: string): string => word.replace(/\p{Cs}/gu, '\ufffd')

const isHelp = (word: string): boolean => word === '--help' || word === '-h'

const beforeOperands = (words: readonly string[]): readonly string[] => {
  const end = words.indexOf('--')
  return end < 0 ? words : words.slice(0, end)
}
