// Koa. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes.
import { limitsFromEnvironment, memoryLimiter } from '@kit/http'
import { koaGuard } from '@kit/http/koa'
import { configFromEnvironment, createKit, policy } from '@kit/jwt'
import Koa from 'koa'

const kit = createKit(configFromEnvironment(process.env))
const requireAuth = koaGuard({ kit, limiter: memoryLimiter() })
const { read, write } = limitsFromEnvironment(process.env)
const finance = policy().rolesAny('finance')
const themselvesOrFinance = policy().anyOf(policy().subject({ ref: 'id' }), finance)

// Koa has no router of its own: these middlewares are what any router takes.
/** @type {[RegExp, ReturnType<typeof requireAuth>][]} */
const routes = [
  [/^\/me$/, requireAuth()],
  [
    /^\/users\/[^/]+$/,
    requireAuth(themselvesOrFinance, { context: ({ path }) => ({ id: path.slice('/users/'.length) }) }),
  ],
  [/^\/reports$/, requireAuth(finance, { limits: [read] })],
  [/^\/tickets$/, requireAuth(undefined, { by: 'address', before: true, limits: [write] })],
]

const app = new Koa()
app.use(async (context, next) => {
  const [, middleware] = routes.find(([path]) => path.test(context.path)) ?? []
  await middleware?.(context, next)
})
app.use((context) => {
  if (context.state['auth']) context.body = `Hello ${context.state['auth'].subject}`
})
app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
