import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { variables } from '../../../conformance/http/variables.json'
import { limitsFromEnvironment, rateOf } from '../src'

interface Made {
  readonly windowSeconds: number
  readonly read: number
  readonly write: number
  readonly webhook: number
}

interface Refused {
  readonly code: string
  readonly variable: string
}

const url = new URL('../../../conformance/limits/environment.json', import.meta.url)
const { tests } = JSON.parse(readFileSync(url, 'utf8')) as {
  readonly tests: readonly {
    readonly id: string
    readonly comment: string
    readonly environment: Readonly<Record<string, string>>
    readonly expected: Made | Refused
  }[]
}

test.each(tests)('$id: $comment', ({ environment, expected }) => {
  if ('code' in expected) {
    const refusal = { name: 'ConfigError', ...expected }
    expect(() => limitsFromEnvironment(environment)).toThrow(expect.objectContaining(refusal) as Error)
    return
  }
  const { windowSeconds, ...quotas } = expected
  const limits = limitsFromEnvironment(environment)
  for (const [name, quota] of Object.entries(quotas))
    expect(limits[name as keyof typeof limits]).toEqual({ name, quota, windowSeconds })
  // A limiter takes what an environment can say.
  for (const limit of Object.values(limits)) expect(rateOf(limit).burst).toBe(limit.quota)
})

/** What of the limits is told of by the table of variables, by variable. */
function told(environment: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const { read, write, webhook } = limitsFromEnvironment(environment)
  return {
    RATE_LIMIT_WINDOW_MS: read.windowSeconds * 1000,
    RATE_LIMIT_READ_MAX: read.quota,
    RATE_LIMIT_WRITE_MAX: write.quota,
    RATE_LIMIT_WEBHOOK_MAX: webhook.quota,
  }
}

const NUMBERS = variables.filter(({ kind }) => kind === 'number')

test('exactly the numbers of the table of variables are read', () => {
  const asked = new Set<string | symbol>()
  const environment = new Proxy({}, { get: (_, name) => void asked.add(name) })
  expect(limitsFromEnvironment(environment)).toEqual(limitsFromEnvironment({}))
  expect([...asked].sort()).toEqual(NUMBERS.map(({ name }) => name).sort())
})

test.each(NUMBERS)('$name has the default and the range that are told', (variable) => {
  const { name, default: fallback, least = 0, most = 0, step = 1 } = variable
  expect(told({})[name]).toBe(fallback)
  for (const right of [least, most]) expect(told({ [name]: String(right) })[name]).toBe(right)
  for (const wrong of [least - step, most + step, least + step / 2])
    expect(() => told({ [name]: String(wrong) })).toThrow(
      expect.objectContaining({ code: 'config_invalid', variable: name }) as Error,
    )
})
