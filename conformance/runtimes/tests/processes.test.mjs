// The adapters of Node.js, Deno and Bun in the real programs: what they may read, and what they refuse.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { bunPath, denoPath } from '../binaries.mjs'
import { linesOf } from '../hosts/process.mjs'
import { here } from '../install.mjs'
import { options } from './installed.mjs'

const skip = options.skip
const posix = { skip: skip ?? (process.platform === 'win32' && 'Windows has no modes') }
const program = (name) => join(here, 'tests', 'programs', `${name}.mjs`)
const DENO = ['run', '--no-prompt', '--node-modules-dir=manual', '--cached-only', '--quiet']
let folder
let material

before(async () => {
  if (skip) return
  const { createKit, generateKeyPair, generateSecret } = await import('../node_modules/@kit/jwt/dist/index.js')
  const { privateJwk, publicJwk } = await generateKeyPair()
  const kit = createKit({ issuer: 'https://issuer.example', audience: 'api', privateKey: privateJwk })
  folder = mkdtempSync(join(tmpdir(), 'kit-jwt-'))
  const keyFile = join(folder, 'key.json')
  writeFileSync(keyFile, JSON.stringify(privateJwk), { mode: 0o600 })
  material = { secret: generateSecret(), publicJwk, keyFile, token: await kit.sign({ sub: 'u1' }) }
})

after(() => folder && rmSync(folder, { recursive: true }))

const BASE = { JWT_ISS: 'https://issuer.example', JWT_AUD: 'api' }

/** What a program prints in an environment that holds these variables and the few that programs need to start. */
async function printed(command, args, variables) {
  const { PATH, HOME, SystemRoot } = process.env
  const env = { ...(SystemRoot && { SystemRoot }), PATH, HOME, DENO_NO_UPDATE_CHECK: '1', ...variables }
  return (await linesOf(command, args, { env })).at(-1)
}

const deno = (permissions, args, variables) => printed(denoPath(), [...DENO, ...permissions, ...args], variables)
const adapterOf = (name) => [program('sign-and-verify'), name]

test('Deno runs with exactly the variables that are set', { skip }, async () => {
  const variables = { ...BASE, JWT_SECRET: material.secret }
  const permissions = [`--allow-env=${Object.keys(variables)}`]
  const expected = { subjects: ['adapter', 'environment'], signs: 'HS512' }
  assert.deepEqual(await deno(permissions, adapterOf('deno'), variables), expected)
})

test('Deno follows a name to a variable that it may read', { skip }, async () => {
  const variables = { ...BASE, JWT_SECRET_NAME: 'MINE', MINE: material.secret }
  const expected = { subjects: ['adapter', 'environment'], signs: 'HS512' }
  assert.deepEqual(await deno([`--allow-env=${Object.keys(variables)}`], adapterOf('deno'), variables), expected)
  const without = ['--allow-env=JWT_ISS,JWT_AUD,JWT_SECRET_NAME']
  const refused = { code: 'config_missing', variable: 'JWT_SECRET_NAME' }
  assert.deepEqual(await deno(without, adapterOf('deno'), variables), refused)
})

test('a variable that Deno may not read is not there', { skip }, async () => {
  const variables = { ...BASE, JWT_SECRET: material.secret }
  const refused = { code: 'config_missing', variable: 'JWT_SECRET' }
  assert.deepEqual(await deno(['--allow-env=JWT_ISS,JWT_AUD'], adapterOf('deno'), variables), refused)
})

test('Deno reads a key file with --allow-read of that file alone', { skip }, async () => {
  const variables = { ...BASE, JWT_PRIVATE_JWK_PATH: material.keyFile }
  const env = `--allow-env=${Object.keys(variables)}`
  const expected = { subjects: ['adapter', 'environment'], signs: 'EdDSA' }
  assert.deepEqual(await deno([env, `--allow-read=${material.keyFile}`], adapterOf('deno'), variables), expected)
  const refused = { code: 'config_invalid', variable: 'JWT_PRIVATE_JWK_PATH' }
  assert.deepEqual(await deno([env], adapterOf('deno'), variables), refused)
})

test('Deno needs --allow-net for the keys of a URL, and for nothing else', { skip }, async () => {
  const body = JSON.stringify({ keys: [material.publicJwk] })
  const server = createServer((_request, response) => response.end(body))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const host = `127.0.0.1:${server.address().port}`
    const variables = { ...BASE, JWT_JWKS_URL: `http://${host}/jwks.json` }
    const env = `--allow-env=${Object.keys(variables)}`
    const args = [program('verify-remote'), material.token]
    assert.deepEqual(await deno([env, `--allow-net=${host}`], args, variables), { sub: 'u1' })
    assert.deepEqual(await deno([env], args, variables), { code: 'jwks_unavailable' })
  } finally {
    server.close()
  }
})

const PROGRAMS = {
  'Node.js': [() => process.execPath, ['--no-warnings'], 'node'],
  Bun: [() => bunPath(), ['--no-env-file'], 'node'],
  Deno: [() => denoPath(), [...DENO, '--allow-env', '--allow-read'], 'deno'],
}

for (const [name, [command, flags, adapter]] of Object.entries(PROGRAMS)) {
  const run = (variables) => printed(command(), [...flags, ...adapterOf(adapter)], variables)

  test(`${name} reads its environment`, { skip }, async () => {
    const expected = { subjects: ['adapter', 'environment'], signs: 'HS512' }
    assert.deepEqual(await run({ ...BASE, JWT_SECRET: material.secret }), expected)
    assert.deepEqual(await run(BASE), { code: 'config_missing', variable: 'JWT_SECRET' })
  })

  test(`${name} tells tokens apart that come together`, { skip }, async () => {
    const expected = Array.from({ length: 64 }, (_, index) => (index % 3 === 0 ? 'signature_invalid' : `u${index}`))
    const answers = await printed(command(), [...flags, program('together')], {})
    assert.deepEqual(answers, { together: expected, alone: expected })
  })

  test(`${name} refuses a key file that is open to others`, posix, async () => {
    const variables = { ...BASE, JWT_PRIVATE_JWK_PATH: material.keyFile }
    try {
      for (const mode of [0o644, 0o640, 0o604]) {
        chmodSync(material.keyFile, mode)
        const refused = { code: 'config_invalid', variable: 'JWT_PRIVATE_JWK_PATH' }
        assert.deepEqual(await run(variables), refused, mode.toString(8))
      }
    } finally {
      chmodSync(material.keyFile, 0o600)
    }
    assert.equal((await run(variables)).signs, 'EdDSA')
  })
}
