// Express 5. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes.
import { limitsFromEnvironment, memoryLimiter } from '@kit/http'
import { expressGuard } from '@kit/http/express'
import { configFromEnvironment, createKit, policy } from '@kit/jwt'
import express from 'express'

const kit = createKit(configFromEnvironment(process.env))
const requireAuth = expressGuard({ kit, limiter: memoryLimiter() })
const { read, write } = limitsFromEnvironment(process.env)
const finance = policy().rolesAny('finance')
const themselvesOrFinance = policy().anyOf(policy().subject({ ref: 'id' }), finance)

/** @param {import('express').Request} request @param {import('express').Response} response */
const greet = ({ auth }, response) => {
  response.type('text').send(`Hello ${auth?.subject}`)
}

express()
  .get('/me', requireAuth(), greet)
  .get('/users/:id', requireAuth(themselvesOrFinance, { context: ({ params }) => ({ id: params['id'] }) }), greet)
  .get('/reports', requireAuth(finance, { limits: [read] }), greet)
  .get('/tickets', requireAuth(undefined, { by: 'address', before: true, limits: [write] }), greet)
  .listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
