// Who may use what: a small service behind an issuer. Its Python twin is ../python/service.py.
import { serve } from '@hono/node-server'
import { limitsFromEnvironment } from '@kit/http'
import { honoGuard } from '@kit/http/hono'
import { configFromEnvironment, createKit, policy } from '@kit/jwt'
import { storesFromEnvironment } from '@kit/redis'
import { Hono } from 'hono'
import { readGrant } from './grant-request.js'
import { Ledger } from './ledger.js'
import { problem } from './problem.js'

const log = (line: object): void => console.log(JSON.stringify(line))

// JWT_ISS, JWT_AUD and JWT_JWKS_URL: this service has no key of its own, and cannot mint.
const kit = createKit(configFromEnvironment(process.env, { role: 'consumer' }))
// With REDIS_URL all processes share one budget for each caller, those of the other language, too.
const stores = storesFromEnvironment(process.env)
const { read, write } = limitsFromEnvironment(process.env)

const requireAuth = honoGuard({
  kit,
  limiter: stores.limiter,
  onRefusal: ({ status, code }) => log({ event: 'refused', status, code }),
})
const themselvesOrFinance = policy().anyOf(policy().subject({ ref: 'id' }), policy().rolesAny('finance'))
const admins = policy().rolesAny('admin')

const ledger = new Ledger()
const app = new Hono()

app.get('/healthz', (c) => c.json({ status: 'ok' }))

app.get(
  '/users/:id/entitlements',
  requireAuth(themselvesOrFinance, { context: (c) => ({ id: c.req.param('id') }), limits: [read] }),
  (c) => {
    const user = c.req.param('id')
    return c.json({ balance: ledger.balanceOf(user), user })
  },
)

app.post('/users/:id/grants', requireAuth(admins, { limits: [write] }), async (c) => {
  const user = c.req.param('id')
  const asked = readGrant(await c.req.text())
  if (asked === undefined) return problem(400, 'grant_invalid')
  const { externalRef, credits } = asked
  const known = ledger.find(externalRef)
  if (known === undefined) return c.json(ledger.credit(user, externalRef, credits), 201)
  // Whoever did not hear the first answer asks again, and is told the same. Another one of this name is a mistake.
  return known.user === user && known.credits === credits ? c.json(known) : problem(409, 'external_ref_taken')
})

const port = Number(process.env['PORT'] ?? 3000)
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () => log({ event: 'listening', port }))
process.once('SIGTERM', () => server.close(() => stores.close()))
