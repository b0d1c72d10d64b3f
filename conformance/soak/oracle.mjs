// What a kit had to answer. It knows the rules of the documentation and what happened, and no code of either language.
import { CACHE, LIMITS } from './rules.mjs'

/** A key that is not there: the token may also have been tried with another issuer's key of the same id. */
const UNKNOWN = ['key_not_found', 'jwks_unavailable', 'signature_invalid']

/** What is told only after a key was found, and whether it takes the issuer that the token names. */
const SIGNATURE_FAULTS = ['signature_invalid', 'issuer_mismatch']

/**
 * Whether a cache had to know the key of a token: `must`, `never`, `either`. Two ways lead there: by what it was told, and,
 * where the endpoint was well, by what the issuer published.
 */
export function knowledge({ history, spells, key, t0, t1, slack }) {
  const must = history.mustKnow(key.kid, t0, t1, slack)
  const never = !history.mayKnow(key.kid, t0, t1, slack)
  const since = t0 - LIMITS.cacheTtl - CACHE.cooldown - LIMITS.timeout - slack
  const isWell = spells.every(({ fault, from, until }) => !fault || until < since || from > t1)
  if (!isWell || !history.wasWellSince(since, t1)) return { must, never }
  const settled = t0 - LIMITS.cacheTtl - LIMITS.timeout - slack
  const { published = Number.POSITIVE_INFINITY, removed = Number.POSITIVE_INFINITY } = key
  return { must: must || (published <= settled && removed > t1), never: never || removed <= settled }
}

/**
 * The codes that a kit may answer with, `null` for claims; and how sure that is.
 *
 * @param token - `fault`: the code that its token deserves where its key is known; `key`; `isFixed`: no key set matters
 * @param known - of the key's own issuer, see `knowledge`
 * @param isFresh - whether every source surely had a set whose time was not over
 */
export function answers(token, known, isFresh) {
  const fault = token.fault ?? null
  if (token.isFixed) return { codes: [fault], verdict: fault === null ? 'accept' : 'refuse' }
  const unknown = isFresh ? UNKNOWN.filter((code) => code !== 'jwks_unavailable') : UNKNOWN
  if (token.isUnknown) return { codes: [...unknown, ...(token.also ?? [])], verdict: 'refuse' }
  if (SIGNATURE_FAULTS.includes(fault)) {
    const unavailable = isFresh ? [] : ['jwks_unavailable']
    const codes = known.must ? [fault, ...(token.also ?? []), ...unavailable] : [...SIGNATURE_FAULTS, ...unknown]
    return { codes, verdict: 'refuse' }
  }
  if (known.must) return { codes: [fault], verdict: fault === null ? 'accept' : 'refuse' }
  if (known.never) return { codes: unknown, verdict: 'refuse' }
  return { codes: [fault, ...unknown], verdict: fault === null ? 'either' : 'refuse' }
}

/** What a token's own times make of it between two moments: the code that it deserves, or undefined where both are right. */
export function faultAt({ fault, exp }, t0, t1) {
  if (fault !== undefined || exp === undefined) return { fault }
  if (t1 < exp + LIMITS.leeway) return {}
  return t0 >= exp + LIMITS.leeway ? { fault: 'token_expired' } : undefined
}
