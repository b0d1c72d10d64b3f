import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
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
