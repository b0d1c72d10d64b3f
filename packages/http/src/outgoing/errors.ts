/** Codes of `OutgoingError`. */
export type OutgoingErrorCode =
  | 'source_unavailable'
  | 'source_denied'
  | 'source_client_rejected'
  | 'source_malformed'
  | 'origin_not_allowed'

// Two copies of the package in one program have two classes of the name; the mark is the same in both.
const MARK = Symbol.for('@kit/http/outgoing-error')

/**
 * A token for another service cannot be had, or not be shown where it was meant to be.
 *
 * The message is made of the code: it never holds a token, a secret, an address, nor what an issuer said.
 *
 * @example
 * const tokens = createTargetTokens({ caller: 'gateway', source: mintLocally(kit) })
 * try { await tokens.token({ target: 'orders' }) } catch (error) { if (OutgoingError.is(error)) console.error(error.code) }
 */
export class OutgoingError extends Error {
  /** Stable code, the same in both languages. */
  declare readonly code: OutgoingErrorCode

  /**
   * An error of this code; its message is made here.
   *
   * @param code - one of the closed list
   */
  constructor(code: OutgoingErrorCode) {
    super(code.replaceAll('_', ' '))
    this.code = code
  }

  /**
   * Whether a value is an `OutgoingError`, of this copy of the package or of another one: better than `instanceof`.
   *
   * @param value - anything, such as what was caught
   * @returns whether it is one
   * @example
   * OutgoingError.is(new OutgoingError('source_denied')) // true
   */
  static is(value: unknown): value is OutgoingError {
    return typeof value === 'object' && value !== null && (value as { [MARK]?: unknown })[MARK] === true
  }

  /** @internal */
  get [MARK](): boolean {
    return true
  }

  override get name(): string {
    return 'OutgoingError'
  }
}
