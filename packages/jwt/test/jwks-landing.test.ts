// A set that comes while a token of it is looked up: whatever the moment, the token is not refused.
import { expect, test } from 'vitest'
import { JwksCache, type Retrieved } from '../src/sources/jwks-cache'
import { JWK, NOW, OTHER_JWK, publicJwk } from './material'

const FIRST = publicJwk(JWK)
const SECOND = publicJwk(OTHER_JWK)
const LIMITS = { cacheTtl: 60, maxStale: 60, timeout: 5 }
const known = { alg: 'EdDSA', kid: 'ed-1' } as const
const added = { alg: 'EdDSA', kid: 'ed-2' } as const

/** More than there are between a request's end and the set that it brought, and than a look into the old one takes. */
const STEPS = Array.from({ length: 40 }, (_, steps) => steps)

test.each(STEPS)('the set comes, and %i steps later a token of its new key', async (steps) => {
  const answers: ((retrieved: Retrieved) => void)[] = []
  const cache = new JwksCache(() => new Promise((resolve) => answers.push(resolve)), LIMITS)
  const early = cache.select({ ...known, now: NOW })
  while (answers.length < 1) await Promise.resolve()
  answers[0]?.({ entries: [FIRST] })
  expect((await early).kid).toBe('ed-1')
  // In the last fifth of its time the set is fetched again, and used meanwhile.
  expect((await cache.select({ ...known, now: NOW + 50 })).kid).toBe('ed-1')
  expect(answers.length).toBe(2)
  answers[1]?.({ entries: [FIRST, SECOND] })
  for (let step = 0; step < steps; step += 1) await Promise.resolve()
  expect((await cache.select({ ...added, now: NOW + 50 })).kid).toBe('ed-2')
})
