import { type Policy, parsePolicy } from '../../auth/policy'
import { isJsonObject, type JsonObject, type JsonValue } from '../../encoding/json-value'
import { MisuseError, TokenError } from '../../errors/errors'
import { type Claims, unsafeTrustClaims } from '../../token/claims'
import type { Command } from '../command'
import { CommandFailure, EXIT, quoted } from '../failure'
import { readObject, requireOneInput, sourceName } from '../inputs'
import { prettyJson } from '../pretty'

/** `kit-jwt policy`: whether a policy allows claims, and which of its rules failed. */
export const policy: Command = async ({ operands, values }, _world, output) => {
  const [rulesPath, claimsPath] = operands
  const contextPath = values['context']?.[0]
  requireOneInput([rulesPath, claimsPath, ...(contextPath === undefined ? [] : [contextPath])])
  const rules = await readObject(output, rulesPath, 'a policy')
  const rule = parse(rules, sourceName(rulesPath))
  const context = contextPath === undefined ? {} : await readObject(output, contextPath, 'a JSON object')
  requireNames(rules, context)
  const claims = trust(await readObject(output, claimsPath, 'a JSON object of claims'), sourceName(claimsPath))
  const { allowed, failed } = rule.evaluate(claims, context)
  const { style } = output
  if (allowed) output.result({ allow: true }, `${style('green', 'allowed')}\n`)
  else {
    const lines = failed.map((pointer) => `  ${style('bold', pointer)}  ${prettyJson(valueAt(rules, pointer), '  ')}\n`)
    output.result({ allow: false, failed }, `${style('red', 'denied')}, because of these rules:\n${lines.join('')}`)
  }
  return allowed ? EXIT.ok : EXIT.refused
}

function parse(rules: JsonObject, name: string): Policy {
  const fault = faultIn(rules, '')
  if (fault === undefined) return parsePolicy(rules)
  if (fault === '') throw new CommandFailure(`${name} is empty; {"allOf": []} is the policy that anybody passes`)
  throw new CommandFailure(`${name} is no policy: ${quoted(fault, 'a rule')} is unknown, empty or of the wrong type`)
}

/** The pointer of the innermost rule that is no policy; undefined where there is none. The parser itself judges each. */
function faultIn(rules: JsonValue, path: string): string | undefined {
  if (isPolicy(rules)) return undefined
  if (!isJsonObject(rules)) return path
  for (const name of Object.keys(rules).sort()) {
    const value = rules[name] as JsonValue
    if (isPolicy({ [name]: value })) continue
    const here = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (name === 'not') return faultIn(value, here)
    if ((name !== 'allOf' && name !== 'anyOf') || !Array.isArray(value)) return here
    const branches = value as readonly JsonValue[]
    const index = branches.findIndex((branch) => !isPolicy(branch))
    return faultIn(branches[index] as JsonValue, `${here}/${index}`)
  }
  return path
}

function isPolicy(rules: JsonValue): boolean {
  try {
    parsePolicy(rules as JsonObject)
    return true
  } catch (error) {
    if (MisuseError.is(error)) return false
    throw error
  }
}

/** Every name that the policy looks up, wherever it stands, must be there. */
function requireNames(rules: JsonObject, context: JsonObject): void {
  const { subject, not } = rules
  if (isJsonObject(subject) && typeof context[subject['ref'] as string] !== 'string')
    throw new CommandFailure(`--context has no text for ${quoted(subject['ref'] as string, 'a name')} of the policy`)
  for (const name of ['allOf', 'anyOf'])
    for (const rule of (rules[name] ?? []) as readonly JsonObject[]) requireNames(rule, context)
  if (isJsonObject(not)) requireNames(not, context)
}

function trust(claims: JsonObject, name: string): Claims {
  try {
    return unsafeTrustClaims(claims)
  } catch (error) {
    if (!TokenError.is(error)) throw error
    throw new CommandFailure(`the claim ${error.claim} in ${name} is of the wrong type`)
  }
}

/** What a pointer to a failed rule points to: names of rules and indexes, none of which is escaped. */
const valueAt = (rules: JsonObject, pointer: string): JsonValue =>
  pointer
    .split('/')
    .slice(1)
    .reduce((value: JsonValue, name) => (value as JsonObject)[name] as JsonValue, rules)
