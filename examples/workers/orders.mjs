// A Worker behind the gateway: it believes no header, only tokens that the gateway's keys signed for it.
import { policy } from '@kit/jwt'
import { makeKit } from '@kit/jwt/workers'

const FOR_A_USER = policy().needAll('orders:read').actor({ sub: 'gateway' })

const KITS = new WeakMap()

function kitOf(env) {
  if (!KITS.has(env)) KITS.set(env, makeKit(env))
  return KITS.get(env)
}

export default {
  async fetch(request, env) {
    const token = request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? ''
    try {
      const { subject, actors } = await kitOf(env).checkAuth(token, FOR_A_USER)
      return Response.json({ subject, actor: actors[0].sub, orders: ['o-1', 'o-2'] })
    } catch (error) {
      const challenge = error.wwwAuthenticate ? { 'www-authenticate': error.wwwAuthenticate } : {}
      return new Response(null, { status: error.status ?? 500, headers: challenge })
    }
  },
}
