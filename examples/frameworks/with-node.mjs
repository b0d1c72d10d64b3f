// Node.js without a framework. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes.
import { createServer } from 'node:http'
import { limitsFromEnvironment, memoryLimiter } from '@kit/http'
import { nodeGuard, refuse } from '@kit/http/node'
import { configFromEnvironment, createKit, policy } from '@kit/jwt'

const kit = createKit(configFromEnvironment(process.env))
const guard = nodeGuard({ kit, limiter: memoryLimiter() })
const { read, write } = limitsFromEnvironment(process.env)
const finance = policy().rolesAny('finance')
const themselvesOrFinance = policy().anyOf(policy().subject({ ref: 'id' }), finance)

/** @param {import('node:http').IncomingMessage} request */
const pathOf = ({ url = '' }) => url.split('?', 1)[0] ?? ''

/** @type {[RegExp, ReturnType<typeof guard>][]} */
const routes = [
  [/^\/me$/, guard()],
  [
    /^\/users\/[^/]+$/,
    guard(themselvesOrFinance, { context: (asked) => ({ id: pathOf(asked).slice('/users/'.length) }) }),
  ],
  [/^\/reports$/, guard(finance, { limits: [read] })],
  [/^\/tickets$/, guard(undefined, { by: 'address', before: true, limits: [write] })],
]

createServer(async (request, response) => {
  const [, check] = routes.find(([path]) => path.test(pathOf(request))) ?? []
  if (check === undefined) return response.writeHead(404).end()
  const outcome = await check(request)
  if (!outcome.passed) return refuse(outcome.refusal, response)
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', ...outcome.headers })
  return response.end(`Hello ${outcome.auth.subject}`)
}).listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
