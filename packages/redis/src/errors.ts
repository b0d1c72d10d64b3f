/** Codes of `StoreError`. */
export type StoreErrorCode =
  | 'store_unavailable'
  | 'store_refused'
  | 'store_full'
  | 'store_evicting'
  | 'store_forgetful'
  | 'store_unreplicated'

// Two copies of the package in one program have two classes of the name; the mark is the same in both.
const MARK = Symbol.for('@kit/redis/error')

/**
 * A store on Redis did not do what it was asked to, or nobody knows whether it did.
 *
 * The message is made of the code: it never holds a key, a value, an address, a password, nor what a server said. A kit or a
 * guard that is given a store turns it into a code of its own, such as `replay_unavailable`.
 *
 * @example
 * try { await store.consume(use) } catch (error) { if (StoreError.is(error)) console.error(error.code) }
 */
export class StoreError extends Error {
  /** Stable code, the same in both languages. */
  declare readonly code: StoreErrorCode

  /**
   * An error of this code; its message is made here.
   *
   * @param code - one of the closed list
   */
  constructor(code: StoreErrorCode) {
    super(code.replaceAll('_', ' '))
    this.code = code
  }

  /**
   * Whether a value is a `StoreError`, of this copy of the package or of another one: better than `instanceof`.
   *
   * @param value - anything, such as what was caught
   * @returns whether it is one
   * @example
   * StoreError.is(new StoreError('store_full')) // true
   */
  static is(value: unknown): value is StoreError {
    return typeof value === 'object' && value !== null && (value as { [MARK]?: unknown })[MARK] === true
  }

  /** @internal */
  get [MARK](): boolean {
    return true
  }

  override get name(): string {
    return 'StoreError'
  }
}

/** Words that a server's refusal begins with, and what each is here; whatever else it says, it did not do what it should. */
const SAID: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['OOM ', 'store_full'],
  ['NOAUTH ', 'store_refused'],
  ['WRONGPASS ', 'store_refused'],
  ['NOPERM ', 'store_refused'],
  ['ERR AUTH ', 'store_refused'],
  ['ERR invalid password', 'store_refused'],
]

/** Whether a server said it, and not a client: answers of servers begin with a word in capitals. */
export const isSaid = (error: unknown): error is Error => error instanceof Error && /^[A-Z]+ /.test(error.message)

/** What went wrong, as one of our own codes: what a client or a server says may hold keys, addresses and names of users. */
export function storeError(error: unknown): StoreError {
  if (StoreError.is(error)) return error
  const said = error instanceof Error ? error.message : ''
  const [, code = 'store_unavailable'] = SAID.find(([prefix]) => said.startsWith(prefix)) ?? []
  return new StoreError(code)
}
