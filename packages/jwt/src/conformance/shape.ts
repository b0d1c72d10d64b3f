// What a file of vectors looks like, as far as a runner relies on it. A file that does not is refused whole, alike in both
// languages: a test that cannot be run is no test that failed.
import { type Text, textOf, type VectorFile } from './inputs'

type Check = (value: unknown) => boolean

/** Containers within each other, in a file and in a text of one: more than vectors have, less than a recursion takes. */
const MAX_DEPTH = 256
const MAX_HOST_DEPTH = 512
/** Characters that a repetition may come to. */
const MAX_TEXT = 16 * 1024 * 1024
const FORMAT = 1

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isString: Check = (value) => typeof value === 'string'
const isFlag: Check = (value) => typeof value === 'boolean'
const isPresent: Check = (value) => value !== undefined

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

const oneOf =
  (...choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value)

const listOf =
  (check: Check, least = 0): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.every(check)

/** An object whose members of these names are right. */
const withMembers =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.entries(checks).every(([name, check]) => check(Object.hasOwn(value, name) ? value[name] : undefined))

/** An object that has these members and no others. */
const only =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    withMembers(checks)(value) && Object.keys(value as object).every((name) => Object.hasOwn(checks, name))

const mapOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check)

const isEntropy: Check = (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)
const isNow: Check = (value) => typeof value === 'number'

const isRepetition = only({
  repeat: isString,
  times: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_TEXT,
  prefix: optional(isString),
  middle: optional(isString),
  repeatEnd: optional(isString),
  suffix: optional(isString),
})

/** A text, written out or as a repetition that is no bomb. */
function isText(value: unknown): boolean {
  if (isString(value)) return true
  if (!isRepetition(value)) return false
  const { repeat, times, repeatEnd = '' } = value as { repeat: string; times: number; repeatEnd?: string }
  return [...repeat, ...repeatEnd].length * times <= MAX_TEXT
}

/** A text that every language's own parser reads, nothing in it too deep for a recursion. */
function isHostJson(value: unknown): boolean {
  if (!isText(value)) return false
  try {
    return isBounded(JSON.parse(textOf(value as Text)), MAX_HOST_DEPTH, () => true)
  } catch {
    return false
  }
}

function isBounded(value: unknown, maxDepth: number, isNumber: (value: number) => boolean): boolean {
  const open: [value: unknown, depth: number][] = [[value, 0]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [item, depth] = next
    if (typeof item === 'number' && !isNumber(item)) return false
    if (typeof item !== 'object' || item === null) continue
    if (depth === maxDepth) return false
    for (const member of Object.values(item)) open.push([member, depth + 1])
  }
  return true
}

const isNamed = only({ issuer: isString, jti: isString })
const OPTIONS: Readonly<Record<string, Check>> = {
  importPublic: only({ alg: optional(isString) }),
  exportPublic: only({ alg: optional(isString) }),
  importSecret: only({ kid: optional(isString) }),
  importPrivate: only({}),
}

const isStores = only({
  revoked: optional(listOf(isNamed)),
  consumed: optional(listOf(isNamed)),
  revocationUnavailable: optional(isFlag),
  replayUnavailable: optional(isFlag),
})

/** What the tests of each kind have, but for `id`, `expected`, `kit` and what is for the reader. */
const TESTS: Readonly<Record<string, Check>> = {
  sign: withMembers({ now: isNow, entropy: isEntropy, claims: isHostJson, options: optional(isObject) }),
  verify: withMembers({
    now: isNow,
    entropy: optional(isEntropy),
    token: (value) => isText(value) || withMembers({ value: isPresent })(value),
    operation: optional(oneOf('verify', 'checkAuth', 'consumeOnce', 'decodeUnverified')),
    options: optional(isObject),
    stores: optional(isStores),
  }),
  delegation: withMembers({
    now: isNow,
    entropy: isEntropy,
    original: (value) => isHostJson(value) || only({ plain: isHostJson })(value),
    actor: isPresent,
    options: isObject,
  }),
  policy: withMembers({ policy: isPresent, claims: isHostJson, context: optional(isObject) }),
  keys: (test) =>
    withMembers({
      operation: oneOf(...Object.keys(OPTIONS)),
      input: (value) => only({ text: isText })(value) || only({ jwk: isHostJson })(value),
    })(test) && withMembers({ options: optional(OPTIONS[(test as { operation: string }).operation] as Check) })(test),
  thumbprint: withMembers({ jwk: isHostJson }),
  jwks: withMembers({
    jwks: isText,
    algorithms: listOf(isString),
    header: only({ alg: isString, kid: optional(isString) }),
  }),
  config: withMembers({ env: isObject, files: optional(mapOf(isString)), role: optional(isString) }),
  provider: withMembers({ provider: isPresent, options: isObject }),
}

const isFault = only({ code: isString, claim: optional(isString), variable: optional(isString) })
const isExpected: Check = (value) =>
  isObject(value) && ('fault' in value ? only({ fault: isFault })(value) : Object.keys(value).length > 0)

/** Whether a parsed file is one that can be run. */
export function isVectorFile(value: unknown, kinds: ReadonlySet<string>): value is VectorFile {
  if (!isBounded(value, MAX_DEPTH, Number.isFinite) || !isObject(value)) return false
  const { format, kind, kits = {}, groups } = value
  if (format !== FORMAT || typeof kind !== 'string' || !kinds.has(kind) || !mapOf(isObject)(kits)) return false
  const isKit: Check = (kit) => isObject(kit) || (typeof kit === 'string' && Object.hasOwn(kits as object, kit))
  const needsKit = kind === 'sign' || kind === 'verify' || kind === 'delegation'
  const isTest = withMembers({
    id: isString,
    expected: isExpected,
    kit: needsKit ? isKit : () => true,
  })
  const isOfKind = TESTS[kind] ?? (() => true)
  const isGroup = withMembers({ tests: listOf((test) => isTest(test) && isOfKind(test), 1) })
  return listOf(isGroup, 1)(groups)
}
