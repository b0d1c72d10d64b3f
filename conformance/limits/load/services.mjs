// Services of both languages, in processes of their own, and everybody who asks one at once.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { python } from '../../../scripts/setup.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const PROGRAMS = {
  typescript: [process.execPath, ['--no-warnings', here('service.mjs')]],
  python: [python, [here('load_service.py')]],
}

export async function startService(language, environment) {
  const [program, args] = PROGRAMS[language]
  const env = { ...process.env, ...environment }
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const [port] = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`a service in ${language} ended`))),
  ])
  return {
    port: Number(port),
    end: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

/**
 * So many connections to a service, which stay open. A generator of load that connects while it asks would have the first
 * answers before the last requests: here all of them are written before the first answer can be read.
 */
export class Askers {
  #agent = new Agent({ keepAlive: true })
  #port
  #count

  constructor({ port }, count) {
    this.#port = port
    this.#count = count
  }

  /** All of them at once, each one request. */
  ask(token) {
    return Promise.all(Array.from({ length: this.#count }, () => this.#one(token)))
  }

  end() {
    this.#agent.destroy()
  }

  #one(token) {
    const headers = { authorization: `Bearer ${token}` }
    return new Promise((resolve, reject) => {
      const asked = request({ agent: this.#agent, host: '127.0.0.1', port: this.#port, headers }, (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (text) => {
          body += text
        })
        const { statusCode: status, headers: given } = answer
        answer.on('end', () => resolve({ status, headers: given, body, wasOpen: asked.reusedSocket }))
      })
      asked.on('error', reject)
      asked.end()
    })
  }
}
