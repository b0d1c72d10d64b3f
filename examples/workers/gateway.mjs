// A Worker at the edge: it lets callers in, acts for them towards the orders service, and publishes its keys.
import { policy } from '@kit/jwt'
import { makeKit } from '@kit/jwt/workers'
import { JwksEntrypoint } from '@kit/jwt/workers/jwks'

// What the orders service binds as KEYS. No request for keys leaves the platform.
export { JwksEntrypoint }

const MAY_READ = policy().needAll('orders:read').noActor()

/** The kits of this Worker, one for each environment that it is given: an isolate may hold several. */
const KITS = new WeakMap()

function kitOf(env) {
  if (!KITS.has(env)) KITS.set(env, makeKit(env))
  return KITS.get(env)
}

const bearer = (request) => request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? ''

async function orders(request, env) {
  const kit = kitOf(env)
  const user = await kit.checkAuth(bearer(request), MAY_READ)
  const inner = await kit.createDelegatedToken(user.claims, 'gateway', { aud: 'orders', ttl: 60 })
  return env.ORDERS.fetch('https://orders.test/', { headers: { authorization: `Bearer ${inner}` } })
}

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    // For services elsewhere, which fetch it by JWT_JWKS_URL.
    if (pathname === '/.well-known/jwks.json') return new JwksEntrypoint(context, env).fetch(request)
    try {
      return await orders(request, env)
    } catch (error) {
      const challenge = error.wwwAuthenticate ? { 'www-authenticate': error.wwwAuthenticate } : {}
      return new Response(null, { status: error.status ?? 500, headers: challenge })
    }
  },
}
