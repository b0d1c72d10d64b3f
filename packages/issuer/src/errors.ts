/** Codes of `AuthorityError`. */
export type AuthorityErrorCode =
  | 'key_document_invalid'
  | 'key_document_unsupported'
  | 'key_document_tampered'
  | 'key_document_rolled_back'
  | 'key_document_mixed'
  | 'kek_unknown'
  | 'key_store_unavailable'
  | 'key_store_open'
  | 'key_not_found'

// Two copies of the package in one program have two classes of the name; the mark is the same in both.
const MARK = Symbol.for('@kit/issuer/error')

/**
 * The keys of an authority cannot be read, written or found. Nothing was overwritten, and nothing was signed.
 *
 * The message is made of the code: it never holds key material, nor what a store said.
 *
 * @example
 * try { await authority.checkAndRotate() } catch (error) { if (AuthorityError.is(error)) console.error(error.code) }
 */
export class AuthorityError extends Error {
  /** Stable code, the same in both languages. */
  declare readonly code: AuthorityErrorCode

  /**
   * An error of this code; its message is made here.
   *
   * @param code - one of the closed list
   */
  constructor(code: AuthorityErrorCode) {
    super(code.replaceAll('_', ' '))
    this.code = code
  }

  /**
   * Whether a value is an `AuthorityError`, of this copy of the package or of another one: better than `instanceof`.
   *
   * @param value - anything, such as what was caught
   * @returns whether it is one
   * @example
   * AuthorityError.is(new AuthorityError('kek_unknown')) // true
   */
  static is(value: unknown): value is AuthorityError {
    return typeof value === 'object' && value !== null && (value as { [MARK]?: unknown })[MARK] === true
  }

  /** @internal */
  get [MARK](): boolean {
    return true
  }

  override get name(): string {
    return 'AuthorityError'
  }
}
