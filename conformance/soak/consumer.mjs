// A process that verifies: lines of JSON in, lines of JSON out.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const interpreter =
  process.env.KIT_PYTHON ?? `${root}.venv/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`
const here = fileURLToPath(new URL('.', import.meta.url))

/** By language: how it is started, and the faces that it has. */
export const LANGUAGES = {
  typescript: { command: [process.execPath, '--no-warnings', '--expose-gc', `${here}node.mjs`], faces: ['node'] },
  python: { command: [interpreter, `${here}python/consumer.py`], faces: ['threads', 'loop'] },
}

export class Consumer {
  #child
  #heard
  #errors = ''
  /** Resolves with the exit status. */
  ended

  /** @param heard - is given each message */
  constructor(language, setting, heard) {
    const [program, ...args] = LANGUAGES[language].command
    this.language = language
    this.#heard = heard
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stderr.on('data', (chunk) => {
      this.#errors = (this.#errors + chunk).slice(-4000)
    })
    this.#child.stdin.on('error', () => undefined)
    const lines = createInterface({ input: this.#child.stdout })
    lines.on('line', (line) => this.#heard(JSON.parse(line)))
    const read = new Promise((resolve) => lines.on('close', resolve))
    this.ended = new Promise((resolve) => {
      this.#child.on('error', ({ message }) => resolve(message))
      this.#child.on('close', (status) => read.then(() => resolve(status)))
    })
    this.say(setting)
  }

  get errors() {
    return this.#errors
  }

  say(message) {
    this.#child.stdin.write(`${JSON.stringify(message)}\n`)
  }

  finish() {
    this.#child.stdin.end()
  }

  stop() {
    this.#child.kill('SIGKILL')
  }
}
