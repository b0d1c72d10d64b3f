import { decodeText, isCanonical } from '#crypto'
import { isLongerThan } from '../encoding/utf8'
import { TokenError } from '../errors/errors'

/** Bytes of UTF-8 that a token may have unless configured otherwise. */
export const MAX_TOKEN_BYTES = 16384

/** The segments of a compact JWS (RFC 7515 section 7.1), whose shape is known to be right. */
export interface CompactToken {
  /** As it stands in the token. */
  readonly header: string
  /** Its text; '' where its bytes are not UTF-8. */
  readonly payload: string
  /** As it stands in the token. */
  readonly signature: string
  /** What was signed: the first two segments as they stand in the token. */
  readonly signingInput: string
}

/**
 * Size, then shape: three canonical base64url segments of which header and payload are not empty. The header's is left to
 * {@link textOf}.
 *
 * @throws TokenError - `token_too_large`, `token_malformed`
 */
export function splitToken(token: unknown, maxBytes: number): CompactToken {
  if (typeof token !== 'string') throw malformed()
  if (isLongerThan(token, maxBytes)) throw new TokenError('token_too_large')
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  const signature = token.slice(second + 1)
  // A third dot is no base64url: the signature would hold it.
  if (first < 1 || second < first + 2 || !isCanonical(signature)) throw malformed()
  const payload = textOf(token.slice(first + 1, second))
  return { header: token.slice(0, first), payload, signature, signingInput: token.slice(0, second) }
}

/**
 * The text of a segment; '' where its bytes are not UTF-8.
 *
 * @throws TokenError - `token_malformed`: not canonical base64url
 */
export function textOf(segment: string): string {
  const text = decodeText(segment)
  if (text === undefined) throw malformed()
  return text
}

const malformed = (): TokenError => new TokenError('token_malformed')
