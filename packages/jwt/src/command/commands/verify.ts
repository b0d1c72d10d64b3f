import type { JsonObject } from '../../encoding/json-value'
import type { Command } from '../command'
import { withKit } from '../environment'
import { EXIT } from '../failure'
import { readToken } from '../inputs'
import { prettyJson } from '../pretty'

/** `kit-jwt verify`: the claims of a token that the environment's kit accepts. */
export const verify: Command = (given, _world, output) =>
  withKit(given, output, async (kit) => {
    const token = await readToken(output, given.operands[0])
    const claims = (await kit.verify(token)) as unknown as JsonObject
    output.result({ claims, valid: true }, `${prettyJson(claims)}\n`)
    return EXIT.ok
  })
