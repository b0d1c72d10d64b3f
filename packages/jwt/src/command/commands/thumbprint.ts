import type { Jwk } from '../../keys/key'
import { thumbprint as thumbprintOf } from '../../keys/thumbprint'
import type { Command } from '../command'
import { EXIT } from '../failure'
import { type GivenKey, judgedMaterial, readKeys, requireNoSecret } from '../keys'
import { printable } from '../style'

/** `kit-jwt thumbprint`: the thumbprints of keys, a line for each. */
export const thumbprint: Command = async ({ operands }, _world, output) => {
  const keys = await readKeys(output, operands)
  const thumbprints: { readonly kid: string | null; readonly thumbprint: string }[] = []
  for (const key of keys) thumbprints.push({ kid: kidOf(key), thumbprint: await read(key) })
  const lines = thumbprints.map(({ kid, thumbprint: text }, index) => {
    // One key needs no name, and `$(kit-jwt thumbprint FILE)` is its thumbprint.
    const name = keys.length === 1 ? '' : `  ${output.style('dim', printable(kid || (keys[index] as GivenKey).source))}`
    return `${text}${name}\n`
  })
  output.result({ thumbprints }, lines.join(''))
  return EXIT.ok
}

async function read(key: GivenKey): Promise<string> {
  requireNoSecret(key)
  try {
    return await thumbprintOf(key.jwk as unknown as Jwk)
  } catch (error) {
    throw judgedMaterial(key.source, error)
  }
}

const kidOf = ({ jwk }: GivenKey): string | null => (typeof jwk['kid'] === 'string' ? jwk['kid'] : null)
