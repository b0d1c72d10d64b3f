import { isStrings, type JsonObject, type JsonValue, setMember } from '../encoding/json-value'
import { TokenError } from '../errors/errors'

/** What an outside issuer's claims become. Nothing becomes permissions or roles unless it is said here. */
export interface ClaimsMapping {
  /** Put before `sub`, so that subjects of several issuers never meet. */
  readonly subjectPrefix?: string
  /** Name of the claim that becomes `permissions`: an array of strings, or a string split at spaces. */
  readonly permissions?: string
  /** Name of the claim that becomes `roles`. */
  readonly roles?: string
}

/** The pieces of a text between U+0020 characters, without empty ones (RFC 6749 section 3.3). */
export const splitAtSpaces = (text: string): readonly string[] => text.match(/[^ ]+/g) ?? []

/**
 * The claims of an outside issuer as this kit reads them: its own `permissions` and `roles` mean nothing here.
 *
 * @throws TokenError - `claim_invalid` with the source claim
 */
export function mapClaims(claims: JsonObject, { subjectPrefix = '', permissions, roles }: ClaimsMapping): JsonObject {
  const mapped: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(claims))
    if (name !== 'permissions' && name !== 'roles') setMember(mapped, name, value)
  if (typeof claims['sub'] === 'string') mapped['sub'] = subjectPrefix + claims['sub']
  for (const [name, source] of [
    ['permissions', permissions],
    ['roles', roles],
  ] as const) {
    if (source === undefined || !Object.hasOwn(claims, source)) continue
    mapped[name] = listOf(claims[source], source)
  }
  return Object.freeze(mapped)
}

function listOf(value: JsonValue | undefined, claim: string): readonly string[] {
  if (typeof value === 'string') return Object.freeze(splitAtSpaces(value))
  if (!isStrings(value)) throw new TokenError('claim_invalid', { claim })
  return value
}
