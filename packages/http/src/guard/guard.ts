import { type AnyPolicy, MisuseError, type Principal, parsePolicy, TokenError } from '@kit/jwt'
import { answerFor } from './answer'
import { tokenOf } from './credentials'
import { openTo } from './development'
import { drawOn, type Seen } from './draw'
import { limitKey } from './limit-key'
import {
  canBeDrawn,
  checkOptions,
  checkRoute,
  type GuardOptions,
  policyOf,
  type Refusal,
  type RouteOptions,
} from './options'
import { addressKeys } from './proxies'
import { Refused } from './refused'
import type { GuardRequest } from './request'

/** What a guard says of a request. */
export type Outcome =
  | {
      /** It may pass. */
      readonly passed: true
      /** Who it is. */
      readonly auth: Principal
      /** To be added to the response, by names in lower case: what is left of the limits. */
      readonly headers: Readonly<Record<string, string>>
    }
  | {
      /** It may not. */
      readonly passed: false
      /** What to answer, and why. */
      readonly refusal: Refusal
    }

/**
 * Decides about requests to one route.
 *
 * @param request - of the framework
 * @returns whether it may pass; else what to answer, and why
 */
export type Check<Request> = (request: Request) => Promise<Outcome>

/**
 * Makes the check of a route.
 *
 * @param policy - who may pass; anybody with a valid token unless given
 * @param route - see {@link RouteOptions}
 * @returns the check
 */
export type Guard<Request> = (policy?: AnyPolicy, route?: RouteOptions<Request>) => Check<Request>

const ANYBODY = parsePolicy({ allOf: [] })

/**
 * A guard without a framework: token, then policy, then limits, then replay (RFC 6750). Limits by address come first where a
 * route says so.
 *
 * @typeParam Request - of the framework
 * @param options - see {@link GuardOptions}
 * @param partsOf - what the guard looks at in a request
 * @returns makes the check of each route
 * @throws ConfigError - `config_missing`, `config_invalid` with the option; the check of a route, too
 * @throws MisuseError - not a policy, when the check of a route is made
 * @example
 * const guard = createGuard({ kit }, (headers: Headers) => ({
 *   query: '',
 *   header: (name) => [headers.get(name) ?? []].flat(),
 * }))
 * const check = guard(policy().needAll('read:data'))
 * const outcome = await check(new Headers({ authorization: `Bearer ${token}` }))
 * outcome.passed // true
 */
export function createGuard<Request>(
  options: GuardOptions<Request>,
  partsOf: (request: Request) => GuardRequest,
): Guard<Request> {
  checkOptions(options)
  const { kit, limiter, cookie, query, confirmation, onRefusal } = options
  const addressKey = addressKeys(options)
  const places = { cookie, query }

  const tell = (refusal: Refusal, request: Request): void => {
    try {
      onRefusal?.(refusal, request)
    } catch {
      // Whoever listens does not decide what is answered.
    }
  }

  return (given = ANYBODY, route = {}) => {
    checkRoute(route, limiter)
    const rules = policyOf(given)
    const { context, allow, limits = [], cost = 1, by = 'subject', before = false } = route
    const { onLimiterFailure = 'refuse', replay = false } = route

    // Where there is nothing to wait for, nothing is awaited: two promises cost as much as all else beside the token.
    const isJudgedAlone = context === undefined && allow === undefined
    const drawsAfter = limits.length > 0 && !before

    const authenticated = (request: Request, parts: GuardRequest): Promise<Principal> => {
      const token = tokenOf(parts, places)
      const proof = confirmation?.(request)
      return kit.checkAuth(token, ANYBODY, proof && { confirmation: proof })
    }

    const judge = ({ claims }: Principal, values?: Readonly<Record<string, unknown>>): void => {
      const { allowed, failed } = rules.evaluate(claims, values)
      if (!allowed) throw new Refused('policy_denied', { failed })
    }

    const authorise = async (principal: Principal, request: Request): Promise<void> => {
      judge(principal, await context?.(request))
      if (allow === undefined) return
      const answer: unknown = await allow(principal, request)
      if (typeof answer !== 'boolean') throw new MisuseError('allow: not a boolean')
      if (!answer) throw new Refused('policy_denied', { failed: [] })
    }

    const draw = async (principal: Principal | undefined, request: Request, parts: GuardRequest, seen: Seen) => {
      const units = typeof cost === 'function' && principal ? cost(principal, request) : cost
      if (!canBeDrawn(units, limits)) throw new MisuseError('cost: not a positive integer, or more than a burst')
      const key = by === 'address' || principal === undefined ? addressKey(parts) : limitKey(principal, by)
      await drawOn({ limiter, limits, onLimiterFailure }, { key, cost: units }, seen)
    }

    return async (request) => {
      const seen: Seen = { headers: {} }
      try {
        const parts = partsOf(request)
        const everybody = openTo(kit, parts)
        if (everybody) return { passed: true, auth: everybody, headers: {} }
        if (before) await draw(undefined, request, parts, seen)
        const auth = await authenticated(request, parts)
        if (isJudgedAlone) judge(auth)
        else await authorise(auth, request)
        if (drawsAfter) await draw(auth, request, parts, seen)
        if (replay) await kit.consumeOnce(auth.claims)
        return { passed: true, auth, headers: seen.headers }
      } catch (error) {
        if (!(error instanceof Refused || TokenError.is(error))) throw error
        const { claim, failed } = error instanceof Refused ? error.details : error
        const refusal = { ...answerFor(error.code, seen.headers, seen.violated), code: error.code, claim, failed }
        tell(refusal, request)
        return { passed: false, refusal }
      }
    }
  }
}
