// Requests of the server of Node.js, which Express, Fastify and Koa stand on; and WebSockets, which have no response object.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { queryOf } from './fetch'
import type { Answer } from './guard/answer'
import { createGuard, type Guard } from './guard/guard'
import type { GuardOptions } from './guard/options'
import type { GuardRequest } from './guard/request'

/**
 * What a guard looks at in a request of Node.js: `headers` would show the first of two `Authorization` headers alone.
 *
 * @internal
 */
export const partsOfMessage = (message: IncomingMessage): GuardRequest => new MessageParts(message)

/** Looks when it is asked: most guards look at one header, and at nothing else. */
class MessageParts implements GuardRequest {
  readonly #message: IncomingMessage

  constructor(message: IncomingMessage) {
    this.#message = message
  }

  get query(): string {
    return queryOf(this.#message.url ?? '')
  }

  get peer(): string | undefined {
    return this.#message.socket.remoteAddress
  }

  /** Not of `headersDistinct`: requests of HTTP/2 lack it, and so do those that tests inject. */
  header(name: string): readonly string[] {
    const { rawHeaders } = this.#message
    const values: string[] = []
    for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
      const given = rawHeaders[at] as string
      if (given.length === name.length && given.toLowerCase() === name) values.push(rawHeaders[at + 1] as string)
    }
    return values
  }
}

/**
 * Guards for the server of Node.js, and for upgrades to WebSockets.
 *
 * @param options - see {@link GuardOptions}
 * @returns makes the check of each route
 * @throws ConfigError - `config_missing`, `config_invalid` with the option; the check of a route, too
 * @throws MisuseError - not a policy, when the check of a route is made
 * @example
 * import { createServer } from 'node:http'
 * import { nodeGuard, refuse, refuseUpgrade } from '@kit/http/node'
 * const check = nodeGuard({ kit })(policy().needAll('read:data'))
 * const server = createServer(async (request, response) => {
 *   const outcome = await check(request)
 *   if (!outcome.passed) return refuse(outcome.refusal, response)
 *   response.end(outcome.auth.subject)
 * })
 * server.on('upgrade', async (request, socket) => {
 *   const outcome = await check(request)
 *   if (!outcome.passed) return refuseUpgrade(outcome.refusal, socket)
 * })
 */
export const nodeGuard = (options: GuardOptions<IncomingMessage>): Guard<IncomingMessage> =>
  createGuard(options, partsOfMessage)

/**
 * Answers a request that is refused.
 *
 * @param answer - the refusal
 * @param response - of the server
 * @example
 * import { refuse } from '@kit/http/node'
 * const server = (outcome, response) => outcome.passed || refuse(outcome.refusal, response)
 */
export function refuse({ status, headers, body }: Answer, response: ServerResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

const REASONS: Readonly<Record<Answer['status'], string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/**
 * Answers an upgrade to a WebSocket that is refused: before the handshake, so that a client sees the status.
 *
 * @param answer - the refusal
 * @param socket - of the `upgrade` event
 * @example
 * import { refuseUpgrade } from '@kit/http/node'
 * const upgrade = (outcome, socket) => outcome.passed || refuseUpgrade(outcome.refusal, socket)
 */
export function refuseUpgrade({ status, headers, body }: Answer, socket: Duplex): void {
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  // Whoever has gone already need not be told.
  socket.once('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\n${lines.join('')}\r\n${body}`)
}
