// A real server on loopback that publishes an issuer's keys, in good spells and bad ones, and remembers what it said.
import { createServer } from 'node:http'
import { lifetimeOf } from './rules.mjs'
import { MIXABLE } from './spells.mjs'

/** What an answer may say of its own time. */
const TIMES = [
  { maxAge: 20 },
  { maxAge: 40 },
  { maxAge: 50, age: 10 },
  { maxAge: 90 },
  { maxAge: 86_400 },
  { maxAge: 600, age: 599 },
  { noStore: true },
  {},
]

const LARGE = 1_048_576
const TOLD = { 'content-type': 'application/jwk-set+json' }

export class Endpoint {
  #server
  #issuer
  #r
  #told
  #held = new Set()
  #recent = []
  /** Sets by the tags that stand for them. */
  #tagged = new Map()
  #fault
  #port = 0
  #evil

  /**
   * @param evil - the key that a redirect leads to
   * @param told - is given each answer: `{ id, kind, kids, lifetime }`, where kind is `set`, `same` or `bad`
   */
  constructor(issuer, r, evil, told) {
    this.#issuer = issuer
    this.#r = r
    this.#evil = evil
    this.#told = told
    this.#server = createServer((request, response) => this.#answer(request, response))
  }

  get url() {
    return `http://127.0.0.1:${this.#port}/jwks`
  }

  /** Where something else took the port meanwhile, the endpoint stays away a little longer. */
  async listen() {
    for (;;) {
      const isListening = await new Promise((resolve) => {
        this.#server.once('error', () => resolve(false))
        this.#server.listen(this.#port, '127.0.0.1', () => resolve(true))
      })
      this.#server.removeAllListeners('error')
      if (isListening) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    this.#port = this.#server.address().port
  }

  /** What its answers are from now on. */
  async turn(fault) {
    for (const response of this.#held) response.destroy()
    this.#held.clear()
    if (fault === 'refuse' && this.#server.listening) await this.close()
    this.#fault = fault
    if (fault !== 'refuse' && !this.#server.listening) await this.listen()
  }

  /** What was said a moment ago may not arrive. */
  async close() {
    for (const answer of this.#recent) answer.isUncertain = true
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(request, response) {
    const fault = this.#fault === 'mixed' ? this.#r.pick(MIXABLE) : this.#fault
    const shown = request.headers['if-none-match']
    // A redirect leads to a key of nobody's: whoever follows it will take its tokens.
    const isEvil = request.url === '/evil'
    const answer = { id: request.headers['x-soak'], kind: 'bad', shown, fault }
    response.on('error', () => undefined)
    response.on('close', () => {
      if (!response.writableFinished) answer.isUncertain = true
    })
    this.#recent = [...this.#recent.slice(-8), answer]
    if (isEvil || fault === 'nonsense') response.end(JSON.stringify({ keys: isEvil ? [this.#evil.jwk] : 'none' }))
    else if (fault) this.#fail(fault, answer, response)
    else this.#succeed(answer, response)
    this.#told(answer)
  }

  #succeed(answer, response) {
    const set = this.#issuer.set()
    const times = this.#r.pick(TIMES)
    const headers = { ...TOLD, ...headersOf(times) }
    const isSame = answer.shown !== undefined && this.#tagged.get(answer.shown)?.version === set.version
    if (!isSame && this.#r.chance(0.8)) headers.etag = this.#tagFor(set)
    // Without a tag, or with one that cannot be sent back, the next request is told all again.
    else if (!isSame) headers.etag = this.#r.pick(['v1', '"', `"${'x'.repeat(300)}"`, 'W/""x'])
    if (isSame && times.maxAge === undefined && !times.noStore) headers['cache-control'] = 'max-age=90'
    Object.assign(answer, { kind: isSame ? 'same' : 'set', kids: set.kids, lifetime: lifetimeOf(times) })
    const send = () => response.writeHead(isSame ? 304 : 200, headers).end(isSame ? undefined : set.body)
    if (this.#r.chance(0.2)) setTimeout(send, this.#r.below(150))
    else send()
  }

  #tagFor(set) {
    const tag = this.#r.chance(0.5) ? `"${set.version}"` : `W/"${set.version}"`
    this.#tagged.set(tag, set)
    for (const [oldest] of this.#tagged) if (this.#tagged.size > 200) this.#tagged.delete(oldest)
    return tag
  }

  #fail(fault, answer, response) {
    const { body } = this.#issuer.set()
    const set = this.#tagged.get(answer.shown)
    switch (fault) {
      case 'error':
        return response.writeHead(500, TOLD).end(body)
      case 'page':
        return response.end('<!doctype html><title>Sign in</title>')
      case 'drip':
        return this.#drip(response)
      case 'cut':
        response.writeHead(200, { ...TOLD, 'content-length': body.length })
        response.write(body.slice(0, -40))
        return setTimeout(() => response.destroy(), 20)
      case 'redirect':
        return response.writeHead(302, { location: '/evil' }).end(body)
      case 'same':
        // Not true, but who is told so has to believe it.
        if (set) Object.assign(answer, { kind: 'same', kids: set.kids, lifetime: 40 })
        return response.writeHead(304, { 'cache-control': 'max-age=40' }).end()
      case 'large':
        return response.end(body.padEnd(LARGE))
      default:
        return this.#held.add(response)
    }
  }

  #drip(response) {
    response.writeHead(200, TOLD)
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
    this.#held.add(response)
  }
}

function headersOf({ maxAge, age, noStore }) {
  const control = noStore ? 'no-store' : maxAge === undefined ? undefined : `public, max-age=${maxAge}`
  return { ...(control && { 'cache-control': control }), ...(age !== undefined && { age: String(age) }) }
}
