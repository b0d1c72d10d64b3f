import { canonicalize } from '../encoding/jcs'
import { isJsonObject, isObject, type JsonObject, type JsonValue } from '../encoding/json-value'
import { MisuseError } from '../errors/errors'
import { type Claims, isVerified } from '../token/claims'
import { listOf, scopesOf } from './scopes'

/** Values of the names that a policy refers to. Others are ignored. */
export type Context = Readonly<Record<string, unknown>>

/** The answer of a policy. */
export interface Evaluation {
  /** Whether all rules hold. */
  readonly allowed: boolean
  /** JSON pointers (RFC 6901) of the innermost rules that failed, members sorted; none where it allows. */
  readonly failed: readonly string[]
}

/**
 * Every rule is evaluated, whatever the others say: a name that the context lacks is found wherever it stands.
 *
 * @throws MisuseError - claims that were not verified; a name that the context lacks
 */
export function evaluateRules(rules: JsonObject, claims: Claims, context: Context): Evaluation {
  if (!isVerified(claims)) throw new MisuseError('claims: not verified')
  if (!isObject(context)) throw new MisuseError('context: not an object')
  const failed = failures(rules, { claims, context }, '')
  return failed.length === 0 ? ALLOWED : evaluationOf(failed)
}

const evaluationOf = (failed: readonly string[]): Evaluation =>
  Object.freeze({ allowed: failed.length === 0, failed: Object.freeze(failed) })

const ALLOWED = /* @__PURE__ */ evaluationOf([])

interface Case {
  readonly claims: Claims
  readonly context: Context
}

function lookUp(context: Context, name: string): string {
  const value = Object.hasOwn(context, name) ? context[name] : undefined
  if (typeof value !== 'string') throw new MisuseError('context: no such name')
  return value
}

function failures(rules: JsonObject, it: Case, path: string): string[] {
  const failed: string[] = []
  // Members were sorted when the policy was read, but ECMAScript puts names that are integers first: there are none.
  for (const name of Object.keys(rules)) {
    const value = rules[name] as JsonValue
    if (name === 'allOf' || name === 'anyOf') {
      const branches = (value as readonly JsonObject[]).map((rule, index) =>
        failures(rule, it, `${path}/${name}/${index}`),
      )
      if (name === 'allOf' || branches.every((branch) => branch.length > 0)) failed.push(...branches.flat())
      if (name === 'anyOf' && branches.length === 0) failed.push(`${path}/${name}`)
    } else if (name === 'not' ? failures(value as JsonObject, it, '').length === 0 : !holds(name, value, it))
      failed.push(`${path}/${name}`)
  }
  return failed
}

function holds(name: string, value: JsonValue, { claims, context }: Case): boolean {
  switch (name) {
    case 'subject':
      return claims.sub === (isJsonObject(value) ? lookUp(context, value['ref'] as string) : value)
    case 'actor':
      return claims.act !== undefined && includes(claims.act as JsonObject, value as JsonObject)
    case 'noActor':
      return claims.act === undefined
    case 'claims':
      return includes(claims as unknown as JsonObject, value as JsonObject)
  }
  const held = name.startsWith('scopes')
    ? scopesOf(claims)
    : listOf(claims, name.startsWith('roles') ? 'roles' : 'permissions')
  const isAll = name.endsWith('All')
  for (const one of value as readonly string[]) if (held.includes(one) !== isAll) return !isAll
  return isAll
}

/** Whether an object has these members, deeply equal. */
const includes = (object: JsonObject, members: JsonObject): boolean =>
  Object.keys(members).every(
    (name) => Object.hasOwn(object, name) && isSame(object[name] as JsonValue, members[name] as JsonValue),
  )

/** The canonical form is the same for the same value. */
const isSame = (one: JsonValue, other: JsonValue): boolean => one === other || canonicalize(one) === canonicalize(other)
