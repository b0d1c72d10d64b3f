import { verifyText } from '#crypto'
import type { JsonObject } from '../encoding/json-value'
import { attempt, type Maybe } from '../encoding/steps'
import { parseJsonObject } from '../encoding/strict-json'
import type { Bytes } from '../encoding/utf8'
import { splitToken } from './compact'
import { type Header, readHeader } from './header'

/** What verifies a signature. */
export interface VerifyKey {
  verify(data: Bytes, signature: Bytes): Promise<boolean> | boolean
}

/** A token of which nothing but the header has been read. */
export interface Opened {
  readonly header: Header
  /** Whether a key made the signature. */
  readonly check: (key: VerifyKey) => Maybe<boolean>
  /** The payload, deeply frozen; undefined where it is no strict JSON object. */
  readonly parse: () => JsonObject | undefined
  /** Whether its claims were found complete and of the right types before, under the rules of an issuer. */
  readonly isKnown?: (issuer: object) => boolean
  /** Remembers the token: everything else about it holds too. */
  readonly accept?: (issuer: object) => void
}

/**
 * Takes a token apart: size, shape, header, in this order.
 *
 * @throws TokenError - `token_too_large`, `token_malformed`, `header_invalid`
 */
export function openToken(token: unknown, maxBytes: number): Opened {
  const { header, payload, signature, signingInput } = splitToken(token, maxBytes)
  return {
    header: readHeader(header),
    // Some runtimes throw on what is merely no signature; whatever they say, it is not one that holds.
    check: (key) =>
      attempt(
        () => verifyText(key, signingInput, signature),
        () => false,
        // The key may be anybody's.
        (answer) => answer === true,
      ),
    parse: () => parseJsonObject(payload),
  }
}
