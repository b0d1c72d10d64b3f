import {
  type AnyPolicy,
  ConfigError,
  type Confirmation,
  type Kit,
  type PolicyRules,
  type Principal,
  parsePolicy,
} from '@kit/jwt'
import { rateOf } from '../limits/gcra'
import type { Limit, Limiter } from '../limits/limiter'
import { parseNetwork } from './address'
import type { Answer } from './answer'
import type { ForwardedHeader } from './forwarded'
import type { LimitBy } from './limit-key'
import type { RefusalCode } from './refused'

/** What a guard needs of a kit. */
export type GuardKit = Pick<Kit, 'checkAuth' | 'consumeOnce'>

/** A request that was refused, for the log. Nothing of the token is in here. */
export interface Refusal extends Answer {
  /** Why: a code of the guard, or of `TokenError`. */
  readonly code: RefusalCode
  /** The claim concerned, where a code concerns one. */
  readonly claim: string | undefined
  /** With `policy_denied`: JSON pointers to the rules that failed. */
  readonly failed: readonly string[] | undefined
}

/** Options of all routes of a guard. */
export interface GuardOptions<Request> {
  /** Verifies tokens, and uses them up. */
  readonly kit: GuardKit
  /** Keeps the budgets; needed where a route has limits. */
  readonly limiter?: Limiter
  /** Proxies that are believed about whom a request came from: addresses, and networks such as `10.0.0.0/8`. None unless given. */
  readonly trustedProxies?: readonly string[]
  /** The header that they append to: `x-forwarded-for` unless given. */
  readonly forwardedHeader?: ForwardedHeader
  /** Name of a cookie that may carry the token, too. None unless given: what a browser sends by itself is no proof of intent. */
  readonly cookie?: string
  /** Name of a parameter of the query that may carry the token, too. None unless given: a URL stands in logs. */
  readonly query?: string
  /** What the request proved about its sender: the token must be bound to it (RFC 7800). */
  readonly confirmation?: (request: Request) => Confirmation | undefined
  /** Is told of each refusal. What it throws is not heard. */
  readonly onRefusal?: (refusal: Refusal, request: Request) => void
}

/** Options of one route. */
export interface RouteOptions<Request> {
  /** Values of the names that the policy refers to, from the request; asked once the token is verified. */
  readonly context?: (
    request: Request,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>
  /** Decides what no policy can say: true passes, false is `policy_denied`. */
  readonly allow?: (principal: Principal, request: Request) => boolean | Promise<boolean>
  /** Limits, each drawn on in this order until one is exceeded. */
  readonly limits?: readonly Limit[]
  /** Units that a request draws, 1 unless given; no more than the burst of any limit. */
  readonly cost?: number | ((principal: Principal, request: Request) => number)
  /** Whose budget it is: `subject` unless given. */
  readonly by?: LimitBy
  /** With `by: 'address'`: whether the limits come before the token, so that they count who has none, too. */
  readonly before?: boolean
  /** What happens while the limiter does not answer: `refuse` (503) unless given. */
  readonly onLimiterFailure?: 'refuse' | 'pass'
  /** Whether the token is used up: it passes once. */
  readonly replay?: boolean
}

// What needs no encoding in a query, and is a token in a cookie: RFC 3986 section 2.3.
const NAME = /^[\w.~-]+$/
const PRINTABLE = /^[ -~]+$/

/** @throws ConfigError - `config_missing`, `config_invalid` with the option */
export function checkOptions<Request>(options: GuardOptions<Request>): void {
  only(options, ['kit', 'limiter', 'trustedProxies', 'forwardedHeader', 'cookie', 'query', 'confirmation', 'onRefusal'])
  const { kit, limiter, trustedProxies, forwardedHeader, cookie, query, confirmation, onRefusal } = options
  if (!('kit' in options)) throw new ConfigError('config_missing', { variable: 'kit' })
  check('kit', isPort(kit, 'checkAuth') && isPort(kit, 'consumeOnce'))
  check('limiter', limiter === undefined || isPort(limiter, 'draw'))
  check('trustedProxies', trustedProxies === undefined || isNetworks(trustedProxies))
  check('forwardedHeader', forwardedHeader === undefined || isOneOf(forwardedHeader, ['x-forwarded-for', 'forwarded']))
  // Nobody would be believed who writes it.
  if (forwardedHeader !== undefined && trustedProxies === undefined)
    throw new ConfigError('config_missing', { variable: 'trustedProxies' })
  check('cookie', cookie === undefined || NAME.test(cookie))
  check('query', query === undefined || NAME.test(query))
  check('confirmation', isFunctionOrNone(confirmation))
  check('onRefusal', isFunctionOrNone(onRefusal))
}

/** @throws ConfigError - `config_missing`, `config_invalid` with the option */
export function checkRoute<Request>(route: RouteOptions<Request>, limiter: Limiter | undefined): void {
  only(route, ['context', 'allow', 'limits', 'cost', 'by', 'before', 'onLimiterFailure', 'replay'])
  const { context, allow, limits = [], cost = 1, by = 'subject', before = false } = route
  const { onLimiterFailure = 'refuse', replay = false } = route
  check('context', isFunctionOrNone(context))
  check('allow', isFunctionOrNone(allow))
  // `limits: []` would look like a limit, and be none.
  check('limits', Array.isArray(limits) && limits.every(isLimit) && !('limits' in route && limits.length === 0))
  check('cost', typeof cost === 'function' || canBeDrawn(cost, limits))
  check('by', isOneOf(by, ['subject', 'client', 'address']))
  // Before the token is looked at, there is no principal that a budget or a cost could be told by.
  const canBeFirst = by === 'address' && limits.length > 0 && typeof cost !== 'function'
  check('before', typeof before === 'boolean' && (!before || canBeFirst))
  check('onLimiterFailure', isOneOf(onLimiterFailure, ['refuse', 'pass']))
  check('replay', typeof replay === 'boolean')
  if (limits.length > 0 && limiter === undefined) throw new ConfigError('config_missing', { variable: 'limiter' })
}

/** @throws MisuseError - not a policy */
export function policyOf(given: AnyPolicy): ReturnType<typeof parsePolicy> {
  if ('evaluate' in given) return given
  const { build } = given as { build?: unknown }
  return typeof build === 'function'
    ? (given as { build(): ReturnType<typeof parsePolicy> }).build()
    : parsePolicy(given as PolicyRules)
}

/** Whether a value counts units: a whole number, not too large to be exact in microseconds. */
const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= 1_000_000_000

/** Whether all limits can ever have so many units: what never can would be refused as if it were a matter of time. */
export const canBeDrawn = (cost: unknown, limits: readonly Limit[]): cost is number =>
  isCount(cost) && limits.every(({ quota, burst = quota }) => cost <= burst)

function isLimit(value: unknown): boolean {
  const { name, quota, windowSeconds, burst = 1, ...others } = Object(value) as Partial<Record<string, unknown>>
  const isNamed = typeof name === 'string' && PRINTABLE.test(name)
  const areCounts = isCount(quota) && isCount(windowSeconds) && isCount(burst) && Object.keys(others).length === 0
  return isNamed && areCounts && isCountable(value as Limit)
}

function isCountable(limit: Limit): boolean {
  try {
    rateOf(limit)
    return true
  } catch {
    return false
  }
}

const isNetworks = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && parseNetwork(one) !== undefined)
const isOneOf = (value: string, all: readonly string[]): boolean => all.includes(value)
const isFunctionOrNone = (value: unknown): boolean => value === undefined || typeof value === 'function'
const isPort = (value: unknown, method: string): boolean =>
  typeof (Object(value) as Record<string, unknown>)[method] === 'function'

function check(variable: string, isRight: boolean): void {
  if (!isRight) throw new ConfigError('config_invalid', { variable })
}

/** A misspelt option must not switch off what it was meant to switch on; nor must one that is undefined. */
function only(options: object, names: readonly string[]): void {
  for (const [name, value] of Object.entries(options)) check(name, names.includes(name) && value !== undefined)
}
