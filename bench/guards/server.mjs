// node bench/guards/server.mjs JOB.json FRAMEWORK PROFILE: the routes of one framework, each on a port of its own, in one process.
// Tells where they listen, then what the processor spent: so far, or on so many verifications.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createKit } from '@kit/jwt'
import { FRAMEWORKS } from './frameworks.mjs'

const [path, framework, profile] = process.argv.slice(2)
const { material } = JSON.parse(readFileSync(path, 'utf8'))
const { issuer, audience, publicJwk } = material

/** What the kit and the others are given. */
const KEYS = {
  hs512: () => ({
    config: { secret: material.secret },
    secret: Buffer.from(material.secret, 'base64url'),
    jwk: { kty: 'oct', k: material.secret, alg: 'HS512' },
  }),
  eddsa: () => {
    const { kty, crv, x, kid } = publicJwk
    return { config: { privateKey: material.jwk }, jwk: { kty, crv, x, kid, alg: 'EdDSA' } }
  },
}

const { config, ...keys } = KEYS[profile]()
const kit = createKit({ issuer, audience, ...config })
const tokens = material.tokens[profile]['0.5']
const ports = {}
for (const [name, listener] of Object.entries(await FRAMEWORKS[framework]({ kit, issuer, audience, ...keys }))) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ports[name] = server.address().port
}

const seconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

process.on('message', async ({ verify = 0 }) => {
  const before = seconds()
  for (let at = 0; at < verify; at++) await kit.verify(tokens[at % tokens.length])
  process.send(verify > 0 ? seconds() - before : before)
})
process.send(ports)
