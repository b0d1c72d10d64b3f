import { type Command, duration, EXIT, printable } from '@kit/jwt/command'
import type { Change } from '../../authority/changes'
import { readSettings } from '../settings'
import type { IssuerWorld } from '../world'

/** `kit-issuer revoke`: a key that may have leaked is gone at once. */
export const revoke: Command<IssuerWorld> = async (given, world, output) => {
  const settings = readSettings(given, world)
  const changes: Change[] = []
  let isListening = false
  const authority = await settings.authority((change) => {
    if (isListening) changes.push(change)
  })
  isListening = true
  await authority.revoke(given.operands[0] as string)
  const text = changes.map(said).join('') || 'It was taken back before.\n'
  output.result({ changes: changes.map((change) => ({ ...change })) }, text)
  const kept = duration(authority.timing.maxAge)
  output.note(`Whoever fetched the keys before believes in it until they fetch them again: ${kept} at most.\n`)
  return EXIT.ok
}

/** A change, as a line. */
export const said = ({ change, kid }: Change): string => `${change.padEnd('activated'.length)}  ${printable(kid)}\n`
