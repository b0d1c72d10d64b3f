// A JWKS from real servers on loopback: good ones, odd ones, those that never end, and one whose certificate has expired.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RemoteJwksOptions, remoteJwks } from '../src/index'
import { selfSigned } from './certificate'
import { PUBLIC_JWK, refusal } from './material'

const SET = JSON.stringify({ keys: [PUBLIC_JWK] })
const UNAVAILABLE = { code: 'jwks_unavailable' }
const LIMIT = 262_144
const HUGE = 104_857_600
/** What the buffers of both sides hold, and nothing like the 100 MB that a server would send. */
const BUFFERED = 16_777_216
const ZEROS = gzipSync(Buffer.alloc(HUGE, ' '))
const { d: _, ...OTHER } = { ...PUBLIC_JWK, kid: 'other' } as Record<string, unknown>
/** Whatever stands beside it, the good key is found. */
const MIXED = JSON.stringify({
  keys: [
    ...[{ ...OTHER, d: PUBLIC_JWK.x }, { kty: 'oct', kid: 'ed-1', k: 'A'.repeat(86) }, OTHER, OTHER],
    ...[null, [], PUBLIC_JWK],
  ],
})
const DAY = 86_400_000

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

const asked: { readonly url: string; readonly ifNoneMatch: string | undefined }[] = []
let sent = 0

/** Answers by path. */
const answer: RequestListener = (request, response) => {
  const [, first, path] = /^(\/first)?(.*)$/.exec(request.url as string) as unknown as [string, string?, string?]
  asked.push({ url: request.url as string, ifNoneMatch: request.headers['if-none-match'] })
  // A good set at first, and then what the rest of the path says.
  const url = first && asked.filter((one) => one.url === request.url).length === 1 ? '/jwks' : path
  const drip = (): void => {
    const timer = setInterval(() => response.write(' '), 10)
    response.on('close', () => clearInterval(timer))
  }
  const flood = (): void => {
    for (let more = true; more && !response.destroyed; ) {
      sent += 65_536
      more = response.write(' '.repeat(65_536))
    }
    response.once('drain', flood)
  }
  switch (url) {
    case '/moved':
      return response.writeHead(302, { location: '/jwks' }).end()
    case '/elsewhere':
      return response.writeHead(301, { location: 'https://evil.example/' }).end(SET)
    case '/down':
      return response.writeHead(500).end(SET)
    case '/nothing':
      return response.writeHead(204).end()
    case '/page':
      return response.end('<!doctype html><title>Sign in</title>')
    case '/largest':
      return response.end(SET.padEnd(LIMIT))
    case '/larger':
      return response.end(SET.padEnd(LIMIT + 1))
    case '/endless':
      return flood()
    case '/huge':
      response.writeHead(200, { 'content-length': HUGE })
      return flood()
    case '/down-endless':
      response.writeHead(500)
      return flood()
    case '/bomb':
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(ZEROS)
    case '/page-as-text':
      return response.writeHead(200, { 'content-type': 'text/html; charset=utf-16' }).end(SET)
    case '/mark':
      return response.end(`\ufeff${SET}`)
    case '/unasked':
      return response.writeHead(304).end()
    case '/mixed':
      return response.end(MIXED)
    case '/drip':
      response.write(SET)
      return drip()
    case '/silent':
      return undefined
    case '/tagged':
      if (request.headers['if-none-match'] === '"v1"') return response.writeHead(304).end()
      return response.writeHead(200, { etag: '"v1"', 'cache-control': 'max-age=60' }).end(SET)
    default:
      return response.end(SET)
  }
}

const server = createHttpServer(answer)
let origin = ''
beforeAll(async () => {
  origin = `http://127.0.0.1:${await listening(server)}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const select = async (path: string, options: RemoteJwksOptions = {}): Promise<string> =>
  (await remoteJwks(origin + path, options).select({ alg: 'EdDSA', kid: 'ed-1', now: 0 })).kid

describe('an endpoint', () => {
  test('that answers with a set, as large as it may be', async () => {
    for (const path of ['/jwks', '/largest']) expect(await select(path)).toBe('ed-1')
  })

  test('that says of its set that it is something else is believed the set', async () => {
    expect(await select('/page-as-text')).toBe('ed-1')
  })

  test('whose set holds a private key, a secret, a key twice and no keys has the good key', async () => {
    expect(await select('/mixed')).toBe('ed-1')
  })

  test.each(['/moved', '/elsewhere', '/down', '/nothing', '/page', '/larger', '/bomb', '/mark', '/unasked'])(
    'that answers with anything else is unavailable, and asked once: %s',
    async (path) => {
      const before = asked.length
      expect(await refusal(select(path))).toEqual(UNAVAILABLE)
      expect(asked.slice(before)).toEqual([{ url: path, ifNoneMatch: undefined }])
    },
  )

  test.each(['/endless', '/huge', '/down-endless'])('is left when it has sent too much: %s', async (path) => {
    sent = 0
    expect(await refusal(select(path))).toEqual(UNAVAILABLE)
    expect(sent).toBeLessThan(BUFFERED)
  })

  test('that takes its time over the body of a failure is not waited for', async () => {
    const source = remoteJwks(`${origin}/down-endless`, { timeout: 3600 })
    expect(await refusal(Promise.resolve(source.select({ alg: 'EdDSA', now: 0 })))).toEqual(UNAVAILABLE)
  })

  test.each([
    ...['/moved', '/elsewhere', '/down', '/nothing', '/page', '/larger', '/bomb', '/mark', '/unasked'],
    ...['/endless', '/huge', '/down-endless', '/drip', '/silent'],
  ])('that had a good set takes no key away by what comes then: %s', async (path) => {
    const source = remoteJwks(`${origin}/first${path}`, { timeout: 3 })
    const before = asked.length
    for (const now of [0, 300, 301]) expect((await source.select({ alg: 'EdDSA', kid: 'ed-1', now })).kid).toBe('ed-1')
    expect(asked.length - before).toBe(2)
  })

  test.each(['/drip', '/silent'])('that takes its time is given up: %s', async (path) => {
    expect(await refusal(select(path, { timeout: 0.1 }))).toEqual(UNAVAILABLE)
  })

  test('is shown the tag that it gave', async () => {
    const source = remoteJwks(`${origin}/tagged`)
    const before = asked.length
    for (const now of [0, 60, 120]) expect((await source.select({ alg: 'EdDSA', kid: 'ed-1', now })).kid).toBe('ed-1')
    expect(asked.slice(before).map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([undefined, '"v1"', '"v1"'])
  })
})

describe('a connection', () => {
  const said = async (text: string): Promise<unknown> => {
    const raw = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.end(text)
    })
    const port = await listening(raw)
    const refused = await refusal(
      Promise.resolve(remoteJwks(`http://127.0.0.1:${port}/`, { timeout: 1 }).select({ alg: 'EdDSA', now: 0 })),
    )
    raw.close()
    return refused
  }

  test('that is refused', async () => {
    const gone = createTcpServer()
    const port = await listening(gone)
    await new Promise((resolve) => gone.close(resolve))
    const source = remoteJwks(`http://127.0.0.1:${port}/`)
    expect(await refusal(Promise.resolve(source.select({ alg: 'EdDSA', now: 0 })))).toEqual(UNAVAILABLE)
  })

  test.each([
    ...['', 'SSH-2.0-x\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"keys":'],
    `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"keys":[]}`,
    `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{"keys":[]}\r\n`,
  ])('that is no HTTP, or breaks: %j', async (text) => {
    expect(await said(text)).toEqual(UNAVAILABLE)
  })
})

describe('a certificate', () => {
  /** What a program is told that trusts the certificate of the server, or does not. */
  async function told(until: number, isTrusted = true, address?: string): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'kit-jwt-'))
    const { cert, key } = selfSigned(until, address)
    const secure = createHttpsServer({ cert, key }, answer)
    try {
      const path = join(folder, 'certificate.pem')
      writeFileSync(path, cert)
      const program = `
        import { remoteJwks } from '@kit/jwt'
        const source = remoteJwks('https://127.0.0.1:${await listening(secure)}/jwks')
        const query = { alg: 'EdDSA', kid: 'ed-1', now: 0 }
        console.log(await source.select(query).then(({ kid }) => kid, ({ code }) => code))`
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--no-warnings', '--input-type=module', '-e', program],
        {
          cwd: fileURLToPath(new URL('.', import.meta.url)),
          env: { ...process.env, ...(isTrusted && { NODE_EXTRA_CA_CERTS: path }) },
        },
      )
      return stdout.trim()
    } finally {
      secure.close()
      rmSync(folder, { recursive: true })
    }
  }

  test('that is good is taken', async () => {
    expect(await told(DAY)).toBe('ed-1')
  })

  test('that has expired is not', async () => {
    expect(await told(-60_000)).toBe('jwks_unavailable')
  })

  test('of nobody known is not', async () => {
    expect(await told(DAY, false)).toBe('jwks_unavailable')
  })

  test('of another host is not', async () => {
    expect(await told(DAY, true, '127.0.0.2')).toBe('jwks_unavailable')
  })
})
