import { AuthorityError } from '../errors'
import type { Keks } from '../sealing/kek'
import type { KeyStore } from '../stores/key-store'
import { type Change, changesBetween, rewrapsBetween } from './changes'
import { readDocument, sealsOf, writeDocument } from './document'
import type { AuthorityAlgorithm, KeySetRecord } from './key-set'

/** What a ledger works with. */
export interface LedgerOptions {
  readonly store: KeyStore
  readonly keks: Keks
  readonly algorithm: AuthorityAlgorithm
  /** Whether keys of another algorithm may be in the set. */
  readonly isMixed: boolean
  readonly onChange: (change: Change) => void
  readonly clock: () => number
}

/** What becomes of what is stored, at a moment; the same object where nothing does. */
export type Turn = (set: KeySetRecord | undefined, now: number) => Promise<KeySetRecord>

/** What was read last, and when. */
export interface Known {
  readonly set: KeySetRecord
  readonly text: string
  /** Under which key-encryption key each private half is sealed, by `kid`. */
  readonly seals: ReadonlyMap<string, string>
  readonly readAt: number
}

/** Whoever loses a write looks again; so many times is a store that says no whatever is written. */
export const TRIES = 32

/** The set of keys as the store has it: read, changed by whoever writes first, and told of. */
export class Ledger {
  readonly #options: LedgerOptions
  #known: Known | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  /** What was read or written last. */
  get known(): Known | undefined {
    return this.#known
  }

  /** One after the other: what is read late must not count as newer than what was written meanwhile. */
  write(change: Turn): Promise<Known> {
    return this.#inTurn(() => this.#tryWrite(change))
  }

  /** As `write`, and where a private half is sealed under another key than the first one, it is written all the same. */
  rewrap(change: Turn): Promise<Known> {
    return this.#inTurn(() => this.#tryWrite(change, true))
  }

  #inTurn(work: () => Promise<Known>): Promise<Known> {
    const written = this.#last.then(work)
    this.#last = written.catch(() => {})
    return written
  }

  /** Changes what is stored, from what is stored: again where another process wrote in between. */
  async #tryWrite(change: Turn, rewraps = false): Promise<Known> {
    const { store, keks, clock } = this.#options
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await this.#read()
      const now = clock()
      let after = await change(before?.set, now)
      if (before !== undefined && after === before.set) {
        if (!rewraps || [...before.seals.values()].every((id) => id === keks[0].id)) return before
        // The store counts each write, and each write seals everything anew.
        after = { ...after, version: after.version + 1 }
      }
      const text = await writeDocument(after, keks)
      if (await asked(() => store.writeIf(before?.set.version ?? 0, text))) return this.#adopt(after, text, now)
    }
    throw new AuthorityError('key_store_unavailable')
  }

  async #read(): Promise<Known | undefined> {
    const { store, keks, algorithm, isMixed, clock } = this.#options
    // What comes may be as old as the question.
    const now = clock()
    const stored = await asked(() => store.read())
    const known = this.#known
    if (known && known.set.version === stored?.version && known.text === stored.text) {
      this.#known = { ...known, readAt: now }
      return this.#known
    }
    // What was read before does not become undone.
    if (known && (stored?.version ?? 0) <= known.set.version) throw new AuthorityError('key_document_rolled_back')
    if (stored === undefined) return undefined
    const set = await readDocument(stored.text, stored.version, keks)
    if (!isMixed && set.keys.some((key) => key.algorithm !== algorithm)) throw new AuthorityError('key_document_mixed')
    return this.#adopt(set, stored.text, now)
  }

  #adopt(set: KeySetRecord, text: string, now: number): Known {
    const seals = sealsOf(text)
    const before = this.#known
    const changes = [
      ...changesBetween(before?.set, set, now),
      ...rewrapsBetween(before?.seals ?? new Map(), seals, now),
    ]
    const known = { set, text, seals, readAt: now }
    this.#known = known
    for (const change of changes) tell(this.#options.onChange, change)
    return known
  }
}

/** Whoever listens does not decide what happens to keys: neither by throwing, nor by a promise that nobody waits for. */
function tell(listen: LedgerOptions['onChange'], change: Change): void {
  new Promise((resolve) => {
    resolve(listen(change))
  }).catch(() => {})
}

/** What a store answers; whatever it throws, it was not there. */
async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    throw AuthorityError.is(error) ? error : new AuthorityError('key_store_unavailable')
  }
}
