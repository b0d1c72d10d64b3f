// Tokens for targets by real HTTP: what a target and a token endpoint on loopback see.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { createTargetTokens, exchangeAt, tokenFetch } from '../src'
import { listening } from './servers'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serving(listener: (incoming: IncomingMessage, response: ServerResponse) => unknown): Promise<string> {
  const { server, port } = await listening(listener)
  servers.push(server)
  return `http://127.0.0.1:${port}`
}

/** An issuer whose tokens are t1, t2 and so on, a target that takes some of them, and what each has seen. */
async function world(accepts: (token: string) => boolean, delay = 0) {
  let issued = 0
  const seen: string[] = []
  const issuer = await serving((incoming, response) => {
    issued += 1
    const body = JSON.stringify({ access_token: `t${issued}`, token_type: 'Bearer', expires_in: 300 })
    incoming.resume()
    setTimeout(() => response.setHeader('content-type', 'application/json').end(body), delay)
  })
  const target = await serving(async (incoming, response) => {
    const token = incoming.headers.authorization?.slice(7) ?? ''
    seen.push(`${token} ${incoming.headers['x-own'] ?? ''} ${await text(incoming)}`.trim())
    response.writeHead(accepts(token) ? 200 : 401).end(token)
  })
  const source = exchangeAt({ endpoint: `${issuer}/token`, clientId: 'gateway', clientSecret: 'secret' })
  const tokens = createTargetTokens({ caller: 'gateway', source })
  const wanted = { target: 'orders' }
  return { send: tokenFetch(tokens, wanted, { origins: [target] }), tokens, target, seen, issued: () => issued }
}

test('fifty requests at once are one token', async () => {
  const { send, target, seen, issued } = await world(() => true, 50)
  const answers = await Promise.all(Array.from({ length: 50 }, async () => (await send(target)).text()))
  expect([new Set(answers), seen.length, issued()]).toEqual([new Set(['t1']), 50, 1])
})

test('a 401 is one new token, and the request is sent again', async () => {
  const { send, target, seen, issued } = await world((token) => token !== 't1')
  const response = await send(target, { method: 'POST', body: 'b', headers: { 'x-own': 'o' } })
  expect([response.status, await response.text(), seen, issued()]).toEqual([200, 't2', ['t1 o b', 't2 o b'], 2])
})

test('a 401 to each of many requests is one new token', async () => {
  const { send, target, issued } = await world((token) => token !== 't1', 20)
  const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await send(target)).status))
  expect([new Set(statuses), issued()]).toEqual([new Set([200]), 2])
})

test('a second 401 is passed on, and costs no further token', async () => {
  const { send, target, seen, issued } = await world(() => false)
  expect([(await send(target)).status, seen, issued()]).toEqual([401, ['t1', 't2'], 2])
  expect([(await send(target)).status, seen, issued()]).toEqual([401, ['t1', 't2', 't2'], 2])
})

test('a body that was a stream is not sent again; the next request has a new token', async () => {
  const { send, target, seen } = await world((token) => token !== 't1')
  const body = new Blob(['b']).stream()
  const response = await send(target, { method: 'POST', body, duplex: 'half' } as RequestInit)
  expect([response.status, (await send(target)).status, seen]).toEqual([401, 200, ['t1  b', 't2']])
})

test('what is given is left as it is', async () => {
  const { send, target, seen } = await world((token) => token !== 't1')
  const request = new Request(target, { headers: { 'x-own': 'o', authorization: 'Basic own' } })
  expect((await send(request)).status).toBe(200)
  const init = Object.freeze({ headers: Object.freeze({ 'x-own': 'p' }) })
  expect((await send(new URL(target), init)).status).toBe(200)
  expect(seen).toEqual(['t1 o', 't2 o', 't2 p'])
  expect(request.headers.get('authorization')).toBe('Basic own')
})

test('an endpoint that does not answer in time, or is not there, is unavailable, and nothing of it is told', async () => {
  const silent = await serving((incoming) => incoming.resume())
  const drips = await serving((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{')
  })
  for (const endpoint of [silent, drips, 'http://127.0.0.1:1']) {
    const source = exchangeAt({ endpoint, clientId: 'gateway', clientSecret: 'secret', timeout: 0.1 })
    const refused = await createTargetTokens({ caller: 'gateway', source })
      .token({ target: 'orders' })
      .catch((error: unknown) => error as Error)
    expect(refused).toMatchObject({ code: 'source_unavailable', message: 'source unavailable' })
    expect((refused as Error).cause).toBeUndefined()
  }
})

test('another origin is asked for nothing, and no token is asked for', async () => {
  const { send, seen, issued } = await world(() => true)
  const others: string[] = []
  const other = await serving((incoming, response) => response.end(others.push(incoming.url ?? '')))
  for (const input of [other, new URL(other), new Request(other)])
    await expect(send(input)).rejects.toMatchObject({ code: 'origin_not_allowed' })
  expect([seen, issued(), others]).toEqual([[], 0, []])
})

test('a URL that changes meanwhile is sent as it was looked at', async () => {
  const { send, target } = await world(() => true, 20)
  const others: string[] = []
  const other = new URL(await serving((incoming, response) => response.end(others.push(incoming.url ?? ''))))
  const url = new URL(target)
  const answer = send(url)
  url.port = other.port
  expect([await (await answer).text(), others]).toEqual(['t1', []])
})

test('no redirect is followed: whom it names is shown nothing', async () => {
  const others: string[] = []
  const other = await serving((incoming, response) => response.end(others.push(incoming.headers.authorization ?? '')))
  const target = await serving((_, response) => response.writeHead(307, { location: other }).end())
  const source = async () => ({ token: 't1', lifetime: 300 })
  const tokens = createTargetTokens({ caller: 'gateway', source })
  const send = tokenFetch(tokens, { target: 'orders' }, { origins: [target] })
  for (const input of [target, new Request(target), new Request(target, { method: 'POST', body: 'b' })]) {
    const response = await send(input)
    expect([response.status, response.headers.get('location')]).toEqual([307, other])
  }
  await expect(send(target, { redirect: 'error' })).rejects.toThrow('fetch failed')
  await expect(send(new Request(target, { redirect: 'error' }))).rejects.toThrow('fetch failed')
  await expect(send(target, { redirect: 'follow' })).rejects.toThrow('redirect')
  expect(others).toEqual([])
})
