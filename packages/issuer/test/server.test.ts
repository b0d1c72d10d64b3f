import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAuthority, createIssuer, type Refusal } from '../src'
import { LINES, underIds, writeLine } from '../src/command/log'
import { issuerWorld } from '../src/command/machine'
import { listen } from '../src/command/server'
import { ListenFault, type Listening } from '../src/command/world'

const adminSecret = 'a'.repeat(32)
const FORM = 'content-type: application/x-www-form-urlencoded'
const refusals: Refusal[] = []
let listening: Listening

const at = (path: string): string => `http://127.0.0.1:${listening.port}${path}`

beforeEach(async () => {
  refusals.length = 0
  const { handle } = createIssuer({
    authority: await createAuthority(),
    issuer: 'https://auth.example',
    audience: 'api',
    adminSecret,
    onRefusal: (refusal) => refusals.push(refusal),
  })
  listening = await listen(handle, '127.0.0.1', 0)
})

afterEach(async () => {
  process.emit('SIGTERM')
  await listening.stopped
})

/** All that comes back for some bytes. */
const exchanged = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(listening.port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (data) => {
      answer += data.toString('latin1')
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

const request = (lines: readonly string[], body = ''): string =>
  `${['POST /auth/token HTTP/1.1', 'host: a', 'connection: close', ...lines].join('\r\n')}\r\n\r\n${body}`

test('a token comes over a socket, once and with its length', async () => {
  const response = await fetch(at('/auth/token'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-issuer-secret': adminSecret },
    body: JSON.stringify({ sub: 'u1' }),
  })
  const body = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-length')).toBe(String(body.length))
  expect(Object.keys(JSON.parse(body) as object)).toEqual(['expiresAt', 'kid', 'token'])
})

test('the keys are there, also for those who have them and those who ask for the head alone', async () => {
  const { headers } = await fetch(at('/.well-known/jwks.json'))
  const again = await fetch(at('/.well-known/jwks.json'), {
    headers: { 'if-none-match': headers.get('etag') as string },
  })
  const head = await fetch(at('/.well-known/jwks.json'), { method: 'HEAD' })
  expect([again.status, head.status, await head.text()]).toEqual([304, 200, ''])
})

test('a body that is too large is not read to its end, and nothing after it is taken for a request', async () => {
  const answer = await exchanged(request([FORM, 'content-length: 1000000'], 'a'.repeat(70_000)))
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toMatch(/connection: close/i)
})

test('two headers of one name are two, and not the first of them', async () => {
  const basic = 'authorization: Basic YTpi'
  expect(await exchanged(request([basic, basic, FORM, 'content-length: 0']))).toMatch(/^HTTP\/1\.1 401 /)
  expect(refusals.map(({ why }) => why)).toEqual(['authentication_unsupported'])
})

test('what is no HTTP is refused, and nothing of it comes back', async () => {
  const answer = await exchanged('GET /<script> FTP\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer).not.toContain('script')
})

test('where somebody listens, nobody else does', async () => {
  const again = listen(async () => ({ status: 200, headers: {}, body: '' }), '127.0.0.1', listening.port)
  await expect(again).rejects.toEqual(new ListenFault('taken'))
})

test('what is told of a request has the id that its answer has, and nothing else has it', async () => {
  const lines: string[] = []
  const world = { ...issuerWorld(), now: () => 1.5, write: (_: string, line: string) => void lines.push(line) }
  const handle = underIds(({ id }) => {
    const refusal = { code: 'a', why: 'b', endpoint: undefined }
    writeLine(world, 'stdout', LINES.refused(id === undefined ? refusal : { ...refusal, request: id }))
    return Promise.resolve({ status: 200, headers: { a: 'b' }, body: '' })
  })
  const { headers } = await handle({ method: 'GET', path: '/', query: '', headers: {}, body: undefined })
  writeLine(world, 'stdout', { event: 'b' })
  const { 'x-request-id': request, ...others } = headers
  expect(others).toEqual({ a: 'b' })
  expect(request).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    { event: 'refused', code: 'a', why: 'b', request, time: 1 },
    { event: 'b', time: 1 },
  ])
})

test('the machine does something again and again, until it is told to end', async () => {
  const { every } = issuerWorld()
  let times = 0
  await new Promise<void>((resolve) => {
    const end = every(0.001, () => {
      times++
      if (times < 2) return
      end()
      resolve()
    })
  })
  expect(times).toBe(2)
})
