// A process under load: lines of JSON in, lines of JSON out.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { until } from './servers.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const interpreter =
  process.env.KIT_PYTHON ?? `${root}.venv/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`
const here = fileURLToPath(new URL('.', import.meta.url))
const node = [process.execPath, `${here}node.mjs`]
const python = [interpreter, '-W', 'error', `${here}python/load.py`]

/** By language: its faces, and how each is started. */
export const LANGUAGES = {
  typescript: { ioredis: node, redis: node },
  python: { threads: python, aio: python },
}

export class Consumer {
  #child
  #said = {}
  events = []
  faults = []
  /** By when it was told, for how long the process stood still since it was told before. */
  stood = []
  open = []

  constructor(language, face, setting) {
    this.face = face
    const [program, ...args] = LANGUAGES[language][face]
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stderr.on('data', (chunk) => this.faults.push(String(chunk)))
    this.#child.stdin.on('error', () => undefined)
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(JSON.parse(line)))
    this.#child.on('close', (status) => this.#hear({ ended: true, status }))
    this.say({ ...setting, face })
  }

  #hear(message) {
    for (const [kind, about, at, took, beyond, drift, result] of message.done ?? [])
      this.events.push({ face: this.face, kind, about, at, took, beyond, drift, result })
    if (message.stood?.by > 0) this.stood.push(message.stood)
    if (message.fault) this.faults.push(message.fault)
    if (message.open) this.open = message.open
    if (message.ended && message.status !== 0) this.faults.push(`ended with ${message.status}`)
    Object.assign(this.#said, message)
  }

  say(message) {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${JSON.stringify(message)}\n`)
  }

  /** Until it has said so. */
  async has(what, seconds) {
    await until(`${this.face}: ${what}`, async () => this.#said[what] || this.#said.ended, seconds)
    if (!this.#said[what]) throw new Error(`${this.face} ended before ${what}: ${this.faults.join('\n')}`)
  }

  kill() {
    this.#child.kill('SIGKILL')
  }
}
