// The same route in each framework: bare, with one call of `verify` and nothing else, with the kit's guard, and with what a user
// would pick in its place.
import fastifyJwt from '@fastify/jwt'
import { getRequestListener } from '@hono/node-server'
import { fetchGuard } from '@kit/http'
import { expressGuard } from '@kit/http/express'
import { fastifyGuard } from '@kit/http/fastify'
import { honoGuard } from '@kit/http/hono'
import { koaGuard } from '@kit/http/koa'
import { nodeGuard, refuse } from '@kit/http/node'
import express from 'express'
import { expressjwt } from 'express-jwt'
import fastify from 'fastify'
import { Hono } from 'hono'
import { jwt as honoJwt } from 'hono/jwt'
import Koa from 'koa'

export const BARE = 'bare'
export const VERIFY = 'verify'
export const KIT = 'kit'
const BODY = 'ok'

/** What everybody writes who has a library and no guard: no second header, no scheme, no answer that says why. */
const tokenIn = (authorization) => authorization.slice('Bearer '.length)

function onNode({ kit }) {
  const check = nodeGuard({ kit })()
  return {
    [BARE]: (_request, response) => response.writeHead(200).end(BODY),
    [VERIFY]: async (request, response) => {
      await kit.verify(tokenIn(request.headers.authorization))
      response.writeHead(200).end(BODY)
    },
    [KIT]: async (request, response) => {
      const outcome = await check(request)
      if (outcome.passed) response.writeHead(200, outcome.headers).end(BODY)
      else refuse(outcome.refusal, response)
    },
  }
}

function onFetch({ kit }) {
  const handle = () => new Response(BODY)
  const verified = async ({ headers }) => {
    await kit.verify(tokenIn(headers.get('authorization')))
    return handle()
  }
  return {
    [BARE]: getRequestListener(handle),
    [VERIFY]: getRequestListener(verified),
    [KIT]: getRequestListener(fetchGuard({ kit })()(handle)),
  }
}

function onExpress({ kit, secret, issuer, audience }) {
  const app = (...middleware) => {
    const made = express()
    made.get('/', ...middleware, (_request, response) => response.end(BODY))
    made.use((error, _request, response, _next) => response.status(error.status).end())
    return made
  }
  const other = secret && { 'express-jwt': app(expressjwt({ secret, algorithms: ['HS512'], issuer, audience })) }
  const verify = async (request, _response, next) => {
    await kit.verify(tokenIn(request.headers.authorization))
    next()
  }
  return { [BARE]: app(), [VERIFY]: app(verify), [KIT]: app(expressGuard({ kit })()), ...other }
}

async function onFastify({ kit, secret, issuer, audience }) {
  const app = async (options, plugin) => {
    const made = fastify()
    if (plugin) await made.register(...plugin)
    made.get('/', options, async () => BODY)
    await made.ready()
    return (request, response) => made.routing(request, response)
  }
  const verify = { algorithms: ['HS512'], allowedIss: issuer, allowedAud: audience }
  const jwtVerify = { onRequest: (request) => request.jwtVerify() }
  const other = secret && { '@fastify/jwt': await app(jwtVerify, [fastifyJwt, { secret, verify }]) }
  const verified = async (request) => {
    await kit.verify(tokenIn(request.headers.authorization))
  }
  return {
    [BARE]: await app({}),
    [VERIFY]: await app({ onRequest: verified }),
    [KIT]: await app({ onRequest: fastifyGuard({ kit })() }),
    ...other,
  }
}

function onHono({ kit, jwk, issuer, audience }) {
  const app = (...middleware) => {
    const made = new Hono()
    made.get('/', ...middleware, (context) => context.body(BODY))
    return getRequestListener(made.fetch)
  }
  const verification = { iss: issuer, aud: audience }
  const verify = async (context, next) => {
    await kit.verify(tokenIn(context.req.header('authorization')))
    await next()
  }
  return {
    [BARE]: app(),
    [VERIFY]: app(verify),
    [KIT]: app(honoGuard({ kit })()),
    'hono/jwt': app(honoJwt({ secret: jwk, alg: jwk.alg, verification })),
  }
}

function onKoa({ kit }) {
  const app = (...middleware) => {
    const made = new Koa()
    for (const one of middleware) made.use(one)
    made.use((context) => {
      context.body = BODY
    })
    return made.callback()
  }
  const verify = async (context, next) => {
    await kit.verify(tokenIn(context.get('authorization')))
    await next()
  }
  return { [BARE]: app(), [VERIFY]: app(verify), [KIT]: app(koaGuard({ kit })()) }
}

/** By name: what makes the listeners of a framework, each for a server of its own. */
export const FRAMEWORKS = {
  node: onNode,
  fetch: onFetch,
  express: onExpress,
  fastify: onFastify,
  hono: onHono,
  koa: onKoa,
}
