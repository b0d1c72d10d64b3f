import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { budgetKey, documentKey, partKeys, revokedKey, useKeys } from '../src/names'

interface Case {
  readonly id: string
  readonly comment: string
  readonly prefix: string
  readonly issuer: string
  readonly jti: string
  readonly keys: readonly string[]
}

interface Other {
  readonly id: string
  readonly comment: string
  readonly of: 'budget' | 'revocation' | 'document'
  readonly prefix: string
  readonly first: string
  readonly second?: string
  readonly key: string
}

const { tests, others } = JSON.parse(
  readFileSync(new URL('../../../conformance/redis/names.json', import.meta.url), 'utf8'),
) as { readonly tests: readonly Case[]; readonly others: readonly Other[] }

test.each(tests)('$id: $comment', ({ prefix, issuer, jti, keys }) => {
  expect(useKeys(prefix, issuer, jti)).toEqual(keys)
  expect(partKeys(prefix)).toContain(keys[0])
})

const NAMES = { budget: budgetKey, revocation: revokedKey, document: documentKey } as const

test.each(others)('$id: $comment', ({ of, prefix, first, second = '', key }) => {
  expect(NAMES[of](prefix, first, second)).toBe(key)
})
