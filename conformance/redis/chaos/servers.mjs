// Servers of Redis as processes of their own, on loopback alone, in a folder that is deleted with them.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePorts } from '../ports.mjs'
import { ask } from './resp.mjs'

const run = promisify(execFile)
const running = new Set()
// Whatever ends this process, no server outlives it, not even one that is frozen.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export async function until(what, holds, seconds = 20) {
  const end = performance.now() + seconds * 1000
  for (;;) {
    if (await holds().catch(() => false)) return
    if (performance.now() > end) throw new Error(`it never came to be: ${what}`)
    await pause(10)
  }
}

class Server {
  #child
  #folder = mkdtempSync(join(tmpdir(), 'kit-chaos-'))
  #args

  /**
   * @param options - of redis-server
   * @param lines - of a configuration file, which a Sentinel needs and writes to
   */
  constructor(port, options = [], lines = undefined) {
    this.port = port
    const file = join(this.#folder, 'redis.conf')
    if (lines) writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
    const isKept = lines !== undefined || options.includes('--save')
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', this.#folder]
    this.#args = [...(lines ? [file] : []), ...own, ...(isKept ? [] : ['--save', '']), ...options]
  }

  async start() {
    const child = spawn('redis-server', this.#args, { stdio: ['ignore', 'pipe', 'ignore'] })
    this.#child = child
    running.add(child)
    child.once('exit', () => running.delete(child))
    let said = ''
    await new Promise((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        said = (said + chunk).slice(-4000)
        if (/Ready to accept connections|Sentinel ID is/.test(said)) resolve()
      })
      child.once('exit', () => reject(new Error(said)))
    })
    return this
  }

  freeze() {
    this.#child.kill('SIGSTOP')
  }

  thaw() {
    this.#child.kill('SIGCONT')
  }

  /** Ends it at once, as a crash does. */
  async kill() {
    if (!running.has(this.#child)) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }

  async end() {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function started(ports, options = [], lines = undefined) {
  return Promise.all(ports.map((port) => new Server(port, options, lines).start()))
}

export async function startSingle(...options) {
  const servers = await started(await freePorts(1), options)
  return { servers, primaries: () => servers, environment: { REDIS_URL: `redis://127.0.0.1:${servers[0].port}` } }
}

/** The port of the primary that the Sentinels name. */
export const namedPrimary = async (sentinels) =>
  Number((await ask(sentinels[0].port, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'main'))[1])

/** A primary, two replicas and three Sentinels. */
export async function startSentinels() {
  const ports = await freePorts(6)
  const [primary] = await started(ports.slice(0, 1))
  const replicas = await started(ports.slice(1, 3), [
    '--replicaof',
    `127.0.0.1 ${primary.port}`,
    '--repl-diskless-sync-delay',
    '0',
  ])
  await until('replicas', async () => (await ask(primary.port, 'ROLE'))[2].length === 2)
  const sentinels = await started(
    ports.slice(3),
    ['--sentinel'],
    [
      `sentinel monitor main 127.0.0.1 ${primary.port} 2`,
      'sentinel down-after-milliseconds main 3000',
      'sentinel failover-timeout main 3000',
    ],
  )
  for (const { port } of sentinels)
    await until('Sentinels', async () => /slaves=2,sentinels=3/.test(await ask(port, 'INFO', 'sentinel')))
  return {
    servers: [primary, ...replicas],
    sentinels,
    environment: { REDIS_SENTINEL: sentinels.map(({ port }) => `127.0.0.1:${port}`).join(), REDIS_MASTER: 'main' },
  }
}

/** Three primaries that share the slots. */
export async function startCluster() {
  const ports = await freePorts(6)
  const servers = await Promise.all(
    ports
      .slice(0, 3)
      .map((port, i) =>
        new Server(port, [
          ...['--cluster-enabled', 'yes', '--cluster-node-timeout', '3000', '--appendonly', 'yes'],
          ...['--appendfsync', 'always', '--cluster-port', String(ports[i + 3])],
        ]).start(),
      ),
  )
  const nodes = servers.map(({ port }) => `127.0.0.1:${port}`)
  await run('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes'])
  const topology = { servers, environment: { REDIS_CLUSTER_NODES: nodes.join() } }
  await until('a cluster', () => isWhole(topology))
  return topology
}

/** Whether every node thinks that all slots are served. */
export async function isWhole({ servers }) {
  for (const { port } of servers) if (!(await ask(port, 'CLUSTER', 'INFO')).includes('cluster_state:ok')) return false
  return true
}

export async function endAll({ servers, sentinels = [] }) {
  for (const server of [...sentinels, ...servers]) await server.end()
}
