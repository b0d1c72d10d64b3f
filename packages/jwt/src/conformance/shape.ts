// What a file of vectors looks like, as far as a runner relies on it. A file that does not is refused whole, alike in both
// languages: a test that cannot be run is no test that failed.
import {
  type Check,
  isFlag,
  isNumber,
  isObject,
  isPresent,
  isString,
  isText,
  listOf,
  mapOf,
  oneOf,
  only,
  optional,
  withMembers,
} from './checks'
import { textOf, type VectorFile, type VectorTest } from './inputs'
import { isTimeline, type Kits } from './timeline-shape'

/** Containers within each other, in a file and in a text of one: more than vectors have, less than a recursion takes. */
const MAX_DEPTH = 256
const MAX_HOST_DEPTH = 512
const FORMAT = 1

const isEntropy: Check = (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)

/** A text that every language's own parser reads, nothing in it too deep for a recursion. */
function isHostJson(value: unknown): boolean {
  if (!isText(value)) return false
  try {
    return isBounded(JSON.parse(textOf(value)), MAX_HOST_DEPTH, () => true)
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

const ASYMMETRIC = ['EdDSA', 'RS256', 'PS256', 'ES256', 'ES384', 'ES512']
const isLocalHeader = only({ alg: oneOf(...ASYMMETRIC), kid: optional(isString) })
const isLocalStep: Check = (step) =>
  isObject(step) &&
  only({
    jwks: optional(step['as'] === 'text' ? isText : isHostJson),
    as: optional(oneOf('same', 'text')),
    failure: optional(oneOf(true)),
    select: listOf(isLocalHeader, 1),
  })(step) &&
  'jwks' in step !== 'failure' in step

/** What tests of a kind have, but for `id`, `expected`, `kit` and what is for the reader; timelines have their own. */
const TESTS: Readonly<Record<string, Check>> = {
  sign: withMembers({ now: isNumber, entropy: isEntropy, claims: isHostJson, options: optional(isObject) }),
  verify: withMembers({
    now: isNumber,
    entropy: optional(isEntropy),
    token: (value) => isText(value) || withMembers({ value: isPresent })(value),
    operation: optional(oneOf('verify', 'checkAuth', 'consumeOnce', 'decodeUnverified')),
    options: optional(isObject),
    stores: optional(isStores),
  }),
  delegation: withMembers({
    now: isNumber,
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
  'local-jwks': withMembers({ script: listOf(isLocalStep, 1) }),
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
  const isOfTimeline: Check = (test) => isTimeline(test as VectorTest, kits as Kits)
  const isOfKind = kind === 'jwks-timeline' ? isOfTimeline : (TESTS[kind] ?? (() => true))
  const isGroup = withMembers({ tests: listOf((test) => isTest(test) && isOfKind(test), 1) })
  return listOf(isGroup, 1)(groups)
}
