import { readFileSync } from 'node:fs'
import { createKit, generateSecret } from '@kit/jwt'
import { describe, expect, test } from 'vitest'
import { createGuard, developmentKit, isOpen, type Variables } from '../src'

interface File {
  readonly starts: readonly {
    readonly id: string
    readonly comment: string
    readonly environment: Variables
    readonly expected: 'open' | 'closed' | { readonly code: string; readonly variable: string }
  }[]
  readonly requests: readonly {
    readonly id: string
    readonly comment: string
    readonly peer: string | null
    readonly headers: readonly (readonly [string, string])[]
    readonly open: boolean
  }[]
}

const url = new URL('../../../conformance/http/development.json', import.meta.url)
const { starts, requests } = JSON.parse(readFileSync(url, 'utf8')) as File
type Asked = File['requests'][number]

const partsOf = ({ peer, headers }: Asked) => ({
  query: '',
  peer: peer ?? undefined,
  header: (name: string) => headers.flatMap(([one, value]) => (one.toLowerCase() === name ? [value] : [])),
})

describe('an environment that opens a guard', () => {
  test.each(starts)('$id: $comment', ({ environment, expected }) => {
    const warnings: string[] = []
    const make = () => developmentKit(environment, (message) => warnings.push(message))
    if (typeof expected === 'object') expect(make).toThrow(expect.objectContaining(expected) as Error)
    else expect(make() !== undefined).toBe(expected === 'open')
    expect(warnings.length).toBe(expected === 'open' ? 1 : 0)
  })
})

describe('a guard that is open', () => {
  const kit = developmentKit({ DEV_AUTH_OPEN: 'true' }, () => undefined) ?? expect.fail('closed')
  const check = createGuard<Asked>({ kit }, partsOf)({ rolesAny: ['admin'] }, { allow: () => false, replay: true })

  test.each(requests)('$id: $comment', async (asked) => {
    const outcome = await check(asked)
    expect(outcome.passed).toBe(asked.open)
    if (outcome.passed) expect([outcome.auth.subject, isOpen(outcome.auth)]).toEqual(['dev-auth-open', true])
    else expect(outcome.refusal.code).toBe('credentials_missing')
  })

  test('takes no token from elsewhere', async () => {
    const [, , , far] = requests
    const outcome = await check({ ...(far as Asked), headers: [['Authorization', 'Bearer a.b.c']] })
    expect(outcome).toMatchObject({ passed: false, refusal: { status: 401 } })
  })

  test('a kit of one’s own is never open', async () => {
    const own = createKit({ issuer: 'https://auth.example', audience: 'api', secret: generateSecret() })
    const [local] = requests
    expect(await createGuard({ kit: own }, partsOf)()(local as Asked)).toMatchObject({ passed: false })
  })

  test('uses nothing up', async () => {
    await expect(kit.consumeOnce({} as never)).rejects.toMatchObject({ code: 'key_not_found' })
  })
})
