import { type Command, EXIT, printable, type Style, timestamp } from '@kit/jwt/command'
import type { Step } from '../../authority/plan'
import type { KeySummary } from '../../authority/summary'
import { readSettings } from '../settings'
import type { IssuerWorld } from '../world'

const MARKS = { next: 'cyan', active: 'green', retired: 'dim' } as const
const STATE_WIDTH = 'retired'.length
const HAPPENS: Readonly<Record<Step['change'], string>> = {
  activated: 'begins to sign',
  retired: 'stops signing',
  published: 'is made and published',
  removed: 'goes',
}

/** `kit-issuer keys`: the states and times of all keys, and what will happen to them. */
export const keys: Command<IssuerWorld> = async (given, world, output) => {
  const authority = await readSettings(given, world).authority()
  const all = await authority.keys()
  const plan = await authority.plan()
  output.result(
    { keys: all.map((key) => ({ ...key })), plan: plan.map(({ kid, ...step }) => ({ ...step, kid: kid ?? null })) },
    `${all.map((key) => row(key, output.style)).join('')}\n${plan.map(told).join('')}`,
  )
  return EXIT.ok
}

function row({ kid, state, publishedAt, activatedAt, retiredAt }: KeySummary, style: Style): string {
  const since = { next: publishedAt, active: activatedAt, retired: retiredAt }[state] as number
  return `${style(MARKS[state], state.padEnd(STATE_WIDTH))}  since ${timestamp(since)}  ${printable(kid)}\n`
}

/** A step of a plan, as a sentence. */
export const told = ({ at, change, kid }: Step): string =>
  `${timestamp(at)}  ${kid === undefined ? 'a new key' : printable(kid)} ${HAPPENS[change]}\n`
