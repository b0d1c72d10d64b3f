import type { AnyPolicy, Principal } from '@kit/jwt'
import type { Context, MiddlewareHandler } from 'hono'
import { checkPeer, partsOfRequest, responseOf } from './fetch'
import { createGuard } from './guard/guard'
import type { GuardOptions, RouteOptions } from './guard/options'

/** Options of all routes of a guard for Hono. */
export interface HonoGuardOptions extends GuardOptions<Context> {
  /** Address of whoever opened the connection, as `getConnInfo` of the runtime tells it; nobody's unless given. */
  readonly peer?: (context: Context) => string | undefined
}

/** What a guard adds to the variables of a context. */
export interface AuthVariables {
  /** Who asks. */
  auth: Principal
}

/**
 * Middleware in front of a route or of an application.
 *
 * @param policy - who may pass; anybody with a valid token unless given
 * @param route - see {@link RouteOptions}
 * @returns the middleware
 */
export type HonoGuard = (
  policy?: AnyPolicy,
  route?: RouteOptions<Context>,
) => MiddlewareHandler<{ Variables: AuthVariables }>

/**
 * Guards for Hono 4.
 *
 * @param options - see {@link HonoGuardOptions}
 * @returns makes the middleware of a route, behind which `c.var.auth` is there
 * @throws ConfigError - `config_missing`, `config_invalid` with the option; the middleware of a route, too
 * @throws MisuseError - not a policy, when the middleware of a route is made
 * @example
 * import { Hono } from 'hono'
 * import { honoGuard } from '@kit/http/hono'
 * const requireAuth = honoGuard({ kit })
 * const app = new Hono().get('/me', requireAuth(policy().needAll('read:data')), (c) => c.json({ subject: c.var.auth.subject }))
 * const response = await app.request('/me', { headers: { authorization: `Bearer ${token}` } })
 * await response.json() // { subject: 'u1' }
 */
export function honoGuard(options: HonoGuardOptions): HonoGuard {
  checkPeer(options)
  const { peer, ...others } = options
  const guard = createGuard(others, (context: Context) => partsOfRequest(context.req.raw, peer?.(context)))
  return (policy, route) => {
    const check = guard(policy, route)
    return async (context, next) => {
      const outcome = await check(context as Context)
      if (!outcome.passed) return responseOf(outcome.refusal)
      context.set('auth', outcome.auth)
      await next()
      for (const [name, value] of Object.entries(outcome.headers)) context.header(name, value)
      return undefined
    }
  }
}
