import { configFromEnvironment } from '../config/environment'
import { decodeUtf8 } from '../encoding/utf8'
import { ConfigError } from '../errors/errors'
import { createKit, type Kit } from '../kit'
import type { Arguments } from './arguments'
import { CommandFailure } from './failure'
import type { Output } from './output'
import { isOpen, readVariables, type Variables } from './variables'
import type { World } from './world'

// The first thing that anybody sees who installs the command and tries it.
const START = "  No JWT_ variable is set here: 'kit-jwt secret --dotenv > .env' makes a start.\n"
const DOCTOR = "  'kit-jwt doctor' looks at the whole configuration.\n"

/** The text of the file that `JWT_PRIVATE_JWK_PATH` names. Throws where a service would refuse it too. */
export function keyFileReader(world: World): (path: string) => string {
  return (path) => {
    if (isOpen(path, world)) throw new CommandFailure('open to others')
    const text = decodeUtf8(world.readFile(path))
    if (text === undefined) throw new CommandFailure('not UTF-8')
    return text
  }
}

/**
 * The kit of these variables, by the clock and the entropy of the world.
 *
 * @throws ConfigError - see `configFromEnvironment`
 */
function kitOf({ values }: Variables, world: World): Kit {
  const config = configFromEnvironment(values, { readFile: keyFileReader(world) })
  return createKit({ ...config, clock: () => world.now(), entropy: (size) => world.entropy(size) })
}

/**
 * Does what a command does with the kit of the environment. Its keys are imported first, so that a mistake in them is told
 * before anything is read; people are told where to look further.
 */
export async function withKit(given: Arguments, output: Output, work: (kit: Kit) => Promise<number>): Promise<number> {
  const variables = readVariables(given, output.world)
  try {
    const kit = kitOf(variables, output.world)
    await kit.ready()
    return await work(kit)
  } catch (error) {
    if (!ConfigError.is(error)) throw error
    const exit = output.failure(error)
    output.note(Object.keys(variables.values).some((name) => name.startsWith('JWT_')) ? DOCTOR : START)
    return exit
  }
}
