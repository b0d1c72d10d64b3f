// Fastify 5. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes.
import { limitsFromEnvironment, memoryLimiter } from '@kit/http'
import { fastifyGuard } from '@kit/http/fastify'
import { configFromEnvironment, createKit, policy } from '@kit/jwt'
import fastify from 'fastify'

const kit = createKit(configFromEnvironment(process.env))
const requireAuth = fastifyGuard({ kit, limiter: memoryLimiter() })
const { read, write } = limitsFromEnvironment(process.env)
const finance = policy().rolesAny('finance')
const themselvesOrFinance = policy().anyOf(policy().subject({ ref: 'id' }), finance)
/** @param {import('fastify').FastifyRequest} request */
const idOf = ({ params }) => /** @type {{ id: string }} */ (params).id

/** @param {import('fastify').FastifyRequest} request */
const greet = async ({ auth }) => `Hello ${auth?.subject}`

const app = fastify()
app.get('/me', { onRequest: requireAuth() }, greet)
app.get(
  '/users/:id',
  { onRequest: requireAuth(themselvesOrFinance, { context: (asked) => ({ id: idOf(asked) }) }) },
  greet,
)
app.get('/reports', { onRequest: requireAuth(finance, { limits: [read] }) }, greet)
app.get('/tickets', { onRequest: requireAuth(undefined, { by: 'address', before: true, limits: [write] }) }, greet)
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 3000) })
