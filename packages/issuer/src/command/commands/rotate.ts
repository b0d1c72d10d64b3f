import { type Command, EXIT, printable, timestamp } from '@kit/jwt/command'
import type { Change } from '../../authority/changes'
import { readSettings } from '../settings'
import { TEXTS } from '../texts'
import type { IssuerWorld } from '../world'
import { told as planned } from './keys'
import { said } from './revoke'

const NOTHING = 'Nothing is due.\n'

/** `kit-issuer rotate`: what is due now, or, with `--now`, the next key before its time; and what comes next. */
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
  const isAsked = given.switches.has('now') && !done.some(({ change }) => change === 'activated')
  changes.length = 0
  const soonest = isAsked ? await authority.rotate() : undefined
  done.push(...changes)
  const plan = await authority.plan()
  const waiting = plan.find(({ change }) => change === 'activated')?.kid ?? ''
  const told = done.map(said).join('')
  const text = told || (soonest === undefined ? NOTHING : '')
  const early = soonest === undefined ? '' : `Too early: ${printable(waiting)} may sign from ${timestamp(soonest)}.\n`
  output.result(
    { changes: done.map((change) => ({ ...change })), ...(soonest !== undefined && { soonest }) },
    text + early,
  )
  if (plan[0] !== undefined) output.note(`Next: ${planned(plan[0])}`)
  if (text === NOTHING) output.note(`'${TEXTS.name} rotate --now' does it as soon as that is safe.\n`)
  return soonest === undefined ? EXIT.ok : EXIT.refused
}
