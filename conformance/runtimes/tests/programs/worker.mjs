// In workerd: everything that a Worker may import, at the top level, where nothing random and no I/O is allowed.
import { env as ambient } from 'cloudflare:workers'
import { createKit, policy, sign, verify } from '@kit/jwt'
import { makeKit } from '@kit/jwt/workers'
import { JwksEntrypoint, jwksEntrypoint } from '@kit/jwt/workers/jwks'

export { JwksEntrypoint }

// A kit is made without anything random too.
const early = makeKit(ambient)
const rule = policy().authenticated()

const refusalOf = ({ code, variable, message }) => ({ code, variable, ...(code === undefined && { message }) })

/** Mints and verifies with two kits at once, many times; how often each took its own token, and the other's. */
async function sideBySide({ one, other, times }) {
  const kits = [makeKit(one), makeKit(other)]
  const rounds = Array.from({ length: times }, async (_, round) => {
    const kit = kits[round % 2]
    const foreign = kits[(round + 1) % 2]
    const token = await kit.sign({ sub: `u${round}` })
    const [claims, refused] = await Promise.all([kit.checkAuth(token, rule), foreign.verify(token).catch(refusalOf)])
    return { isOwn: claims.subject === `u${round}`, refused: refused.code ?? 'accepted' }
  })
  const outcomes = await Promise.all(rounds)
  const codes = Object.groupBy(outcomes, ({ refused }) => refused)
  return {
    own: outcomes.filter(({ isOwn }) => isOwn).length,
    refused: Object.fromEntries(Object.entries(codes).map(([code, all]) => [code, all.length])),
  }
}

const OPERATIONS = {
  sideBySide,
  early: async () => (await early.verify(await early.sign({ sub: 'early' }))).sub,
  ambient: async () => (await verify(await sign({ sub: 'ambient' }))).sub,
  describe: async ({ env }) => (await makeKit(env).describe()).signs,
  jitters: async () => {
    const kit = createKit({ issuer: 'i', audience: 'a', secret: ambient.SECRET })
    const tokens = await Promise.all(Array.from({ length: 50 }, () => kit.sign({})))
    return new Set(tokens.map((token) => kit.decodeUnverified(token).claims.jti)).size
  },
  jwks: async ({ env }) => {
    const Keys = jwksEntrypoint()
    const answer = await new Keys({}, env).fetch(new Request('https://keys.test/'))
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() }
  },
}

export default {
  fetch: async (request) => {
    const { operation, ...given } = await request.json()
    return Response.json({ outcome: await OPERATIONS[operation](given).catch(refusalOf) })
  },
}
