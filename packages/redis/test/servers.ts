// Servers of Redis on ports of their own, on loopback alone.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server as NetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether this machine has a server at all; CI, which leaves nothing out, has one. */
export const HAS_REDIS = ((): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch (error) {
    if (process.env['KIT_ALL_RUNTIMES'] !== undefined) throw error
    return false
  }
})()

/** Below those that a system gives to clients by itself: nobody is given one of them before its server listens. */
const PORTS = [10_000, 32_000] as const

async function listener(): Promise<NetServer> {
  for (;;) {
    const server = createServer().listen(randomInt(...PORTS), '127.0.0.1')
    try {
      await once(server, 'listening')
      return server
    } catch {
      // Somebody listens there.
    }
  }
}

/** Ports that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: NetServer[] = []
  while (servers.length < count) servers.push(await listener())
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

export interface Server {
  readonly port: number
  readonly url: string
  /** Stops the process where it stands; its sockets stay open. */
  freeze(): void
  thaw(): void
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  /** Starts it again, on what is left in its folder. */
  start(): Promise<void>
  /** Ends it for good. */
  end(): Promise<void>
}

/** @param options - of redis-server, as lines of its configuration would say them */
export async function startRedis(options: readonly string[] = []): Promise<Server> {
  const [port = 0] = await freePorts(1)
  return startOn(port, options)
}

/**
 * The same on a port that was found before.
 *
 * @param lines - of a configuration file, which a Sentinel needs and writes to
 */
export async function startOn(port: number, options: readonly string[], lines?: readonly string[]): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-redis-'))
  const always = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no']
  const hasSave = options.includes('--save') || lines !== undefined
  const file = join(folder, 'redis.conf')
  if (lines !== undefined) writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    child = spawn(
      'redis-server',
      [...(lines === undefined ? [] : [file]), ...always, ...(hasSave ? [] : ['--save', '']), ...options],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    const started = child
    await new Promise<void>((resolve, reject) => {
      let said = ''
      started.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8')
        if (said.includes('Ready to accept connections') || said.includes('Sentinel ID is')) resolve()
      })
      started.once('exit', () => reject(new Error(said)))
    })
  }

  async function kill(): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  await start()
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    kill,
    start,
    end: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
