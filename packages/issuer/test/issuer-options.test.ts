import { expect, test } from 'vitest'
import { createAuthority, createIssuer, type IssuerOptions } from '../src'
import { testsOf } from './vectors'

const tests = testsOf<{ readonly options: object; readonly code: string; readonly variable: string }>('options')

test.each(tests)('$id: $comment', async ({ options, code, variable }) => {
  const authority = await createAuthority()
  expect(() => createIssuer({ ...options, authority } as IssuerOptions)).toThrow(
    expect.objectContaining({ code, variable }),
  )
})

test.each([
  ['config_missing', undefined],
  ['config_invalid', 'HS512'],
  ['config_invalid', 'ES256'],
] as const)('%s: an authority with keys for %s', async (code, algorithm) => {
  const given = algorithm && { authority: await createAuthority({ algorithm }) }
  const options = { issuer: 'https://auth.example', ...given } as IssuerOptions
  expect(() => createIssuer(options)).toThrow(expect.objectContaining({ code, variable: 'authority' }))
})
