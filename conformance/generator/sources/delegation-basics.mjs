// Who may delegate what to whom, for how long, and for which audience.
import { fault, MISUSE, original, payload, suite, TTL_INVALID, t } from '../delegation-case.mjs'

const aud = (value) => ({ options: { aud: value } })
const ttl = (value) => ({ options: { aud: 'internal-api', ttl: value } })
const hour = '1700003600'

// biome-ignore format: a table, one case a line
const plain = {
  name: 'a delegated token',
  tests: [
    t('delegation-0001', 'subject, actor, audience', ['BASIC'], {}, payload()),
    t('delegation-0002', 'under EdDSA', ['BASIC'], { kit: 'eddsa' }, payload()),
    t('delegation-0003', 'a secret with a kid', ['BASIC'], { kit: 'hs512-kid' }, payload()),
    t('delegation-0004', 'another entropy, another jti', ['BASIC'], { entropy: 'ffffffffffffffffffffffffffffffff' }, payload({ jti: '"ffffffff-ffff-4fff-bfff-ffffffffffff"' })),
    t('delegation-0005', 'the original of another issuer: the kit speaks for itself', ['BASIC'], { original: original('"iss":"https://other.example","aud":"gateway"') }, payload()),
    t('delegation-0006', 'subject and actor may be the same name', ['BASIC'], { actor: 'u1' }, payload({ act: '{"sub":"u1"}' })),
    t('delegation-0007', 'names are written raw, escaped only where JSON asks for it', ['BASIC'], { original: '{"sub":"\\u00e9\\u0007\\"\\/","exp":1700003600}', actor: '\u{1f511}' }, payload({ sub: '"\u00e9\\u0007\\"/"', act: '{"sub":"\u{1f511}"}' })),
    t('delegation-0008', 'another configured type and spelling of the algorithm', ['BASIC'], { kit: 'eddsa-ed25519' }, payload()),
    t('delegation-0009', 'a kit that may also name other issuers writes its own', ['BASIC'], { kit: 'hs512-trust', original: original('"iss":"https://outside.example"') }, payload())
  ]
}

// biome-ignore format: a table, one case a line
const verified = {
  name: 'original: claims that a kit verified, with a subject',
  tests: [
    t('delegation-0020', 'a plain object of the same claims', ['VERIFIED'], { original: { plain: original() } }, MISUSE),
    t('delegation-0021', 'a plain empty object', ['VERIFIED'], { original: { plain: '{}' } }, MISUSE),
    t('delegation-0022', 'a plain object that claims to be verified', ['VERIFIED'], { original: { plain: original('"verified":true,"Symbol(verified)":true') } }, MISUSE),
    t('delegation-0023', 'a plain null', ['VERIFIED'], { original: { plain: 'null' } }, MISUSE),
    t('delegation-0024', 'a plain text, as a token would be', ['VERIFIED'], { original: { plain: '"e30.e30.e30"' } }, MISUSE),
    t('delegation-0025', 'a plain list', ['VERIFIED'], { original: { plain: '[]' } }, MISUSE),
    t('delegation-0026', 'an original without sub', ['VERIFIED'], { original: '{"exp":1700003600}' }, fault('claim_missing', 'sub')),
    t('delegation-0027', 'a sub that only a __proto__ holds', ['VERIFIED'], { original: '{"__proto__":{"sub":"u1"},"exp":1700003600}' }, fault('claim_missing', 'sub')),
    t('delegation-0028', 'an original without exp', ['VERIFIED'], { original: '{"sub":"u1"}' }, fault('claim_missing', 'exp')),
    t('delegation-0029', 'without either: sub is asked for first', ['VERIFIED'], { original: '{}' }, fault('claim_missing', 'sub')),
    t('delegation-0030', 'a sub of a wrong type is refused where claims are marked', ['VERIFIED'], { original: '{"sub":1,"exp":1700003600}' }, fault('claim_invalid', 'sub'))
  ]
}

// biome-ignore format: a table, one case a line
const lifetime = {
  name: 'exp: the earlier of the kit\'s and the original\'s, and no leeway',
  tests: [
    t('delegation-0040', 'now = exp', ['EXPIRY'], { original: '{"sub":"u1","exp":1700000000}' }, fault('delegation_expired')),
    t('delegation-0041', 'now = exp + 0.5', ['EXPIRY'], { now: 1700000000.5, original: '{"sub":"u1","exp":1700000000}' }, fault('delegation_expired')),
    t('delegation-0042', 'now = exp + 1', ['EXPIRY'], { original: '{"sub":"u1","exp":1699999999}' }, fault('delegation_expired')),
    t('delegation-0043', 'now = exp + 89: verifying would still allow it', ['EXPIRY'], { original: '{"sub":"u1","exp":1699999911}' }, fault('delegation_expired')),
    t('delegation-0044', 'now = exp - 0.5, exp a fraction', ['EXPIRY'], { original: '{"sub":"u1","exp":1700000000.5}' }, payload({ exp: '1700000000.5' })),
    t('delegation-0045', 'now = exp - 0.5, now a fraction', ['EXPIRY'], { now: 1699999999.5, original: '{"sub":"u1","exp":1700000000}' }, payload({ iat: '1699999999', exp: '1700000000' })),
    t('delegation-0046', 'now = exp, both fractions', ['EXPIRY'], { now: 1700000000.25, original: '{"sub":"u1","exp":1700000000.25}' }, fault('delegation_expired')),
    t('delegation-0047', 'exp in the same second as now, later', ['EXPIRY'], { now: 1700000000.25, original: '{"sub":"u1","exp":1700000000.75}' }, payload({ exp: '1700000000.75' })),
    t('delegation-0048', 'exp 0', ['EXPIRY'], { original: '{"sub":"u1","exp":0}' }, fault('delegation_expired')),
    t('delegation-0049', 'iat is the floor of the clock and exp counts from iat', ['EXPIRY'], { now: 1700000000.999 }, payload()),
    t('delegation-0050', 'the original ends first', ['EXPIRY'], { original: '{"sub":"u1","exp":1700000899}' }, payload({ exp: '1700000899' })),
    t('delegation-0051', 'both end together', ['EXPIRY'], { original: '{"sub":"u1","exp":1700000900}' }, payload()),
    t('delegation-0052', 'the original ends half a second later', ['EXPIRY'], { original: '{"sub":"u1","exp":1700000900.5}' }, payload()),
    t('delegation-0053', 'the original ends half a second earlier', ['EXPIRY'], { original: '{"sub":"u1","exp":1700000899.5}' }, payload({ exp: '1700000899.5' })),
    t('delegation-0054', 'an exponent in the original is written as RFC 8785 writes it', ['EXPIRY'], { original: '{"sub":"u1","exp":17000003000e-1}' }, payload({ exp: '1700000300' })),
    t('delegation-0055', 'an original that never seems to end', ['EXPIRY'], { original: '{"sub":"u1","exp":253402300799}' }, payload()),
    t('delegation-0056', 'the kit\'s own TTL', ['EXPIRY'], { kit: 'hs512-ttl' }, payload({ exp: '1700000060' })),
    t('delegation-0057', 'an nbf in the future is not asked about: who verified it was satisfied', ['EXPIRY'], { original: original('"nbf":1700000080') }, payload()),
    t('delegation-0058', 'under EdDSA, now = exp', ['EXPIRY'], { kit: 'eddsa', original: '{"sub":"u1","exp":1700000000}' }, fault('delegation_expired'))
  ]
}

// biome-ignore format: a table, one case a line
const ttls = {
  name: 'ttl',
  tests: [
    t('delegation-0070', 'a second', ['TTL'], ttl(1), payload({ exp: '1700000001' })),
    t('delegation-0071', 'more than the original has left', ['TTL'], ttl(7200), payload({ exp: hour })),
    t('delegation-0072', 'the longest lifetime', ['TTL'], ttl(86400), payload({ exp: hour })),
    t('delegation-0073', 'above the longest lifetime, though the original ends sooner', ['TTL'], ttl(86401), TTL_INVALID),
    t('delegation-0074', '0', ['TTL'], ttl(0), TTL_INVALID),
    t('delegation-0075', 'negative', ['TTL'], ttl(-1), TTL_INVALID),
    t('delegation-0076', 'a fraction', ['TTL'], ttl(60.5), TTL_INVALID),
    t('delegation-0077', 'text', ['TTL'], ttl('60'), TTL_INVALID),
    t('delegation-0078', 'true, which is 1 in one language', ['TTL'], ttl(true), TTL_INVALID),
    t('delegation-0079', 'null is not "not given"', ['TTL'], ttl(null), TTL_INVALID),
    t('delegation-0080', 'a list', ['TTL'], ttl([60]), TTL_INVALID),
    t('delegation-0081', 'above a configured longest lifetime', ['TTL'], { kit: 'hs512-ttl', ...ttl(601) }, TTL_INVALID),
    t('delegation-0082', 'at a configured longest lifetime', ['TTL'], { kit: 'hs512-ttl', ...ttl(600) }, payload({ exp: '1700000600' }))
  ]
}

// biome-ignore format: a table, one case a line
const audiences = {
  name: 'aud is required and names the target',
  tests: [
    t('delegation-0090', 'missing', ['AUDIENCE'], { options: {} }, MISUSE),
    t('delegation-0091', 'empty', ['AUDIENCE'], aud(''), MISUSE),
    t('delegation-0092', '[]', ['AUDIENCE'], aud([]), MISUSE),
    t('delegation-0093', '[""]', ['AUDIENCE'], aud(['']), MISUSE),
    t('delegation-0094', 'an empty one behind a good one', ['AUDIENCE'], aud(['a', '']), MISUSE),
    t('delegation-0095', 'null', ['AUDIENCE'], aud(null), MISUSE),
    t('delegation-0096', 'a number', ['AUDIENCE'], aud(1), MISUSE),
    t('delegation-0097', 'a list with a number', ['AUDIENCE'], aud(['a', 1]), MISUSE),
    t('delegation-0098', 'an object', ['AUDIENCE'], aud({ 0: 'a' }), MISUSE),
    t('delegation-0099', 'a list stays a list', ['AUDIENCE'], aud(['b', 'a']), payload({ aud: '["b","a"]' })),
    t('delegation-0100', 'a list of one stays a list', ['AUDIENCE'], aud(['a']), payload({ aud: '["a"]' })),
    t('delegation-0101', 'the original\'s audience is not taken in its place', ['AUDIENCE'], { original: original('"aud":"gateway"'), options: {} }, MISUSE),
    t('delegation-0102', 'a text with commas is one audience', ['AUDIENCE'], aud('a,b'), payload({ aud: '"a,b"' })),
    t('delegation-0103', 'true', ['AUDIENCE'], aud(true), MISUSE)
  ]
}

export default suite(
  'delegation-basics',
  {
    BASIC: { description: 'The token of a delegation.', bugType: 'BASIC', spec: ['rfc8693#4.1', 'local#delegation'] },
    VERIFIED: {
      description: 'Only what a kit verified is delegated.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
    EXPIRY: {
      description: 'A delegated token never outlives its original.',
      bugType: 'AUTH_BYPASS',
      spec: ['rfc7519#4.1.4', 'local#delegation'],
    },
    TTL: { description: 'A lifetime that is not one.', bugType: 'AUTH_BYPASS', spec: ['local#mint'] },
    AUDIENCE: {
      description: 'The target must be named.',
      bugType: 'AUTH_BYPASS',
      spec: ['rfc7519#4.1.3', 'local#delegation'],
    },
  },
  [plain, verified, lifetime, ttls, audiences],
)
