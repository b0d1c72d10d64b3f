// Starts each program of this folder, and asks all of them what requests.json says. `node run.mjs [NAME]`; the last line is
// the sum.
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { freePort } from '../../conformance/redis/ports.mjs'
import { python, root, start } from '../programs.mjs'

const here = (...names) => join(root, 'examples', 'frameworks', ...names)
const file = JSON.parse(readFileSync(here('requests.json'), 'utf8'))
const ISSUER = 'https://auth.example'
const AUDIENCE = 'greetings'
const AT_ONCE = 2
const secret = randomBytes(64)

/** A token, by jose: nothing of ours is in it. */
function tokenOf({ sub, roles, aud = AUDIENCE, expired = false, forged = false }) {
  const now = Math.floor(Date.now() / 1000)
  const issuedAt = expired ? now - 7200 : now
  return new SignJWT({ ...(roles && { roles }) })
    .setProtectedHeader({ alg: 'HS512', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(aud)
    .setSubject(sub)
    .setJti(randomBytes(16).toString('hex'))
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 3600)
    .sign(forged ? randomBytes(64) : secret)
}

const tokens = {}
for (const [name, token] of Object.entries(file.tokens)) tokens[name] = await tokenOf(token)
const filled = (text) => text.replaceAll(/\{(\w+)\}/g, (_, name) => tokens[name])

/** What a server that hangs up while it is spoken to has answered: 431 of RFC 6585, in its way. */
const HUNG_UP = { status: 431, headers: {}, body: '' }

/** Sends a request, each header as it is said, by a connection of its own. */
function ask(port, { path, headers, fill = 0 }) {
  const said = headers.map(([name, value]) => [name, filled(value) + 'a'.repeat(fill)])
  const all = [['Host', `127.0.0.1:${port}`], ...said].flat()
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: filled(path), headers: all, agent: false }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headersDistinct,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    asked.on('error', (error) =>
      fill > 0 && ['EPIPE', 'ECONNRESET'].includes(error.code) ? resolve(HUNG_UP) : reject(error),
    )
    asked.end()
  })
}

/** What is wrong with an answer; nothing where it is right. */
function faultsOf(given, { answer }) {
  if (answer === undefined) return given.status >= 400 && given.status < 500 ? [] : [`status ${given.status}`]
  const { status, headers, body } = file.answers[answer]
  const wrong = Object.entries(headers).filter(([name, value]) => !isSaid(given.headers[name] ?? [], value))
  return [
    ...(given.status === status ? [] : [`status ${given.status}, not ${status}`]),
    ...wrong.map(([name, value]) => `${name}: ${given.headers[name]?.join(' | ')}, not ${value}`),
    ...(given.body === body ? [] : [`body ${given.body}, not ${body}`]),
  ]
}

/** Whether a header is there once and says this; seconds are whole, above zero, and within the window. */
function isSaid(values, wanted) {
  if (wanted === null) return values.length === 0
  const [value, ...others] = values
  if (value === undefined || others.length > 0) return false
  const [begin, end] = wanted.split('…')
  if (end === undefined) return value === wanted
  const seconds = value.slice(begin.length, value.length - end.length)
  const isSeconds = /^[1-9]\d*$/.test(seconds) && Number(seconds) <= file.limits.RATE_LIMIT_WINDOW_MS / 1000
  return value.startsWith(begin) && value.endsWith(end) && isSeconds
}

/** Tokens that no log may tell; what is in a URL is told by servers. */
const secrets = () =>
  Object.keys(tokens)
    .filter((name) => !file.requests.some(({ path }) => path.includes(`{${name}}`)))
    .map((name) => tokens[name])

const sum = { passed: 0, failed: 0 }

/** Asks one program everything. */
async function tried(name) {
  const port = await freePort()
  const env = {
    ...process.env,
    ...file.limits,
    JWT_ISS: ISSUER,
    JWT_AUD: AUDIENCE,
    JWT_SECRET: secret.toString('base64url'),
    PORT: String(port),
  }
  const server = await start([name.endsWith('.py') ? python : process.execPath, here(name)], port, { env })
  const faults = []
  try {
    for (const one of file.requests)
      for (const fault of faultsOf(await ask(port, one), one)) faults.push(`${one.comment}: ${fault}`)
  } finally {
    await server.stop()
  }
  if (secrets().some((token) => server.said().includes(token.split('.')[2]))) faults.push('its log: a token')
  return faults
}

const programs = readdirSync(here()).filter(
  (name) => /^with[-_].*\.(mjs|py)$/.test(name) && name.includes(process.argv[2] ?? ''),
)
const worker = async () => {
  for (let name = programs.shift(); name; name = programs.shift()) {
    const faults = await tried(name).catch((error) => [error.message])
    const wrong = new Set(faults.map((fault) => fault.split(':', 1)[0])).size
    sum.failed += wrong
    sum.passed += Math.max(0, file.requests.length + 1 - wrong)
    console.log(`${wrong === 0 ? 'ok    ' : 'NOT OK'}  ${name}`)
    for (const fault of faults) console.log(`          ${fault}`)
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, worker))
console.log(`frameworks: ${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1
