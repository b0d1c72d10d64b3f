// A server of Redis in a folder and on a port of its own, on loopback alone, for programs of the suite.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from './ports.mjs'

/** Ends this program where the machine has no server: with KIT_ALL_RUNTIMES set, what is left out is a failure. */
export function needRedis() {
  if (spawnSync('redis-server', ['--version']).status === 0) return
  const isFailure = Boolean(process.env.KIT_ALL_RUNTIMES)
  process.stdout.write('left out: this machine has no redis-server\n')
  process.stdout.write(`0 passed, ${isFailure ? '1 failed' : '0 failed, 1 skipped'}\n`)
  process.exit(isFailure ? 1 : 0)
}

/** @param options - of redis-server, as its command line has them */
export async function startRedis(options = []) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-redis-'))
  const [port] = await freePorts(1)
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...options]
  let child
  /** Starts it, on what is left in its folder. */
  async function start() {
    child = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      said += chunk
      if (said.includes('Ready to accept connections')) break
    }
    child.stdout.resume()
    if (child.exitCode !== null) throw new Error(said)
  }
  /** Ends it at once, as a crash does. */
  async function kill() {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  await start()
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    folder,
    start,
    kill,
    async end() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
