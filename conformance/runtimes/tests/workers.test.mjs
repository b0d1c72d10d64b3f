// The adapter of Workers in workerd, without and with nodejs_compat.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { bundleOf } from '../hosts/bundle.mjs'
import { COMPATIBILITY_DATE } from '../hosts/workerd.mjs'
import { options } from './installed.mjs'

const BASE = { JWT_ISS: 'https://issuer.example', JWT_AUD: 'api' }

for (const flags of [[], ['nodejs_compat']])
  describe(`in workerd, ${flags[0] ?? 'as it is'}`, options, () => {
    let miniflare
    let material

    before(async () => {
      const { Miniflare } = await import('miniflare')
      const { generateKeyPair, generateSecret } = await import('../node_modules/@kit/jwt/dist/index.js')
      const { privateJwk, publicJwk } = await generateKeyPair()
      material = { secrets: [generateSecret(), generateSecret()], privateJwk, publicJwk }
      miniflare = new Miniflare({
        modules: [
          {
            type: 'ESModule',
            path: 'worker.mjs',
            contents: await bundleOf('tests/programs/worker.mjs', ['workerd']),
          },
        ],
        bindings: { ...BASE, JWT_SECRET_NAME: 'SECRET', SECRET: material.secrets[0] },
        compatibilityDate: COMPATIBILITY_DATE,
        compatibilityFlags: flags,
      })
    })

    after(() => miniflare?.dispose())

    async function ask(operation, given = {}) {
      const body = JSON.stringify({ operation, ...given })
      const answer = await miniflare.dispatchFetch('http://worker.test/', { method: 'POST', body })
      return (await answer.json()).outcome
    }

    test('two kits of different environments live side by side, at the same time', async () => {
      const [first, second] = material.secrets
      const one = { ...BASE, JWT_SECRET: first }
      const other = { ...BASE, JWT_ISS: 'https://other.example', JWT_SECRET_NAME: 'MINE', MINE: second }
      const expected = { own: 200, refused: { signature_invalid: 200 } }
      const all = await Promise.all([1, 2, 3].map(() => ask('sideBySide', { one, other, times: 200 })))
      assert.deepEqual(all, [expected, expected, expected])
    })

    test('two kits that differ in nothing but their algorithm do not mix either', async () => {
      const one = { ...BASE, JWT_SECRET: material.secrets[0] }
      const other = { ...BASE, JWT_PRIVATE_JWK: JSON.stringify(material.privateJwk) }
      const expected = { own: 100, refused: { alg_not_allowed: 100 } }
      assert.deepEqual(await ask('sideBySide', { one, other, times: 100 }), expected)
    })

    test('nothing random and no I/O happens at import, and a kit may be made there', async () => {
      assert.equal(await ask('early'), 'early')
      assert.equal(await ask('jitters'), 50)
    })

    test('the kit of the environment is that of the bindings', async () => {
      assert.equal(await ask('ambient'), 'ambient')
    })

    test('names lead to secret bindings, and a name without one is a fault', async () => {
      const env = { ...BASE, JWT_PRIVATE_JWK_NAME: 'KEY', KEY: JSON.stringify(material.privateJwk) }
      assert.deepEqual(await ask('describe', { env }), { alg: 'EdDSA', kid: material.privateJwk.kid })
      const { KEY: _, ...without } = env
      assert.deepEqual(await ask('describe', { env: without }), {
        code: 'config_missing',
        variable: 'JWT_PRIVATE_JWK_NAME',
      })
    })

    test('a Worker publishes its public keys and never a private one', async () => {
      const env = { ...BASE, JWT_PRIVATE_JWK: JSON.stringify(material.privateJwk) }
      const { status, type, body } = await ask('jwks', { env })
      assert.deepEqual([status, type], [200, 'application/jwk-set+json'])
      assert.deepEqual(body, { keys: [material.publicJwk] })
      const secretOnly = await ask('jwks', { env: { ...BASE, JWT_SECRET: material.secrets[0] } })
      assert.deepEqual(secretOnly.body, { keys: [] })
    })
  })
