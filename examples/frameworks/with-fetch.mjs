// Handlers of the Fetch standard, as Workers, Deno and Bun run them; here it is Node.js that does. JWT_ISS, JWT_AUD and
// JWT_SECRET say whose tokens they take.
import { serve } from '@hono/node-server'
import { fetchGuard, limitsFromEnvironment, memoryLimiter } from '@kit/http'
import { configFromEnvironment, createKit, policy } from '@kit/jwt'

/** @typedef {import('@hono/node-server').HttpBindings} Bindings */

const kit = createKit(configFromEnvironment(process.env))
const requireAuth = fetchGuard({
  kit,
  limiter: memoryLimiter(),
  // What the runtime gives beside the request: `info.remoteAddr` in Deno, a header of the platform in Workers.
  peer: (_request, /** @type {Bindings} */ { incoming }) => incoming.socket.remoteAddress,
})
const { read, write } = limitsFromEnvironment(process.env)
const finance = policy().rolesAny('finance')
const themselvesOrFinance = policy().anyOf(policy().subject({ ref: 'id' }), finance)
/** @param {Request} request */
const pathOf = ({ url }) => new URL(url).pathname

/** @type {import('@kit/http').FetchHandler<[Bindings]>} */
const greet = (_request, auth) => new Response(`Hello ${auth.subject}`)
/** @type {[RegExp, (request: Request, bindings: Bindings) => Promise<Response>][]} */
const routes = [
  [/^\/me$/, requireAuth()(greet)],
  [
    /^\/users\/[^/]+$/,
    requireAuth(themselvesOrFinance, { context: (asked) => ({ id: pathOf(asked).slice('/users/'.length) }) })(greet),
  ],
  [/^\/reports$/, requireAuth(finance, { limits: [read] })(greet)],
  [/^\/tickets$/, requireAuth(undefined, { by: 'address', before: true, limits: [write] })(greet)],
]

serve({
  fetch: async (request, bindings) => {
    const [, handle] = routes.find(([path]) => path.test(pathOf(request))) ?? []
    return handle?.(request, /** @type {Bindings} */ (bindings)) ?? new Response(null, { status: 404 })
  },
  hostname: '127.0.0.1',
  port: Number(process.env['PORT'] ?? 3000),
})
