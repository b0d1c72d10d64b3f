// kit_jwt inside JavaScript: what is awaitable there, what is refused and why, and the bindings of a Worker.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { startPyodide } from '../hosts/pyodide.mjs'
import { options, wheel } from './installed.mjs'

const source = readFileSync(new URL('programs/inside_javascript.py', import.meta.url), 'utf8')
const BASE = { JWT_ISS: 'https://issuer.example', JWT_AUD: 'api' }

test('kit_jwt in Pyodide', options, async (t) => {
  const { createKit, generateKeyPair, generateSecret } = await import('../node_modules/@kit/jwt/dist/index.js')
  const { privateJwk, publicJwk } = await generateKeyPair()
  const kit = createKit({ issuer: BASE.JWT_ISS, audience: 'api', privateKey: privateJwk })
  const named = { ...BASE, JWT_JWKS_SERVICE: 'KEYS' }
  const jwks = { keys: [publicJwk] }
  const noMethod = async () => {
    throw new TypeError('the RPC receiver does not implement the method "jwks"')
  }
  const fetching = (answer) => ({ ...named, KEYS: { jwks: noMethod, fetch: async () => answer() } })
  const given = {
    byRpc: { ...named, KEYS: { jwks: async () => jwks } },
    byRequest: fetching(() => Response.json(jwks)),
    failing: fetching(() => Response.json(jwks, { status: 500 })),
    huge: fetching(() => Response.json({ ...jwks, padding: 'x'.repeat(300_000) })),
    privateJwk: JSON.stringify(privateJwk),
    publicJwk: JSON.stringify(publicJwk),
    kid: privateJwk.kid,
    token: await kit.sign({ sub: 'minted' }),
    env: { ...BASE, JWT_PRIVATE_JWK_NAME: 'KEY', KEY: JSON.stringify(privateJwk), KV: { get: () => null } },
    other: { ...BASE, JWT_SECRET: generateSecret() },
    wrong: { ...BASE, JWT_SECRET_NAME: 'KV', KV: { get: () => null } },
  }
  const pyodide = await startPyodide(wheel)
  const run = await pyodide.runPythonAsync(`${source}

import inspect

async def run(name, given):
    outcome = TESTS[name](given)
    if inspect.isawaitable(outcome):
        await outcome

run
`)
  const names = pyodide.runPython('list(TESTS)').toJs()
  assert.ok(names.length > 8)
  for (const name of names) await t.test(name.slice(5).replaceAll('_', ' '), () => run(name, given))
})
