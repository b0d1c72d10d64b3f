// node conformance/issuer/clients.mjs: others' clients against an issuer that runs, in each language.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { LANGUAGES, python, startIssuer } from './clients/issuer.mjs'
import { CLIENTS } from './clients/javascript.mjs'

let [passed, failed] = [0, 0]
async function told(name, work) {
  try {
    await work()
    passed++
    console.log(`ok  ${name}`)
  } catch (error) {
    failed++
    console.error(`not ok  ${name}\n${error.stack}\n${error.cause ? JSON.stringify(error.cause) : ''}`)
  }
}

/** What clients in Python must see. */
const SEEN = {
  authlib: {
    own: ['Bearer', 'read', 900],
    delegated: 'urn:ietf:params:oauth:token-type:access_token',
    introspected: 'u1',
    revoked: 200,
    refused: 'invalid_scope',
  },
  pyjwt: { sub: 'u1', typ: 'at+jwt' },
}

function runPython({ issuer, secret, run }, name) {
  const token = run('typescript', 'mint', '--sub', 'u1').trim()
  const user = run('python', 'mint', '--sub', 'u1', '--aud', 'gateway').trim()
  const input = JSON.stringify({ issuer, secret, token, user })
  const program = fileURLToPath(new URL('clients/clients.py', import.meta.url))
  const done = spawnSync(python, [program, name], { input, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  assert.deepEqual(JSON.parse(done.stdout), SEEN[name])
}

for (const language of LANGUAGES) {
  const issuer = await startIssuer(language)
  try {
    for (const [name, client] of Object.entries(CLIENTS)) await told(`${language}: ${name}`, () => client(issuer))
    for (const name of Object.keys(SEEN)) await told(`${language}: ${name}`, async () => runPython(issuer, name))
    await told(`${language}: what was told has no token and no secret in it`, async () => {
      const text = JSON.stringify(issuer.lines)
      if (/ey[\w-]+\.[\w-]+\./.test(text) || text.includes(issuer.secret)) throw new Error('it has')
      if (!text.includes('"issued"')) throw new Error('nothing was told')
      const { headers } = await fetch(`${issuer.issuer}/nothing`)
      await issuer.told(({ request }) => request === headers.get('x-request-id'))
    })
  } finally {
    await told(`${language}: it ends when it is told to`, async () => {
      const code = await issuer.stop()
      if (code !== 0) throw new Error(`exit status ${code}`)
    })
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
