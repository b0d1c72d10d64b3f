import { isJsonObject, isStrings, type JsonObject, type JsonValue, readJson } from '../encoding/json-value'
import { parseJsonObject } from '../encoding/strict-json'
import { MisuseError } from '../errors/errors'
import type { Claims } from '../token/claims'
import { type Context, type Evaluation, evaluateRules } from './evaluate'

/** A policy as plain JSON: who may pass. All members must hold; `anyOf`, `allOf` and `not` compose. */
export interface PolicyRules {
  /** All of these are among `permissions`; an empty list holds. */
  readonly permissionsAll?: readonly string[]
  /** One of these is among `permissions`; an empty list does not hold. */
  readonly permissionsAny?: readonly string[]
  /** All of these are among `roles`; an empty list holds. */
  readonly rolesAll?: readonly string[]
  /** One of these is among `roles`; an empty list does not hold. */
  readonly rolesAny?: readonly string[]
  /** All of these are pieces of `scope`; an empty list holds. */
  readonly scopesAll?: readonly string[]
  /** One of these is a piece of `scope`; an empty list does not hold. */
  readonly scopesAny?: readonly string[]
  /** `sub`, or the name in the context under which it is found. */
  readonly subject?: string | { readonly ref: string }
  /** Equal to the outermost actor's members of these names. */
  readonly actor?: {
    /** `sub` of the actor. */
    readonly sub: string
    /** `iss` of the actor. */
    readonly iss?: string
  }
  /** The token names no actor. */
  readonly noActor?: true
  /** Claims and the JSON values that they deeply equal. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** All of these hold; an empty list holds. */
  readonly allOf?: readonly PolicyRules[]
  /** One of these holds; an empty list does not. */
  readonly anyOf?: readonly PolicyRules[]
  /** This does not hold. */
  readonly not?: PolicyRules
}

const isString = (value: JsonValue | undefined): boolean => typeof value === 'string'

const hasOnly = (value: JsonValue, names: readonly string[]): value is JsonObject =>
  isJsonObject(value) && Object.keys(value).every((name) => names.includes(name) && isString(value[name]))

const isSubject = (value: JsonValue): boolean => isString(value) || (hasOnly(value, ['ref']) && 'ref' in value)

const isActor = (value: JsonValue): boolean => hasOnly(value, ['sub', 'iss']) && 'sub' in value

const arePolicies = (value: JsonValue): boolean => Array.isArray(value) && value.every(isPolicy)

const isPolicy = (value: JsonValue | undefined): value is JsonObject =>
  isJsonObject(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([name, member]) => MEMBERS.get(name)?.(member) === true)

/** What each member must be. */
const MEMBERS: ReadonlyMap<string, (value: JsonValue) => boolean> = /* @__PURE__ */ new Map([
  ...['permissions', 'roles', 'scopes'].flatMap((list) => [
    [`${list}All`, isStrings] as const,
    [`${list}Any`, isStrings] as const,
  ]),
  ['subject', isSubject],
  ['actor', isActor],
  ['noActor', (value: JsonValue) => value === true],
  ['claims', isJsonObject],
  ['allOf', arePolicies],
  ['anyOf', arePolicies],
  ['not', isPolicy],
])

/** A policy that was checked. Immutable; made by `parsePolicy` and `policy()`. */
export class Policy {
  readonly #rules: JsonObject

  /** @internal */
  constructor(rules: unknown) {
    const copy = readJson(rules)
    if (!isPolicy(copy)) throw new MisuseError('not a policy')
    // What the strict parser gives is deeply frozen.
    this.#rules = parseJsonObject(JSON.stringify(copy)) as JsonObject
  }

  /**
   * Holds claims against the policy.
   *
   * @param claims - verified ones
   * @param context - values, strings, of the names that the policy refers to
   * @returns whether it allows; else the JSON pointers of the innermost rules that failed
   * @throws MisuseError - claims that were not verified; the context lacks a name that the policy refers to
   * @example
   * parsePolicy({ rolesAny: ['admin'] }).evaluate(claims).failed // ['/rolesAny']
   */
  evaluate(claims: Claims, context: Context = {}): Evaluation {
    return evaluateRules(this.#rules, claims, context)
  }

  /**
   * The policy as plain JSON.
   *
   * @returns the rules, immutable
   * @example
   * parsePolicy({ noActor: true }).toJSON() // { noActor: true }
   */
  toJSON(): PolicyRules {
    return this.#rules
  }
}

/** What is taken where a policy is wanted: a checked one, one being built, or plain JSON. */
export type AnyPolicy = Policy | PolicyRules | { build(): Policy }

/**
 * Checks a policy.
 *
 * @param rules - plain JSON, see {@link PolicyRules}
 * @returns the policy, immutable
 * @throws MisuseError - an unknown member, a wrong type, or `{}`: `{ allOf: [] }` says "anybody"
 * @example
 * const rule = parsePolicy({ permissionsAll: ['orders:read'], noActor: true })
 */
export function parsePolicy(rules: PolicyRules): Policy {
  return new Policy(rules)
}

/** @throws MisuseError - not a policy */
export function asPolicy(given: AnyPolicy): Policy {
  if (given instanceof Policy) return given
  const { build } = Object(given) as { build?: unknown }
  return typeof build === 'function' ? (given as { build(): Policy }).build() : parsePolicy(given as PolicyRules)
}
