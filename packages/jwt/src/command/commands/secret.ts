import { encodeBase64url } from '../../encoding/base64url'
import type { Command } from '../command'
import { dotenvLines, requireDotenv } from '../dotenv'
import { EXIT } from '../failure'
import { readInteger } from '../values'

const SHORTEST = 64
const LONGEST = 1024

/** `kit-jwt secret`: a new secret, or the lines of a `.env` file around it. */
export const secret: Command = async ({ values, switches }, world, output) => {
  requireDotenv(values, switches)
  const size = readInteger('len', values['len']?.[0], SHORTEST, LONGEST) ?? SHORTEST
  const text = encodeBase64url(world.entropy(size))
  if (!switches.has('dotenv')) output.result({ secret: text }, `${text}\n`)
  else {
    const lines = dotenvLines(values, ['JWT_SECRET', text])
    output.result({ dotenv: lines }, lines)
  }
  return EXIT.ok
}
