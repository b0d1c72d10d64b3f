// Tests of `jwks-timeline` from steps that say both what happens and what is expected of it.
import { compact, id, NOW } from './toolbox.mjs'

export const JWKS_URL = 'https://auth.example/jwks.json'

/** Answers of the endpoint. */
export const set = (...keys) => JSON.stringify({ keys })
export const ok = (body, headers) => compact({ status: 200, headers, body })
export const status = (code, more = {}) => ({ status: code, ...more })
export const FAILURE = { failure: true }

/** A code, the name of an issuer whose token was verified, or the key that was selected. */
const outcomeOf = (expected) => {
  if (typeof expected !== 'string') return { thumbprint: expected.thumbprint }
  return expected.startsWith('https:') ? { iss: expected } : { fault: faultOf(expected) }
}
const faultOf = (text) => {
  const [code, claim] = text.split(' ')
  return compact({ code, claim })
}

/**
 * Callers ask, `at` seconds after the beginning.
 *
 * @param asked - `{ kid }` or `{ alg, kid }` to select, a token to verify
 * @param expected - what they are told; see `outcomeOf`
 * @param more - `fetch`: the answer at once of the request that this starts, or true for one that stays open, or both by
 *   URL; `etag`: what it sends as If-None-Match; `after`: how many steps later they are told, or null for never;
 *   `callers`, `numbered`
 */
export const ask = (at, asked, expected, { fetch, etag = null, after = 0, ...more } = {}) => ({
  at,
  script: {
    ...(typeof asked === 'string' ? { verify: asked } : { select: { alg: 'EdDSA', ...asked } }),
    ...more,
    ...answers(fetch),
  },
  outcome: expected,
  after,
  fetches: urlsOf(fetch).map((url) => ({ url, ifNoneMatch: etag })),
})

const isByUrl = (fetch) => typeof fetch === 'object' && Object.keys(fetch).every((name) => name.startsWith('https:'))
const urlsOf = (fetch) => (fetch === undefined ? [] : isByUrl(fetch) ? Object.keys(fetch) : [JWKS_URL])
const answers = (fetch) => {
  if (fetch === undefined || fetch === true) return {}
  if (!isByUrl(fetch)) return { answer: fetch }
  const given = Object.entries(fetch).filter(([, answer]) => answer !== true)
  return given.length > 0 ? { answers: Object.fromEntries(given) } : {}
}

/** The newest open request is answered, or the one of a number, from 0. */
export const answer = (at, given, request) => ({ at, script: compact({ answer: given, request }), fetches: [] })

/** A token is revoked, `at` seconds after the beginning: the kit of such a script has a revocation list. */
export const revoke = (at, issuer, jti) => ({ at, script: { revoke: { issuer, jti } }, fetches: [] })

/** Nothing happens but time. */
export const wait = (at) => ({ at, script: {}, fetches: [] })

/** The test of some steps. */
export const timeline = ([number, comment, steps, given = {}], flag) => ({
  id: id('timeline', number),
  comment,
  flags: [flag].flat(),
  ...(given.kit === undefined ? { source: { url: JWKS_URL, ...given } } : given),
  script: steps.map(({ at, script }) => ({ now: NOW + at, ...script })),
  expected: {
    outcomes: steps.flatMap(({ outcome, after }, step) =>
      outcome === undefined ? [] : after === null ? [{ step: null }] : [{ step: step + after, ...outcomeOf(outcome) }],
    ),
    fetches: steps.flatMap(({ fetches }, step) => fetches.map((fetch) => ({ step, ...fetch }))),
  },
})
