// The variables of a configuration: those of the process, and those of a `.env` file.
import type { Arguments } from './arguments'
import { parseDotenv } from './dotenv'
import { CommandFailure, quoted } from './failure'
import { readText } from './inputs'
import { FileFault, type World } from './world'

const DEFAULT_FILE = '.env'

/** Variables, and where they come from. */
export interface Variables {
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
export function readVariables({ values }: Arguments, world: World): Variables {
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
