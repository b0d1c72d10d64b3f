import type { JsonObject } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import { TokenError } from '../errors/errors'
import { MAX_TOKEN_BYTES, splitToken, textOf } from './compact'

/** What a token says, without anybody having checked that it is true. */
export interface UnverifiedToken {
  /** The JOSE header (RFC 7515 section 4). */
  readonly header: JsonObject
  /** The payload. */
  readonly claims: JsonObject
}

/**
 * Reads a token without verifying it: for a log, a debugger, or a choice that needs no trust. Never for access control.
 *
 * @param token - a compact JWS
 * @param maxBytes - its size at most, 16,384 unless given
 * @returns header and claims, deeply frozen, not marked as verified
 * @throws TokenError - `token_too_large`, `token_malformed`, `header_invalid`, `claims_malformed`
 * @example
 * decodeUnverified(token).claims.iss
 */
export function decodeUnverified(token: string, maxBytes: number = MAX_TOKEN_BYTES): UnverifiedToken {
  const segments = splitToken(token, maxBytes)
  const header = parseJsonObject(textOf(segments.header))
  if (header === undefined) throw new TokenError('header_invalid')
  const claims = parseJsonObject(segments.payload)
  if (claims === undefined) throw new TokenError('claims_malformed')
  return { header, claims }
}
