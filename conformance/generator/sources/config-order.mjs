// Two faults in one environment, or more: which is told. One step after the other, and within a step one after the other.
import {
  conflict,
  invalid,
  jwksInvalid,
  keyInvalid,
  keyUnsuitable,
  keyWeak,
  missing,
  none,
  SECRET,
  suite,
  t,
  text,
  URL_TEXT,
  unsupported,
} from '../config-case.mjs'
import { keys } from '../keys.mjs'

const { a, b } = keys.ed
const { hs } = keys
const PRIVATE = text(a.privateJwk)
const PUBLIC = text(b.publicJwk)
const NAMED = text({ ...a.privateJwk, kid: 'own' })
/** A private key whose x is another's: told last of all. */
const TORN = text({ ...a.privateJwk, x: b.publicJwk.x })
const FOUR = [hs.a, hs.b, hs.c, hs.d].map((key) => key.text).join(',')
const PIN = 'A'.repeat(43)
const LONE = '\ud800'

/** With a secret, beside which something is at fault. */
const shared = (more) => none({ JWT_SECRET: SECRET, ...more })
const order = (id, comment, env, expected, more) => t(`config-${id}`, comment, ['ORDER'], env, expected, more)

// biome-ignore format: a table, one case a line
const forms = {
  name: 'forms, then numbers, then lists, then the issuer',
  tests: [
    order(1400, 'a path that cannot be read before an empty kid', none({ JWT_PRIVATE_JWK_PATH: '/none', JWT_KID: '' }), invalid('JWT_PRIVATE_JWK_PATH'), { files: {} }),
    order(1401, 'a conflict before a missing binding of a later variable', shared({ JWT_SECRET_NAME: 'X', JWT_PUBLIC_JWK_NAME: 'Y' }), conflict('JWT_SECRET')),
    order(1402, 'a missing binding before the form of an earlier number', shared({ JWT_TTL_SECONDS: 'x', JWT_PUBLIC_JWK_NAME: 'Y' }), missing('JWT_PUBLIC_JWK_NAME')),
    order(1403, 'the form of the last number before the first list', shared({ JWT_AUD: 'a,', JWT_JWKS_CACHE_TTL_SECONDS: 'x' }), invalid('JWT_JWKS_CACHE_TTL_SECONDS')),
    order(1404, 'the leeway\'s form before the longest lifetime\'s', shared({ JWT_MAX_LIFETIME_SECONDS: 'x', JWT_LEEWAY: 'x' }), invalid('JWT_LEEWAY')),
    order(1405, 'a number\'s form before the range of an earlier one', shared({ JWT_TTL_SECONDS: '0', JWT_LEEWAY: 'x' }), invalid('JWT_LEEWAY')),
    order(1406, 'audiences before algorithms', shared({ JWT_ACCEPT: 'HS512,', JWT_AUD: 'a,a' }), invalid('JWT_AUD')),
    order(1407, 'algorithms before accepted secrets', shared({ JWT_SECRET_ACCEPT: `${hs.b.text},`, JWT_ACCEPT: 'HS512,HS512' }), invalid('JWT_ACCEPT')),
    order(1408, 'a binding of accepted secrets before the list of pins', shared({ JWT_SECRET_ACCEPT_NAMES: 'X', JWT_ALLOWED_THUMBPRINTS: `${PIN},` }), missing('JWT_SECRET_ACCEPT_NAMES')),
    order(1409, 'a missing binding of a list before one that is hollow in form', shared({ JWT_SECRET_ACCEPT_NAMES: 'X,Y', X: 'k=' }), missing('JWT_SECRET_ACCEPT_NAMES')),
    order(1410, 'a missing binding before a fourth secret', shared({ JWT_SECRET_ACCEPT_NAMES: 'W,X,Y,Z', W: hs.a.text, X: hs.b.text, Y: hs.c.text }), missing('JWT_SECRET_ACCEPT_NAMES')),
    order(1411, 'an empty secret behind a kid before the list of pins', shared({ JWT_SECRET_ACCEPT: 'k=', JWT_ALLOWED_THUMBPRINTS: `${PIN},${PIN}` }), invalid('JWT_SECRET_ACCEPT')),
    order(1412, 'a kid with a lone surrogate before the list of pins', shared({ JWT_SECRET_ACCEPT: `${LONE}=${hs.b.text}`, JWT_ALLOWED_THUMBPRINTS: `${PIN},${PIN}` }), invalid('JWT_SECRET_ACCEPT')),
    order(1413, 'a fourth secret before the list of pins', shared({ JWT_SECRET_ACCEPT: FOUR, JWT_ALLOWED_THUMBPRINTS: `${PIN},${PIN}` }), invalid('JWT_SECRET_ACCEPT')),
    order(1414, 'the list of pins before a missing issuer', shared({ JWT_ISS: undefined, JWT_ALLOWED_THUMBPRINTS: `${PIN},${PIN}` }), invalid('JWT_ALLOWED_THUMBPRINTS')),
    order(1415, 'a fourth secret before a missing issuer', shared({ JWT_ISS: undefined, JWT_SECRET_ACCEPT: FOUR }), invalid('JWT_SECRET_ACCEPT')),
    order(1416, 'a missing issuer before an audience', shared({ JWT_ISS: undefined, JWT_AUD: LONE }), missing('JWT_ISS')),
    order(1417, 'a missing issuer before nothing at all', none({ JWT_ISS: undefined }), missing('JWT_ISS')),
    order(1418, 'the list of algorithms before the word of an earlier profile', shared({ JWT_PROFILE: 'x', JWT_ACCEPT: 'HS512,' }), invalid('JWT_ACCEPT'))
  ]
}

// biome-ignore format: a table, one case a line
const values = {
  name: 'values, each on its own, in the order of the table',
  tests: [
    order(1430, 'issuer before audience', shared({ JWT_AUD: LONE, JWT_ISS: LONE }), invalid('JWT_ISS')),
    order(1431, 'audience before profile', shared({ JWT_PROFILE: 'x', JWT_AUD: LONE }), invalid('JWT_AUD')),
    order(1432, 'profile before algorithms', shared({ JWT_ACCEPT: 'x', JWT_PROFILE: 'x' }), invalid('JWT_PROFILE')),
    order(1433, 'algorithms before the TTL', shared({ JWT_TTL_SECONDS: '0', JWT_ACCEPT: 'none' }), invalid('JWT_ACCEPT')),
    order(1434, 'both names of one algorithm before the TTL', shared({ JWT_TTL_SECONDS: '0', JWT_ACCEPT: 'EdDSA,Ed25519' }), invalid('JWT_ACCEPT')),
    order(1435, 'TTL before leeway', shared({ JWT_LEEWAY: '91', JWT_TTL_SECONDS: '0' }), invalid('JWT_TTL_SECONDS')),
    order(1436, 'leeway before the longest lifetime', shared({ JWT_MAX_LIFETIME_SECONDS: '0', JWT_LEEWAY: '91' }), invalid('JWT_LEEWAY')),
    order(1437, 'a TTL of 0 before a longest lifetime of 0', shared({ JWT_MAX_LIFETIME_SECONDS: '0', JWT_TTL_SECONDS: '0' }), invalid('JWT_TTL_SECONDS')),
    order(1438, 'the longest lifetime before the kid', shared({ JWT_KID: LONE, JWT_MAX_LIFETIME_SECONDS: '0' }), invalid('JWT_MAX_LIFETIME_SECONDS')),
    order(1439, 'kid before URL', none({ JWT_JWKS_URL: 'x', JWT_KID: LONE }), invalid('JWT_KID')),
    order(1440, 'URL before service', none({ JWT_JWKS_SERVICE: LONE, JWT_JWKS_URL: 'x' }), invalid('JWT_JWKS_URL')),
    order(1441, 'service before the cache\'s TTL', none({ JWT_JWKS_CACHE_TTL_SECONDS: '0', JWT_JWKS_SERVICE: LONE }), invalid('JWT_JWKS_SERVICE')),
    order(1442, 'URL before the cache\'s TTL', none({ JWT_JWKS_CACHE_TTL_SECONDS: '0', JWT_JWKS_URL: 'x' }), invalid('JWT_JWKS_URL')),
    order(1443, 'the cache\'s TTL before pins', shared({ JWT_ALLOWED_THUMBPRINTS: 'x', JWT_JWKS_CACHE_TTL_SECONDS: '0' }), invalid('JWT_JWKS_CACHE_TTL_SECONDS')),
    order(1444, 'pins before a TTL above the longest lifetime', shared({ JWT_TTL_SECONDS: '601', JWT_MAX_LIFETIME_SECONDS: '600', JWT_ALLOWED_THUMBPRINTS: 'x' }), invalid('JWT_ALLOWED_THUMBPRINTS')),
    order(1445, 'a leeway above 90 before a TTL above the longest lifetime', shared({ JWT_MAX_LIFETIME_SECONDS: '600', JWT_LEEWAY: '91' }), invalid('JWT_LEEWAY')),
    order(1446, 'a TTL above the longest lifetime before a secret', none({ JWT_SECRET: 'x', JWT_MAX_LIFETIME_SECONDS: '600' }), invalid('JWT_TTL_SECONDS')),
    order(1447, 'a URL before a secret', none({ JWT_SECRET: 'x', JWT_JWKS_URL: 'x' }), invalid('JWT_JWKS_URL')),
    order(1448, 'pins before nothing at all', none({ JWT_ALLOWED_THUMBPRINTS: 'x' }), invalid('JWT_ALLOWED_THUMBPRINTS')),
    order(1449, 'pins before keys', none({ JWT_PUBLIC_JWK: '{', JWT_ALLOWED_THUMBPRINTS: 'x' }), invalid('JWT_ALLOWED_THUMBPRINTS'))
  ]
}

// biome-ignore format: a table, one case a line
const material = {
  name: 'keys, each on its own',
  tests: [
    order(1460, 'the secret before accepted ones', none({ JWT_SECRET_ACCEPT: 'x', JWT_SECRET: 'AAAA' }), keyWeak('JWT_SECRET')),
    order(1461, 'an accepted secret before the private key', none({ JWT_PRIVATE_JWK: '{}', JWT_SECRET_ACCEPT: 'AAAA' }), keyWeak('JWT_SECRET_ACCEPT')),
    order(1462, 'the first accepted secret before the second', shared({ JWT_SECRET_ACCEPT: 'AAAA,x' }), keyWeak('JWT_SECRET_ACCEPT')),
    order(1463, 'the private key before public ones', none({ JWT_PUBLIC_JWK: '{"keys":1}', JWT_PRIVATE_JWK: PUBLIC.replace('{', '{"d":1,') }), keyInvalid('JWT_PRIVATE_JWK')),
    order(1464, 'a public key before a conflict of sources', none({ JWT_PUBLIC_JWK: PRIVATE, JWT_JWKS_URL: URL_TEXT }), keyUnsuitable('JWT_PUBLIC_JWK')),
    order(1465, 'a set before a conflict of profiles', shared({ JWT_PRIVATE_JWK: PRIVATE, JWT_PUBLIC_JWK: '{"keys":1}' }), jwksInvalid('JWT_PUBLIC_JWK')),
    order(1466, 'a public key before another kid', none({ JWT_PRIVATE_JWK: NAMED, JWT_KID: 'k1', JWT_PUBLIC_JWK: '{' }), keyInvalid('JWT_PUBLIC_JWK')),
    order(1467, 'an accepted secret before another kid', none({ JWT_PRIVATE_JWK: NAMED, JWT_KID: 'k1', JWT_SECRET_ACCEPT: 'AAAA' }), keyWeak('JWT_SECRET_ACCEPT')),
    order(1468, 'a public key before an algorithm that lacks material', none({ JWT_PUBLIC_JWK: '{', JWT_ACCEPT: 'HS512' }), keyInvalid('JWT_PUBLIC_JWK')),
    order(1469, 'a public key before the role', none({ JWT_AUD: undefined, JWT_PUBLIC_JWK: '{' }), keyInvalid('JWT_PUBLIC_JWK'), { role: 'consumer' })
  ]
}

// biome-ignore format: a table, one case a line
const contradictions = {
  name: 'what contradicts',
  tests: [
    order(1480, 'of three sources the last is named', none({ JWT_PUBLIC_JWK: PUBLIC, JWT_JWKS_URL: URL_TEXT, JWT_JWKS_SERVICE: 'AUTH' }), conflict('JWT_JWKS_SERVICE')),
    order(1481, 'sources before the profile', shared({ JWT_PRIVATE_JWK: PRIVATE, JWT_PUBLIC_JWK: PUBLIC, JWT_JWKS_URL: URL_TEXT }), conflict('JWT_JWKS_URL')),
    order(1482, 'sources before the kid', none({ JWT_PRIVATE_JWK: NAMED, JWT_KID: 'k1', JWT_PUBLIC_JWK: PUBLIC, JWT_JWKS_URL: URL_TEXT }), conflict('JWT_JWKS_URL')),
    order(1483, 'sources before what is accepted', shared({ JWT_PUBLIC_JWK: PUBLIC, JWT_JWKS_URL: URL_TEXT }), conflict('JWT_JWKS_URL')),
    order(1484, 'the profile before the kid', shared({ JWT_PRIVATE_JWK: NAMED, JWT_KID: 'k1' }), conflict('JWT_PROFILE')),
    order(1485, 'the profile before an algorithm that lacks material', shared({ JWT_PRIVATE_JWK: PRIVATE, JWT_ACCEPT: 'RS256' }), conflict('JWT_PROFILE')),
    order(1486, 'a kid where nothing signs before nothing at all', none({ JWT_KID: 'k1' }), conflict('JWT_KID')),
    order(1487, 'a kid where the profile\'s material does not sign, before that it is missing', shared({ JWT_KID: 'k1', JWT_PROFILE: 'EdDSA' }), conflict('JWT_KID')),
    order(1488, 'another kid before what is accepted', none({ JWT_PRIVATE_JWK: NAMED, JWT_KID: 'k1', JWT_SECRET_ACCEPT: SECRET }), conflict('JWT_KID')),
    order(1489, 'a kid where nothing signs before an algorithm that lacks material', none({ JWT_PUBLIC_JWK: PUBLIC, JWT_KID: 'k1', JWT_ACCEPT: 'HS512' }), conflict('JWT_KID')),
    order(1490, 'a kid where nothing signs before the role', none({ JWT_PUBLIC_JWK: PUBLIC, JWT_KID: 'k1' }), conflict('JWT_KID'), { role: 'producer' })
  ]
}

// biome-ignore format: a table, one case a line
const lacks = {
  name: 'what is missing',
  tests: [
    order(1501, 'nothing at all before an algorithm that lacks material', none({ JWT_ACCEPT: 'EdDSA' }), missing('JWT_SECRET')),
    order(1502, 'nothing at all before the audience of a consumer', none({ JWT_AUD: undefined }), missing('JWT_SECRET'), { role: 'consumer' }),
    order(1503, 'nothing at all before the profile of a producer', none({ JWT_PROFILE: 'EdDSA' }), missing('JWT_SECRET'), { role: 'producer' }),
    order(1504, 'a profile without material before an algorithm without', none({ JWT_PRIVATE_JWK: PRIVATE, JWT_PROFILE: 'HS512', JWT_ACCEPT: 'RS256' }), missing('JWT_SECRET')),
    order(1505, 'the first accepted algorithm that lacks material', none({ JWT_PRIVATE_JWK: PRIVATE, JWT_ACCEPT: 'EdDSA,RS256,HS512' }), missing('JWT_PUBLIC_JWK')),
    order(1506, 'what is accepted before the audience of a consumer', shared({ JWT_AUD: undefined, JWT_PUBLIC_JWK: PUBLIC }), conflict('JWT_ACCEPT'), { role: 'consumer' }),
    order(1507, 'an algorithm without material before the audience of a consumer', shared({ JWT_AUD: undefined, JWT_ACCEPT: 'EdDSA' }), missing('JWT_PUBLIC_JWK'), { role: 'consumer' }),
    order(1508, 'an algorithm without material before the key of a producer', none({ JWT_PUBLIC_JWK: PUBLIC, JWT_ACCEPT: 'HS512' }), missing('JWT_SECRET'), { role: 'producer' })
  ]
}

// biome-ignore format: a table, one case a line
const last = {
  name: 'last: d and x that do not belong together, then the service',
  tests: [
    order(1520, 'a conflict of profiles before d and x', shared({ JWT_PRIVATE_JWK: TORN }), conflict('JWT_PROFILE')),
    order(1521, 'another kid before d and x', none({ JWT_PRIVATE_JWK: text({ ...JSON.parse(TORN), kid: 'own' }), JWT_KID: 'k1' }), conflict('JWT_KID')),
    order(1522, 'a public key before d and x', none({ JWT_PRIVATE_JWK: TORN, JWT_PUBLIC_JWK: '{' }), keyInvalid('JWT_PUBLIC_JWK')),
    order(1523, 'an algorithm without material before d and x', none({ JWT_PRIVATE_JWK: TORN, JWT_ACCEPT: 'HS512' }), missing('JWT_SECRET')),
    order(1524, 'what is accepted before d and x', none({ JWT_PRIVATE_JWK: TORN, JWT_SECRET_ACCEPT: SECRET }), conflict('JWT_ACCEPT')),
    order(1525, 'the audience of a consumer before d and x', none({ JWT_AUD: undefined, JWT_PRIVATE_JWK: TORN }), missing('JWT_AUD'), { role: 'consumer' }),
    order(1526, 'd and x of a key that neither signs nor is accepted', shared({ JWT_PRIVATE_JWK: TORN, JWT_PROFILE: 'HS512', JWT_ACCEPT: 'HS512' }), keyInvalid('JWT_PRIVATE_JWK')),
    order(1527, 'd and x before the service', none({ JWT_PRIVATE_JWK: TORN, JWT_JWKS_SERVICE: 'AUTH' }), keyInvalid('JWT_PRIVATE_JWK')),
    order(1528, 'an algorithm without material before the service', none({ JWT_JWKS_SERVICE: 'AUTH', JWT_ACCEPT: 'HS512' }), missing('JWT_SECRET')),
    order(1529, 'the key of a producer before the service', none({ JWT_JWKS_SERVICE: 'AUTH' }), missing('JWT_SECRET'), { role: 'producer' }),
    order(1530, 'the audience of a consumer before the service', none({ JWT_AUD: undefined, JWT_JWKS_SERVICE: 'AUTH' }), missing('JWT_AUD'), { role: 'consumer' }),
    order(1531, 'the service where all else is right', none({ JWT_PRIVATE_JWK: PRIVATE, JWT_JWKS_SERVICE: 'AUTH' }), unsupported('JWT_JWKS_SERVICE'), { role: 'producer' })
  ]
}

export default suite(
  'config-order',
  {
    ORDER: {
      description: 'Of several faults the same one is told everywhere.',
      bugType: 'INTEROP',
      spec: ['local#configuration'],
    },
  },
  [forms, values, material, contradictions, lacks, last],
)
