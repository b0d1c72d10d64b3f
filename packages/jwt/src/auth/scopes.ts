import { isPlainObject, isStrings } from '../encoding/json-value'
import { MisuseError } from '../errors/errors'
import type { KnownClaims } from '../token/claims'
import { splitAtSpaces } from '../token/mapping'

/** What a claim that is missing lists. */
export const NONE: readonly never[] = Object.freeze([])

/** A scope's pieces, split at U+0020 (RFC 6749 section 3.3); none where the claim is missing. */
export function scopesOf({ scope }: Partial<KnownClaims>): readonly string[] {
  if (scope === undefined) return NONE
  if (scope !== last) {
    pieces = Object.freeze(splitAtSpaces(scope))
    last = scope
  }
  return pieces
}

// A service sees the same scope again and again: the pieces of the last one are kept.
let last: string | undefined
let pieces = NONE as readonly string[]

/** The strings of a list claim; none where it is missing. */
export const listOf = (claims: Partial<KnownClaims>, name: 'permissions' | 'roles'): readonly string[] =>
  claims[name] ?? NONE

/**
 * The permissions that scopes stand for.
 *
 * @param scope - the `scope` claim, or a list of scopes
 * @param table - scope to its permissions; a scope that is not in it gives nothing
 * @returns distinct permissions, in the order of the scopes and of their rows
 * @throws MisuseError - a wrong type
 * @example
 * mapScopesToPermissions('orders profile', { orders: ['orders:read', 'orders:write'] }) // ['orders:read', 'orders:write']
 */
export function mapScopesToPermissions(
  scope: string | readonly string[],
  table: Readonly<Record<string, readonly string[]>>,
): string[] {
  const scopes = typeof scope === 'string' ? splitAtSpaces(scope) : scope
  if (!isStrings(scopes)) throw new MisuseError('scope is not a string or a list of strings')
  if (!isPlainObject(table) || !Object.values(table).every(isStrings))
    throw new MisuseError('table does not map scopes to lists of permissions')
  const rows = scopes.flatMap((name) => (Object.hasOwn(table, name) ? (table[name] as readonly string[]) : []))
  return [...new Set(rows)]
}
