// Random scripts of callers and endpoints: what is fetched and who is told what depends on every moment before.
import * as jws from '../generator/jws.mjs'
import { keys } from '../generator/keys.mjs'
import { AUDIENCE, ISSUER, NOW } from './kits.mjs'

const { a, b, c } = keys.ed
const ED = [a, b, c]
const KIDS = ['k0', 'k1', 'k2', 'k3']
const ISSUERS = [ISSUER, 'https://north.example', 'https://south.example']
const urlOf = (issuer) => `${issuer}/jwks.json`
const [OWN_URL] = ISSUERS.map(urlOf)

/** Seconds from one step to the next: around every limit, and far beyond all of them. */
const moments = (r) =>
  r.chance(0.06)
    ? -r.pick([0.25, 5, 30, 200, 4000])
    : r.pick([
        ...[0, 0, 0, 0.25, 0.5, 1, 1, 2, 4.75, 5, 5.25, 10, 14.75, 15, 15.25, 29.75, 30, 30.25, 45, 59.75, 60],
        ...[100, 200, 239.75, 240, 299.75, 300, 400, 3599, 3600, 3900, 10_000],
      ])

/** Entries that are no key to verify with. */
const OTHERS = [
  null,
  'k1',
  [],
  {},
  { kty: 'OKP', crv: 'Ed25519', kid: 'k1' },
  { kty: 'AKP', kid: 'k2' },
  { kty: 'oct', k: keys.hs.a.text, kid: 'k1', alg: 'HS512' },
  { ...a.privateJwk, kid: 'k1' },
  { ...b.publicJwk, kid: 'k2', use: 'enc' },
  { ...c.publicJwk, kid: 3 },
  { ...a.publicJwk, kid: 'k0', x: Buffer.alloc(32).toString('base64url') },
]

const entry = (r) => {
  if (r.chance(0.15)) return r.pick(OTHERS)
  const { publicJwk } = r.chance(0.1) ? keys.rs256.a : r.pick(ED)
  return { ...publicJwk, ...(r.chance(0.9) && { kid: r.pick(KIDS) }) }
}

const set = (r) => {
  const many = r.chance(0.03) ? Array.from({ length: 250 + r.below(10) }, (_, i) => ({ kty: 'AKP', kid: `x${i}` })) : []
  return JSON.stringify({ keys: [...many, ...r.times(4, () => entry(r))] })
}

const BODIES = [
  '',
  'null',
  '[]',
  '{}',
  '{"keys":{}}',
  '{"keys":[],"keys":[]}',
  '\ufeff{"keys":[]}',
  '<!doctype html>',
  '{"keys":[',
]
const STATUSES = [200, 201, 204, 206, 301, 302, 304, 304, 304, 307, 400, 401, 404, 429, 500, 503]
const CONTROLS = [
  ...[
    'max-age=60',
    'max-age=10',
    'max-age=0',
    'max-age=86400',
    'public, max-age=100',
    'no-store',
    'no-cache',
    's-maxage=9',
  ],
  ...[
    'MAX-AGE="45"',
    'max-age=',
    'max-age=-1',
    'max-age=45.5',
    'no-stores',
    'x-max-age=40',
    'max-age=99999999999',
    ',,',
  ],
]
const TAGS = ['"v1"', '"v2"', 'W/"v1"', 'v1', '""', '"', '"\u00e9"', `"${'x'.repeat(300)}"`]

const headers = (r) => ({
  ...(r.chance(0.35) && { 'cache-control': r.pick(CONTROLS) }),
  ...(r.chance(0.2) && { age: r.pick(['0', '20', '50', '1000', 'x', '-5', '7, 8']) }),
  ...(r.chance(0.35) && { etag: r.pick(TAGS) }),
  ...(r.chance(0.1) && { 'content-type': r.pick(['text/html', 'application/jwk-set+json']) }),
})

const answer = (r) => {
  if (r.chance(0.12)) return { failure: true }
  const status = r.chance(0.8) ? 200 : r.pick(STATUSES)
  if (status === 204 || status === 304) return { status, headers: headers(r) }
  const body = r.chance(0.9) ? set(r) : r.pick(BODIES)
  const long = { prefix: body, repeat: ' ', times: r.pick([10, 262_144 - body.length, 262_145]) }
  return {
    ...{ status, headers: headers(r), body: r.chance(0.05) ? long : body },
    ...(r.chance(0.06) && { endless: true }),
  }
}

const kid = (r) =>
  r.chance(0.05)
    ? r.pick([
        '__proto__',
        'constructor',
        '\u00e9',
        a.thumbprint,
        { repeat: 'k', times: 256 },
        { repeat: '\u00e9', times: 129 },
      ])
    : r.pick([...KIDS, ...KIDS, 'x0', 'x1', 'x2'])

const select = (r) => ({
  alg: r.pick(['EdDSA', 'EdDSA', 'EdDSA', 'EdDSA', 'RS256', 'PS256']),
  ...(r.chance(0.92) && { kid: kid(r) }),
})

const crowd = (r) => (r.chance(0.15) ? { [r.pick(['callers', 'numbered'])]: r.pick([2, 3, 5, 40, 257]) } : {})

/**
 * @param asks - what a step asks for
 * @param replies - what it is answered at once
 * @param isAlone - whether there is but one endpoint: of several, the runtime decides who is asked first by callers that
 *   waited together, so there nobody waits
 */
const script = (r, asks, replies, isAlone = true) => {
  let now = NOW
  return Array.from({ length: 4 + r.below(22) }, () => {
    now += moments(r)
    if (r.chance(0.06)) return { now }
    if (isAlone && r.chance(0.2)) return { now, answer: answer(r), ...(r.chance(0.3) && { request: r.below(6) }) }
    return { now, ...asks(r), ...crowd(r), ...((!isAlone || r.chance(0.75)) && replies(r)) }
  })
}

const ofSource = (r) => ({
  source: {
    url: OWN_URL,
    ...(r.chance(0.3) && { cacheTtl: r.pick([1, 20, 31, 60, 300, 3600]) }),
    ...(r.chance(0.3) && { maxStale: r.pick([0, 1, 10, 3600, 100_000]) }),
    ...(r.chance(0.3) && { timeout: r.pick([0.25, 1, 5, 20, 60, 3600]) }),
    ...(r.chance(0.1) && { maxBytes: r.pick([10, 400, 300_000]) }),
  },
  script: script(
    r,
    (each) => ({ select: select(each) }),
    (each) => ({ answer: answer(each) }),
  ),
})

/** Of an issuer, or of one that says so. */
const token = (r) => {
  const key = r.chance(0.05) ? keys.rs256.a : r.pick(ED)
  const header = { alg: key.alg, ...(r.chance(0.95) && { kid: r.chance(0.9) ? r.pick(KIDS) : 'x0' }) }
  const claims = { iss: r.pick(ISSUERS), aud: AUDIENCE[0], iat: NOW - 600, exp: NOW + 80_000 }
  return jws.token({ header: JSON.stringify(header), payload: JSON.stringify(claims), key })
}

const byUrl = (r) => ({
  answers: Object.fromEntries(ISSUERS.map((issuer) => [urlOf(issuer), { ...answer(r), endless: undefined }])),
})

const ofKit = (r) => {
  const [issuer, ...others] = ISSUERS
  const trusted = others.slice(0, r.below(3)).map((name) => ({
    ...{ issuer: name, algorithms: r.pick([['EdDSA'], ['EdDSA'], ['EdDSA', 'RS256']]), jwksUrl: urlOf(name) },
  }))
  return {
    kit: {
      ...{ issuer, audience: AUDIENCE, jwksUrl: OWN_URL },
      ...(trusted.length > 0 && { trust: trusted }),
      ...(r.chance(0.2) && { jwksCacheTtl: r.pick([1, 20, 60]) }),
      ...(r.chance(0.1) && { allowedThumbprints: [a.thumbprint] }),
    },
    script: script(r, (each) => ({ verify: token(each) }), byUrl, trusted.length === 0),
  }
}

/** A timeline of a source, or of a kit with several. */
export const timeline = (r) => (r.chance(0.6) ? ofSource(r) : ofKit(r))
