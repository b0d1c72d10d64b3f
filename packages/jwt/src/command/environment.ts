import { configFromEnvironment } from '../config/environment'
import { decodeUtf8 } from '../encoding/utf8'
import { ConfigError } from '../errors/errors'
import { createKit, type Kit } from '../kit'
import type { Arguments } from './arguments'
import { parseDotenv } from './dotenv'
import { CommandFailure, quoted } from './failure'
import { readText } from './inputs'
import type { Output } from './output'
import { FileFault, type World } from './world'

const DEFAULT_FILE = '.env'

// The first thing that anybody sees who installs the command and tries it.
const START = "  No JWT_ variable is set here: 'kit-jwt secret --dotenv > .env' makes a start.\n"
const DOCTOR = "  'kit-jwt doctor' looks at the whole configuration.\n"

/** The variables that describe a kit, and where they come from. */
export interface KitVariables {
  /** Those of the process over those of the file: an empty one of the process is one too. */
  readonly values: Readonly<Record<string, string>>
  readonly ofProcess: Readonly<Record<string, string>>
  readonly ofFile: Readonly<Record<string, string>>
  /** The file that was read; undefined where there is none. */
  readonly file: string | undefined
}

/**
 * Reads the environment of the process, and `.env` in this folder or the file that `--env-file` names, which must exist.
 *
 * @throws CommandFailure - the file cannot be read
 */
export function readVariables({ values }: Arguments, world: World): KitVariables {
  const named = values['env-file']?.[0]
  if (named === '-') throw new CommandFailure('--env-file is the path of a file')
  const file = named ?? (isThere(DEFAULT_FILE, world) ? DEFAULT_FILE : undefined)
  const ofFile = file === undefined ? {} : parseDotenv(readText(world, file), quoted(file))
  const set = Object.entries(world.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const ofProcess = Object.fromEntries(set)
  return { values: { ...ofFile, ...ofProcess }, ofProcess, ofFile, file }
}

/** Only a file that is not there is no file: one that cannot be read is a mistake to be told. */
function isThere(path: string, world: World): boolean {
  try {
    world.readFile(path)
  } catch (error) {
    return !(error instanceof FileFault && error.reason === 'missing')
  }
  return true
}

/** What group and others may do with a file, in its mode. */
const OTHERS = 0o077

/** Whether others on this machine may do something with a file. */
export const isOpen = (path: string, world: World): boolean => ((world.modeOf(path) ?? 0) & OTHERS) !== 0

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
function kitOf({ values }: KitVariables, world: World): Kit {
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
