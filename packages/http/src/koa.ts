import type { AnyPolicy, Principal } from '@kit/jwt'
import type { Context, Middleware } from 'koa'
import { createGuard } from './guard/guard'
import type { GuardOptions, RouteOptions } from './guard/options'
import { partsOfMessage } from './node'

/** What a guard adds to the state of a context. */
export interface AuthState {
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
export type KoaGuard = (policy?: AnyPolicy, route?: RouteOptions<Context>) => Middleware<AuthState>

/**
 * Guards for Koa.
 *
 * @param options - see {@link GuardOptions}
 * @returns makes the middleware of a route, behind which `ctx.state.auth` is there
 * @throws ConfigError - `config_missing`, `config_invalid` with the option; the middleware of a route, too
 * @throws MisuseError - not a policy, when the middleware of a route is made
 * @example
 * import Koa from 'koa'
 * import { koaGuard } from '@kit/http/koa'
 * const requireAuth = koaGuard({ kit })
 * const app = new Koa().use(requireAuth(policy().needAll('read:data'))).use((ctx) => {
 *   ctx.body = { subject: ctx.state.auth.subject }
 * })
 */
export function koaGuard(options: GuardOptions<Context>): KoaGuard {
  const guard = createGuard(options, ({ req }: Context) => partsOfMessage(req))
  return (policy, route) => {
    const check = guard(policy, route)
    return async (context, next) => {
      const outcome = await check(context)
      if (!outcome.passed) {
        const { status, headers, body } = outcome.refusal
        context.status = status
        context.set(headers)
        context.body = body
        return
      }
      context.state.auth = outcome.auth
      context.set(outcome.headers)
      await next()
    }
  }
}
