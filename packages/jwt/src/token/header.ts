import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { isNonEmpty } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import { TokenError } from '../errors/errors'
import { textOf } from './compact'

/** What the members of a JOSE header (RFC 7515 section 4.1) that are used come to; all others are ignored. */
export interface Header {
  /** Undefined for an algorithm that is not known. */
  readonly algorithm: Algorithm | undefined
  /** `typ` in the form of {@link typeForm}. */
  readonly type: string | undefined
  readonly kid: string | undefined
}

// Tokens of one issuer have one header. What it says depends on its text alone, whoever signed it: it is read once.
const READ = /* @__PURE__ */ new Map<string, Header>()
const MAX_READ = 64

/**
 * A strict JSON object with an `alg`, without `crit` (nothing that could be critical is understood) and without `b64`.
 *
 * @param segment - as it stands in the token
 * @throws TokenError - `token_malformed`, `header_invalid`
 */
export function readHeader(segment: string): Header {
  const known = READ.get(segment)
  if (known !== undefined) return known
  const text = textOf(segment)
  const header = parseJsonObject(text)
  if (header === undefined || 'crit' in header || 'b64' in header) throw new TokenError('header_invalid')
  const { alg, typ, kid } = header
  if (!isNonEmpty(alg) || !isAbsentOrText(typ) || !isAbsentOrText(kid)) throw new TokenError('header_invalid')
  const read = { algorithm: algorithmOf(alg), type: typ === undefined ? typ : typeForm(typ), kid }
  if (READ.size === MAX_READ) READ.clear()
  READ.set(segment, read)
  return read
}

const isAbsentOrText = (value: unknown): value is string | undefined => value === undefined || isNonEmpty(value)

/**
 * The form in which types are compared: RFC 7515 section 4.1.9 lets `application/` be omitted where no other slash appears.
 * Only ASCII letters lose their case (RFC 2045 section 5.1): `toLowerCase` would make a `k` of the Kelvin sign.
 */
export function typeForm(typ: string): string {
  const lower = typ.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return lower.includes('/') ? lower : `application/${lower}`
}

/**
 * @param type - of the token, and `types`, the accepted ones, in the form of {@link typeForm}
 * @throws TokenError - `typ_mismatch`
 */
export function checkType(type: string | undefined, types: ReadonlySet<string>, required: boolean): void {
  if (type === undefined ? required : !types.has(type)) throw new TokenError('typ_mismatch')
}
