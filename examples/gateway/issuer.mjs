// An issuer as anybody would run it: by its command, in a folder of its own, on loopback.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createAuthority, readKeks } from '@kit/issuer'
import { fileKeyStore } from '@kit/issuer/node'
import { outsideTrust } from './world.mjs'

const COMMAND = fileURLToPath(new URL('bin/kit-issuer.mjs', import.meta.resolve('@kit/issuer/package.json')))

/**
 * The shortest life of keys that is safe here, in seconds. Verifiers keep a set for half a minute at least, and may ask again
 * when that is over: no cooldown comes after it, as it counts from the same request. There is one clock, give or take a second.
 */
const TIMING = { maxAge: 30, cooldown: 0, leeway: 1, refresh: 1, longestTtl: 900, rotateEvery: 32 }

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

/** Who may have which tokens. One secret for all of them is enough for a demo. */
function clientsWith(secret) {
  const secretSha256 = createHash('sha256').update(secret).digest('base64url')
  const client = (id, grant, audiences) => ({ id, secretSha256, grants: [grant], audiences })
  return [
    client('gateway', 'token-exchange', ['orders', 'reports']),
    client('orders', 'token-exchange', ['ledger']),
    { ...client('nightly', 'client_credentials', ['reports']), permissions: ['reports:read'] },
  ]
}

/** Starts an issuer that trusts the outside one. */
export async function startIssuer(outside) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-demo-'))
  const name = `http://127.0.0.1:${await freePort()}`
  const endpoint = `${name}/auth/token`
  const secret = randomBytes(32).toString('base64url')
  const start = (words) => spawn(process.execPath, [COMMAND, ...words], { cwd: folder })

  /** Runs a command of the issuer to its end, and gives what it says. */
  const run = async (...words) => {
    const child = start(words)
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'])
      child[stream].on('data', (chunk) => {
        said[stream] += chunk
      })
    const [status] = await once(child, 'close')
    if (status !== 0) throw new Error(`kit-issuer ${words[0]} ended with ${status}: ${said.stderr}`)
    return said.stdout.trim()
  }

  await run('init', '--issuer', name, '--audience', 'reports')
  const trust = [{ ...outsideTrust(outside.jwks), audience: 'gateway' }]
  const config = { clients: clientsWith(secret), trust, timing: TIMING, adminForm: false }
  writeFileSync(join(folder, 'issuer.json'), JSON.stringify(config))
  appendFileSync(join(folder, '.env'), 'ISSUER_CONFIG=issuer.json\n')
  const server = start(['serve', '--port', new URL(name).port])
  server.stderr.resume()
  await new Promise((resolve, reject) => {
    server.once('exit', (status) => reject(new Error(`kit-issuer serve ended with ${status}`)))
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (JSON.parse(line).event === 'listening') resolve()
    })
  })

  const kek = /^ISSUER_KEK="?([^"\n]+)"?$/m.exec(readFileSync(join(folder, '.env'), 'utf8'))[1]
  const authority = async () =>
    createAuthority({ ...TIMING, store: fileKeyStore(join(folder, 'keys')), keks: await readKeks(kek) })
  return {
    name,
    endpoint,
    secret,
    jwksUrl: `${name}/.well-known/jwks.json`,
    run,
    /** The key that signs now, for what nobody but the issuer could have signed: an old token, say. */
    async signer() {
      const active = await (await authority()).signer()
      return { alg: 'EdDSA', kid: active.kid, sign: (data) => active.sign(data) }
    },
    async publicKey() {
      return (await (await authority()).jwks()).keys[0]
    },
    /** A token of the token endpoint. */
    async token(client, form) {
      const authorization = `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}`
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams(form),
      })
      const { access_token: token, error } = await answer.json()
      if (error) throw new Error(`the issuer refused ${client}: ${error}`)
      return token
    },
    stop() {
      server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
