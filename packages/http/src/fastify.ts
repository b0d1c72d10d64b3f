import type { AnyPolicy, Principal } from '@kit/jwt'
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { createGuard } from './guard/guard'
import type { GuardOptions, RouteOptions } from './guard/options'
import { partsOfMessage } from './node'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; there behind a guard. */
    auth?: Principal
  }
}

/**
 * A hook of a route or of a plugin, run before the body is read.
 *
 * @param policy - who may pass; anybody with a valid token unless given
 * @param route - see {@link RouteOptions}
 * @returns the hook
 */
export type FastifyGuard = (policy?: AnyPolicy, route?: RouteOptions<FastifyRequest>) => onRequestAsyncHookHandler

/**
 * Guards for Fastify 5, for WebSockets of `@fastify/websocket`, too: hooks are run before the handshake.
 *
 * @param options - see {@link GuardOptions}
 * @returns makes the `onRequest` hook of a route, behind which `request.auth` is there
 * @throws ConfigError - `config_missing`, `config_invalid` with the option; the hook of a route, too
 * @throws MisuseError - not a policy, when the hook of a route is made
 * @example
 * import fastify from 'fastify'
 * import { fastifyGuard } from '@kit/http/fastify'
 * const requireAuth = fastifyGuard({ kit })
 * const app = fastify()
 * app.get('/me', { onRequest: requireAuth(policy().needAll('read:data')) }, async ({ auth }) => ({ subject: auth?.subject }))
 */
export function fastifyGuard(options: GuardOptions<FastifyRequest>): FastifyGuard {
  const guard = createGuard(options, ({ raw }) => partsOfMessage(raw))
  return (policy, route) => {
    const check = guard(policy, route)
    return async (request, reply) => {
      const outcome = await check(request)
      if (!outcome.passed) {
        const { status, headers, body } = outcome.refusal
        // Bytes: to the content type of a text a charset would be added.
        return reply.code(status).headers(headers).send(new TextEncoder().encode(body))
      }
      request.auth = outcome.auth
      reply.headers(outcome.headers)
    }
  }
}
