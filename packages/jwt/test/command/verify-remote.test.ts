import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLAIMS, eddsa, ISSUER, NOW, OTHER_ED_KEY, PUBLIC_JWK } from '../material'
import { outcomeOf } from './driver'

let server: Server
let requests = 0

beforeAll(async () => {
  server = createServer((_, response) => {
    requests += 1
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [PUBLIC_JWK] }))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})

afterAll(() => server.close())

const verify = (token: string) => {
  const { port } = server.address() as AddressInfo
  const env = { JWT_ISS: ISSUER, JWT_AUD: 'api', JWT_JWKS_URL: `http://127.0.0.1:${port}/jwks.json` }
  return outcomeOf({ name: 'remote', argv: ['verify', '--json'], env, stdin: token, now: NOW })
}

test('verify fetches the keys of the issuer', async () => {
  const before = requests
  const { exit, stdout } = await verify(eddsa(CLAIMS))
  expect({ exit, told: JSON.parse(stdout) as unknown }).toEqual({ exit: 0, told: { claims: CLAIMS, valid: true } })
  expect(requests - before).toBe(1)
})

test('a key that the issuer does not publish is refused', async () => {
  const { exit, stdout } = await verify(eddsa(CLAIMS, { alg: 'EdDSA', kid: 'ed-2' }, OTHER_ED_KEY))
  expect(exit).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'key_not_found' } })
})
