import { readFileSync } from 'node:fs'
import { type Claims, createKit, unsafeTrustClaims } from '@kit/jwt'
import { describe, expect, test } from 'vitest'
import {
  createTargetTokens,
  exchangeAt,
  type Given,
  mintLocally,
  OutgoingError,
  type OutgoingErrorCode,
  tokenFetch,
  type Wanted,
} from '../src'
import { keyOf, readWanted } from '../src/outgoing/wanted'

interface Named {
  readonly id: string
  readonly comment: string
}
interface Asks {
  readonly target: string
  readonly scopes?: readonly string[]
  readonly user?: { readonly claims?: object; readonly token?: string; readonly unverified?: object }
}
interface Step {
  readonly at: number
  readonly wanted: Asks
  readonly gives?: Given | OutgoingErrorCode | 'broken'
  readonly shows?: string | { readonly code: string }
  readonly refused?: string
  readonly again?: boolean
}
interface File {
  readonly caller: string
  readonly client: { readonly id: string; readonly secret: string; readonly authorization: string }
  readonly keys: readonly (Named & { readonly wanted: Asks; readonly key: string })[]
  readonly misuse: readonly (Named & { readonly wanted: Asks })[]
  readonly timelines: readonly (Named & {
    readonly options: { readonly margin: number; readonly jitter: number; readonly maxTokens: number }
    readonly random: number
    readonly steps: readonly Step[]
  })[]
  readonly exchanges: readonly (Named & {
    readonly wanted: Asks
    readonly form: Readonly<Record<string, string>>
    readonly answer: { readonly status: number; readonly type: string; readonly body: string; readonly spaces?: number }
    readonly gives: Given | { readonly code: string }
  })[]
  readonly origins: readonly (Named & {
    readonly origins: readonly string[]
    readonly url: string
    readonly gives?: { readonly code: string }
  })[]
  readonly noOrigins: readonly (Named & { readonly origins: readonly string[] })[]
}

const file = JSON.parse(
  readFileSync(new URL('../../../conformance/http/outgoing.json', import.meta.url), 'utf8'),
) as File

function wantedOf({ target, scopes, user }: Asks): Wanted {
  const named = user && (user.token ?? (user.claims && unsafeTrustClaims(user.claims)) ?? (user.unverified as Claims))
  return { target, ...(scopes && { scopes }), ...(named !== undefined && { user: named }) }
}

const codeOf = (error: unknown): { readonly code: string } => ({ code: (error as OutgoingError).code })

describe('keys', () => {
  test.each(file.keys)('$id: $comment', async ({ wanted, key }) => {
    expect(await keyOf(readWanted(file.caller, wantedOf(wanted)))).toBe(key)
  })

  test.each(file.misuse)('$id: $comment', async ({ wanted }) => {
    const tokens = createTargetTokens({ caller: file.caller, source: async () => ({ token: 'A', lifetime: 300 }) })
    await expect(tokens.token(wantedOf(wanted))).rejects.toThrow(TypeError)
  })
})

describe('timelines', () => {
  test.each(file.timelines)('$id: $comment', async ({ options, random, steps }) => {
    let now = 0
    let gives: Step['gives']
    let calls = 0
    const source = async (): Promise<Given> => {
      calls += 1
      if (gives === 'broken' || gives === undefined) throw new RangeError('of a library')
      if (typeof gives === 'string') throw new OutgoingError(gives)
      return gives
    }
    const tokens = createTargetTokens({
      ...options,
      caller: file.caller,
      source,
      clock: () => now,
      random: () => random,
    })
    for (const [index, step] of steps.entries()) {
      now = step.at
      gives = step.gives
      calls = 0
      const wanted = wantedOf(step.wanted)
      const came =
        step.refused === undefined
          ? await tokens.token(wanted).catch(codeOf)
          : await tokens.refuse(wanted, step.refused)
      expect([index, came, calls]).toEqual([index, step.shows ?? step.again, gives === undefined ? 0 : 1])
    }
  })
})

describe('exchanges', () => {
  test.each(file.exchanges)('$id: $comment', async ({ wanted, form, answer, gives }) => {
    const { id: clientId, secret: clientSecret, authorization } = file.client
    let sent: RequestInit | undefined
    const source = exchangeAt({
      endpoint: 'https://auth.example/token',
      clientId,
      clientSecret,
      transport: async (_url, init) => {
        sent = init
        const { status, type, body, spaces = 0 } = answer
        return new Response(body + ' '.repeat(spaces), { status, headers: { 'content-type': type } })
      },
    })
    const given: Given[] = []
    const tokens = createTargetTokens({
      caller: file.caller,
      source: async (asked) => {
        given.push(await source(asked))
        return given[0] as Given
      },
    })
    const came = await tokens.token(wantedOf(wanted)).catch(codeOf)
    expect(typeof came === 'string' ? given[0] : came).toEqual(gives)
    expect(new Headers(sent?.headers).get('authorization')).toBe(authorization)
    expect(Object.fromEntries(new URLSearchParams(String(sent?.body)))).toEqual(form)
  })
})

describe('origins', () => {
  test.each(file.origins)('$id: $comment', async ({ origins, url, gives }) => {
    const asked: string[] = []
    const source = async ({ target }: { readonly target: string }): Promise<Given> => {
      asked.push(target)
      return { token: 'A', lifetime: 300 }
    }
    const transport = async () => new Response('sent')
    const send = tokenFetch(
      createTargetTokens({ caller: file.caller, source }),
      { target: 'orders' },
      { origins, transport },
    )
    const came = await send(url).then((response) => response.text(), codeOf)
    expect([came, asked]).toEqual(gives ? [gives, []] : ['sent', ['orders']])
  })

  test.each(file.noOrigins)('$id: $comment', ({ origins }) => {
    const tokens = createTargetTokens({ caller: file.caller, source: async () => ({ token: 'A', lifetime: 300 }) })
    expect(() => tokenFetch(tokens, { target: 'orders' }, { origins })).toThrow(
      expect.objectContaining({ code: 'config_invalid', variable: 'origins' }),
    )
  })

  const tokens = createTargetTokens({ caller: file.caller, source: async () => ({ token: 'A', lifetime: 300 }) })

  test.each([
    [{ origins: 'https://orders.example' }, 'origins'],
    [{ origins: [1] }, 'origins'],
    [{}, 'origins'],
    [{ origins: ['https://orders.example'], transport: 1 }, 'transport'],
  ])('%o is no place for a token', (options, variable) => {
    expect(() => tokenFetch(tokens, { target: 'orders' }, options as never)).toThrow(
      expect.objectContaining({ code: 'config_invalid', variable }),
    )
  })

  test.each([['blob:https://orders.example/1'], ['/path'], ['']])('%o leads to nobody’s origin', async (url) => {
    const send = tokenFetch(tokens, { target: 'orders' }, { origins: ['https://orders.example'] })
    await expect(send(url)).rejects.toMatchObject({ code: 'origin_not_allowed', message: 'origin not allowed' })
  })
})

describe('minting', () => {
  const secret = 'A'.repeat(86)
  const kit = createKit({ issuer: 'https://auth.example', audience: 'gateway', secret, clock: () => 1000 })
  const target = createKit({ issuer: 'https://auth.example', audience: 'orders', secret, clock: () => 1000 })
  const mint = (wanted: Wanted, options = {}) =>
    createTargetTokens({ caller: 'gateway', source: mintLocally(kit, options), clock: () => 1000 }).token(wanted)

  test('in the caller’s own name', async () => {
    const claims = await target.verify(await mint({ target: 'orders', scopes: ['b', 'a'] }, { ttl: 60 }))
    expect(claims).toMatchObject({ sub: 'gateway', aud: 'orders', scope: 'a b', exp: 1060 })
  })

  test('for a user, and for no longer than the user’s token lives', async () => {
    const user = await kit.verify(await kit.sign({ sub: 'u1', scope: 'a b' }, { ttl: 30 }))
    const claims = await target.verify(await mint({ target: 'orders', scopes: ['a'], user }))
    expect(claims).toMatchObject({ sub: 'u1', act: { sub: 'gateway' }, scope: 'a', exp: 1030 })
  })

  test('what a kit refuses has the kit’s code', async () => {
    const user = await kit.verify(await kit.sign({ sub: 'u1', scope: 'a' }))
    await expect(mint({ target: 'orders', scopes: ['b'], user })).rejects.toMatchObject({
      code: 'delegation_escalation',
    })
    await expect(mint({ target: 'orders', user: 'token' })).rejects.toThrow(TypeError)
  })
})

test('codes are those of the contract, in its order', () => {
  // Every code, or it would not compile.
  const codes: Record<OutgoingErrorCode, true> = {
    source_unavailable: true,
    source_denied: true,
    source_client_rejected: true,
    source_malformed: true,
    origin_not_allowed: true,
  }
  const listed = JSON.parse(
    readFileSync(new URL('../../../conformance/http/errors.json', import.meta.url), 'utf8'),
  ) as { readonly codes: readonly { readonly code: string }[] }
  expect(Object.keys(codes)).toEqual(listed.codes.map(({ code }) => code))
  expect([OutgoingError.is(new OutgoingError('source_denied')), OutgoingError.is(new Error('source denied'))]).toEqual([
    true,
    false,
  ])
})

const source = async (): Promise<Given> => ({ token: 'A', lifetime: 300 })

test.each([
  { source: 1 },
  { caller: '' },
  { margin: -1 },
  { jitter: Number.NaN },
  { maxTokens: 0 },
  { clock: 1 },
  { random: 1 },
  { maxToken: 1 },
])('%o keeps no tokens', (change) => {
  expect(() => createTargetTokens({ caller: 'gateway', source, ...change } as never)).toThrow(
    expect.objectContaining({ code: 'config_invalid', variable: Object.keys(change)[0] }),
  )
})

test.each([
  { endpoint: 'http://auth.example/token' },
  { endpoint: 'https://user@auth.example/token' },
  { endpoint: 'auth' },
  { endpoint: 1 },
  { clientId: '' },
  { clientSecret: '' },
  { timeout: 0 },
  { transport: 1 },
])('%o exchanges nothing', (change) => {
  const right = { endpoint: 'https://auth.example/token', clientId: 'gateway', clientSecret: 'secret' }
  expect(() => exchangeAt({ ...right, ...change } as never)).toThrow(
    expect.objectContaining({ code: 'config_invalid', variable: Object.keys(change)[0] }),
  )
})

test('claims are not exchanged', async () => {
  const at = exchangeAt({ endpoint: 'https://auth.example/token', clientId: 'gateway', clientSecret: 'secret' })
  const tokens = createTargetTokens({ caller: 'gateway', source: at })
  const user = unsafeTrustClaims({ iss: 'https://auth.example', sub: 'u1', jti: 'j1' })
  await expect(tokens.token({ target: 'orders', user })).rejects.toThrow(TypeError)
})
