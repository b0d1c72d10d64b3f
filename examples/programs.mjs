// Starts the programs of the examples: real processes that listen on ports of loopback.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Milliseconds in which a program has begun to listen, on a machine that is busy. */
const PATIENCE = 120_000
const windows = process.platform === 'win32'
export const root = fileURLToPath(new URL('..', import.meta.url))
export const python = process.env.KIT_PYTHON ?? join(root, '.venv', windows ? 'Scripts/python.exe' : 'bin/python')

/** Runs a command to its end, and gives its status and what it said. */
export async function run([program, ...args], options = {}) {
  const child = spawn(program, args, options)
  const stdout = textOf(child.stdout)
  const stderr = textOf(child.stderr)
  const [status] = await once(child, 'close')
  return { status, stdout: stdout(), stderr: stderr() }
}

/**
 * Starts a program that listens, and waits until it does.
 *
 * @param command - program and arguments
 * @param port - where it will listen
 * @param options - of `spawn`
 */
export async function start([program, ...args], port, options = {}) {
  const child = spawn(program, args, options)
  const stdout = textOf(child.stdout)
  const stderr = textOf(child.stderr)
  const said = () => stdout() + stderr()
  let isOver = false
  const over = once(child, 'close').finally(() => {
    isOver = true
  })
  const end = Date.now() + PATIENCE
  while (!(await listens(port))) {
    if (Date.now() > end) child.kill()
    if (isOver) throw new Error(`${[program, ...args].join(' ')} ended: ${said()}`)
    await sleep(50)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    said,
    async stop() {
      child.kill()
      await over
    },
  }
}

/** Whether somebody listens at a port of loopback. */
const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })

/** What a stream has given so far. */
function textOf(stream) {
  const chunks = []
  stream.on('data', (chunk) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}
