import { isJsonObject, isText, type JsonValue } from '../encoding/json-value'
import { MisuseError, TokenError } from '../errors/errors'
import { readOptions } from '../errors/misuse'

/** What a request proves about its sender, to be found in the token's `cnf` (RFC 7800). Base64url SHA-256 values. */
export interface Confirmation {
  /** Thumbprint of the key that signed the request (RFC 9449 section 6.1). */
  readonly jkt?: string
  /** Thumbprint of the client's certificate (RFC 8705 section 3.1). */
  readonly 'x5t#S256'?: string
}

/** @throws MisuseError - no member, an unknown one, or one that is not a non-empty string */
export function readConfirmation(confirmation: Confirmation): readonly (readonly [string, string])[] {
  const members = Object.entries(readOptions(confirmation, ['jkt', 'x5t#S256']))
  if (members.length === 0 || !members.every(([, value]) => isText(value))) throw new MisuseError('confirmation: wrong')
  return members
}

/**
 * @param cnf - the claim
 * @param proofs - name and value of each thing that the request proved
 * @throws TokenError - `binding_missing` where the token lacks one of them, `binding_mismatch` where one differs
 */
export function checkBinding(cnf: JsonValue | undefined, proofs: readonly (readonly [string, string])[]): void {
  const bound = isJsonObject(cnf) ? cnf : {}
  for (const [name] of proofs) if (typeof bound[name] !== 'string') throw new TokenError('binding_missing')
  for (const [name, value] of proofs) if (bound[name] !== value) throw new TokenError('binding_mismatch')
}
