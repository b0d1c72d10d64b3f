import { createKit, generateSecret, MisuseError } from '@kit/jwt'
import { describe, expect, test } from 'vitest'
import { createGuard, type GuardOptions, type RouteOptions } from '../src'

const kit = createKit({ issuer: 'https://auth.example', audience: 'api', secret: generateSecret() })
const none = () => ({ query: '', header: () => [] })
const limiter = { draw: () => ({ allowed: true, remaining: 1, resetAfter: 0, retryAfter: 0 }) }
const read = { name: 'read', quota: 120, windowSeconds: 60 }

describe('options of a guard that are refused', () => {
  test.each<[string, object, string, string]>([
    ['no kit', {}, 'config_missing', 'kit'],
    ['no kit at all', { kit: undefined }, 'config_invalid', 'kit'],
    ['something else than a kit', { kit: { checkAuth: true } }, 'config_invalid', 'kit'],
    ['a kit that uses nothing up', { kit: { checkAuth: () => 1 } }, 'config_invalid', 'kit'],
    ['something else than a limiter', { kit, limiter: {} }, 'config_invalid', 'limiter'],
    ['no cookie', { kit, cookie: '' }, 'config_invalid', 'cookie'],
    ['a cookie that is two', { kit, cookie: 'a;b' }, 'config_invalid', 'cookie'],
    ['no query', { kit, query: '' }, 'config_invalid', 'query'],
    ['a query that is two', { kit, query: 'a&b' }, 'config_invalid', 'query'],
    ['no function', { kit, confirmation: {} }, 'config_invalid', 'confirmation'],
    ['nobody to tell', { kit, onRefusal: 1 }, 'config_invalid', 'onRefusal'],
    ['a misspelt option', { kit, cookies: 'a' }, 'config_invalid', 'cookies'],
    ['an option that is undefined', { kit, cookie: undefined }, 'config_invalid', 'cookie'],
  ])('%s', (_, options, code, variable) => {
    expect(() => createGuard(options as GuardOptions<unknown>, none)).toThrow(
      expect.objectContaining({ name: 'ConfigError', code, variable }) as Error,
    )
  })
})

describe('options of a route that are refused', () => {
  test.each<[string, object, string, string]>([
    ['no limits', { limits: [] }, 'config_invalid', 'limits'],
    ['limits that are none', { limits: 'read' }, 'config_invalid', 'limits'],
    ['a limit without a name', { limits: [{ quota: 1, windowSeconds: 1 }] }, 'config_invalid', 'limits'],
    ['a name that no header can carry', { limits: [{ ...read, name: 'ä' }] }, 'config_invalid', 'limits'],
    ['an empty name', { limits: [{ ...read, name: '' }] }, 'config_invalid', 'limits'],
    ['a quota of nothing', { limits: [{ ...read, quota: 0 }] }, 'config_invalid', 'limits'],
    ['half a second', { limits: [{ ...read, windowSeconds: 0.5 }] }, 'config_invalid', 'limits'],
    ['a burst of nothing', { limits: [{ ...read, burst: 0 }] }, 'config_invalid', 'limits'],
    ['a misspelt member of a limit', { limits: [{ ...read, window: 1 }] }, 'config_invalid', 'limits'],
    [
      'a limit that is too long to be counted',
      { limits: [{ ...read, windowSeconds: 1e9, burst: 1e9 }] },
      'config_invalid',
      'limits',
    ],
    ['a cost of nothing', { cost: 0 }, 'config_invalid', 'cost'],
    ['a cost that a limit never has', { limits: [{ ...read, burst: 4 }], cost: 5 }, 'config_invalid', 'cost'],
    ['a budget of nobody', { by: 'nobody' }, 'config_invalid', 'by'],
    ['neither refused nor passed', { onLimiterFailure: 'open' }, 'config_invalid', 'onLimiterFailure'],
    ['neither once nor often', { replay: 'yes' }, 'config_invalid', 'replay'],
    ['no function', { context: {} }, 'config_invalid', 'context'],
    ['no predicate', { allow: true }, 'config_invalid', 'allow'],
    ['a misspelt option', { limit: read }, 'config_invalid', 'limit'],
    ['an option that is undefined', { allow: undefined }, 'config_invalid', 'allow'],
  ])('%s', (_, route, code, variable) => {
    const guard = createGuard({ kit, limiter }, none)
    expect(() => guard(undefined, route)).toThrow(
      expect.objectContaining({ name: 'ConfigError', code, variable }) as Error,
    )
  })

  test('limits without a limiter', () => {
    expect(() => createGuard({ kit }, none)(undefined, { limits: [read] })).toThrow(
      expect.objectContaining({ code: 'config_missing', variable: 'limiter' }) as Error,
    )
  })

  test('what is no policy', () => {
    expect(() => createGuard({ kit }, none)({} as object)).toThrow(MisuseError)
    expect(() => createGuard({ kit }, none)({ roles: ['admin'] } as object)).toThrow(MisuseError)
  })
})

describe('what a program gives a guard at a request', () => {
  const asked = async (route: RouteOptions<null>, options: Partial<GuardOptions<null>> = {}) => {
    const authorization = `Bearer ${await kit.sign({ sub: 'u1' })}`
    const guard = createGuard<null>({ kit, limiter, ...options }, () => ({
      query: '',
      header: (name) => (name === 'authorization' ? [authorization] : []),
    }))
    return guard(undefined, route)(null)
  }

  test('neither true nor false is no decision', async () => {
    await expect(asked({ allow: () => 1 as unknown as boolean })).rejects.toThrow(MisuseError)
    await expect(asked({ allow: async () => undefined as unknown as boolean })).rejects.toThrow(MisuseError)
  })

  test('a predicate and a context may wait', async () => {
    expect(await asked({ allow: async () => true, context: async () => ({}) })).toMatchObject({ passed: true })
    expect(await asked({ allow: async () => false })).toMatchObject({ passed: false, refusal: { failed: [] } })
  })

  test('a cost that is no number of units is a fault of the program', async () => {
    for (const cost of [0, -1, 1.5, Number.NaN])
      await expect(asked({ limits: [read], cost: () => cost })).rejects.toThrow(MisuseError)
  })

  test('a cost that a limit never has is one, too, and no failure of the limiter', async () => {
    const once = { limits: [{ ...read, burst: 4 }], onLimiterFailure: 'pass' } as const
    await expect(asked({ ...once, cost: () => 5 })).rejects.toThrow(MisuseError)
    expect(await asked({ ...once, cost: () => 4 })).toMatchObject({ passed: true })
  })

  test('what a program throws is its own', async () => {
    const fault = new Error('mine')
    const fail = () => {
      throw fault
    }
    await expect(asked({ allow: fail })).rejects.toBe(fault)
    await expect(asked({ context: fail })).rejects.toBe(fault)
  })

  test.each([undefined, null, {}, { allowed: true }, { allowed: 1, remaining: 1, resetAfter: 1, retryAfter: 1 }])(
    'a limiter that gives %j has not answered',
    async (given) => {
      const outcome = await asked({ limits: [read] }, { limiter: { draw: () => given as never } })
      expect(outcome).toMatchObject({ passed: false, refusal: { code: 'limiter_unavailable' } })
    },
  )

  test('whoever is told of a refusal does not decide what is answered', async () => {
    const onRefusal = () => {
      throw new Error('mine')
    }
    expect(await asked({ allow: () => false }, { onRefusal })).toMatchObject({ refusal: { status: 403 } })
  })

  test('a token is bound to what the request proved', async () => {
    const outcome = await asked({}, { confirmation: () => ({ jkt: 'x' }) })
    expect(outcome).toMatchObject({ refusal: { code: 'binding_missing', status: 401 } })
    expect(await asked({}, { confirmation: () => undefined })).toMatchObject({ passed: true })
  })
})
