// The life of keys as a function of what was written and of the time: no clock, no store, no randomness.
import { type KeyRecord, type KeySetRecord, keyIn, type NewKey } from './key-set'
import type { Timing } from './timing'

/** Gives keys that nobody knows yet; each is used once. */
export type Keys = () => NewKey | Promise<NewKey>

/**
 * What the set becomes at a moment; the same object where nothing changes.
 *
 * A rotation is due when a period has begun in which no key was activated, and the next key has been published for `lead`.
 * Whoever asks gets the same answer from the same set, so it does not matter who writes it; several periods that nobody
 * looked make one rotation.
 *
 * @param set - undefined: there is none yet
 * @param now - seconds since the epoch
 */
export async function advanced(
  set: KeySetRecord | undefined,
  now: number,
  timing: Timing,
  keys: Keys,
): Promise<KeySetRecord> {
  if (set === undefined) {
    const at = Math.floor(now)
    const active = { ...(await keys()), state: 'active', publishedAt: at, activatedAt: at } as const
    return { version: 1, period: periodOf(at, timing), keys: [active, published(await keys(), at)], revoked: [] }
  }
  const at = momentOf(set, now)
  const rotates = isDue(set, at, timing)
  const turned = rotates ? set.keys.map((key) => turn(key, at, timing)) : set.keys
  const kept = turned.filter(({ removeAt }) => removeAt === undefined || removeAt > at)
  const lacksNext = !kept.some(({ state }) => state === 'next')
  if (!rotates && !lacksNext && kept.length === set.keys.length) return set
  return {
    version: set.version + 1,
    period: rotates ? periodOf(at, timing) : set.period,
    keys: lacksNext ? [...kept, published(await keys(), at)] : kept,
    revoked: set.revoked,
  }
}

/**
 * The set without a key whose private half may be known to others. Where it was the active one, the next signs at once: it
 * was published before, and a refused token is better than a forged one. What is due besides comes after it, in the same
 * write: a key that leaked must not begin to sign only to be taken back, and leave the place to one that nobody knows.
 */
export async function revoked(
  set: KeySetRecord,
  kid: string,
  now: number,
  timing: Timing,
  keys: Keys,
): Promise<KeySetRecord> {
  const at = momentOf(set, now)
  const gone = set.keys.find((key) => key.kid === kid)
  if (gone === undefined) return advanced(set, now, timing, keys)
  const signed = gone.state === 'active'
  const others = set.keys.filter((key) => key !== gone)
  const kept = signed ? others.map((key) => turn(key, at, timing)) : others
  const active = kept.some(({ state }) => state === 'active')
    ? []
    : [{ ...(await keys()), state: 'active', publishedAt: at, activatedAt: at } as const]
  const lacksNext = !kept.some(({ state }) => state === 'next')
  const without = {
    version: set.version,
    period: signed ? periodOf(at, timing) : set.period,
    keys: [...kept, ...active, ...(lacksNext ? [published(await keys(), at)] : [])],
    revoked: [...set.revoked, { kid, revokedAt: at }],
  }
  return { ...(await advanced(without, now, timing, keys)), version: set.version + 1 }
}

/**
 * The set in which the next key signs before its time: as soon as it has been published for `lead`, never earlier. Where that is
 * too soon, or a rotation is due anyway, it is what `advanced` makes of it.
 *
 * The key that retires stays for as long as if it had signed to the end of its time: a process that cannot reach the store does
 * not know better.
 */
export async function rotatedEarly(set: KeySetRecord, now: number, timing: Timing, keys: Keys): Promise<KeySetRecord> {
  const after = await advanced(set, now, timing, keys)
  const at = momentOf(set, now)
  // Where it rotates already, the key after it was published at this moment.
  if (at < soonestOf(after, timing)) return after
  const removeAt = rotationOf(set, timing) + timing.retention
  const turned = after.keys.map((key) => ({ ...turn(key, at, timing), ...(key.state === 'active' && { removeAt }) }))
  return {
    version: set.version + 1,
    period: periodOf(at, timing),
    keys: [...turned, published(await keys(), at)],
    revoked: set.revoked,
  }
}

/** When the next key may sign at the soonest, in seconds since the epoch. */
export const soonestOf = (set: KeySetRecord, { lead }: Timing): number =>
  (keyIn(set, 'next')?.publishedAt ?? Number.POSITIVE_INFINITY) + lead

/** When the next rotation is due, in seconds since the epoch. */
export function rotationOf(set: KeySetRecord, timing: Timing): number {
  const next = keyIn(set, 'next')
  // Not of the number that was written: whoever wrote it may have been told another length.
  const periodEnds = (periodOf(beganOf(set), timing) + 1) * timing.rotateEvery
  return next === undefined ? periodEnds : Math.max(periodEnds, next.publishedAt + timing.lead)
}

/** When the active key began to sign. */
const beganOf = (set: KeySetRecord): number => keyIn(set, 'active')?.activatedAt ?? 0

/** A clock behind the one that wrote last does not make time go back: a period that began twice would have two keys. */
const momentOf = (set: KeySetRecord, now: number): number => Math.max(Math.floor(now), beganOf(set))

const periodOf = (at: number, { rotateEvery }: Timing): number => Math.floor(at / rotateEvery)

const isDue = (set: KeySetRecord, at: number, timing: Timing): boolean =>
  keyIn(set, 'next') !== undefined && at >= rotationOf(set, timing)

const published = (key: NewKey, at: number): KeyRecord => ({ ...key, state: 'next', publishedAt: at })

/** One step on: `next` signs, `active` retires; what is retired already stays as it is. */
function turn(key: KeyRecord, at: number, { retention }: Timing): KeyRecord {
  if (key.state === 'next') return { ...key, state: 'active', activatedAt: at }
  if (key.state === 'retired') return key
  const { privateJwk, ...rest } = key
  const verifies = key.algorithm === 'HS512' && privateJwk !== undefined ? { privateJwk } : {}
  return { ...rest, ...verifies, state: 'retired', retiredAt: at, removeAt: at + retention }
}
