// Each variable empty, by name, both ways at once; what a name points to is a value, never another name.
import {
  conflict,
  ISSUER,
  invalid,
  isRemote,
  isShared,
  isSigning,
  isVerifying,
  keyInvalid,
  keyWeak,
  missing,
  none,
  remote,
  SECRET,
  secretOf,
  shared,
  signing,
  suite,
  t,
  text,
  URL_TEXT,
  unsupported,
  verifying,
} from '../config-case.mjs'
import { keys } from '../keys.mjs'

const PRIVATE = text(keys.ed.a.privateJwk)
const PUBLIC = text(keys.ed.b.publicJwk)
const OTHER = keys.hs.b.text

// biome-ignore format: a table, one case a line
const empty = {
  name: 'an empty string is an error, not an absence',
  tests: [
    t('config-0400', 'JWT_ISS', ['EMPTY'], shared({ JWT_ISS: '' }), invalid('JWT_ISS')),
    t('config-0401', 'JWT_AUD', ['EMPTY'], shared({ JWT_AUD: '' }), invalid('JWT_AUD')),
    t('config-0402', 'JWT_PROFILE', ['EMPTY'], shared({ JWT_PROFILE: '' }), invalid('JWT_PROFILE')),
    t('config-0403', 'JWT_ACCEPT', ['EMPTY'], shared({ JWT_ACCEPT: '' }), invalid('JWT_ACCEPT')),
    t('config-0404', 'JWT_TTL_SECONDS', ['EMPTY'], shared({ JWT_TTL_SECONDS: '' }), invalid('JWT_TTL_SECONDS')),
    t('config-0405', 'JWT_LEEWAY', ['EMPTY'], shared({ JWT_LEEWAY: '' }), invalid('JWT_LEEWAY')),
    t('config-0406', 'JWT_MAX_LIFETIME_SECONDS', ['EMPTY'], shared({ JWT_MAX_LIFETIME_SECONDS: '' }), invalid('JWT_MAX_LIFETIME_SECONDS')),
    t('config-0407', 'JWT_SECRET', ['EMPTY'], shared({ JWT_SECRET: '' }), invalid('JWT_SECRET')),
    t('config-0408', 'JWT_SECRET beside a private key', ['EMPTY'], signing({ JWT_SECRET: '' }), invalid('JWT_SECRET')),
    t('config-0409', 'JWT_SECRET_NAME', ['EMPTY'], none({ JWT_SECRET_NAME: '' }), invalid('JWT_SECRET_NAME')),
    t('config-0410', 'JWT_SECRET_ACCEPT', ['EMPTY'], shared({ JWT_SECRET_ACCEPT: '' }), invalid('JWT_SECRET_ACCEPT')),
    t('config-0411', 'JWT_SECRET_ACCEPT_NAMES', ['EMPTY'], shared({ JWT_SECRET_ACCEPT_NAMES: '' }), invalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0412', 'JWT_PRIVATE_JWK', ['EMPTY'], none({ JWT_PRIVATE_JWK: '' }), invalid('JWT_PRIVATE_JWK')),
    t('config-0413', 'JWT_PRIVATE_JWK_NAME', ['EMPTY'], none({ JWT_PRIVATE_JWK_NAME: '' }), invalid('JWT_PRIVATE_JWK_NAME')),
    t('config-0414', 'JWT_PRIVATE_JWK_PATH', ['EMPTY'], none({ JWT_PRIVATE_JWK_PATH: '' }), invalid('JWT_PRIVATE_JWK_PATH'), { files: { '': PRIVATE } }),
    t('config-0415', 'JWT_KID', ['EMPTY'], shared({ JWT_KID: '' }), invalid('JWT_KID')),
    t('config-0416', 'JWT_PUBLIC_JWK', ['EMPTY'], none({ JWT_PUBLIC_JWK: '' }), invalid('JWT_PUBLIC_JWK')),
    t('config-0417', 'JWT_PUBLIC_JWK_NAME', ['EMPTY'], none({ JWT_PUBLIC_JWK_NAME: '' }), invalid('JWT_PUBLIC_JWK_NAME')),
    t('config-0418', 'JWT_JWKS_URL', ['EMPTY'], none({ JWT_JWKS_URL: '' }), invalid('JWT_JWKS_URL')),
    t('config-0419', 'JWT_JWKS_URL_NAME', ['EMPTY'], none({ JWT_JWKS_URL_NAME: '' }), invalid('JWT_JWKS_URL_NAME')),
    t('config-0420', 'JWT_JWKS_SERVICE', ['EMPTY'], none({ JWT_JWKS_SERVICE: '' }), invalid('JWT_JWKS_SERVICE')),
    t('config-0421', 'JWT_JWKS_SERVICE_NAME', ['EMPTY'], none({ JWT_JWKS_SERVICE_NAME: '' }), invalid('JWT_JWKS_SERVICE_NAME')),
    t('config-0422', 'JWT_JWKS_CACHE_TTL_SECONDS', ['EMPTY'], remote({ JWT_JWKS_CACHE_TTL_SECONDS: '' }), invalid('JWT_JWKS_CACHE_TTL_SECONDS')),
    t('config-0423', 'JWT_ALLOWED_THUMBPRINTS', ['EMPTY'], verifying({ JWT_ALLOWED_THUMBPRINTS: '' }), invalid('JWT_ALLOWED_THUMBPRINTS')),
    t('config-0424', 'JWT_ISS null', ['NULL'], shared({ JWT_ISS: null }), invalid('JWT_ISS')),
    t('config-0425', 'JWT_SECRET null', ['NULL'], signing({ JWT_SECRET: null }), invalid('JWT_SECRET')),
    t('config-0426', 'JWT_AUD null', ['NULL'], shared({ JWT_AUD: null }), invalid('JWT_AUD')),
    t('config-0427', 'JWT_ALLOWED_THUMBPRINTS null', ['NULL'], verifying({ JWT_ALLOWED_THUMBPRINTS: null }), invalid('JWT_ALLOWED_THUMBPRINTS')),
    t('config-0428', 'JWT_PUBLIC_JWK_NAME null', ['NULL'], shared({ JWT_PUBLIC_JWK_NAME: null }), invalid('JWT_PUBLIC_JWK_NAME'))
  ]
}

// biome-ignore format: a table, one case a line
const byName = {
  name: '*_NAME names the binding that holds the value',
  tests: [
    t('config-0440', 'the secret', ['NAME'], none({ JWT_SECRET_NAME: 'MY_SECRET', MY_SECRET: SECRET }), isShared()),
    t('config-0441', 'accepted secrets', ['NAME'], shared({ JWT_SECRET_ACCEPT_NAMES: 'OLD', OLD: OTHER }), isShared({ secrets: [secretOf(), secretOf()] })),
    t('config-0442', 'the private key', ['NAME'], none({ JWT_PRIVATE_JWK_NAME: 'KEY', KEY: PRIVATE }), isSigning()),
    t('config-0443', 'the public key', ['NAME'], none({ JWT_PUBLIC_JWK_NAME: 'KEY', KEY: PUBLIC }), isVerifying()),
    t('config-0444', 'the URL', ['NAME'], none({ JWT_JWKS_URL_NAME: 'WHERE', WHERE: URL_TEXT }), isRemote()),
    t('config-0445', 'the private key, by a path', ['NAME'], none({ JWT_PRIVATE_JWK_PATH: '/run/secrets/key' }), isSigning(), { files: { '/run/secrets/key': PRIVATE } }),
    t('config-0446', 'a binding is not there: secret', ['DANGLING'], none({ JWT_SECRET_NAME: 'MY_SECRET' }), missing('JWT_SECRET_NAME')),
    t('config-0447', 'a binding is not there: accepted secrets, the second', ['DANGLING'], shared({ JWT_SECRET_ACCEPT_NAMES: 'A,B', A: OTHER }), missing('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0448', 'a binding is not there: private key', ['DANGLING'], none({ JWT_PRIVATE_JWK_NAME: 'KEY' }), missing('JWT_PRIVATE_JWK_NAME')),
    t('config-0449', 'a binding is not there: public key, though a secret is', ['DANGLING'], shared({ JWT_PUBLIC_JWK_NAME: 'KEY' }), missing('JWT_PUBLIC_JWK_NAME')),
    t('config-0450', 'a binding is not there: URL', ['DANGLING'], none({ JWT_JWKS_URL_NAME: 'WHERE' }), missing('JWT_JWKS_URL_NAME')),
    t('config-0451', 'a binding is not there: service', ['DANGLING'], none({ JWT_JWKS_SERVICE_NAME: 'AUTH' }), missing('JWT_JWKS_SERVICE_NAME')),
    t('config-0452', 'a binding in another case is another', ['DANGLING'], none({ JWT_SECRET_NAME: 'my_secret', MY_SECRET: SECRET }), missing('JWT_SECRET_NAME')),
    t('config-0453', 'a name is not trimmed', ['DANGLING'], none({ JWT_SECRET_NAME: 'MY_SECRET ', MY_SECRET: SECRET }), missing('JWT_SECRET_NAME')),
    t('config-0454', 'a binding is empty: secret', ['HOLLOW'], none({ JWT_SECRET_NAME: 'MY_SECRET', MY_SECRET: '' }), invalid('JWT_SECRET_NAME')),
    t('config-0455', 'a binding is empty: accepted secrets', ['HOLLOW'], shared({ JWT_SECRET_ACCEPT_NAMES: 'OLD', OLD: '' }), invalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0456', 'a binding is empty: private key', ['HOLLOW'], none({ JWT_PRIVATE_JWK_NAME: 'KEY', KEY: '' }), invalid('JWT_PRIVATE_JWK_NAME')),
    t('config-0457', 'a binding is empty: public key', ['HOLLOW'], none({ JWT_PUBLIC_JWK_NAME: 'KEY', KEY: '' }), invalid('JWT_PUBLIC_JWK_NAME')),
    t('config-0458', 'a binding is empty: URL', ['HOLLOW'], none({ JWT_JWKS_URL_NAME: 'WHERE', WHERE: '' }), invalid('JWT_JWKS_URL_NAME')),
    t('config-0459', 'a binding is null', ['HOLLOW'], none({ JWT_SECRET_NAME: 'MY_SECRET', MY_SECRET: null }), invalid('JWT_SECRET_NAME')),
    t('config-0460', 'a binding that looks like another name is a value', ['CHAIN'], none({ JWT_SECRET_NAME: 'FIRST', FIRST: 'REAL_KEY', REAL_KEY: SECRET }), keyWeak('JWT_SECRET_NAME')),
    t('config-0461', 'a binding that is another JWT variable is a value', ['CHAIN'], none({ JWT_SECRET_NAME: 'JWT_ISS' }), keyInvalid('JWT_SECRET_NAME')),
    t('config-0462', 'a name that names itself', ['CHAIN'], none({ JWT_SECRET_NAME: 'JWT_SECRET_NAME' }), keyWeak('JWT_SECRET_NAME')),
    t('config-0463', 'a private key is not looked up twice', ['CHAIN'], none({ JWT_PRIVATE_JWK_NAME: 'FIRST', FIRST: 'SECOND', SECOND: PRIVATE }), keyInvalid('JWT_PRIVATE_JWK_NAME')),
    t('config-0464', 'a public key is not looked up twice', ['CHAIN'], none({ JWT_PUBLIC_JWK_NAME: 'FIRST', FIRST: 'SECOND', SECOND: PUBLIC }), keyInvalid('JWT_PUBLIC_JWK_NAME')),
    t('config-0465', 'a URL is not looked up twice', ['CHAIN'], none({ JWT_JWKS_URL_NAME: 'FIRST', FIRST: 'SECOND', SECOND: URL_TEXT }), invalid('JWT_JWKS_URL_NAME')),
    t('config-0466', 'a path is not looked up among the bindings', ['CHAIN'], none({ JWT_PRIVATE_JWK_PATH: 'KEY', KEY: PRIVATE }), invalid('JWT_PRIVATE_JWK_PATH'), { files: {} }),
    t('config-0467', 'constructor is no binding', ['DANGLING', 'PROTOTYPE'], none({ JWT_SECRET_NAME: 'constructor' }), missing('JWT_SECRET_NAME')),
    t('config-0468', '__proto__ is no binding', ['DANGLING', 'PROTOTYPE'], none({ JWT_PUBLIC_JWK_NAME: '__proto__' }), missing('JWT_PUBLIC_JWK_NAME')),
    t('config-0469', 'toString is no binding', ['DANGLING', 'PROTOTYPE'], shared({ JWT_SECRET_ACCEPT_NAMES: 'toString' }), missing('JWT_SECRET_ACCEPT_NAMES'))
  ]
}

// biome-ignore format: a table, one case a line
const both = {
  name: 'a value and its name together are an error',
  tests: [
    t('config-0480', 'secret', ['BOTH'], shared({ JWT_SECRET_NAME: 'MY_SECRET', MY_SECRET: OTHER }), conflict('JWT_SECRET')),
    t('config-0481', 'secret, the same value twice', ['BOTH'], shared({ JWT_SECRET_NAME: 'MY_SECRET', MY_SECRET: SECRET }), conflict('JWT_SECRET')),
    t('config-0482', 'secret, by its own name', ['BOTH'], shared({ JWT_SECRET_NAME: 'JWT_SECRET' }), conflict('JWT_SECRET')),
    t('config-0483', 'accepted secrets', ['BOTH'], shared({ JWT_SECRET_ACCEPT: OTHER, JWT_SECRET_ACCEPT_NAMES: 'OLD', OLD: OTHER }), conflict('JWT_SECRET_ACCEPT')),
    t('config-0484', 'private key and its name', ['BOTH'], signing({ JWT_PRIVATE_JWK_NAME: 'KEY', KEY: PRIVATE }), conflict('JWT_PRIVATE_JWK')),
    t('config-0485', 'private key and its path', ['BOTH'], signing({ JWT_PRIVATE_JWK_PATH: '/key' }), conflict('JWT_PRIVATE_JWK'), { files: { '/key': PRIVATE } }),
    t('config-0486', 'name and path of a private key', ['BOTH'], none({ JWT_PRIVATE_JWK_NAME: 'KEY', KEY: PRIVATE, JWT_PRIVATE_JWK_PATH: '/key' }), conflict('JWT_PRIVATE_JWK'), { files: { '/key': PRIVATE } }),
    t('config-0487', 'public key', ['BOTH'], verifying({ JWT_PUBLIC_JWK_NAME: 'KEY', KEY: PUBLIC }), conflict('JWT_PUBLIC_JWK')),
    t('config-0488', 'URL', ['BOTH'], remote({ JWT_JWKS_URL_NAME: 'WHERE', WHERE: URL_TEXT }), conflict('JWT_JWKS_URL')),
    t('config-0489', 'service', ['BOTH'], none({ JWT_JWKS_SERVICE: 'AUTH', JWT_JWKS_SERVICE_NAME: 'WHERE', WHERE: 'AUTH' }), conflict('JWT_JWKS_SERVICE')),
    t('config-0490', 'a conflict is seen before the missing binding', ['BOTH', 'ORDER'], shared({ JWT_SECRET_NAME: 'MY_SECRET' }), conflict('JWT_SECRET')),
    t('config-0491', 'an empty value is seen before the conflict', ['BOTH', 'ORDER'], none({ JWT_SECRET: '', JWT_SECRET_NAME: 'MY_SECRET', MY_SECRET: SECRET }), invalid('JWT_SECRET')),
    t('config-0492', 'an empty name is seen before the conflict', ['BOTH', 'ORDER'], shared({ JWT_SECRET_NAME: '' }), invalid('JWT_SECRET_NAME'))
  ]
}

// biome-ignore format: a table, one case a line
const order = {
  name: 'two faults: forms in the order of the table, numbers, lists, the issuer, keys, profile',
  tests: [
    t('config-0500', 'an empty audience before an empty secret', ['ORDER'], none({ JWT_SECRET: '', JWT_AUD: '' }), invalid('JWT_AUD')),
    t('config-0501', 'an empty pin before a bad number', ['ORDER'], shared({ JWT_TTL_SECONDS: '01', JWT_ALLOWED_THUMBPRINTS: '' }), invalid('JWT_ALLOWED_THUMBPRINTS')),
    t('config-0502', 'a missing binding before a bad number', ['ORDER'], none({ JWT_SECRET_NAME: 'X', JWT_LEEWAY: '91' }), missing('JWT_SECRET_NAME')),
    t('config-0503', 'the TTL before the leeway', ['ORDER'], shared({ JWT_LEEWAY: 'x', JWT_TTL_SECONDS: 'x' }), invalid('JWT_TTL_SECONDS')),
    t('config-0504', 'a bad number before a bad list', ['ORDER'], shared({ JWT_AUD: 'a,,b', JWT_LEEWAY: '091' }), invalid('JWT_LEEWAY')),
    t('config-0505', 'a bad list before a missing issuer', ['ORDER'], shared({ JWT_ISS: undefined, JWT_AUD: 'a,a' }), invalid('JWT_AUD')),
    t('config-0506', 'a missing issuer before a bad secret', ['ORDER'], shared({ JWT_ISS: undefined, JWT_SECRET: 'x' }), missing('JWT_ISS')),
    t('config-0507', 'a bad secret before a conflict of kinds', ['ORDER'], signing({ JWT_SECRET: 'AAAA' }), keyWeak('JWT_SECRET')),
    t('config-0508', 'a bad secret before a bad private key', ['ORDER'], none({ JWT_PRIVATE_JWK: '{}', JWT_SECRET: 'AAAA' }), keyWeak('JWT_SECRET'))
  ]
}

// biome-ignore format: a table, one case a line
const plain = {
  name: 'the issuer, the service, and variables that mean nothing here',
  tests: [
    t('config-0520', 'no issuer', ['ISSUER'], shared({ JWT_ISS: undefined }), missing('JWT_ISS')),
    t('config-0521', 'the issuer is exact text: spaces', ['ISSUER'], shared({ JWT_ISS: ' x ' }), isShared({ issuer: ' x ' })),
    t('config-0522', 'the issuer is no list', ['ISSUER'], shared({ JWT_ISS: 'a,b' }), isShared({ issuer: 'a,b' })),
    t('config-0523', 'a trailing slash stays', ['ISSUER'], shared({ JWT_ISS: `${ISSUER}/` }), isShared({ issuer: `${ISSUER}/` })),
    t('config-0524', 'a service where nothing gives access to one', ['SERVICE'], none({ JWT_JWKS_SERVICE: 'AUTH' }), unsupported('JWT_JWKS_SERVICE')),
    t('config-0525', 'JWT_ISS_NAME is no variable', ['UNRELATED'], shared({ JWT_ISS: undefined, JWT_ISS_NAME: 'WHO', WHO: ISSUER }), missing('JWT_ISS')),
    t('config-0526', 'JWT_KID_NAME is no variable', ['UNRELATED'], shared({ JWT_KID_NAME: 'NOWHERE' }), isShared()),
    t('config-0527', 'JWT_PUBLIC_JWK_PATH is no variable', ['UNRELATED'], shared({ JWT_PUBLIC_JWK_PATH: '/key' }), isShared()),
    t('config-0528', 'JWT_ALG and JWT_ALGORITHM are no variables', ['UNRELATED'], shared({ JWT_ALG: 'none', JWT_ALGORITHM: 'none' }), isShared()),
    t('config-0529', 'lower case is no variable', ['UNRELATED'], shared({ jwt_leeway: '10' }), isShared()),
    t('config-0530', 'an unknown variable that is empty', ['UNRELATED'], shared({ JWT_UNKNOWN: '', PATH: '' }), isShared()),
    t('config-0531', 'an unknown variable that is null', ['UNRELATED'], shared({ OTHER_SERVICE: null }), isShared()),
    t('config-0532', 'JWT_SECRETS is no variable', ['UNRELATED'], none({ JWT_SECRETS: SECRET }), missing('JWT_SECRET')),
    t('config-0533', 'a service by name', ['SERVICE'], none({ JWT_JWKS_SERVICE_NAME: 'WHERE', WHERE: 'AUTH' }), unsupported('JWT_JWKS_SERVICE_NAME')),
    t('config-0534', 'a lone surrogate in the issuer', ['SURROGATE'], shared({ JWT_ISS: 'https://issuer\ud800' }), invalid('JWT_ISS')),
    t('config-0535', 'a lone surrogate in an audience', ['SURROGATE'], shared({ JWT_AUD: 'api,\udc00' }), invalid('JWT_AUD')),
    t('config-0536', 'a lone surrogate in the kid', ['SURROGATE'], shared({ JWT_KID: 'k\udfff' }), invalid('JWT_KID')),
    t('config-0537', 'a pair of surrogates is a character', ['SURROGATE'], shared({ JWT_ISS: '\u{1f511}' }), isShared({ issuer: '\u{1f511}' }))
  ]
}

export default suite(
  'config-forms',
  {
    EMPTY: {
      description: 'An empty variable never switches a check off.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration'],
    },
    NULL: { description: 'A binding that is no text.', bugType: 'BASIC', spec: ['local#configuration'] },
    NAME: { description: 'A value in the secret store.', bugType: 'BASIC', spec: ['local#configuration'] },
    DANGLING: { description: 'A name without a binding.', bugType: 'AUTH_BYPASS', spec: ['local#configuration'] },
    HOLLOW: {
      description: 'A name whose binding holds nothing.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration'],
    },
    CHAIN: {
      description: 'A binding is a value, never another name.',
      bugType: 'BASIC',
      spec: ['local#configuration'],
    },
    BOTH: { description: 'A value given twice.', bugType: 'BASIC', spec: ['local#configuration'] },
    ORDER: {
      description: 'The first fault is the same everywhere.',
      bugType: 'INTEROP',
      spec: ['local#configuration'],
    },
    ISSUER: {
      description: 'The issuer is one exact text.',
      bugType: 'BASIC',
      spec: ['rfc7519#4.1.1', 'local#configuration'],
    },
    SERVICE: {
      description: 'A service binding needs a runtime that has one.',
      bugType: 'BASIC',
      spec: ['local#configuration'],
    },
    SURROGATE: {
      description: 'Text that no token could carry, as an environment of raw bytes may bring it.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['rfc8259#8.2', 'local#configuration'],
    },
    UNRELATED: { description: 'Other variables are not ours.', bugType: 'BASIC', spec: ['local#configuration'] },
    PROTOTYPE: {
      description: 'Names that live on the prototype of a host object.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration'],
    },
  },
  [empty, byName, both, order, plain],
)
