// Requests that no server of HTTP/1.1 has read: those of HTTP/2, and those that tests inject.
import { connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { createKit, generateSecret } from '@kit/jwt'
import fastify, { type FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { fastifyGuard } from '../src/fastify'

const kit = createKit({ issuer: 'https://issuer.example', audience: 'api', secret: generateSecret() })
const authorization = `Bearer ${await kit.sign({ sub: 'u1' })}`

test('a request that is injected is one like any other', async () => {
  const app = fastify()
  app.get('/', { onRequest: fastifyGuard({ kit })() }, async ({ auth }) => auth?.subject)
  const ask = async (headers: Record<string, string | string[]>): Promise<readonly unknown[]> => {
    const { statusCode, body } = await app.inject({ url: '/', headers })
    return [statusCode, statusCode === 200 ? body : JSON.parse(body).code]
  }
  expect(await ask({ Authorization: authorization })).toEqual([200, 'u1'])
  expect(await ask({})).toEqual([401, 'authentication_required'])
  expect(await ask({ authorization: [authorization, authorization] })).toEqual([401, 'invalid_token'])
})

test('a request of HTTP/2 is one like any other', async () => {
  // Its types tell the two protocols apart; the hook is the same.
  const app = fastify({ http2: true }) as unknown as FastifyInstance
  app.get('/', { onRequest: fastifyGuard({ kit })() }, async ({ auth }) => auth?.subject)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const session = connect(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
  const ask = (headers: Record<string, string>): Promise<readonly unknown[]> =>
    new Promise((resolve, reject) => {
      let status: unknown
      let body = ''
      const stream = session.request({ ':path': '/', ...headers })
      stream.on('response', (given) => {
        status = given[':status']
      })
      stream.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      stream.on('error', reject)
      stream.on('end', () => resolve([status, status === 200 ? body : JSON.parse(body).code]))
    })
  try {
    expect(await ask({ authorization })).toEqual([200, 'u1'])
    expect(await ask({})).toEqual([401, 'authentication_required'])
  } finally {
    session.close()
    await app.close()
  }
})
