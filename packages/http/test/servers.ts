// The same routes in each framework's own idiom, behind a real server on loopback.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Principal } from '@kit/jwt'
import express, { type Request as ExpressRequest } from 'express'
import fastify, { type FastifyRequest } from 'fastify'
import { Hono, type Context as HonoContext } from 'hono'
import Koa, { type Context as KoaContext } from 'koa'
import { fetchGuard } from '../src'
import { expressGuard } from '../src/express'
import { fastifyGuard } from '../src/fastify'
import { honoGuard } from '../src/hono'
import { koaGuard } from '../src/koa'
import { nodeGuard, refuse } from '../src/node'
import { bodyOf, type Given, type World } from './vectors'

/** What answers a request, now or later. */
export type Listener = (incoming: IncomingMessage, response: ServerResponse) => unknown

/** Makes the listener of a server with the routes of a world. */
export interface Framework<Request> {
  readonly name: string
  listener(world: World<Request>): Promise<Listener>
}

const lastOf = (path: string): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))
const pathOf = (target = ''): string => target.split('?', 1)[0] ?? ''
const isOf = (pattern: string, path: string): boolean =>
  pattern.endsWith(':id') ? path.startsWith(pattern.slice(0, -3)) : path === pattern

const plainNode: Framework<IncomingMessage> = {
  name: 'node',
  async listener(world) {
    const guard = nodeGuard(world.options)
    const checks = world
      .routes(({ url }) => lastOf(pathOf(url)))
      .map(({ path, policy, route }) => [path, guard(policy, route)] as const)
    return async (incoming, response) => {
      const [, check] = checks.find(([pattern]) => isOf(pattern, pathOf(incoming.url))) ?? []
      if (check === undefined) return response.writeHead(404).end()
      const outcome = await check(incoming)
      if (!outcome.passed) return refuse(outcome.refusal, response)
      response.writeHead(200, outcome.headers).end(bodyOf(outcome.auth.subject))
    }
  },
}

const plainFetch: Framework<Request> = {
  name: 'fetch',
  async listener(world) {
    const peer = (_request: Request, { incoming }: HttpBindings | Http2Bindings) => incoming.socket.remoteAddress
    const requireAuth = fetchGuard({ ...world.options, peer })
    const handlers = world
      .routes(({ url }) => lastOf(new URL(url).pathname))
      .map(({ path, policy, route }) => {
        const handler = (_request: Request, { subject }: Principal, _bindings: HttpBindings | Http2Bindings) =>
          new Response(bodyOf(subject))
        const guarded = requireAuth(policy, route)(handler)
        return [path, guarded] as const
      })
    return getRequestListener(async (asked, bindings) => {
      const [, handle] = handlers.find(([pattern]) => isOf(pattern, new URL(asked.url).pathname)) ?? []
      return handle?.(asked, bindings) ?? new Response(null, { status: 404 })
    })
  },
}

const onExpress: Framework<ExpressRequest> = {
  name: 'express',
  async listener(world) {
    const requireAuth = expressGuard(world.options)
    const app = express()
    for (const { path, policy, route } of world.routes(({ params }) => String(params['id'])))
      app.get(path, requireAuth(policy, route), ({ auth }, response) => {
        response.end(bodyOf(auth?.subject ?? ''))
      })
    return app
  },
}

const onFastify: Framework<FastifyRequest> = {
  name: 'fastify',
  async listener(world) {
    const requireAuth = fastifyGuard(world.options)
    const app = fastify()
    for (const { path, policy, route } of world.routes(({ params }) => (params as { id: string }).id))
      app.get(path, { onRequest: requireAuth(policy, route) }, async ({ auth }) => bodyOf(auth?.subject ?? ''))
    await app.ready()
    return (incoming, response) => app.routing(incoming, response)
  },
}

const onHono: Framework<HonoContext> = {
  name: 'hono',
  async listener(world) {
    const requireAuth = honoGuard({ ...world.options, peer: (context) => getConnInfo(context).remote.address })
    const app = new Hono()
    for (const { path, policy, route } of world.routes(({ req }) => req.param('id') ?? ''))
      app.get(path, requireAuth(policy, route), (context) => context.body(bodyOf(context.var.auth.subject)))
    return getRequestListener(app.fetch)
  },
}

const onKoa: Framework<KoaContext> = {
  name: 'koa',
  async listener(world) {
    const requireAuth = koaGuard(world.options)
    const app = new Koa()
    for (const { path, policy, route } of world.routes(({ path: asked }) => lastOf(asked))) {
      const middleware = requireAuth(policy, route)
      app.use((context, next) =>
        isOf(path, context.path)
          ? middleware(context as Parameters<typeof middleware>[0], async () => {
              context.body = bodyOf((context.state as { auth: { subject: string } }).auth.subject)
            })
          : next(),
      )
    }
    return app.callback()
  },
}

/** Each with requests of its own type. */
export const frameworks = [plainNode, plainFetch, onExpress, onFastify, onHono, onKoa] as readonly Framework<unknown>[]

/** A server at a free port of loopback. */
export async function listening(listener: Listener): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((incoming, response) => void listener(incoming, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

/** What a server that hangs up while it is spoken to has answered: 431 of RFC 6585, in its way. */
const HUNG_UP: Given = { status: 431, headers: {}, body: '' }

/** Sends a request, each header as it is said. */
export const ask = (port: number, target: string, headers: readonly (readonly [string, string])[]): Promise<Given> =>
  new Promise((resolve, reject) => {
    const host = ['Host', `127.0.0.1:${port}`] as const
    const asked = request(
      { host: '127.0.0.1', port, path: target, headers: [host, ...headers].flat(), agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    asked.on('error', ({ code, ...error }: NodeJS.ErrnoException) =>
      code === 'EPIPE' || code === 'ECONNRESET' ? resolve(HUNG_UP) : reject(Object.assign(error, { code })),
    )
    asked.end()
  })
