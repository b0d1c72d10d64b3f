// Hono 4, on Node.js. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes.
import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { limitsFromEnvironment, memoryLimiter } from '@kit/http'
import { honoGuard } from '@kit/http/hono'
import { configFromEnvironment, createKit, policy } from '@kit/jwt'
import { Hono } from 'hono'

const kit = createKit(configFromEnvironment(process.env))
// Every runtime has a `getConnInfo` of its own.
const requireAuth = honoGuard({ kit, limiter: memoryLimiter(), peer: (c) => getConnInfo(c).remote.address })
const { read, write } = limitsFromEnvironment(process.env)
const finance = policy().rolesAny('finance')
const themselvesOrFinance = policy().anyOf(policy().subject({ ref: 'id' }), finance)

/** @param {import('hono').Context<{ Variables: import('@kit/http/hono').AuthVariables }>} c */
const greet = (c) => c.text(`Hello ${c.var.auth.subject}`)

const app = new Hono()
  .get('/me', requireAuth(), greet)
  .get('/users/:id', requireAuth(themselvesOrFinance, { context: (c) => ({ id: c.req.param('id') }) }), greet)
  .get('/reports', requireAuth(finance, { limits: [read] }), greet)
  .get('/tickets', requireAuth(undefined, { by: 'address', before: true, limits: [write] }), greet)
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env['PORT'] ?? 3000) })
