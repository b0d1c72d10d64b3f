// The command `kit-issuer`, as bin/kit-issuer.mjs starts it.
import { unwritable } from '@kit/jwt/command'
import { version } from '../../package.json'
import { issuerWorld } from './machine'
import { run } from './main'
import { TEXTS } from './texts'

/** Runs the command with the arguments of this process, and sets its exit status. */
export async function command(): Promise<void> {
  for (const stream of ['stdout', 'stderr'] as const)
    process[stream].on('error', (error) => unwritable(TEXTS.name, stream, error))
  process.exitCode = await run(process.argv.slice(2), issuerWorld(), version)
}
