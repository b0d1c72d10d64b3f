import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createKit, generateSecret, policy } from '@kit/jwt'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { fetchGuard, type Limiter } from '../src'
import { nodeGuard, refuse, refuseUpgrade } from '../src/node'

const kit = createKit({ issuer: 'https://auth.example', audience: 'api', secret: generateSecret() })
const limits = [{ name: 'read', quota: 120, windowSeconds: 60 }]
const limiter: Limiter = { draw: () => ({ allowed: true, remaining: 119, resetAfter: 1, retryAfter: 0 }) }
const authorization = async (claims: object = {}) => `Bearer ${await kit.sign({ sub: 'u1', ...claims })}`

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listening(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('WebSockets', () => {
  async function echoing(): Promise<number> {
    const check = nodeGuard({ kit })(policy().rolesAny('admin'))
    const sockets = new WebSocketServer({ noServer: true })
    const server = createServer()
    server.on('upgrade', (incoming, socket, head) => {
      void check(incoming).then((outcome) => {
        if (!outcome.passed) return refuseUpgrade(outcome.refusal, socket)
        sockets.handleUpgrade(incoming, socket, head, (one) => {
          one.send(outcome.auth.subject)
          one.close()
        })
      })
    })
    return listening(server)
  }

  const refusedBy = (port: number, headers: Record<string, string>) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, { headers })
      socket.on('unexpected-response', (_, { statusCode, headers: { 'www-authenticate': challenge } }) => {
        resolve({ statusCode, challenge })
        socket.terminate()
      })
      socket.on('error', () => undefined)
    })

  test('a connection is refused before the handshake, with the status of any request', async () => {
    const port = await echoing()
    expect(await refusedBy(port, {})).toEqual({ statusCode: 401, challenge: 'Bearer' })
    expect(await refusedBy(port, { authorization: await authorization() })).toEqual({
      statusCode: 403,
      challenge: 'Bearer error="insufficient_scope"',
    })
  })

  test('behind the guard it is known who is there', async () => {
    const headers = { authorization: await authorization({ roles: ['admin'] }) }
    const socket = new WebSocket(`ws://127.0.0.1:${await echoing()}`, { headers })
    const said = await new Promise((resolve) => socket.on('message', (data: Buffer) => resolve(data.toString())))
    expect(said).toBe('u1')
  })

  test('whoever hangs up before the answer disturbs nobody', async () => {
    const port = await echoing()
    const socket = new WebSocket(`ws://127.0.0.1:${port}`)
    socket.on('error', () => undefined)
    socket.terminate()
    expect(await refusedBy(port, {})).toMatchObject({ statusCode: 401 })
  })
})

describe('streams', () => {
  test('what a handler streams goes out as it comes, with what is left of the limits', async () => {
    let go: () => void = () => undefined
    const waited = new Promise<void>((resolve) => {
      go = resolve
    })
    const requireAuth = fetchGuard({ kit, limiter })
    const handle = requireAuth(undefined, { limits })(
      () =>
        new Response(
          new ReadableStream({
            async start(controller) {
              controller.enqueue(new TextEncoder().encode('first'))
              await waited
              controller.close()
            },
          }),
          { status: 202, headers: { 'x-own': 'a' } },
        ),
    )
    const response = await handle(
      new Request('https://api.example/', { headers: { authorization: await authorization() } }),
    )
    const reader = response.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(new TextDecoder().decode(value)).toBe('first')
    expect([response.status, response.headers.get('x-own'), response.headers.get('ratelimit')]).toEqual([
      202,
      'a',
      '"read";r=119;t=1',
    ])
    go()
    expect((await reader?.read())?.done).toBe(true)
  })

  test('a response that cannot be changed gets its headers, too', async () => {
    const handle = fetchGuard({ kit, limiter })(undefined, { limits })(() => Response.redirect('https://api.example/a'))
    const response = await handle(
      new Request('https://api.example/', { headers: { authorization: await authorization() } }),
    )
    expect([response.status, response.headers.has('ratelimit')]).toEqual([302, true])
  })

  test('the body of a request is left to the handler; what else it is given comes after who asks', async () => {
    const handle = fetchGuard({ kit })()(
      async (given, { subject }, env: { name: string }) => new Response(`${subject} ${await given.text()} ${env.name}`),
    )
    const headers = { authorization: await authorization() }
    const posted = new Request('https://api.example/', { method: 'POST', body: 'said', headers })
    expect(await (await handle(posted, { name: 'env' })).text()).toBe('u1 said env')
  })

  test('a body that is never read does not keep a refusal back', async () => {
    const check = nodeGuard({ kit })()
    const port = await listening(
      createServer((incoming, response) => {
        void check(incoming).then((outcome) => outcome.passed || refuse(outcome.refusal, response))
      }),
    )
    // It says that there is a body, and never sends it.
    const headers = { 'content-length': '10' }
    const asked = request({ host: '127.0.0.1', port, method: 'POST', headers, agent: false })
    const status = await new Promise((resolve, reject) => {
      asked.on('response', ({ statusCode }) => resolve(statusCode))
      asked.on('error', reject)
      asked.flushHeaders()
    })
    asked.destroy()
    expect(status).toBe(401)
  })
})
