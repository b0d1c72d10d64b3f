// Starts and stops the services: real processes that listen on loopback and tell what they do, one JSON line each.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const python = process.env.KIT_PYTHON ?? 'python3'

export const LANGUAGES = {
  typescript: {
    name: 'TypeScript',
    command: [process.execPath, '--no-warnings', here('service.mjs')],
    config: (kit) => kit,
  },
  python: { name: 'Python', command: [python, here('service.py')], config: snakeCase },
}

/** The same configuration with Python's spelling; what stands inside a JWK or a JWKS is data and stays. */
function snakeCase(config) {
  const rename = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const data = new Set(['privateKey', 'publicKeys'])
  const value = (name, inner) => {
    if (data.has(name) || inner === null || typeof inner !== 'object') return inner
    return Array.isArray(inner) ? inner.map((item) => value(name, item)) : snakeCase(inner)
  }
  return Object.fromEntries(Object.entries(config).map(([name, inner]) => [rename(name), value(name, inner)]))
}

class Service {
  events = []
  #waiting = []

  constructor(name, language, child) {
    this.name = name
    this.language = language
    this.child = child
    this.errors = ''
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line)
      const next = this.#waiting.shift()
      if (next) next.resolve(event)
      else this.events.push(event)
    })
    child.stderr.on('data', (chunk) => {
      this.errors += chunk
    })
    child.on('close', () => {
      for (const next of this.#waiting) next.reject(new Error(`${name} (${language.name}) stopped: ${this.errors}`))
    })
  }

  /** The next thing that the service tells. */
  event() {
    if (this.events.length > 0) return Promise.resolve(this.events.shift())
    return new Promise((resolve, reject) => {
      const silence = setTimeout(() => reject(new Error(`${this.name} said nothing for 30 seconds`)), 30_000)
      const done = (settle) => (value) => {
        clearTimeout(silence)
        settle(value)
      }
      this.#waiting.push({ resolve: done(resolve), reject: done(reject) })
    })
  }

  get(token, headers = {}) {
    return fetch(this.url, { headers: { authorization: `Bearer ${token}`, ...headers } })
  }
}

/** Starts a service; `exchange` is the issuer's endpoint and its secret there, where it delegates by the issuer. */
export async function startService(name, language, { kit, policy, next = null, exchange = null }) {
  const [program, ...args] = language.command
  const SERVICE = JSON.stringify({ name, kit: language.config(kit), policy, next, exchange })
  const child = spawn(program, args, { env: { ...process.env, SERVICE }, stdio: ['ignore', 'pipe', 'pipe'] })
  const service = new Service(name, language, child)
  const failed = new Promise((_, reject) => child.on('error', reject))
  const { port } = await Promise.race([service.event(), failed])
  service.url = `http://127.0.0.1:${port}/`
  return service
}

/** The three services of a chain; the last starts first, as each must know where the next one is. */
export async function startChain({ configs, roles, exchange }, languages) {
  const chain = {}
  let next = null
  for (const name of ['ledger', 'orders', 'gateway']) {
    const onward = next && { ...roles[name].next, url: next.url }
    const role = { ...roles[name], kit: configs[name], next: onward, exchange: exchange?.(name) }
    next = chain[name] = await startService(name, LANGUAGES[languages[name]], role)
  }
  return { ...chain, stop: () => Object.values(chain).map((service) => service.child.kill()) }
}
