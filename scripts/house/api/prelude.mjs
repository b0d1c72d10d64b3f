// What stands around an example: the names of the package, and the values that a reader would have.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as guarding from '@kit/http'
import * as issuing from '@kit/issuer'
import { fileKeyStore } from '@kit/issuer/node'
import * as signers from '@kit/issuer/signers'
import * as jwt from '@kit/jwt'
import * as conformance from '@kit/jwt/conformance'
import * as encoding from '@kit/jwt/encoding'
import * as testing from '@kit/jwt/testing'
import * as onRedis from '@kit/redis'
import { root } from '../../setup.mjs'
import { remoteOf } from './remote.mjs'

const issuer = 'https://auth.example'
const audience = 'internal-api'
const secret = jwt.generateSecret()

Object.assign(process.env, { JWT_ISS: issuer, JWT_AUD: audience, JWT_SECRET: secret })
// The adapter of Deno asks Deno, which here has nothing but what Node.js has.
globalThis.Deno ??= {
  env: { get: (name) => process.env[name], toObject: () => ({ ...process.env }) },
  permissions: { querySync: () => ({ state: 'granted' }) },
}

const keks = await issuing.readKeks(`2026-11=${encoding.encodeBase64url(crypto.getRandomValues(new Uint8Array(32)))}`)
const folder = mkdtempSync(join(tmpdir(), 'kit-keys-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

const checks = {
  same: (got, expected) => assert.deepEqual(plain(got), expected),
  refuses: (work, name, code) =>
    assert.rejects(work, (error) => {
      assert.equal(error.name, name)
      if (code) assert.equal(error.code, code)
      return true
    }),
  expect: (got) => ({ not: { toBe: (wrong) => assert.notEqual(got, wrong) } }),
}

// Examples run on machines without a Redis: the smallest that answers.
const redis = {
  connect: async () => {},
  command: async ([name]) => (name === 'SET' ? 'OK' : null),
  pipeline: async () => ['OK', 1],
  close: () => {},
}
const pipeline = {
  call: () => pipeline,
  sendCommand: () => pipeline,
  exec: async () => [[null, null]],
  execAsPipeline: async () => [null],
}
const clientOfRedis = {
  call: async () => null,
  sendCommand: async () => null,
  pipeline: () => pipeline,
  multi: () => pipeline,
}
const ofLibraries = {
  pipeline,
  cluster: { sendCommand: async () => null, multi: () => pipeline },
  sentinel: { sendCommand: async () => null, multi: () => pipeline },
}

const storesOf = ({ redisReplayStore, redisRevocationList, redisLimiter }) => ({
  replay: redisReplayStore({ command: async () => 'fresh' }),
  list: redisRevocationList({ command: async () => 1 }),
  onRedis: redisLimiter({ command: async () => [1, 119, 500_000, 0] }),
})

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

/** Everything that an example may name, new for each; those of the testing kit have its fake endpoint for their JWKS. */
export async function surroundings(isOfTesting = false) {
  const { privateJwk, publicJwk } = await jwt.generateKeyPair({ kid: '2026-11' })
  const ec = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', ec.publicKey)
  const token = await jwt.sign({
    sub: 'u1',
    permissions: ['read:data', 'orders:read'],
    ...{ roles: ['staff'], scope: 'orders' },
  })
  const clock = testing.fixedClock()
  const kit = jwt.createKit({ issuer, audience: [audience, 'orders'], secret })
  const tokens = testing.createTokens({ clock })
  const test = testing.createTestKit({ clock })
  const key = await jwt.importPrivateKey(privateJwk)
  return {
    ...{ ...jwt, ...conformance, ...encoding, ...testing, ...issuing, ...signers, ...guarding, ...onRedis, ...checks },
    fileKeyStore,
    ...{ keks, folder, authority: await issuing.createAuthority() },
    ...{ issuer, audience, secret, token, privateJwk, publicJwk, clock, tokens, kit },
    jwk: { kty, crv, x, y },
    jwks: isOfTesting ? testing.fakeJwks() : { keys: [publicJwk] },
    config: { issuer, audience, secret },
    claims: await jwt.verify(token),
    user: await kit.checkAuth(token, jwt.policy().authenticated()),
    revocation: jwt.memoryRevocationList(),
    data: new TextEncoder().encode('data'),
    ...{ key, ...remoteOf(key, publicJwk, clientOfRedis) },
    request: { auth: { claims: { sub: 'u1' } } },
    renew: () => jwt.sign({ sub: 'u1' }),
    get: (one) =>
      test.checkAuth(one, { permissionsAny: ['read'] }).then(
        () => ({ status: 200 }),
        ({ status }) => ({ status }),
      ),
    ...{ redis, ...ofLibraries, ...storesOf(onRedis) },
    vectors: JSON.parse(readFileSync(join(root, 'conformance', 'vectors', 'thumbprint.json'), 'utf8')),
    console: quiet,
  }
}
