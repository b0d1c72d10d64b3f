// node conformance/generator/testing.mjs [--check]: writes conformance/testing.json, the tokens that the testing kits of both
// languages must give, byte for byte. They are made by jose where it makes such tokens, by node:crypto where no library would.
import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CompactSign, calculateJwkThumbprint, importJWK } from 'jose'
import { b64u, token } from './jws.mjs'
import { compressed, jcs } from './text.mjs'

/** The private JWK of a seed, as node:crypto derives it. */
const jwkOf = (seed) => {
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
  const { kty, crv, x, d } = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })
  return { kty, crv, x, d }
}

const NOW = 1_800_000_000
const [TTL, LEEWAY, DAY, MARGIN, MAX_BYTES] = [900, 90, 86_400, 60, 16_384]
/** RFC 7515 appendix A.1.1. */
const SECRET = 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow'
const FOREIGN_SECRET = Buffer.from(Array.from({ length: 64 }, (_, index) => index)).toString('base64url')
/** RFC 8032 section 7.1, tests 1, 2, 3 and 1024; then SHA(abc). */
const [FIRST, ...OTHERS] = [
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
  'f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5',
].map(jwkOf)
const FOREIGN = jwkOf('833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42')
const publicJwk = async ({ kty, crv, x, d }) => ({
  kty,
  crv,
  x,
  kid: await calculateJwkThumbprint({ kty, crv, x, d }),
  alg: 'EdDSA',
  use: 'sig',
})

const chain = (actors) => actors.reduceRight((act, sub) => (act ? { sub, act } : { sub }), undefined)

/** The calls, one after the other: each draws the next `jti`. What a call changes is said as its header and claims. */
const CALLS = [
  { call: 'mint' },
  { call: 'mint', arguments: [{ sub: 'u2', permissions: ['read:data'], name: 'Zoë' }] },
  { call: 'mint', arguments: [{ jti: 'mine', exp: NOW + 1.5 }], drawsNothing: true },
  {
    call: 'mint',
    arguments: [{ sub: 'u3' }, { header: { typ: 'JWT', extra: 1 }, without: ['sub'] }],
    header: { extra: 1 },
    without: ['sub'],
  },
  { call: 'delegated', arguments: ['gateway'], claims: { act: { sub: 'gateway' } } },
  {
    call: 'delegated',
    arguments: [['billing', 'gateway'], { sub: 'u2' }],
    claims: { sub: 'u2', act: chain(['billing', 'gateway']) },
  },
  { call: 'tooLarge', claims: { padding: 'x'.repeat(MAX_BYTES) }, code: 'token_too_large' },
  { call: 'malformed', segments: 2, code: 'token_malformed' },
  { call: 'criticalHeader', header: { crit: ['exp'] }, code: 'header_invalid' },
  { call: 'unsigned', header: { alg: 'none' }, by: 'nobody', code: 'alg_not_allowed' },
  { call: 'wrongAlgorithm', header: { alg: 'HS256' }, by: 'hs256', code: 'alg_not_allowed' },
  { call: 'wrongType', header: { typ: 'other+jwt' }, code: 'typ_mismatch' },
  { call: 'unknownKey', header: { kid: 'unknown' }, by: 'foreign', code: 'key_not_found' },
  { call: 'foreignKey', by: 'foreign', code: 'signature_invalid' },
  {
    call: 'tampered',
    arguments: [{ roles: ['user'] }],
    claims: { roles: ['user'] },
    instead: { roles: ['user', 'admin'] },
    code: 'signature_invalid',
  },
  { call: 'missingClaim', without: ['exp'], code: 'claim_missing' },
  { call: 'invalidClaim', claims: { permissions: 'everything' }, code: 'claim_invalid' },
  {
    call: 'delegatedTooDeep',
    claims: { act: chain(['actor-1', 'actor-2', 'actor-3', 'actor-4', 'actor-5', 'actor-6']) },
    code: 'delegation_too_deep',
  },
  { call: 'wrongIssuer', claims: { iss: 'https://another-issuer.test' }, code: 'issuer_mismatch' },
  { call: 'wrongAudience', claims: { aud: 'another-audience' }, code: 'audience_mismatch' },
  {
    call: 'expired',
    arguments: [{ sub: 'u2' }],
    claims: { sub: 'u2', exp: NOW - LEEWAY - MARGIN, iat: NOW - LEEWAY - MARGIN - TTL },
    code: 'token_expired',
  },
  { call: 'notYetValid', claims: { nbf: NOW + LEEWAY + MARGIN }, code: 'token_not_yet_valid' },
  {
    call: 'issuedInFuture',
    claims: { iat: NOW + LEEWAY + MARGIN, exp: NOW + LEEWAY + MARGIN + TTL },
    code: 'token_issued_in_future',
  },
  { call: 'lifetimeTooLong', claims: { exp: NOW + DAY + 1 }, code: 'token_lifetime_too_long' },
  {
    call: 'denied',
    arguments: [{ permissions: ['read:data'], roles: ['admin'], groups: ['g'], scope: 'all' }],
    without: ['permissions', 'roles', 'groups', 'scope'],
    code: 'policy_denied',
  },
]

const PROFILES = {
  HS512: {
    header: { alg: 'HS512', kid: 'test', typ: 'JWT' },
    own: Buffer.from(SECRET, 'base64url'),
    plain: { alg: 'HS512', bytes: Buffer.from(SECRET, 'base64url') },
    foreign: Buffer.from(FOREIGN_SECRET, 'base64url'),
  },
  EdDSA: {
    header: { alg: 'EdDSA', kid: await calculateJwkThumbprint(FIRST), typ: 'JWT' },
    own: await importJWK(FIRST, 'EdDSA'),
    plain: { alg: 'EdDSA', privateKey: createPrivateKey({ key: FIRST, format: 'jwk' }) },
    foreign: await importJWK(FOREIGN, 'EdDSA'),
  },
}

const write = async (profile, header, payload, by) => {
  if (by === 'nobody') return `${b64u(header)}.${b64u(payload)}.`
  if (by === 'hs256') return token({ header, payload, key: { bytes: Buffer.from(SECRET, 'base64url') }, alg: 'HS256' })
  // jose signs a `crit` only for an extension that it is told of.
  if (header.includes('"crit"')) return token({ header, payload, key: profile.plain })
  return new CompactSign(Buffer.from(payload)).setProtectedHeader(JSON.parse(header)).sign(profile[by])
}

const run = async (profile) => {
  let drawn = 0
  const rows = []
  for (const row of CALLS) {
    const [first, second] = row.arguments ?? []
    const given = (row.call === 'delegated' ? second : first) ?? {}
    if (!row.drawsNothing) drawn += 1
    const jti = `00000000-0000-4000-8000-${drawn.toString(16).padStart(12, '0')}`
    const filled = { iss: 'https://issuer.test', aud: 'test', iat: NOW, exp: NOW + TTL, jti, sub: 'u1' }
    const claims = { ...filled, ...given, ...row.claims }
    for (const name of row.without ?? []) delete claims[name]
    const header = jcs({ ...profile.header, ...row.header })
    const signed = await write(profile, header, jcs(claims), row.by ?? 'own')
    const segments = signed.split('.').slice(0, row.segments)
    if (row.instead) segments[1] = b64u(jcs({ ...claims, ...row.instead }))
    rows.push({
      call: row.call,
      ...(row.arguments && { arguments: row.arguments }),
      ...(row.code ? { code: row.code } : { claims }),
      token: compressed(segments.join('.')),
    })
  }
  return rows
}

const text = `${JSON.stringify(
  {
    format: 1,
    issuer: 'https://issuer.test',
    audience: 'test',
    subject: 'u1',
    now: NOW,
    kid: 'test',
    secret: SECRET,
    foreignSecret: FOREIGN_SECRET,
    privateJwks: [FIRST, ...OTHERS],
    publicJwks: await Promise.all([FIRST, ...OTHERS].map(publicJwk)),
    foreignPrivateJwk: FOREIGN,
    refusals: Object.fromEntries(CALLS.filter(({ code }) => code).map(({ call, code }) => [call, code])),
    tokens: { HS512: await run(PROFILES.HS512), EdDSA: await run(PROFILES.EdDSA) },
  },
  null,
  1,
).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`

const url = new URL('../testing.json', import.meta.url)
if (!existsSync(url) || readFileSync(url, 'utf8') !== text) {
  if (process.argv.includes('--check')) {
    console.error('differs from its source: conformance/testing.json')
    process.exitCode = 1
  } else {
    writeFileSync(url, text)
    console.log(fileURLToPath(url))
  }
}
