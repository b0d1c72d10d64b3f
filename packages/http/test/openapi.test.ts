// What a guard adds to an OpenAPI document, and a framework that is told of it.
import { readFileSync } from 'node:fs'
import { createKit, generateSecret } from '@kit/jwt'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { openApi } from '../src'
import { fastifyGuard } from '../src/fastify'

const url = new URL('../../../conformance/http/openapi.json', import.meta.url)
const { securitySchemes, responses } = JSON.parse(readFileSync(url, 'utf8')) as ReturnType<typeof openApi>

test('it is what the contract says, and new at each call', () => {
  expect(openApi()).toEqual({ securitySchemes, responses })
  expect(openApi().responses[401]).not.toBe(openApi().responses[401])
})

test('a route of Fastify that says its answers refuses as one that does not', async () => {
  const kit = createKit({ issuer: 'https://auth.example', audience: 'orders', secret: generateSecret() })
  const requireAuth = fastifyGuard({ kit })
  const app = fastify()
  const routes: Record<string, unknown>[] = []
  app.addHook('onRoute', ({ schema }) => void routes.push(schema as Record<string, unknown>))
  const schema = { security: [{ bearer: [] }], response: openApi().responses }
  app.get('/told', { schema, onRequest: requireAuth() }, () => 'passed')
  app.get('/silent', { onRequest: requireAuth() }, () => 'passed')
  const [told, silent] = [await app.inject('/told'), await app.inject('/silent')]
  expect(told.statusCode).toBe(401)
  expect([told.body, told.headers['content-type']]).toEqual([silent.body, silent.headers['content-type']])
  // What `@fastify/swagger` makes its document of.
  expect(routes[0]).toMatchObject({ security: [{ bearer: [] }], response: responses })
  const { properties, required } = responses[401].content['application/problem+json'].schema as {
    readonly properties: { readonly code: { readonly enum: readonly string[] } }
    readonly required: readonly string[]
  }
  const body = told.json<Record<string, unknown>>()
  expect(Object.keys(body).sort()).toEqual([...required].sort())
  expect(properties.code.enum).toContain(body['code'])
})
