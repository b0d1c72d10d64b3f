import { isJsonObject, isNonEmpty, type JsonObject, type JsonValue, setMember } from '../encoding/json-value'
import { MisuseError, TokenError } from '../errors/errors'
import { readAudience, readOptions } from '../errors/misuse'
import { actorsOf } from '../token/act'
import { type Claims, isVerified } from '../token/claims'
import { listOf, scopesOf } from './scopes'

/** Options of `createDelegatedToken`. */
export interface DelegationOptions {
  /** The target service. */
  readonly aud: string | readonly string[]
  /** Seconds; the token never outlives the original. */
  readonly ttl?: number
  /** Narrows what the original holds; left out, it is copied as it is. */
  readonly permissions?: readonly string[]
  /** Narrows what the original holds; left out, it is copied as it is. */
  readonly roles?: readonly string[]
  /** Narrows what the original holds, compared as a set split at spaces; left out, it is copied as it is. */
  readonly scope?: string
  /** Further claims to copy where present. */
  readonly copy?: readonly string[]
}

/** What was asked for, checked. */
export interface Delegation {
  readonly original: Claims
  readonly actor: string
  readonly aud: string | readonly string[]
  /** Undefined: not given. */
  readonly ttl: unknown
  readonly narrowed: Readonly<Record<string, JsonValue>>
  readonly copied: readonly string[]
}

const COPIED = [
  'sub',
  'permissions',
  'roles',
  'scope',
  'groups',
  'email',
  'name',
  'tid',
  'org_id',
  'department',
  'client_id',
  'may_act',
]
const NEVER_COPIED = ['cnf', 'jti', 'nbf', 'iss', 'aud', 'iat', 'exp', 'act']

/** @throws MisuseError - arguments of wrong types, claims that were not verified, `copy` of a claim that is never copied */
export function readDelegation(original: unknown, actor: unknown, options: DelegationOptions): Delegation {
  if (!isVerified(original)) throw new MisuseError('claims: not verified')
  if (!isNonEmpty(actor)) throw new MisuseError('actor: not a name')
  const given = readOptions(options, ['aud', 'ttl', 'permissions', 'roles', 'scope', 'copy'])
  const narrowed: Record<string, JsonValue> = {}
  for (const name of ['permissions', 'roles'] as const)
    if (name in given) narrowed[name] = Object.freeze(readStrings(given[name]))
  if ('scope' in given) {
    if (typeof given.scope !== 'string') throw new MisuseError('scope: not a string')
    narrowed['scope'] = given.scope
  }
  const copied = 'copy' in given ? readStrings(given.copy) : []
  if (copied.some((name) => NEVER_COPIED.includes(name))) throw new MisuseError('copy: names what is never copied')
  // A `ttl` of undefined was given wrongly: null, which no token lives for, says so to the rules of minting.
  const ttl = 'ttl' in given ? (given.ttl ?? null) : undefined
  return { original, actor, aud: readAudience(given.aud), ttl, narrowed, copied }
}

function readStrings(value: unknown): readonly string[] {
  const items: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [undefined]
  if (!items.every((item) => typeof item === 'string')) throw new MisuseError('not an array of strings')
  return items
}

/**
 * The claims of a delegated token (RFC 8693 section 4): the subject and what it may do are the original's, the actor is
 * named. The rules are tried in the order of the design.
 *
 * @param issuer - the kit's, which is the actor's
 * @param now - seconds since the epoch
 * @param maxDepth - how many actors a token may name
 * @throws TokenError - `claim_missing`, `delegation_expired`, `delegation_actor_denied`, `delegation_too_deep`,
 *   `delegation_escalation`
 */
export function delegatedClaims(
  { original, actor, narrowed, copied }: Delegation,
  issuer: string | undefined,
  now: number,
  maxDepth: number,
): Record<string, JsonValue> {
  const claims = original as unknown as JsonObject
  for (const name of ['sub', 'exp'])
    if (claims[name] === undefined) throw new TokenError('claim_missing', { claim: name })
  if (original.exp <= now) throw new TokenError('delegation_expired')
  if (!mayAct(claims['may_act'], actor, issuer)) throw new TokenError('delegation_actor_denied')
  if (actorsOf(original.act).length >= maxDepth) throw new TokenError('delegation_too_deep')
  checkNarrowing(original, narrowed)
  const delegated: Record<string, JsonValue> = {}
  for (const name of [...COPIED, ...copied])
    if (Object.hasOwn(claims, name)) setMember(delegated, name, claims[name] as JsonValue)
  const act = original.act === undefined ? { sub: actor } : { sub: actor, act: original.act as JsonObject }
  return { ...delegated, ...narrowed, act }
}

/** RFC 8693 section 4.4: where the original says who may act, it is this actor. */
function mayAct(allowed: JsonValue | undefined, actor: string, issuer: string | undefined): boolean {
  if (allowed === undefined) return true
  return isJsonObject(allowed) && allowed['sub'] === actor && (!('iss' in allowed) || allowed['iss'] === issuer)
}

function checkNarrowing(original: Claims, narrowed: Delegation['narrowed']): void {
  for (const [name, value] of Object.entries(narrowed)) {
    const isScope = name === 'scope'
    const held = new Set(isScope ? scopesOf(original) : listOf(original, name as 'permissions' | 'roles'))
    const asked = isScope ? scopesOf({ scope: value as string }) : (value as readonly string[])
    if (!asked.every((one) => held.has(one))) throw new TokenError('delegation_escalation', { claim: name })
  }
}
