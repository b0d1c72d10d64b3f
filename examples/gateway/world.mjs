// Who is who: the outside issuer, the three services of a chain in one profile, and what each trusts.
import { createKit, generateKeyPair, generateSecret } from '@kit/jwt'
import * as jose from 'jose'

export const OUTSIDE = 'https://login.example'
const INSIDE = 'https://shop.internal'

/** The outside issuer signs with ES256, by stock jose: nothing of ours is in it. */
export async function outsideIssuer() {
  const { publicKey, privateKey } = await jose.generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'login-1', alg: 'ES256', use: 'sig' }
  const permissions = ['orders:read', 'ledger:read', 'profile:write']
  return {
    jwks: { keys: [jwk] },
    permissions,
    token: (claims = {}) =>
      new jose.SignJWT({ permissions, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'login-1' })
        .setIssuer(OUTSIDE)
        .setSubject('alice')
        .setAudience('gateway')
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey),
  }
}

const RIGHTS = ['orders:read', 'ledger:read']

/** What each service asks of its caller, and where it calls on to with how much of the caller's rights. */
const ROLES = {
  gateway: { policy: { permissionsAll: RIGHTS }, next: { audience: 'orders', permissions: RIGHTS } },
  orders: { policy: { permissionsAll: RIGHTS }, next: { audience: 'ledger', permissions: ['ledger:read'] } },
  ledger: { policy: { permissionsAll: ['ledger:read'], actor: { sub: 'orders' } }, next: null },
}

/** Which service each of them may be called by: the outermost actor that it accepts. */
const CALLER = { orders: 'gateway', ledger: 'orders' }

export function outsideTrust(jwks) {
  return {
    issuer: OUTSIDE,
    algorithms: ['ES256'],
    publicKeys: jwks,
    mapping: { subjectPrefix: 'login|', permissions: 'permissions' },
  }
}

/** HS512: one secret that all share, one issuer. Every holder can mint anything: honest services only. */
async function sharedSecret(outside) {
  const secret = generateSecret()
  const kit = (name) => ({ issuer: INSIDE, audience: name, secret, ...(CALLER[name] && { actors: [CALLER[name]] }) })
  return {
    gateway: { ...kit('gateway'), trust: [outsideTrust(outside.jwks)] },
    orders: kit('orders'),
    ledger: kit('ledger'),
  }
}

/** EdDSA: each service signs with its own key, as its own issuer, and trusts just the one that calls it. */
async function ownKeys(outside) {
  const issuer = (name) => `${INSIDE}/${name}`
  const names = ['gateway', 'orders', 'ledger']
  const keys = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await generateKeyPair()])))
  const trust = (name) => ({
    issuer: issuer(CALLER[name]),
    algorithms: ['EdDSA'],
    publicKeys: keys[CALLER[name]].publicJwk,
    actors: [CALLER[name]],
  })
  const kit = (name) => ({
    issuer: issuer(name),
    audience: name,
    privateKey: keys[name].privateJwk,
    trust: [name === 'gateway' ? outsideTrust(outside.jwks) : trust(name)],
  })
  return { gateway: kit('gateway'), orders: kit('orders'), ledger: kit('ledger') }
}

/** EdDSA by the issuer: no service has a key. Each trusts the issuer's set, and has its tokens of the issuer. */
function byIssuer(outside, { name: issuer, jwksUrl }) {
  const kit = (name) => ({
    issuer,
    audience: name,
    jwksUrl,
    accept: ['EdDSA'],
    ...(CALLER[name] && { actors: [CALLER[name]] }),
  })
  return {
    gateway: { ...kit('gateway'), trust: [outsideTrust(outside.jwks)] },
    orders: kit('orders'),
    ledger: kit('ledger'),
  }
}

/** What the ledger is told of Alice at the end of the way. */
const told = (permissions) => ({ subject: 'login|alice', permissions, chain: ['orders', 'gateway'] })

/** One profile's services and, for making attacks, a kit in the place of each. */
export async function world(profile, outside, issuer) {
  if (profile === 'issuer') {
    const { name, endpoint, secret, signer } = issuer
    const signs = { issuer: name, signer: await signer() }
    return {
      profile,
      configs: byIssuer(outside, issuer),
      roles: ROLES,
      // An exchange narrows scopes, and hands on what permissions there are.
      told: told(outside.permissions),
      exchange: () => ({ url: endpoint, secret }),
      widened: 'invalid_scope',
      publicKey: await issuer.publicKey(),
      as: (_, more) => createKit({ ...signs, ...more }),
    }
  }
  const configs = await (profile === 'HS512' ? sharedSecret : ownKeys)(outside)
  return {
    profile,
    configs,
    roles: ROLES,
    told: told(['ledger:read']),
    publicKey: configs.orders.trust?.[0].publicKeys,
    as: (name, more) => createKit({ ...configs[name], ...more }),
  }
}
