// The server of Node.js: requests as plain values, and answers back.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, MAX_BODY, type Message } from '../http/message'
import { ListenFault, type Listening, type ListenReason } from './world'

type Handle = (message: Message) => Promise<Answer>

const REASONS: Readonly<Record<string, ListenReason>> = { EADDRINUSE: 'taken', EACCES: 'denied' }
/** Milliseconds: whoever sends slowly keeps nobody else waiting, and does not keep for ever. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5000 }
/** Milliseconds that open requests have to end. */
const GRACE = 5000

/** Answers at a port until the process is told to end. @throws ListenFault */
export async function listen(handle: Handle, host: string, port: number): Promise<Listening> {
  // Two headers of one name are two methods of authentication, not the first of them.
  const server = createServer({ ...LIMITS, joinDuplicateHeaders: true }, (request, response) => {
    answerTo(request, response, handle).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new ListenFault(REASONS[code ?? ''] ?? 'impossible')),
    )
    server.listen(port, host, resolve)
  })
  const stopped = new Promise<void>((resolve) => {
    const stop = (): void => {
      for (const signal of SIGNALS) process.removeListener(signal, stop)
      server.close(() => resolve())
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), GRACE).unref()
    }
    for (const signal of SIGNALS) process.on(signal, stop)
  })
  return { port: (server.address() as AddressInfo).port, stopped }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

async function answerTo(request: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> {
  const body = await readBody(request)
  const [path, query] = split(request.url as string)
  const headers: Record<string, string> = {}
  for (const name in request.headers) headers[name] = String(request.headers[name])
  const answer = await handle({ method: request.method as string, path, query, headers, body })
  // What was not read to its end would be taken for the next request.
  if (body === undefined) response.setHeader('connection', 'close')
  const size = answer.body === '' && answer.status !== 200 ? {} : { 'content-length': Buffer.byteLength(answer.body) }
  response.writeHead(answer.status, { ...answer.headers, ...size })
  response.end(answer.body)
}

/** Path and query, as they were sent. */
function split(target: string): readonly [string, string] {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)]
}

/** Undefined where there is more than is taken. */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > MAX_BODY) {
        request.pause()
        resolve(undefined)
      } else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => {
      if (!request.complete) reject(new Error('the request broke off'))
    })
  })
}
