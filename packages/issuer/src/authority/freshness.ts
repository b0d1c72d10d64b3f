// How old what is known of the keys may be, and for how long it is enough while the store is away.
import { AuthorityError } from '../errors'
import type { KeySetRecord } from './key-set'
import { type Known, type Ledger, TRIES } from './ledger'
import { rotationOf } from './life'
import { keptBy, lookOf, type Timing } from './timing'

/** What looks at the store, and what it found before. */
export interface Watch {
  readonly ledger: Ledger
  readonly look: () => Promise<Known>
  readonly clock: () => number
  readonly timing: Timing
}

/** The set to sign with: while the store is away, the known one until another process may have rotated. */
export const signingSet = (watch: Watch): Promise<KeySetRecord> =>
  freshSet(watch, (known) => rotationOf(known, watch.timing) - watch.timing.leeway)

/** The set that others verify with; they have it for as long as they keep it. */
export const verifyingSet = (watch: Watch): Promise<KeySetRecord> => {
  const { lead, leeway } = watch.timing
  return freshSet(watch, (known) => rotationOf(known, watch.timing) + lead - leeway - keptBy(watch.timing))
}

/**
 * The set, no older than `refresh`. While the store is away, the known one up to a moment.
 *
 * @param until - seconds since the epoch
 */
async function freshSet(
  { ledger, look, clock, timing }: Watch,
  until: (known: KeySetRecord) => number,
): Promise<KeySetRecord> {
  const { known } = ledger
  const now = clock()
  if (known && Math.abs(now - known.readAt) < timing.refresh && now < rotationOf(known.set, timing)) return known.set
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const { set, readAt } = await look()
      // A process that slept while it looked does not know what others wrote meanwhile.
      if (Math.abs(clock() - readAt) <= lookOf(timing)) return set
    }
    throw new AuthorityError('key_store_unavailable')
  } catch (error) {
    const isAway = AuthorityError.is(error) && error.code === 'key_store_unavailable'
    // It may have taken long to find out.
    const last = ledger.known
    if (isAway && last && clock() < until(last.set)) return last.set
    throw error
  }
}
