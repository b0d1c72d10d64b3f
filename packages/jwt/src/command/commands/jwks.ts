import type { JsonObject } from '../../encoding/json-value'
import type { Command } from '../command'
import { CommandFailure, EXIT } from '../failure'
import { importFolder } from '../import-folder'
import { type GivenKey, publicJwkOf, readKeys } from '../keys'
import { prettyJson } from '../pretty'

/** `kit-jwt jwks`: the public set of keys, in the order in which they are given. */
export const jwks: Command = async ({ values, operands }, _world, output) => {
  const folder = values['import']?.[0]
  const alg = values['alg']?.[0]
  if (alg !== undefined && alg !== 'RS256' && alg !== 'PS256') throw new CommandFailure('--alg is RS256 or PS256')
  const given = folder !== undefined && operands.length === 0 ? [] : await readKeys(output, operands)
  const imported = folder === undefined ? [] : importFolder(output, folder)
  const keys: JsonObject[] = []
  const sources = new Map<unknown, GivenKey>()
  for (const key of [...given, ...imported]) {
    const published = await publicJwkOf(key, alg)
    const other = sources.get(published['kid'])
    // Verifiers refuse a token whose kid means two keys.
    if (other !== undefined)
      throw new CommandFailure(`${other.source} and ${key.source} have the same kid: give each key one of its own`)
    sources.set(published['kid'], key)
    keys.push(published)
  }
  output.result({ keys }, `${prettyJson({ keys })}\n`)
  return EXIT.ok
}
