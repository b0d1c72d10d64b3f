// The command `kit-jwt`, as bin/kit-jwt.mjs starts it.

import { version } from '../../package.json'
import { nodeWorld } from './machine'
import { run } from './main'

const INTERRUPTED = 130

/** Runs the command with the arguments of this process, and sets its exit status. */
export async function command(): Promise<void> {
  // A reader that went away (`| head`) is no error of ours.
  process.stdout.on('error', () => process.exit())
  process.once('SIGINT', () => process.exit(INTERRUPTED))
  process.exitCode = await run(process.argv.slice(2), nodeWorld(), version)
}
