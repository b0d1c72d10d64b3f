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
import { runProgram } from './program'
import { TEXTS } from './texts'
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
export const run = (words: readonly string[], world: World, version: string): Promise<number> =>
  runProgram({ texts: TEXTS, commands: COMMANDS }, words, world, version)
