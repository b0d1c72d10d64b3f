import { decodeBase64url } from '../encoding/base64url'
import { type Bytes, encodeUtf8, isLongerThan } from '../encoding/utf8'
import { TokenError } from '../errors/errors'

/** Bytes of UTF-8 that a token may have unless configured otherwise. */
export const MAX_TOKEN_BYTES = 16384

/** The decoded segments of a compact JWS (RFC 7515 section 7.1). */
export interface CompactToken {
  readonly header: Bytes
  readonly payload: Bytes
  readonly signature: Bytes
  /** What was signed: the first two segments as they stand in the token. */
  readonly signingInput: Bytes
}

/**
 * Size, then shape: three canonical base64url segments of which header and payload are not empty.
 *
 * @throws TokenError - `token_too_large`, `token_malformed`
 */
export function splitToken(token: unknown, maxBytes: number): CompactToken {
  if (typeof token !== 'string') throw new TokenError('token_malformed')
  if (isLongerThan(token, maxBytes)) throw new TokenError('token_too_large')
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  // A third dot is no base64url, and neither is a missing one's place: no segment decodes.
  const header = second > first + 1 && first > 0 ? decodeBase64url(token, 0, first) : undefined
  const payload = header && decodeBase64url(token, first + 1, second)
  const signature = payload && decodeBase64url(token, second + 1)
  if (!header || !payload || !signature) throw new TokenError('token_malformed')
  return { header, payload, signature, signingInput: encodeUtf8(token.slice(0, second)) }
}
