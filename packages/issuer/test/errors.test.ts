import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AuthorityError, type AuthorityErrorCode } from '../src/errors'

// The compiler refuses a code too many, and one too few.
const CODES: Record<AuthorityErrorCode, true> = {
  key_document_invalid: true,
  key_document_unsupported: true,
  key_document_tampered: true,
  key_document_rolled_back: true,
  key_document_mixed: true,
  kek_unknown: true,
  key_store_unavailable: true,
  key_store_open: true,
  key_not_found: true,
}

test('the codes are those of the contract', () => {
  const url = new URL('../../../conformance/issuer/errors.json', import.meta.url)
  const { codes } = JSON.parse(readFileSync(url, 'utf8')) as { codes: { code: string }[] }
  expect(Object.keys(CODES)).toEqual(codes.map(({ code }) => code))
})

test('an error says its code and nothing else, and is known in another copy of the package', () => {
  const error = new AuthorityError('kek_unknown')
  expect([error.name, error.message, error.code, AuthorityError.is(error)]).toEqual([
    'AuthorityError',
    'kek unknown',
    'kek_unknown',
    true,
  ])
  for (const other of [undefined, null, 'kek_unknown', new Error('kek unknown'), { code: 'kek_unknown' }])
    expect(AuthorityError.is(other)).toBe(false)
})
