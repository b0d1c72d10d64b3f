import { type Command, EXIT } from '@kit/jwt/command'
import type { Change } from '../../authority/changes'
import { readSettings } from '../settings'
import type { IssuerWorld } from '../world'
import { said } from './revoke'

/** `kit-issuer rewrap`: everything is sealed under the first key-encryption key. */
export const rewrap: Command<IssuerWorld> = async (given, world, output) => {
  const changes: Change[] = []
  const authority = await readSettings(given, world).authority((change) => changes.push(change))
  // Whoever reads the keys for the first time is told of all of them.
  changes.length = 0
  await authority.rewrap()
  const text = changes.map(said).join('') || 'All keys are sealed under the first key-encryption key.\n'
  output.result({ changes: changes.map((change) => ({ ...change })) }, text)
  if (changes.length > 0) output.note('Older documents in the folder, and backups, open with the key before alone.\n')
  return EXIT.ok
}
