// The servers that are compared: the issuer of each language, started by its command, and the least that there can be.
import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { python, root } from '../../scripts/setup.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const PROBED = [process.execPath, '--expose-gc', '--import', new URL('probe.mjs', import.meta.url).href]
const PROBED_PYTHON = [python, here('../python/issuer_probe.py')]
const COMMAND = join(root, 'packages', 'issuer', 'bin', 'kit-issuer.mjs')
const ISSUER = 'http://127.0.0.1:8787'
const CLIENT = 'nightly'
const PERMISSIONS = ['orders:read', 'ledger:read']
/** What the issuer writes into the same token. */
const CLAIMS = { iss: ISSUER, sub: CLIENT, aud: 'orders', client_id: CLIENT, permissions: PERMISSIONS }

/** Of each language: its issuer and its floor, and how a process of it is asked. */
export const LANGUAGES = {
  node: {
    kit: [...PROBED, COMMAND],
    floor: [...PROBED, here('floor.mjs')],
    stdio: (log) => ['ignore', log, 'ignore', 'ipc'],
    ask: async (child, what) => {
      child.send(what)
      return (await once(child, 'message'))[0]
    },
  },
  python: {
    kit: [...PROBED_PYTHON, 'kit_jwt', 'issuer'],
    floor: [...PROBED_PYTHON, here('../python/issuer_floor.py')],
    stdio: (log) => ['pipe', log, 'ignore', 'pipe'],
    ask: async (child, what) => {
      child.stdin.write(`${what}\n`)
      return Number(String((await once(child.stdio[3], 'data'))[0]))
    },
  },
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'kit-bench-'))

/** Starts a server; its log goes into a file, as nobody knows what a reader of a pipe costs. */
async function start({ stdio, ask }, [program, ...args], folder, env = {}) {
  const path = join(folder, 'log')
  const log = openSync(path, 'a')
  const child = spawn(program, args, { cwd: folder, stdio: stdio(log), env: { ...process.env, PROBE: '3', ...env } })
  closeSync(log)
  const listening = () => /"port": ?(\d+)/.exec(readFileSync(path, 'utf8'))?.[1]
  while (listening() === undefined) {
    if (child.exitCode !== null) throw new Error(`a server ended with ${child.exitCode}`)
    await pause(20)
  }
  const port = Number(listening())
  const stop = async () => {
    const ended = once(child, 'exit')
    child.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { port, ask: (what) => ask(child, what), forget: () => truncateSync(path), stop }
}

/** The floor of a language. */
export function startFloor(name) {
  const language = LANGUAGES[name]
  return start(language, language.floor, newFolder(), { CLAIMS: JSON.stringify(CLAIMS) })
}

/** The issuer of a language, with a client, and a user's token that the client may exchange. */
export async function startIssuer(name) {
  const language = LANGUAGES[name]
  const folder = newFolder()
  const run = (...words) => {
    const done = spawnSync(process.execPath, [COMMAND, ...words], { cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${words[0]} ended with ${done.status}: ${done.stderr}`)
    return done.stdout.trim()
  }
  run('init', '--issuer', ISSUER, '--audience', CLIENT)
  const secret = randomBytes(32).toString('base64url')
  const client = {
    id: CLIENT,
    secretSha256: createHash('sha256').update(secret).digest('base64url'),
    grants: ['client_credentials', 'token-exchange'],
    audiences: ['orders'],
    permissions: PERMISSIONS,
  }
  writeFileSync(join(folder, 'issuer.json'), JSON.stringify({ clients: [client], adminForm: false }))
  appendFileSync(join(folder, '.env'), 'ISSUER_CONFIG=issuer.json\n')
  const user = run('mint', '--sub', 'alice', '--permissions', PERMISSIONS.join(','), '--ttl', '86400')
  const server = await start(language, [...language.kit, 'serve', '--port', '0'], folder)
  return {
    ...server,
    authorization: `Basic ${Buffer.from(`${CLIENT}:${secret}`).toString('base64')}`,
    user,
  }
}
