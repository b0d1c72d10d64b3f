import { isNonEmpty } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import type { Bytes } from '../encoding/utf8'
import { TokenError } from '../errors/errors'

/** The members of a JOSE header (RFC 7515 section 4.1) that are used; all others are ignored. */
export interface Header {
  readonly alg: string
  readonly typ: string | undefined
  readonly kid: string | undefined
}

/**
 * A strict JSON object with an `alg`, without `crit` (nothing that could be critical is understood) and without `b64`.
 *
 * @throws TokenError - `header_invalid`
 */
export function readHeader(bytes: Bytes): Header {
  const header = parseJsonObject(bytes)
  if (header === undefined || 'crit' in header || 'b64' in header) throw new TokenError('header_invalid')
  const { alg, typ, kid } = header
  if (!isNonEmpty(alg) || !isAbsentOrText(typ) || !isAbsentOrText(kid)) throw new TokenError('header_invalid')
  return { alg, typ, kid }
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
 * @param types - accepted types, in the form of {@link typeForm}
 * @throws TokenError - `typ_mismatch`
 */
export function checkType(typ: string | undefined, types: ReadonlySet<string>, required: boolean): void {
  if (typ === undefined ? required : !types.has(typeForm(typ))) throw new TokenError('typ_mismatch')
}
