import type { KeySetRecord } from './key-set'

/** What happens to a key. */
export type ChangeName = 'published' | 'activated' | 'retired' | 'removed' | 'revoked' | 'rewrapped'

/** One change of one key; there is no key material in it. */
export interface Change {
  /** What happened. */
  readonly change: ChangeName
  /** Of the key. */
  readonly kid: string
  /** Seconds since the epoch, by the clock of whoever made it. */
  readonly at: number
}

/**
 * What happened between two sets that were read one after the other, in the order of the keys. Whoever reads a set that
 * another process wrote is told the same as that process.
 *
 * @param now - when it is seen: a key that was removed does not say when
 */
export function changesBetween(before: KeySetRecord | undefined, after: KeySetRecord, now: number): readonly Change[] {
  const at = Math.floor(now)
  const earlier = new Map(before?.keys.map((key) => [key.kid, key]))
  const later = new Set(after.keys.map(({ kid }) => kid))
  const taken = new Map(after.revoked.map(({ kid, revokedAt }) => [kid, revokedAt]))
  const gone = (before?.keys ?? [])
    .filter(({ kid }) => !later.has(kid))
    .map(({ kid }): Change => {
      const revokedAt = taken.get(kid)
      return revokedAt === undefined ? { change: 'removed', kid, at } : { change: 'revoked', kid, at: revokedAt }
    })
  const turned = after.keys.flatMap(({ kid, state, publishedAt, activatedAt, retiredAt }): Change[] => {
    const was = earlier.get(kid)
    const isNew = (moment: number | undefined, known: number | undefined): moment is number =>
      moment !== undefined && known === undefined
    return [
      ...(was === undefined ? [{ change: 'published', kid, at: publishedAt } as const] : []),
      ...(isNew(activatedAt, was?.activatedAt) ? [{ change: 'activated', kid, at: activatedAt } as const] : []),
      ...(state === 'retired' && isNew(retiredAt, was?.retiredAt)
        ? [{ change: 'retired', kid, at: retiredAt } as const]
        : []),
    ]
  })
  return [...gone, ...turned]
}

/**
 * The private halves that are sealed under another key-encryption key than before.
 *
 * @param before - by `kid`, as `sealsOf` gives them
 * @param now - when it is seen: a document does not say when
 */
export function rewrapsBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  now: number,
): readonly Change[] {
  const isAnother = ([kid, kek]: readonly [string, string]): boolean => before.has(kid) && before.get(kid) !== kek
  return [...after].filter(isAnother).map(([kid]) => ({ change: 'rewrapped', kid, at: Math.floor(now) }))
}
