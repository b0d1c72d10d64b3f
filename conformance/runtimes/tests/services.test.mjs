// The gateway and the orders service of examples/workers in workerd, and the orders service in Python beside them.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bundleOf } from '../hosts/bundle.mjs'
import { linesOf } from '../hosts/process.mjs'
import { COMPATIBILITY_DATE } from '../hosts/workerd.mjs'
import { environmentOf, findPythons } from '../pythons.mjs'
import { options, wheel } from './installed.mjs'

const EXAMPLES = '../../examples/workers/'
const settingsOf = (name) => {
  const text = readFileSync(new URL(`../${EXAMPLES}wrangler.${name}.jsonc`, import.meta.url), 'utf8')
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''))
}

/** A Worker of miniflare's from the settings that are deployed. */
async function workerOf(name, { secrets = {}, vars = {}, services = [] } = {}) {
  const settings = settingsOf(name)
  const bound = settings.services.map(({ binding, service, entrypoint }) => [
    binding,
    entrypoint ? { name: service, entrypoint } : service,
  ])
  return {
    name,
    modules: [
      { type: 'ESModule', path: settings.main, contents: await bundleOf(`${EXAMPLES}${settings.main}`, ['workerd']) },
    ],
    bindings: { ...settings.vars, ...vars, ...secrets },
    serviceBindings: Object.fromEntries([...bound, ...services]),
    compatibilityDate: COMPATIBILITY_DATE,
  }
}

/** Serves a JWKS; its first answer takes longer than anybody waits who does not have to. */
const SLOW_KEYS = `let answers = 0
export default {
  async fetch(_request, env) {
    answers += 1
    if (answers === 1) await new Promise((resolve) => setTimeout(resolve, 1000))
    return Response.json(env.JWKS)
  },
}`

test('a request that ends before its fetch of keys does leaves no other waiting for ever', options, async () => {
  const { Miniflare } = await import('miniflare')
  const { createKit, generateKeyPair } = await import('../node_modules/@kit/jwt/dist/index.js')
  const { privateJwk, publicJwk } = await generateKeyPair()
  const names = { JWT_ISS: 'https://issuer.example', JWT_AUD: 'api', JWT_JWKS_SERVICE: 'KEYS' }
  const module = (path, contents) => ({ modules: [{ type: 'ESModule', path, contents }] })
  const impatient = await bundleOf('tests/programs/impatient.mjs', ['workerd'])
  const shared = { compatibilityDate: COMPATIBILITY_DATE }
  const miniflare = new Miniflare({
    workers: [
      {
        ...shared,
        ...module('impatient.mjs', impatient),
        name: 'api',
        bindings: names,
        serviceBindings: { KEYS: 'keys' },
      },
      { ...shared, ...module('keys.mjs', SLOW_KEYS), name: 'keys', bindings: { JWKS: { keys: [publicJwk] } } },
    ],
  })
  try {
    const kit = createKit({ issuer: names.JWT_ISS, audience: 'api', privateKey: privateJwk })
    const body = await kit.sign({ sub: 'u1' })
    const ask = async (path) =>
      (await miniflare.dispatchFetch(`http://api.test${path}`, { method: 'POST', body })).text()
    assert.equal(await ask('/early'), 'early')
    // It waits for what the first began and will never have, as long as for a fetch of its own; then that is given up.
    assert.equal(await ask('/'), 'jwks_unavailable')
    assert.equal(await ask('/'), 'u1')
  } finally {
    await miniflare.dispose()
  }
})

describe('Workers that trust each other by a service binding', options, () => {
  let miniflare
  let issuer
  let base

  before(async () => {
    const { Miniflare } = await import('miniflare')
    const { createKit, generateKeyPair } = await import('../node_modules/@kit/jwt/dist/index.js')
    const { privateJwk } = await generateKeyPair()
    const gateway = await workerOf('gateway', { secrets: { GATEWAY_KEY: JSON.stringify(privateJwk) } })
    // The same by a service without the RPC method, which has to be fetched from.
    const byRequest = {
      ...(await workerOf('orders', { services: [['KEYS', 'keys']] })),
      name: 'orders-by-request',
    }
    const keys = {
      name: 'keys',
      modules: [
        {
          type: 'ESModule',
          path: 'keys.mjs',
          contents: `export default { fetch: (request, env) => env.GATEWAY.fetch(request) }`,
        },
      ],
      serviceBindings: { GATEWAY: { name: 'gateway', entrypoint: 'JwksEntrypoint' } },
      compatibilityDate: COMPATIBILITY_DATE,
    }
    miniflare = new Miniflare({
      host: '127.0.0.1',
      workers: [gateway, await workerOf('orders'), byRequest, keys],
    })
    issuer = createKit({ issuer: gateway.bindings.JWT_ISS, audience: 'gateway', privateKey: privateJwk })
    base = await miniflare.ready
  })

  after(() => miniflare?.dispose())

  const userToken = (claims = {}) => issuer.sign({ sub: 'u1', permissions: ['orders:read'], ...claims })
  const delegated = async () => {
    const original = await issuer.verify(await userToken())
    return issuer.createDelegatedToken(original, 'gateway', { aud: 'orders' })
  }

  async function askGateway(token) {
    const answer = await fetch(base, { headers: { authorization: `Bearer ${token}` } })
    return { status: answer.status, body: answer.ok ? await answer.json() : await answer.text() }
  }

  async function askOrders(name, token) {
    const worker = await miniflare.getWorker(name)
    const answer = await worker.fetch('http://orders.test/', { headers: { authorization: `Bearer ${token}` } })
    return answer.status
  }

  test('a user is served through both', async () => {
    const body = { subject: 'u1', actor: 'gateway', orders: ['o-1', 'o-2'] }
    assert.deepEqual(await askGateway(await userToken()), { status: 200, body })
  })

  test('many at once are, though the keys are asked for by the first of them', async () => {
    const tokens = await Promise.all(Array.from({ length: 40 }, delegated))
    // Its kit has no keys yet: what one request waits for, all others wait for too.
    const statuses = await Promise.all(tokens.map((token) => askOrders('orders-by-request', token)))
    assert.deepEqual(new Set(statuses), new Set([200]))
  })

  test('who may not pass the gateway does not', async () => {
    assert.equal((await askGateway('x')).status, 401)
    assert.equal((await askGateway(await userToken({ permissions: [] }))).status, 403)
  })

  test('who goes round the gateway is refused behind it', async () => {
    assert.equal(await askOrders('orders', await delegated()), 200)
    assert.equal(await askOrders('orders', await userToken()), 401)
    const { createKit, generateKeyPair } = await import('../node_modules/@kit/jwt/dist/index.js')
    const { privateJwk } = await generateKeyPair()
    const forger = createKit({ issuer: 'https://gateway.example', audience: 'orders', privateKey: privateJwk })
    const forged = await forger.sign({ sub: 'u1', permissions: ['orders:read'], act: { sub: 'gateway' } })
    assert.equal(await askOrders('orders', forged), 401)
  })

  test('a Python service verifies what the Worker minted', async () => {
    const { interpreter, reason } = environmentOf(findPythons()[0], wheel)
    assert.equal(reason, undefined)
    const env = {
      ...process.env,
      JWT_ISS: 'https://gateway.example',
      JWT_AUD: 'orders',
      JWT_JWKS_URL: new URL('/.well-known/jwks.json', base).href,
    }
    const program = fileURLToPath(new URL(`../${EXAMPLES}orders.py`, import.meta.url))
    const verify = async (token) => (await linesOf(interpreter, [program, token], { env }))[0]
    assert.deepEqual(await verify(await delegated()), { subject: 'u1', actor: 'gateway' })
    assert.deepEqual(await verify(await userToken()), { status: 401, code: 'audience_mismatch' })
  })
})
