import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { partKeys, useKeys } from '../src/names'

interface Case {
  readonly id: string
  readonly comment: string
  readonly prefix: string
  readonly issuer: string
  readonly jti: string
  readonly keys: readonly string[]
}

const { tests } = JSON.parse(
  readFileSync(new URL('../../../conformance/redis/names.json', import.meta.url), 'utf8'),
) as { readonly tests: readonly Case[] }

test.each(tests)('$id: $comment', ({ prefix, issuer, jti, keys }) => {
  expect(useKeys(prefix, issuer, jti)).toEqual(keys)
  expect(partKeys(prefix)).toContain(keys[0])
})
