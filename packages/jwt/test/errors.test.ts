import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CONFIG_ERROR_CODES, TOKEN_ERROR_CODES } from '../src/errors/codes'
import { ConfigError, MisuseError, TokenError } from '../src/index'

interface Row {
  code: string
  error: string
  status: number
  oauthError: string | null
  claim: string
}
const table = JSON.parse(readFileSync(new URL('../../../conformance/errors.json', import.meta.url), 'utf8')) as {
  codes: Row[]
}

describe('conformance/errors.json', () => {
  const rows = (error: string): string[] => table.codes.filter((row) => row.error === error).map(({ code }) => code)

  test('lists the codes of this package, and no others', () => {
    expect([...TOKEN_ERROR_CODES].sort()).toEqual(rows('TokenError').sort())
    expect([...CONFIG_ERROR_CODES].sort()).toEqual(rows('ConfigError').sort())
  })

  test.each(TOKEN_ERROR_CODES)('%s has the status, the challenge and the claim of its row', (code) => {
    const row = table.codes.find((one) => one.code === code) as Row
    const error = new TokenError(code, { claim: 'some' })
    expect(error.status).toBe(row.status)
    expect(error.wwwAuthenticate).toBe(row.oauthError === null ? undefined : `Bearer error="${row.oauthError}"`)
    if (row.claim !== 'none') expect(error.claim).toBe(row.claim === 'fault' ? 'some' : row.claim)
    expect(new TokenError(code).claim).toBe(['none', 'fault'].includes(row.claim) ? undefined : row.claim)
  })

  test.each(CONFIG_ERROR_CODES)('%s is a server error', (code) => {
    expect(table.codes.find((one) => one.code === code)).toMatchObject({ status: 500, oauthError: null, claim: 'none' })
  })
})

describe('an error', () => {
  test('says its code, and the claim or variable, in words', () => {
    expect(new TokenError('token_expired').message).toBe('token expired (exp)')
    expect(new TokenError('claim_missing', { claim: 'sub' }).message).toBe('claim missing (sub)')
    expect(new ConfigError('config_missing', { variable: 'JWT_ISS' }).message).toBe('config missing (JWT_ISS)')
    expect(new ConfigError('key_weak').message).toBe('key weak')
  })

  test('keeps a name that would break a log line out of its message', () => {
    for (const claim of ['a\nb', '\u001b[31m', 'a'.repeat(61), '']) {
      const error = new TokenError('value_unsupported', { claim })
      expect(error.message).toBe('value unsupported')
      expect(error.claim).toBe(claim)
    }
  })

  test('has its name, and no cause', () => {
    for (const error of [new TokenError('claim_missing'), new ConfigError('config_missing'), new MisuseError('x')]) {
      expect(String(error)).toContain(`${error.constructor.name}: `)
      expect('cause' in error).toBe(false)
    }
    expect(new MisuseError('x')).toBeInstanceOf(TypeError)
  })

  test('is recognised across copies of the package, and as what it is only', async () => {
    const mark = Symbol.for('@kit/jwt/error')
    class Other extends Error {
      get [mark]() {
        return 'TokenError'
      }
    }
    expect(TokenError.is(new Other())).toBe(true)
    expect(TokenError.is(new TokenError('token_expired'))).toBe(true)
    expect(ConfigError.is(new ConfigError('key_weak'))).toBe(true)
    expect(MisuseError.is(new MisuseError('x'))).toBe(true)
    for (const value of [null, undefined, 'x', new Error('x'), new ConfigError('key_weak'), {}])
      expect(TokenError.is(value)).toBe(false)
    expect(ConfigError.is(new TokenError('token_expired'))).toBe(false)
    expect(MisuseError.is(new TypeError('x'))).toBe(false)
  })
})
