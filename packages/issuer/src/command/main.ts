import { type Command, runProgram } from '@kit/jwt/command'
import { doctor } from './commands/doctor'
import { init } from './commands/init'
import { keys } from './commands/keys'
import { mint } from './commands/mint'
import { revoke } from './commands/revoke'
import { rewrap } from './commands/rewrap'
import { rotate } from './commands/rotate'
import { serve } from './commands/serve'
import { TEXTS } from './texts'
import type { IssuerWorld } from './world'

const COMMANDS: Readonly<Record<string, Command<IssuerWorld>>> = {
  init,
  serve,
  rotate,
  revoke,
  rewrap,
  keys,
  mint,
  doctor,
}

/**
 * Runs a command of the issuer.
 *
 * @param words - the command line after the name of the program
 * @param version - what `--version` tells
 * @returns the exit status: 0; 1 where it is too early to rotate; 2 for a mistake in usage or configuration
 */
export const run = (words: readonly string[], world: IssuerWorld, version: string): Promise<number> =>
  runProgram({ texts: TEXTS, commands: COMMANDS }, words, world, version)
