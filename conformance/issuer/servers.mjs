// node conformance/issuer/servers.mjs: remote signers of each language beside a server of OpenBao, and the port of a signer
// beside SoftHSM. With KIT_ALL_RUNTIMES set, what is left out is a failure.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createPublicKey, randomBytes, randomInt, verify } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { buildWheel } from '../runtimes/install.mjs'
import { environmentOf, findPythons } from '../runtimes/pythons.mjs'
import { startOpenBao } from './servers/openbao.mjs'
import { RULES } from './servers/rules.mjs'

const inServers = (name) => fileURLToPath(new URL(`servers/${name}`, import.meta.url))
const LIBRARIES = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib64/pkcs11/libsofthsm2.so']

const counts = { passed: 0, failed: 0, skipped: 0 }
async function told(name, work) {
  try {
    await work()
    counts.passed++
    console.log(`ok  ${name}`)
  } catch (error) {
    counts.failed++
    console.error(`not ok  ${name}\n${error.stack}`)
  }
}
function leftOut(name, reason) {
  counts[process.env.KIT_ALL_RUNTIMES ? 'failed' : 'skipped']++
  console.log(`left out  ${name}: ${reason}`)
}

/** The signers of one language, in a process of its own: `said` is what their errors show. */
function openSigners(command, args, { address, token: mayAll }) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const said = []
  const ask = async (task) => {
    child.stdin.write(`${JSON.stringify(task)}\n`)
    const { value, done } = await answers.next()
    if (done) throw new Error(`${command} ended before it answered`)
    const answer = JSON.parse(value)
    said.push(answer.said ?? '')
    return answer
  }
  return {
    start: (name, options) => ask({ task: 'start', name, options: { address, token: mayAll, ...options } }),
    mint: (name) => ask({ task: 'mint', name }),
    verify: (token, publicJwk) => ask({ task: 'verify', token, publicJwk }),
    said,
    end: () => child.stdin.end(),
  }
}

async function besideOpenBao(interpreter) {
  const server = await startOpenBao(interpreter)
  const languages = {
    typescript: openSigners(process.execPath, ['--no-warnings', inServers('vault.mjs')], server),
    python: openSigners(interpreter, [inServers('vault.py')], server),
  }
  try {
    await server.ask('POST', 'sys/mounts/transit', { type: 'transit' })
    for (const [language, signers] of Object.entries(languages)) {
      const verifier = languages[language === 'python' ? 'typescript' : 'python']
      const key = `tokens-${language}`
      await server.ask('POST', `transit/keys/${key}`, { type: 'ed25519' })
      for (const [name, rule] of Object.entries(RULES))
        await told(`OpenBao, ${language}: ${name}`, () => rule({ signers, verifier, server, key }))
    }
    await server.ask('POST', 'transit/keys/last', { type: 'ed25519' })
    for (const signers of Object.values(languages)) await signers.start('last', { key: 'last' })
    await server.ask('PUT', 'sys/seal')
    for (const [language, signers] of Object.entries(languages)) {
      await told(`OpenBao, ${language}: a server that is sealed`, async () =>
        assert.equal((await signers.mint('last')).code, 'key_store_unavailable'),
      )
      await told(`OpenBao, ${language}: no error shows the token of the server`, () => {
        assert.ok(signers.said.some((text) => text.includes('AuthorityError')))
        for (const text of signers.said) assert.equal(text.includes(server.token) || /hvs\.|\bs\.\w/.test(text), false)
      })
    }
    await server.stop()
    for (const [language, signers] of Object.entries(languages))
      await told(`OpenBao, ${language}: a server that is gone`, async () =>
        assert.equal((await signers.mint('last')).code, 'key_store_unavailable'),
      )
  } finally {
    for (const signers of Object.values(languages)) signers.end()
    await server.stop()
  }
}

/** A token of SoftHSM in a folder of its own: what is run beside it, by a program. */
function besideSoftHsm(interpreter, library) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-softhsm-'))
  const env = { ...process.env, SOFTHSM2_CONF: join(folder, 'softhsm2.conf') }
  const run = (program, args) => {
    const done = spawnSync(program, args, { env, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(done.error?.message ?? done.stderr)
    return done.stdout
  }
  try {
    writeFileSync(env.SOFTHSM2_CONF, `directories.tokendir = ${folder}\nobjectstore.backend = file\n`)
    const pin = String(randomInt(10 ** 7, 10 ** 8))
    const officer = randomBytes(8).toString('hex')
    run('softhsm2-util', ['--init-token', '--free', '--label', 'tokens', '--so-pin', officer, '--pin', pin])
    const { x, token, ...seen } = JSON.parse(run(interpreter, [inServers('softhsm.py'), library, 'tokens', pin]))
    assert.deepEqual(seen, { sub: 'u1', refused: 'signature_invalid', isKept: true })
    const [header, payload, signature] = token.split('.')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    assert.ok(verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// A server ends with this process, however that ends.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const wanted = readFileSync(inServers('requirements.txt'), 'utf8')
const { interpreter, reason } =
  process.platform === 'linux'
    ? environmentOf(findPythons()[0], buildWheel(), 'python-servers', wanted)
    : { reason: 'it is run on Linux alone' }

if (interpreter === undefined) leftOut('OpenBao', reason)
else if (process.arch !== 'x64') leftOut('OpenBao', 'it is run on x86_64 alone')
else await besideOpenBao(interpreter)

const library = LIBRARIES.find(existsSync)
const hsm = 'SoftHSM: a kit signs with a key of PKCS #11, and another verifies'
if (interpreter === undefined) leftOut(hsm, reason)
else if (library === undefined) leftOut(hsm, 'softhsm2 is not installed')
else await told(hsm, () => besideSoftHsm(interpreter, library))

const { passed, failed, skipped } = counts
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed === 0 ? 0 : 1
