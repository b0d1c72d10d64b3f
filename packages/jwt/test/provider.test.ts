// Outside providers: tokens as each of them mints them, by jose, and their keys from a real server on loopback.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKit, policy, type TrustConfig, trustedProvider } from '../src/index'
import { ISSUER, NOW, publicHalf, refusal } from './material'

const TENANT = '8d6f4d1c-2b7a-4c0e-9f53-1a2b3c4d5e6f'
const CLIENT = '2f1e0d9c-8b7a-4655-9433-2211009f8e7d'
const TAG = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228'
// The same at every provider: only the URL tells whose key it is.
const KID = 'the-kid'

interface Provider {
  readonly entry: TrustConfig
  /** Where its documentation says that its keys are. */
  readonly url: string
  readonly header?: object
  readonly claims: Record<string, unknown>
  readonly permissions: readonly string[]
  readonly roles: readonly string[]
  readonly scopes: readonly string[]
}

const none = { permissions: [], roles: [], scopes: [] }

/** Claims as the documentation of each shows them. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  auth0: {
    entry: trustedProvider('auth0', { domain: 'acme.eu.auth0.com', audience: 'https://api.example' }),
    url: 'https://acme.eu.auth0.com/.well-known/jwks.json',
    claims: {
      iss: 'https://acme.eu.auth0.com/',
      sub: 'auth0|123456',
      aud: ['https://api.example', 'https://acme.eu.auth0.com/userinfo'],
      azp: 'my_client_id',
      scope: 'openid profile read:patients',
      permissions: ['read:patients', 'read:admin'],
    },
    permissions: ['read:patients', 'read:admin'],
    roles: [],
    scopes: ['openid', 'profile', 'read:patients'],
  },
  okta: {
    entry: trustedProvider('okta', { domain: 'acme.okta.com', audience: 'api://default' }),
    url: 'https://acme.okta.com/oauth2/default/v1/keys',
    header: { typ: undefined },
    claims: {
      ver: 1,
      jti: 'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE',
      iss: 'https://acme.okta.com/oauth2/default',
      aud: 'api://default',
      sub: 'ada@acme.example',
      cid: '0oa5sso3mrYKdvde0357',
      uid: '00ugi4dbxSUVca12X356',
      scp: ['openid', 'orders:read'],
      groups: ['Everyone', 'Orders'],
    },
    permissions: ['openid', 'orders:read'],
    roles: ['Everyone', 'Orders'],
    scopes: [],
  },
  entra: {
    entry: trustedProvider('entra', { tenant: TENANT, audience: CLIENT }),
    url: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
    claims: {
      aud: CLIENT,
      iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      nbf: NOW - 10,
      azp: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
      azpacr: '0',
      oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
      tid: TENANT,
      sub: 'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
      scp: 'Orders.Read Orders.Write',
      roles: ['Clerk'],
      ver: '2.0',
    },
    permissions: ['Orders.Read', 'Orders.Write'],
    roles: ['Clerk'],
    scopes: [],
  },
  google: {
    entry: trustedProvider('google', { audience: '1234-abcd.apps.googleusercontent.com' }),
    url: 'https://www.googleapis.com/oauth2/v3/certs',
    claims: {
      iss: 'https://accounts.google.com',
      azp: '1234-abcd.apps.googleusercontent.com',
      aud: '1234-abcd.apps.googleusercontent.com',
      sub: '10769150350006150715113082367',
      hd: 'acme.example',
      email: 'ada@acme.example',
      email_verified: true,
    },
    ...none,
  },
  'cloudflare-access': {
    entry: trustedProvider('cloudflare-access', { team: 'acme', audience: TAG }),
    url: 'https://acme.cloudflareaccess.com/cdn-cgi/access/certs',
    claims: {
      aud: [TAG],
      email: 'ada@acme.example',
      nbf: NOW - 10,
      iss: 'https://acme.cloudflareaccess.com',
      type: 'app',
      identity_nonce: '6ei69kawdKzMIAPF',
      sub: '7335d417-61da-459d-899c-0a01c76a2f94',
      country: 'US',
    },
    ...none,
  },
}
const NAMES = Object.keys(PROVIDERS)
const of = (name: string): Provider => PROVIDERS[name] as Provider

const KEYS = Object.fromEntries(
  NAMES.map((name) => [name, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey]),
)
const keyOf = (name: string) => KEYS[name] as (typeof KEYS)[string]

/** A token of some claims, signed with the key of a provider. */
const minted = (name: string, { claims, header }: Pick<Provider, 'claims' | 'header'> = of(name)): Promise<string> =>
  new SignJWT({ iat: NOW - 10, exp: NOW + 3600, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: KID, typ: 'JWT', ...header })
    .sign(keyOf(name))

const asked: string[] = []
/** Every provider at once: what it answers depends on the host and path that it is asked for. */
const server = createServer(({ url = '' }, response) => {
  const address = `https:/${url}`
  asked.push(address)
  const name = NAMES.find((one) => of(one).url === address)
  if (name === undefined) response.writeHead(404).end()
  else response.end(JSON.stringify({ keys: [publicHalf(keyOf(name), { kid: KID, use: 'sig', x5c: ['MIIC'] })] }))
})
const transport = (url: string, init: RequestInit): Promise<Response> =>
  fetch(url.replace(/^https:\//, `http://127.0.0.1:${(server.address() as AddressInfo).port}`), init)

const trusting = (...trust: TrustConfig[]) =>
  createKit({ issuer: ISSUER, audience: 'api', trust, transport, clock: () => NOW })

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise((resolve) => server.close(resolve)))

describe.each(NAMES)('%s', (name) => {
  const { entry, url, claims, ...mapped } = of(name)

  test('its tokens verify, with what they may do', async () => {
    asked.length = 0
    const user = await trusting(entry).checkAuth(await minted(name), policy().authenticated())
    expect(user.subject).toBe(claims['sub'])
    expect(user.issuer).toBe(claims['iss'])
    expect(user).toMatchObject({ permissions: mapped.permissions, roles: mapped.roles, scopes: mapped.scopes })
    expect(asked).toEqual([url])
  })

  test('a token for somebody else is refused', async () => {
    const token = await minted(name, { claims: { ...claims, aud: 'another' } })
    expect(await refusal(() => trusting(entry).verify(token))).toEqual({ code: 'audience_mismatch', claim: 'aud' })
  })

  test.each(NAMES.filter((other) => other !== name))('under %s its tokens are refused', async (other) => {
    const token = await minted(name)
    expect(await refusal(() => trusting(of(other).entry).verify(token))).toEqual({ code: 'signature_invalid' })
    // Beside the other its own keys are known, and yet they sign for no other issuer.
    const posing = await minted(name, { claims: of(other).claims })
    const both = trusting(of(other).entry, entry)
    expect(await refusal(() => both.verify(posing))).toEqual({ code: 'issuer_mismatch', claim: 'iss' })
    expect((await both.verify(token)).iss).toBe(claims['iss'])
  })
})

test('all of them side by side', async () => {
  const kit = trusting(...NAMES.map((name) => of(name).entry))
  for (const name of NAMES) expect((await kit.verify(await minted(name))).iss).toBe(of(name).claims['iss'])
})

test('a token of the other profile of Auth0 has a type of its own', async () => {
  const token = await minted('auth0', { ...of('auth0'), header: { typ: 'at+jwt' } })
  const config = { issuer: ISSUER, audience: 'api', trust: [of('auth0').entry], transport, clock: () => NOW }
  expect(await refusal(() => createKit(config).verify(token))).toEqual({ code: 'typ_mismatch' })
  expect((await createKit({ ...config, types: ['JWT', 'at+jwt'] }).verify(token)).sub).toBe('auth0|123456')
})

test('a service token of Cloudflare Access has no subject, and is refused', async () => {
  const token = await minted('cloudflare-access', { claims: { ...of('cloudflare-access').claims, sub: '' } })
  const kit = trusting(of('cloudflare-access').entry)
  expect(await refusal(() => kit.verify(token))).toEqual({ code: 'claim_invalid', claim: 'sub' })
})

test('an entry is data of its own, which may be changed', () => {
  const options = { domain: 'acme.okta.com', audience: 'api://default' }
  const entry = trustedProvider('okta', options) as unknown as {
    mapping: { roles?: string }
    algorithms: string[]
  }
  delete entry.mapping.roles
  entry.algorithms.push('ES256')
  expect(trustedProvider('okta', options)).toMatchObject({ algorithms: ['RS256'], mapping: { roles: 'groups' } })
})

test('options that are no object are refused', async () => {
  const read = (options: unknown) => refusal(() => trustedProvider('google', options as { audience: string }))
  for (const options of [undefined, null, [], 'x', new Map()])
    expect(await read(options)).toEqual({ code: 'config_invalid' })
})
