import { canonicalize } from '../../encoding/jcs'
import type { JsonObject } from '../../encoding/json-value'
import type { Command } from '../command'
import { dotenvLines, requireDotenv } from '../dotenv'
import { CommandFailure, EXIT, quoted } from '../failure'
import { faultSentence } from '../inputs'
import { inFolder } from '../paths'
import { prettyJson } from '../pretty'
import { printable } from '../style'
import { FileFault, type World } from '../world'

const PRIVATE_NAME = 'private.jwk.json'
const PUBLIC_NAME = 'public.jwk.json'
const OWNER_ONLY = 0o600
const EVERYBODY = 0o644

/** `kit-jwt keygen`: a new key pair in two files, or the lines of a `.env` file around it. */
export const keygen: Command = async ({ values, switches }, world, output) => {
  requireDotenv(values, switches)
  const folder = values['out']?.[0]
  if (switches.has('dotenv') && folder !== undefined)
    throw new CommandFailure('--dotenv writes no files: it does not go with --out')
  const kid = values['kid']?.[0]
  const { privateJwk, publicJwk } = await world.keyPair(kid === undefined ? {} : { kid })
  if (switches.has('dotenv')) {
    const lines = dotenvLines(values, ['JWT_PRIVATE_JWK', canonicalize(privateJwk as unknown as JsonObject)])
    output.result({ dotenv: lines }, lines)
    return EXIT.ok
  }
  const [privatePath, publicPath] = freePaths(world, folder ?? '.')
  writeKey(world, privatePath, privateJwk as unknown as JsonObject, OWNER_ONLY)
  writeKey(world, publicPath, publicJwk as unknown as JsonObject, EVERYBODY)
  const shown = publicJwk as unknown as JsonObject
  const { style } = output
  output.result(
    { kid: shown['kid'] as string, privateFile: privatePath, publicFile: publicPath, publicJwk: shown },
    [
      `${style('bold', 'kid')}      ${printable(shown['kid'] as string)}\n`,
      `${style('bold', 'private')}  ${printable(privatePath)} (only its owner can read it)\n`,
      `${style('bold', 'public')}   ${printable(publicPath)}\n`,
    ].join(''),
  )
  output.note(`To sign with it, set JWT_PRIVATE_JWK_PATH=${printable(privatePath)}\n`)
  return EXIT.ok
}

/** Where both files can be written: a key that is there already is never replaced. */
function freePaths(world: World, folder: string): readonly [string, string] {
  const names = listMade(world, folder)
  for (const name of [PRIVATE_NAME, PUBLIC_NAME]) if (names.includes(name)) throw taken(inFolder(folder, name))
  return [inFolder(folder, PRIVATE_NAME), inFolder(folder, PUBLIC_NAME)]
}

function listMade(world: World, folder: string): readonly string[] {
  try {
    world.makeFolder(folder)
    return world.list(folder)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    if (error.reason === 'exists' || error.reason === 'missing')
      throw new CommandFailure(`cannot write to ${quoted(folder)}: there is a file where a folder should be`)
    throw new CommandFailure(faultSentence('write to', quoted(folder), error.reason))
  }
}

function writeKey(world: World, path: string, jwk: JsonObject, mode: number): void {
  try {
    world.writeNew(path, `${prettyJson(jwk)}\n`, mode)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    // Somebody was quicker: the file was not there a moment ago.
    if (error.reason === 'exists') throw taken(path)
    throw new CommandFailure(faultSentence('write', quoted(path), error.reason))
  }
}

const taken = (path: string): CommandFailure =>
  new CommandFailure(`${quoted(path)} is there already, and a key is never replaced: name another folder with --out`)
