import type { AnyPolicy, Principal } from '@kit/jwt'
import type { Request, RequestHandler } from 'express'
import { createGuard } from './guard/guard'
import type { GuardOptions, RouteOptions } from './guard/options'
import { partsOfMessage, refuse } from './node'

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the one place that Express has for it
  namespace Express {
    interface Request {
      /** Who asks; there behind a guard. */
      auth?: Principal
    }
  }
}

/**
 * Middleware in front of a route, a router or an application.
 *
 * @param policy - who may pass; anybody with a valid token unless given
 * @param route - see {@link RouteOptions}
 * @returns the middleware
 */
export type ExpressGuard = (policy?: AnyPolicy, route?: RouteOptions<Request>) => RequestHandler

/**
 * Guards for Express 5.
 *
 * @param options - see {@link GuardOptions}
 * @returns makes the middleware of a route, behind which `request.auth` is there
 * @throws ConfigError - `config_missing`, `config_invalid` with the option; the middleware of a route, too
 * @throws MisuseError - not a policy, when the middleware of a route is made
 * @example
 * import express from 'express'
 * import { expressGuard } from '@kit/http/express'
 * const requireAuth = expressGuard({ kit })
 * const app = express()
 * app.get('/me', requireAuth(policy().needAll('read:data')), (request, response) => {
 *   response.json({ subject: request.auth?.subject })
 * })
 */
export function expressGuard(options: GuardOptions<Request>): ExpressGuard {
  const guard = createGuard(options, partsOfMessage)
  return (policy, route) => {
    const check = guard(policy, route)
    return async (request, response, next) => {
      const outcome = await check(request)
      if (!outcome.passed) return refuse(outcome.refusal, response)
      request.auth = outcome.auth
      response.set(outcome.headers)
      next()
    }
  }
}
