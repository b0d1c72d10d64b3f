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

/** A guard, and what its limiter was asked. */
function guarded(options: Partial<GuardOptions<Asked>>, allowed = true) {
  const draws: Draw[] = []
  const draw = (asked: Draw) => {
    draws.push(asked)
    return { allowed, remaining: 0, resetAfter: 1, retryAfter: allowed ? 0 : 1 }
  }
  return { draws, guard: createGuard<Asked>({ kit, limiter: { draw }, ...options }, partsOf) }
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
    readonly address?: string
  }
  const url = 'https://orders.example/'
  const route = { limits, by: 'address', before: true } as const
  const limiter = (keys: string[]) => ({
    draw: ({ key }: Draw) => {
      keys.push(key)
      return { allowed: true, remaining: 0, resetAfter: 1, retryAfter: 0 }
    },
  })
  const addressOf = ({ address }: Connection) => address

  const onFetch = (keys: string[], given: object) => {
    const requireAuth = fetchGuard({ kit, limiter: limiter(keys), ...given })
    return requireAuth(undefined, route)<[Connection]>(() => new Response())
  }
  const onHono = (keys: string[], given: object) => {
    const requireAuth = honoGuard({ kit, limiter: limiter(keys), ...given })
    const app = new Hono<{ Bindings: Connection }>().get('/', requireAuth(undefined, route), (c) => c.body(null))
    return async (request: Request, connection: Connection) => app.fetch(request, connection)
  }

  const ways = [
    { name: 'fetch', make: onFetch, peer: (_request: Request, connection: Connection) => addressOf(connection) },
    { name: 'hono', make: onHono, peer: ({ env }: { env: Connection }) => addressOf(env) },
  ] as const

  test.each(ways)('is counted by what `peer` says, by $name', async ({ make, peer }) => {
    const keys: string[] = []
    const handle = make(keys, { peer })
    const { status } = await handle(new Request(url), { address: '192.0.2.1' })
    expect({ status, keys }).toEqual({ status: 401, keys: ['["address","192.0.2.1"]'] })
  })

  test.each(ways)('is refused where `peer` does not know it, or is not given, by $name', async ({ make, peer }) => {
    const keys: string[] = []
    const statuses = [make(keys, { peer }), make(keys, {})].map(async (handle) => handle(new Request(url), {}))
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([503, 503])
    expect(keys).toEqual([])
  })

  test.each(ways)('a `peer` that is no function is refused, by $name', ({ make }) => {
    for (const peer of ['192.0.2.1', undefined])
      expect(() => make([], { peer })).toThrow(
        expect.objectContaining({ code: 'config_invalid', variable: 'peer' }) as Error,
      )
  })
})
