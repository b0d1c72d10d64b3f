// One of many processes on one store of keys: serves the set, mints, and verifies what others minted. One line of JSON for each
// thing that happens; on stdin, tokens to verify. `node worker.mjs STORE KEKS ORIGIN OFFSET JWKS_URL`, where STORE is
// a folder or the URL of a Redis.
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { createAuthority, readKeks } from '@kit/issuer'
import { fileKeyStore } from '@kit/issuer/node'
import { createKit, remoteJwks } from '@kit/jwt'
import { connectRedis, redisKeyStore } from '@kit/redis'
import { AUDIENCE, clockOf, ISSUER, TIMES } from './times.mjs'

const [place, keks, origin, offset, jwksUrl] = process.argv.slice(2)
const clock = clockOf(Number(origin), Number(offset))
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const codeOf = (error) => error?.code ?? String(error)
const MINT_MILLISECONDS = 250
/** All processes mint at the same moments, so that those who find a rotation due find it together. */
const untilNext = () => MINT_MILLISECONDS - (Date.now() % MINT_MILLISECONDS)

const store = place.startsWith('redis:')
  ? redisKeyStore(connectRedis({ REDIS_URL: place }), { deadlineMilliseconds: 10_000 })
  : fileKeyStore(place)
const options = {
  store,
  keks: await readKeks(keks),
  ...TIMES,
  clock,
  onChange: (change) => say({ type: 'change', ...change }),
}
let authority
while (authority === undefined) {
  try {
    authority = await createAuthority(options)
  } catch (error) {
    say({ type: 'error', doing: 'start', code: codeOf(error) })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const server = createServer((_, response) => {
  authority.jwks().then(
    (set) =>
      response
        .writeHead(200, { 'content-type': 'application/jwk-set+json', 'cache-control': `max-age=${TIMES.maxAge}` })
        .end(JSON.stringify(set)),
    (error) => {
      say({ type: 'error', doing: 'jwks', code: codeOf(error) })
      response.writeHead(503).end()
    },
  )
})
server.listen(0, '127.0.0.1', () => say({ type: 'ready', port: server.address().port }))

let minter
async function mint() {
  try {
    const signer = await authority.signer()
    if (minter?.kid !== signer.kid) {
      const kit = createKit({ issuer: ISSUER, audience: AUDIENCE, signer, clock, ttl: TIMES.longestTtl })
      minter = { kid: signer.kid, kit }
    }
    const token = await minter.kit.sign({ sub: 'u1' })
    say({ type: 'token', token, kid: signer.kid })
  } catch (error) {
    say({ type: 'error', doing: 'mint', code: codeOf(error) })
  }
  setTimeout(mint, untilNext())
}
setTimeout(mint, untilNext())

const verifier = createKit({
  issuer: ISSUER,
  audience: AUDIENCE,
  accept: ['EdDSA'],
  keySource: remoteJwks(jwksUrl, { timeout: 120 }),
  leeway: TIMES.leeway,
  clock,
})
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, token } = JSON.parse(line)
  verifier.verify(token).then(
    () => say({ type: 'verdict', id, code: null, now: clock() }),
    (error) => say({ type: 'verdict', id, code: codeOf(error), now: clock() }),
  )
})
process.stdin.on('end', () => process.exit(0))
