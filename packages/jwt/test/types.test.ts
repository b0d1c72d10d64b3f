// What the compiler refuses. These calls are compiled and never run: `npm run typecheck` fails where one is accepted.
import { expect, test } from 'vitest'
import {
  type Claims,
  createKit,
  type Kit,
  type KitConfig,
  policy,
  trustedProvider,
  unsafeTrustClaims,
} from '../src/index'
import { HS_CONFIG } from './material'

interface Tenant {
  tid: string
  level?: number
}

async function accepted(kit: Kit): Promise<void> {
  const tenant: Tenant = { tid: 't1' }
  await kit.sign(tenant)
  await kit.sign({ sub: 'u1', permissions: ['read'] as const, anything: { goes: [1] } }, { aud: ['a'], ttl: 5 })
  const claims = await kit.verify<Tenant>('')
  const tid: string = claims.tid
  const level: number | undefined = claims.level
  const sub: string | undefined = claims.sub
  const own: unknown = claims['own']
  const user = await kit.checkAuth<Tenant>('', policy().needAll('a'), { also: ({ exp }) => exp > 0 })
  await kit.createDelegatedToken(user.claims, 'gateway', { aud: 'x' })
  await kit.consumeOnce(unsafeTrustClaims({ tid, level, sub, own }))
}

async function refused(kit: Kit, claims: Claims): Promise<void> {
  // @ts-expect-error what the kit writes cannot be claimed
  await kit.sign({ iss: 'x' })
  // @ts-expect-error a claim of a wrong type
  await kit.sign({ sub: 1 })
  // @ts-expect-error an unknown option
  await kit.sign({}, { audience: 'x' })
  // @ts-expect-error an option that is undefined
  await kit.sign({}, { aud: undefined })
  // @ts-expect-error verified claims cannot be changed
  claims.sub = 'root'
  // @ts-expect-error nor can what they hold
  claims.permissions?.push('admin')
  // @ts-expect-error claims that nobody verified
  await kit.createDelegatedToken({ sub: 'u1' }, 'gateway', { aud: 'x' })
  // @ts-expect-error a delegated token is for somebody
  await kit.createDelegatedToken(claims, 'gateway', {})
  // @ts-expect-error an unknown member of a policy
  await kit.checkAuth('', { permissions: ['a'] })
  // @ts-expect-error a predicate that answers later
  await kit.checkAuth('', { allOf: [] }, { also: async () => true })
  // @ts-expect-error no confirmation
  await kit.verify('', { confirmation: { jwk: 'x' } })
  // @ts-expect-error an unknown option of the configuration
  createKit({ ...HS_CONFIG, audiences: [] })
  // @ts-expect-error an algorithm that a kit does not sign with
  createKit({ ...HS_CONFIG, profile: 'RS256' })
  // @ts-expect-error any actor is allowed by saying so, and refused by saying nothing
  const config: KitConfig = { trust: [{ issuer: 'x', algorithms: ['EdDSA'], unsafeAnyActor: false }] }
  createKit(config)
}

/** Providers and their options. */
function providers(): void {
  trustedProvider('okta', { domain: 'acme.okta.com', audience: ['a', 'b'] as const })
  trustedProvider('okta', { domain: 'acme.okta.com', server: 'default', audience: 'a' })
  // @ts-expect-error an unknown provider
  trustedProvider('keycloak', { audience: 'a' })
  // @ts-expect-error an option of another provider
  trustedProvider('google', { domain: 'acme.example', audience: 'a' })
  // @ts-expect-error a name for the tenant that another provider has
  trustedProvider('entra', { domain: 'acme.example', audience: 'a' })
  // @ts-expect-error a token is for somebody
  trustedProvider('auth0', { domain: 'acme.eu.auth0.com' })
  // @ts-expect-error an option that is undefined
  trustedProvider('okta', { domain: 'acme.okta.com', server: undefined, audience: 'a' })
}

test('types hold what the documentation says', () => {
  expect([accepted, refused, providers].every((compiled) => typeof compiled === 'function')).toBe(true)
})
