import { type Command, EXIT } from '@kit/jwt/command'
import type { Change } from '../../authority/changes'
import { readSettings } from '../settings'
import type { IssuerWorld } from '../world'
import { told as planned } from './keys'
import { said } from './revoke'

/** `kit-issuer rotate`: what is due now, and what comes next. */
export const rotate: Command<IssuerWorld> = async (given, world, output) => {
  const settings = readSettings(given, world)
  const changes: Change[] = []
  const store = world.keyStore(settings.required('JWKS_DIR'))
  const before = (await store.read())?.version
  const authority = await settings.authority((change) => changes.push(change))
  const isChanged = (await store.read())?.version !== before
  // Whoever reads the keys for the first time is told of all of them: what is older was done by others.
  const now = Math.floor(world.now())
  const done = isChanged ? changes.filter(({ at }) => at >= now) : []
  const [next] = await authority.plan()
  const text = done.length === 0 ? 'Nothing is due.\n' : done.map(said).join('')
  output.result({ changes: done.map((change) => ({ ...change })) }, text)
  if (next !== undefined) output.note(`Next: ${planned(next)}`)
  return EXIT.ok
}
