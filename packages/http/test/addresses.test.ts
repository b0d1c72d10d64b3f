import { readFileSync } from 'node:fs'
import { createKit, generateSecret } from '@kit/jwt'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import {
  createGuard,
  type Draw,
  type ForwardedHeader,
  fetchGuard,
  type GuardOptions,
  type GuardRequest,
  type Limit,
} from '../src'
import { honoGuard } from '../src/hono'

interface Case {
  readonly id: string
  readonly comment: string
}

interface File {
  readonly proxies: readonly (Case & { readonly trustedProxies: readonly string[]; readonly taken: boolean })[]
  readonly requests: readonly (Case & {
    readonly trustedProxies: readonly string[]
    readonly forwardedHeader?: ForwardedHeader
    readonly peer: string | null
    readonly headers: readonly (readonly [string, string])[]
    readonly address: string | null
  })[]
  readonly orders: readonly (Case & {
    readonly before: boolean
    readonly peer: string | null
    readonly token: boolean
    readonly allowed: boolean
    readonly expected: { readonly status: number; readonly why: string | null; readonly draws: number }
  })[]
}

const url = new URL('../../../conformance/http/addresses.json', import.meta.url)
const { proxies, requests, orders } = JSON.parse(readFileSync(url, 'utf8')) as File
const kit = createKit({ issuer: 'https://auth.example', audience: 'api', secret: generateSecret() })
const limits: readonly Limit[] = [{ name: 'read', quota: 120, windowSeconds: 60 }]

interface Asked {
  readonly peer: string | null
  readonly headers: readonly (readonly [string, string])[]
}

const partsOf = ({ peer, headers }: Asked): GuardRequest => ({
  query: '',
  peer: peer ?? undefined,
  header: (name) => headers.flatMap(([one, value]) => (one.toLowerCase() === name ? [value] : [])),
})

/** A limiter, and what it was asked. */
function counting(allowed = true) {
  const draws: Draw[] = []
  const draw = (asked: Draw) => {
    draws.push(asked)
    return { allowed, remaining: 0, resetAfter: 1, retryAfter: allowed ? 0 : 1 }
  }
  return { draws, limiter: { draw } }
}

/** A guard, and what its limiter was asked. */
function guarded(options: Partial<GuardOptions<Asked>>, allowed = true) {
  const { draws, limiter } = counting(allowed)
  return { draws, guard: createGuard<Asked>({ kit, limiter, ...options }, partsOf) }
}

const bearer = async () => ['authorization', `Bearer ${await kit.sign({ sub: 'u1' })}`] as const

test.each(proxies)('$id: $comment', ({ trustedProxies, taken }) => {
  const make = () => createGuard({ kit, trustedProxies }, partsOf)
  if (taken) expect(make()).toBeTypeOf('function')
  else expect(make).toThrow(expect.objectContaining({ code: 'config_invalid', variable: 'trustedProxies' }) as Error)
})

test.each(requests)('$id: $comment', async ({ trustedProxies, forwardedHeader, peer, headers, address }) => {
  const { guard, draws } = guarded({ trustedProxies, ...(forwardedHeader && { forwardedHeader }) })
  const check = guard(undefined, { limits, by: 'address', onLimiterFailure: 'pass' })
  const outcome = await check({ peer, headers: [...headers, await bearer()] })
  expect(draws.map(({ key }) => key)).toEqual(address === null ? [] : [JSON.stringify(['address', address])])
  expect(outcome.passed || outcome.refusal.code).toBe(address === null ? 'limiter_unavailable' : true)
})

test.each(orders)('$id: $comment', async ({ before, peer, token, allowed, expected }) => {
  const { guard, draws } = guarded({}, allowed)
  const outcome = await guard(undefined, { limits, by: 'address', before })({
    peer,
    headers: token ? [await bearer()] : [],
  })
  const [status, why] = outcome.passed ? [200, null] : [outcome.refusal.status, outcome.refusal.code]
  expect({ status, why, draws: draws.length }).toEqual(expected)
})

describe('options that are refused', () => {
  test.each<[object, string, string]>([
    [{ trustedProxies: '10.0.0.0/8' }, 'config_invalid', 'trustedProxies'],
    [{ trustedProxies: [1] }, 'config_invalid', 'trustedProxies'],
    [{ trustedProxies: [], forwardedHeader: 'x-real-ip' }, 'config_invalid', 'forwardedHeader'],
    [{ forwardedHeader: 'forwarded' }, 'config_missing', 'trustedProxies'],
  ])('%j', (options, code, variable) => {
    expect(() => createGuard({ kit, ...options }, partsOf)).toThrow(
      expect.objectContaining({ code, variable }) as Error,
    )
  })

  test.each([
    { before: true },
    { before: true, by: 'address' as const },
    { before: true, limits },
    { before: true, limits, by: 'client' as const },
    { before: true, limits, by: 'address' as const, cost: () => 1 },
    { before: 'yes' as unknown as boolean, limits, by: 'address' as const },
  ])('a route with %j', (route) => {
    expect(() => guarded({}).guard(undefined, route)).toThrow(
      expect.objectContaining({ code: 'config_invalid', variable: 'before' }) as Error,
    )
  })
})

describe('a request that does not tell the address of its peer', () => {
  interface Connection {
    readonly address: string | null
  }
  const place = 'https://orders.example/'
  const addressOf = ({ address }: Connection) => address ?? undefined

  /** Handles requests by a route, and keeps what its limiter was asked. */
  const onFetch = (options: object) => {
    const { draws, limiter } = counting()
    const route = { limits, by: 'address', before: true } as const
    const handle = fetchGuard({ kit, limiter, ...options })(undefined, route)<[Connection]>(() => new Response())
    return { draws, handle }
  }
  const onHono = (options: object) => {
    const { draws, limiter } = counting()
    const requireAuth = honoGuard({ kit, limiter, ...options })
    const guarded = requireAuth(undefined, { limits, by: 'address', before: true })
    const app = new Hono<{ Bindings: Connection }>().get('/', guarded, (c) => c.body(null))
    return { draws, handle: async (request: Request, connection: Connection) => app.fetch(request, connection) }
  }

  const ways = [
    { name: 'fetch', make: onFetch, peer: (_request: Request, connection: Connection) => addressOf(connection) },
    { name: 'hono', make: onHono, peer: ({ env }: { env: Connection }) => addressOf(env) },
  ] as const
  // What else there is in the vectors, `Headers` refuses.
  const carried = requests.filter(({ headers }) => headers.every(([, value]) => /^[\t -~\u0080-\u00ff]*$/.test(value)))

  describe.each(ways)('by $name', ({ make, peer }) => {
    test.each(carried)('$id: $comment', async ({ trustedProxies, forwardedHeader, headers, address, ...from }) => {
      const { handle, draws } = make({ peer, trustedProxies, ...(forwardedHeader && { forwardedHeader }) })
      const request = new Request(place)
      for (const [name, value] of headers) request.headers.append(name, value)
      const { status } = await handle(request, { address: from.peer })
      expect(draws.map(({ key }) => key)).toEqual(address === null ? [] : [JSON.stringify(['address', address])])
      expect(status).toBe(address === null ? 503 : 401)
    })

    test('is refused where nobody is asked for it', async () => {
      const { handle, draws } = make({})
      const { status } = await handle(new Request(place), { address: '192.0.2.1' })
      expect({ status, draws }).toEqual({ status: 503, draws: [] })
    })

    test.each(['192.0.2.1', undefined])('a `peer` that is %j is refused', (given) => {
      expect(() => make({ peer: given })).toThrow(
        expect.objectContaining({ code: 'config_invalid', variable: 'peer' }) as Error,
      )
    })
  })
})
