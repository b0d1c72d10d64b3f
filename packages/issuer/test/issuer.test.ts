import { memoryRevocationList } from '@kit/jwt'
import { expect, test, vi } from 'vitest'
import {
  type AuthorityOptions,
  createAuthority,
  createIssuer,
  type IssuerOptions,
  memoryKeyStore,
  type Refusal,
  readKeks,
} from '../src'

const SECRET = 'a'.repeat(32)
const DIGEST = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('secret'))).toString('base64url')
const BASIC = { authorization: `Basic ${btoa('gateway:secret')}`, 'content-type': 'application/x-www-form-urlencoded' }
const CLIENT = { id: 'gateway', secretSha256: DIGEST, grants: ['client_credentials'], audiences: ['api'] } as const
const GET = { method: 'GET', query: '', headers: {}, body: new Uint8Array() }
const POST = {
  ...GET,
  method: 'POST',
  path: '/auth/token',
  headers: BASIC,
  body: Buffer.from('grant_type=client_credentials'),
}

async function issuerWith(options: Partial<IssuerOptions> = {}, keys: AuthorityOptions = {}) {
  const refusals: Refusal[] = []
  const authority = await createAuthority(keys)
  const issuer = createIssuer({
    authority,
    issuer: 'https://auth.example',
    audience: 'api',
    adminSecret: SECRET,
    clients: [CLIENT],
    onRefusal: (refusal) => refusals.push(refusal),
    ...options,
  })
  return { authority, issuer, refusals }
}

const refused = (code: string, why: string, endpoint = 'token'): Refusal[] => [{ code, why, endpoint }]

test('nothing but public members leaves, whatever the authority gives', async () => {
  const { authority, issuer } = await issuerWith()
  const [key] = (await authority.jwks()).keys
  const secret = { kty: 'oct', k: 'secret', kid: 's' }
  vi.spyOn(authority, 'jwks').mockResolvedValue({ keys: [{ ...key, d: 'private', p: 'private' }, secret] } as never)
  const { body } = await issuer.handle({ ...GET, path: '/.well-known/jwks.json' })
  expect(JSON.parse(body)).toEqual({ keys: [key] })
})

test('a token that the audit does not take does not go out', async () => {
  const onIssue = () => Promise.reject(new Error('full'))
  const { issuer, refusals } = await issuerWith({ onIssue })
  expect(await issuer.handle(POST)).toMatchObject({ status: 503, body: '{"error":"temporarily_unavailable"}' })
  expect(refusals).toEqual(refused('temporarily_unavailable', 'audit_unavailable'))
})

test('whoever listens to refusals does not decide what is answered', async () => {
  const onRefusal = () => {
    throw new Error('deaf')
  }
  const { issuer } = await issuerWith({ onRefusal })
  expect(await issuer.handle({ ...GET, path: '/' })).toMatchObject({ status: 404 })
})

test('while the keys are not to be had, nothing is issued, and nobody is told why', async () => {
  let isAway = false
  let now = 1_000_000
  const store = memoryKeyStore()
  const away = { ...store, read: () => (isAway ? Promise.reject(new Error('secret path')) : store.read()) }
  const keks = await readKeks(`a=${Buffer.alloc(32).toString('base64url')}`)
  const clock = () => now
  const { issuer, refusals } = await issuerWith({ clock }, { store: away, keks, clock })
  isAway = true
  expect((await issuer.handle(POST)).status).toBe(200)
  now += 10_000_000
  for (const message of [POST, { ...GET, path: '/readyz' }, { ...GET, path: '/.well-known/jwks.json' }])
    expect(await issuer.handle(message)).toMatchObject({
      status: 503,
      headers: { 'cache-control': 'no-store' },
      body: '{"error":"temporarily_unavailable"}',
    })
  expect(refusals.map(({ why }) => why)).toEqual(Array(3).fill('key_store_unavailable'))
  expect(await issuer.handle({ ...GET, path: '/healthz' })).toMatchObject({ status: 200 })
})

test('stores that are away are not the fault of a request', async () => {
  const away = () => Promise.reject(new Error('away'))
  const revocation = { ...memoryRevocationList(), revoke: away }
  const { issuer, refusals } = await issuerWith({ revocation })
  const { access_token: token } = JSON.parse((await issuer.handle(POST)).body) as { access_token: string }
  const revoking = { ...POST, path: '/auth/revoke', body: Buffer.from(`token=${token}`) }
  expect(await issuer.handle(revoking)).toMatchObject({ status: 503 })
  expect(refusals).toEqual(refused('temporarily_unavailable', 'revocation_unavailable', 'revoke'))
  const other = await issuerWith({ revocation: { ...memoryRevocationList(), isRevoked: away } })
  const fresh = JSON.parse((await other.issuer.handle(POST)).body) as { access_token: string }
  const asking = { ...POST, path: '/auth/introspect', body: Buffer.from(`token=${fresh.access_token}`) }
  expect(await other.issuer.handle(asking)).toMatchObject({ status: 503 })
  expect(other.refusals).toEqual(refused('temporarily_unavailable', 'revocation_unavailable', 'introspect'))
})

test('what nobody thought of is answered too, and nothing of it is told', async () => {
  const clock = () => Number.NaN
  const { issuer, refusals } = await issuerWith({ clock })
  expect(await issuer.handle(POST)).toMatchObject({ status: 500, body: '{"error":"server_error"}' })
  expect(refusals).toEqual(refused('server_error', 'unexpected'))
})

test('many wrong secrets at once are counted like one after the other', async () => {
  const { issuer } = await issuerWith()
  const guess = { ...POST, headers: { 'content-type': 'application/json', 'x-issuer-secret': 'no' } }
  const answers = await Promise.all(Array.from({ length: 50 }, () => issuer.handle(guess)))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(40)
})

test('of a body that is too large no more is read than is allowed', async () => {
  const { issuer } = await issuerWith()
  let pulled = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1
      controller.enqueue(new Uint8Array(10_000))
    },
  })
  const init = { method: 'POST', headers: BASIC, body, duplex: 'half' }
  const response = await issuer.fetch(new Request('https://auth.example/auth/token', init as RequestInit))
  expect(response.status).toBe(413)
  expect(pulled).toBeLessThan(10)
})

test('after a rotation the new key signs, and what the old one signed is still good', async () => {
  let now = 1_000_500
  const clock = () => now
  const clients = [{ ...CLIENT, names: ['api'] }]
  const { issuer } = await issuerWith({ clock, clients }, { rotateEvery: 1000, longestTtl: 900, clock })
  const asked = async (message: typeof POST) =>
    JSON.parse((await issuer.handle(message)).body) as { [name: string]: string }
  const introspected = (token: string | undefined) =>
    asked({ ...POST, path: '/auth/introspect', body: Buffer.from(`token=${token}`) })
  const { access_token: first } = await asked(POST)
  now += 600
  const { access_token: second } = await asked(POST)
  expect(second?.split('.')[0]).not.toBe(first?.split('.')[0])
  expect(await introspected(first)).toMatchObject({ active: true })
  expect(await introspected(second)).toMatchObject({ active: true })
})
