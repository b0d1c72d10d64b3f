import type { JsonObject } from '../../encoding/json-value'
import type { NewClaims } from '../../token/claims'
import type { Arguments } from '../arguments'
import type { Command } from '../command'
import { withKit } from '../environment'
import { CommandFailure, EXIT } from '../failure'
import { readObject, sourceName } from '../inputs'
import type { Output } from '../output'
import { readInteger } from '../values'

/** `kit-jwt sign`: a token of the environment's kit. */
export const sign: Command = (given, _world, output) =>
  withKit(given, output, async (kit) => {
    const { maxLifetime } = await kit.describe()
    const ttl = readInteger('ttl', given.values['ttl']?.[0], 1, maxLifetime)
    const claims = await readClaims(given, output)
    const token = await kit.sign(claims, { ...audienceOf(given), ...(ttl !== undefined && { ttl }) })
    output.result({ claims: kit.decodeUnverified(token).claims, token }, `${token}\n`)
    return EXIT.ok
  })

/** One audience is minted as a string, several as a list. */
function audienceOf({ values }: Arguments): { aud?: string | readonly string[] } {
  const [first, ...others] = values['aud'] ?? []
  return first === undefined ? {} : { aud: others.length === 0 ? first : [first, ...others] }
}

/** What the options say, and what the file says: neither stands over the other. */
async function readClaims(given: Arguments, output: Output): Promise<NewClaims> {
  const path = given.values['claims']?.[0]
  const further: JsonObject = path === undefined ? {} : await readObject(output, path, 'a JSON object of claims')
  const { sub, permission, role, scope, aud } = given.values
  const named = {
    ...(sub && { sub: sub[0] }),
    ...(permission && { permissions: permission }),
    ...(role && { roles: role }),
    ...(scope && { scope: scope[0] }),
  }
  for (const claim of [...Object.keys(named), ...(aud ? ['aud'] : [])])
    if (Object.hasOwn(further, claim))
      throw new CommandFailure(`${claim} is given by an option and in ${sourceName(path)}: leave one of them out`)
  return { ...further, ...named }
}
