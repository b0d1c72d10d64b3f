// An issuer that runs, started by its command as anybody would: the program of one language, in a folder of its own.
import { spawn, spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../redis/ports.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))
export const python =
  process.env.KIT_PYTHON ?? join(root, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

const COMMANDS = {
  typescript: [process.execPath, join(root, 'packages', 'issuer', 'bin', 'kit-issuer.mjs')],
  python: [python, '-m', 'kit_jwt', 'issuer'],
}
export const LANGUAGES = Object.keys(COMMANDS)

/** Starts an issuer; `other` is the command of the other language, for the same keys. */
export async function startIssuer(language) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-issuer-'))
  const run = (name, ...words) => {
    const [program, ...args] = COMMANDS[name]
    const done = spawnSync(program, [...args, ...words], { cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${words[0]}: exit status ${done.status}: ${done.stderr}`)
    return done.stdout
  }
  const issuer = `http://127.0.0.1:${await freePort()}`
  const port = new URL(issuer).port
  run(language, 'init', '--issuer', issuer, '--audience', 'orders')
  const secret = randomBytes(32).toString('base64url')
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const audiences = ['orders']
  const config = {
    tokenType: 'at+jwt',
    // A process looks at the keys for each request, so that a key that is taken back is gone with the next one.
    timing: { refresh: 0 },
    adminPolicy: { roles: ['admin'] },
    clients: [
      {
        id: 'gateway',
        secretSha256: createHash('sha256').update(secret).digest('base64url'),
        grants: ['client_credentials', 'token-exchange'],
        audiences,
        scopes: ['read', 'write'],
      },
      {
        id: 'worker',
        jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'w1' }] },
        grants: ['client_credentials'],
        audiences,
      },
      { id: 'orders', secretSha256: createHash('sha256').update(secret).digest('base64url') },
    ],
  }
  writeFileSync(join(folder, 'issuer.json'), JSON.stringify(config))
  appendFileSync(join(folder, '.env'), 'ISSUER_CONFIG=issuer.json\n')
  const [program, ...args] = COMMANDS[language]
  const server = spawn(program, [...args, 'serve', '--port', port], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const lines = []
  const output = createInterface({ input: server.stdout })
  await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)))
    output.on('line', (line) => {
      lines.push(JSON.parse(line))
      if (lines.at(-1).event === 'listening') resolve()
    })
  })
  server.removeAllListeners('exit')
  return {
    issuer,
    /** Waits for a line of its log; the time of a step is its limit. */
    async told(isMeant) {
      while (!lines.some(isMeant)) await once(output, 'line')
    },
    secret,
    privateKey,
    lines,
    /** A command of this issuer, in any language. */
    run: (name, ...words) => run(name, ...words),
    async stop() {
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      const [code] = await ended
      rmSync(folder, { recursive: true })
      return code
    },
  }
}
