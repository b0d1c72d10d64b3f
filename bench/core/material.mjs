// What all candidates sign and verify: made once in a run, and given to every runtime, so that all of them work on the same
// tokens. Written here with node:crypto alone: no candidate mints what another is judged by.
import { createHash, createHmac, createPrivateKey, createPublicKey, randomBytes, randomUUID, sign } from 'node:crypto'

const ISSUER = 'https://auth.example'
const AUDIENCE = 'internal-api'
const PROFILES = { hs512: 'HS512', eddsa: 'EdDSA' }
/** Seconds; a run is over long before. */
const LIFETIME = 3600
/** So many different tokens are verified in turn: nobody is faster because he has seen this very one just before. */
const RING = 256
const LARGE_RING = 64
const KEY_SETS = [1, 10, 1000]
const SIZES = { 0.5: 490, 2: 2048, 8: 8192 }

const segment = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const thumbprint = ({ crv, kty, x }) => createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')

/** PKCS #8 of an Ed25519 key (RFC 8410 section 7) up to its seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

function keyPair() {
  // Not generateKeyPairSync: in Node.js 20, exporting what it made waits for ever when garbage is collected just then.
  const key = Buffer.concat([PKCS8, randomBytes(32)])
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const jwk = privateKey.export({ format: 'jwk' })
  const kid = thumbprint(jwk)
  return { privateKey, publicKey, kid, jwk: { ...jwk, kid, alg: 'EdDSA', use: 'sig' } }
}

const publicOf = ({ d: _, ...jwk }) => jwk

/** What a caller mints: the token that comes of it has about `characters`. */
function claimsOf(characters) {
  const claims = {
    sub: 'user-4711',
    permissions: ['read:data', 'write:data'],
    roles: ['editor'],
    scope: 'openid profile',
  }
  const length = () => tokenOf({ hs512: randomBytes(64) }, 'hs512', { ...registered(1e9), ...claims }).length
  for (let n = 0; length() + 40 < characters; n++) claims.permissions.push(`project:${n}:read`)
  claims.tid = 'x'.repeat(Math.max(1, Math.floor(((characters - length()) * 3) / 4) - 8))
  return claims
}

const registered = (now) => ({ iss: ISSUER, aud: AUDIENCE, iat: now, exp: now + LIFETIME, jti: randomUUID() })

/** Members in the order of RFC 8785; names here are ASCII. */
const ordered = (value) =>
  Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, value[name]]),
  )

function tokenOf(keys, profile, claims, header = {}) {
  const alg = PROFILES[profile]
  const kid = profile === 'eddsa' ? { kid: keys.eddsa.kid } : {}
  const payload = typeof claims === 'string' ? claims : ordered(claims)
  const input = `${segment(ordered({ alg, typ: 'JWT', ...kid, ...header }))}.${segment(payload)}`
  const bytes =
    profile === 'hs512'
      ? createHmac('sha512', keys.hs512).update(input).digest()
      : sign(null, Buffer.from(input), keys.eddsa.privateKey)
  return `${input}.${bytes.toString('base64url')}`
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const next = (character, by) => ALPHABET[(ALPHABET.indexOf(character) + by) % 64]
const replaceAt = (text, at, change) => text.slice(0, at) + change(text[at]) + text.slice(at + 1)

/** Tokens that a candidate must refuse before it is timed: what each is called, and the token. */
function wrongTokens(keys, profile, claims, now) {
  const mint = (change, header) => tokenOf(keys, profile, { ...registered(now), ...claims, ...change }, header)
  const good = mint({})
  const [header, payload, signature] = good.split('.')
  const other = { hs512: randomBytes(64), eddsa: { ...keyPair(), kid: keys.eddsa.kid } }
  const escalated = segment({ ...JSON.parse(Buffer.from(payload, 'base64url')), roles: ['admin'] })
  return {
    'another issuer': mint({ iss: 'https://evil.example' }),
    'another audience': mint({ aud: 'another-api' }),
    'an expired token': mint({ iat: now - 7200, exp: now - 3600 }),
    'a tampered signature': `${header}.${payload}.${replaceAt(signature, 20, (c) => next(c, 1))}`,
    'a tampered payload': `${header}.${escalated}.${signature}`,
    'the signature of another key': tokenOf(other, profile, { ...registered(now), ...claims }),
    'no signature': `${segment({ alg: 'none', typ: 'JWT' })}.${payload}.`,
  }
}

/** Tokens that only a strict verifier refuses: the kit and the strict floor must. */
function oddTokens(keys, profile, claims, now) {
  const whole = { ...registered(now), ...claims }
  const mint = (change, header) => tokenOf(keys, profile, { ...whole, ...change }, header)
  const raw = (text) => tokenOf(keys, profile, text)
  const json = JSON.stringify(ordered(whole))
  const good = mint({})
  const { exp: _, ...endless } = whole
  // 86 characters for 64 bytes: the last one has four bits that mean nothing.
  const lastBits = replaceAt(good, good.length - 1, (c) => next(c, 1))
  return {
    'a padded signature': `${good}==`,
    'bits that mean nothing': lastBits,
    'a fourth segment': `${good}.x`,
    'white space after it': `${good}\n`,
    'a member twice': raw(json.replace('{', '{"sub":"admin",')),
    'a member twice, with white space': raw(json.replace('{', '{ "sub" : "admin" ,')),
    'a member twice, escaped': raw(json.replace('{', '{"s\\u0075b":"admin",')),
    'a number beyond 2^53': mint({ n: 2 ** 53 }),
    'half a surrogate pair': mint({ name: '\ud800' }),
    'too many levels': mint({ deep: JSON.parse('['.repeat(17) + ']'.repeat(17)) }),
    'something after the object': raw(`${json}x`),
    'a critical header': mint({}, { crit: ['exp'] }),
    'another type': mint({}, { typ: 'at+jwt' }),
    'no expiry': raw(JSON.stringify(endless)),
    'an expiry that is text': mint({ exp: String(whole.exp) }),
    'from the future': mint({ iat: now + 3600, exp: now + 7200 }),
    'not yet valid': mint({ nbf: now + 3600 }),
    'too long a life': mint({ exp: now + 90000 }),
    'permissions that are no list': mint({ permissions: 'all' }),
    'a subject that is no text': mint({ sub: 1 }),
  }
}

/** Tokens that are as good as any other, if not in the form in which they are minted. */
const unusualTokens = (keys, profile, claims, now) => ({
  'white space': tokenOf(keys, profile, JSON.stringify({ ...registered(now), ...claims }, null, 2)),
  'letters beyond ASCII': tokenOf(keys, profile, { ...registered(now), ...claims, name: 'Zoë 🦊' }),
  'an escape': tokenOf(keys, profile, { ...registered(now), ...claims, name: 'a\n"b"' }),
  'two audiences': tokenOf(keys, profile, { ...registered(now), ...claims, aud: ['x', AUDIENCE] }),
})

/** A key set in which the key that signs comes last. */
function keySet(size, jwk) {
  const others = Array.from({ length: size - 1 }, () => publicOf(keyPair().jwk))
  return { keys: [...others, publicOf(jwk)] }
}

/** Everything that the runtimes need, as JSON. `now` is in seconds. */
export function makeMaterial(now) {
  const eddsa = keyPair()
  const keys = { hs512: randomBytes(64), eddsa }
  const claims = Object.fromEntries(Object.entries(SIZES).map(([size, characters]) => [size, claimsOf(characters)]))
  const forEach = (make) => Object.fromEntries(Object.keys(PROFILES).map((profile) => [profile, make(profile)]))
  const ring = (profile, size) =>
    Array.from({ length: size === '0.5' ? RING : LARGE_RING }, () =>
      tokenOf(keys, profile, { ...registered(now), ...claims[size] }),
    )
  return {
    issuer: ISSUER,
    audience: AUDIENCE,
    secret: keys.hs512.toString('base64url'),
    jwk: eddsa.jwk,
    publicJwk: publicOf(eddsa.jwk),
    kid: eddsa.kid,
    privatePem: eddsa.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicPem: eddsa.publicKey.export({ type: 'spki', format: 'pem' }),
    claims,
    tokens: forEach((profile) => Object.fromEntries(Object.keys(SIZES).map((size) => [size, ring(profile, size)]))),
    wrong: forEach((profile) => wrongTokens(keys, profile, claims['0.5'], now)),
    odd: forEach((profile) => oddTokens(keys, profile, claims['0.5'], now)),
    unusual: forEach((profile) => unusualTokens(keys, profile, claims['0.5'], now)),
    keySets: Object.fromEntries(KEY_SETS.map((size) => [size, keySet(size, eddsa.jwk)])),
  }
}
