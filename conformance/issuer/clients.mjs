// node conformance/issuer/clients.mjs: others' clients and our own against an issuer that runs, in each language.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { LANGUAGES, python, startIssuer } from './clients/issuer.mjs'
import { CLIENTS } from './clients/javascript.mjs'
import { startTarget } from './clients/target.mjs'

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

const programIn = (name) => fileURLToPath(new URL(`clients/${name}`, import.meta.url))
const OWN = {
  'our client in TypeScript': [process.execPath, '--no-warnings', programIn('own.mjs')],
  'our client in Python': [python, programIn('own.py')],
  'our client in Python, on an event loop': [python, programIn('own.py'), 'aio'],
}

/** What our own clients must see, of an issuer in their own language and of one in the other. */
const SEEN_BY_OWN = {
  own: ['gateway', ['read'], null],
  isKept: true,
  delegated: ['u1', { sub: 'gateway' }],
  isAnother: true,
  beyond: 'source_denied',
  foreign: 'source_denied',
  unknown: 'source_client_rejected',
  elsewhere: 'origin_not_allowed',
}

async function runOwn({ issuer, secret, run }, [program, ...args]) {
  const target = await startTarget(issuer)
  try {
    const user = run('typescript', 'mint', '--sub', 'u1', '--aud', 'gateway').trim()
    // It came to somebody else.
    const foreign = run('python', 'mint', '--sub', 'u1', '--aud', 'orders').trim()
    // Not `spawnSync`: the target answers from this process.
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(JSON.stringify({ issuer, secret, user, foreign, target: target.url }))
    assert.deepEqual(JSON.parse(await text(child.stdout)), SEEN_BY_OWN)
  } finally {
    target.stop()
  }
}

for (const language of LANGUAGES) {
  const issuer = await startIssuer(language)
  try {
    for (const [name, client] of Object.entries(CLIENTS)) await told(`${language}: ${name}`, () => client(issuer))
    for (const name of Object.keys(SEEN)) await told(`${language}: ${name}`, async () => runPython(issuer, name))
    for (const [name, command] of Object.entries(OWN)) await told(`${language}: ${name}`, () => runOwn(issuer, command))
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
