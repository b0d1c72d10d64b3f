// A service that tokens are meant for, on loopback: a guard in front of it, with the keys that the issuer publishes.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { nodeGuard, refuse } from '@kit/http/node'
import { createKit, remoteJwks } from '@kit/jwt'

/** Starts it. It answers with what it knows of its caller. */
export async function startTarget(issuer) {
  const keySource = remoteJwks(`${issuer}/auth/.well-known/jwks.json`)
  const kit = createKit({ issuer, audience: 'orders', keySource, accept: ['EdDSA'], types: ['at+jwt'] })
  const check = nodeGuard({ kit })()
  const server = createServer(async (request, response) => {
    const outcome = await check(request)
    if (!outcome.passed) return refuse(outcome.refusal, response)
    const { subject, scopes, claims } = outcome.auth
    return response.end(JSON.stringify({ subject, scopes, act: claims.act ?? null, jti: claims.jti }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }
}
