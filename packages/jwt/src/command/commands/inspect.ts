import type { JsonObject } from '../../encoding/json-value'
import { parseJsonObject } from '../../encoding/strict-json'
import { TokenError } from '../../errors/errors'
import { MAX_TOKEN_BYTES, splitToken, textOf } from '../../token/compact'
import { decodeUnverified } from '../../token/decode'
import { drawActors } from '../actors'
import type { Command } from '../command'
import { EXIT } from '../failure'
import { readToken } from '../inputs'
import type { Output } from '../output'
import { prettyJson } from '../pretty'
import type { Style } from '../style'
import { drawTimes, isTime } from '../times'

const WARNING = 'NOT VERIFIED: anybody could have written this.'

/** `kit-jwt inspect`: what is in a token, whoever made it. */
export const inspect: Command = async (given, world, output) => {
  const token = await readToken(output, given.operands[0])
  const { header, claims } = decode(token, output)
  const now = world.now()
  const { exp, nbf, iat } = claims
  const value = {
    header,
    claims,
    verified: false,
    expires_in: isTime(exp) ? exp - now : null,
    starts_in: isTime(nbf) ? nbf - now : null,
    age: isTime(iat) ? now - iat : null,
    lifetime: isTime(exp) && isTime(iat) ? exp - iat : null,
  }
  const { style } = output
  const parts = [
    section(style, 'Header', `${prettyJson(header)}\n`),
    section(style, 'Claims', `${prettyJson(claims)}\n`),
    section(style, 'Times', drawTimes(claims, now, style)),
    section(style, 'Actors', drawActors(claims, style)),
  ]
  output.result(value, warning(style) + parts.join(''))
  return EXIT.ok
}

const warning = (style: Style): string => `${style('bold', style('yellow', WARNING))}\n`

const section = (style: Style, name: string, text: string): string =>
  text === '' ? '' : `\n${style('bold', name)}\n${text}`

/** Where the payload alone cannot be read, people see the header all the same. @throws TokenError */
function decode(token: string, output: Output): ReturnType<typeof decodeUnverified> {
  try {
    return decodeUnverified(token)
  } catch (error) {
    if (TokenError.is(error) && error.code === 'claims_malformed' && !output.isJson) {
      const header = parseJsonObject(textOf(splitToken(token, MAX_TOKEN_BYTES).header)) as JsonObject
      const { style } = output
      output.result(null, warning(style) + section(style, 'Header', `${prettyJson(header)}\n`))
    }
    throw error
  }
}
