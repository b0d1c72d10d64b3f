// JWT_SECRET and JWT_SECRET_ACCEPT[_NAMES]: canonical base64url of 64 bytes or more, and at most three more that verify.
import {
  invalid,
  isShared,
  keyInvalid,
  keyWeak,
  missing,
  none,
  resolved,
  SECRET,
  secretOf,
  shared,
  signsWith,
  suite,
  t,
} from '../config-case.mjs'
import { keys } from '../keys.mjs'

const { hs } = keys
const B = hs.b.text
const C = hs.c.text
const D = hs.d.text
const E = hs.make('config secret e').text
const ofLength = (length) => hs.make(`config secret of ${length}`, length).text
const b64u = (value) => Buffer.from(value).toString('base64url')

const secret = (value) => shared({ JWT_SECRET: value })
const BAD = keyInvalid('JWT_SECRET')
const accept = (value) => shared({ JWT_SECRET_ACCEPT: value })
const accepts = (...kids) => isShared({ secrets: [secretOf(), ...kids.map((kid) => secretOf(64, kid))] })
const BAD_ACCEPT = invalid('JWT_SECRET_ACCEPT')
const names = (value, bindings) => shared({ JWT_SECRET_ACCEPT_NAMES: value, ...bindings })

const OCT = `{"k":"${SECRET}","kty":"oct"}`
const PEM_LINE = 'MCowBQYDK2VwAyEA11qYAYKxCrfVSElqJ0bkWtxKP2aSvNRR1sLkhmSjAy0'
const PEM = `-----BEGIN PUBLIC KEY-----\n${PEM_LINE}=\n-----END PUBLIC KEY-----\n`
// All of them base64url characters, and a multiple of four of them: canonical, were it not for what it says.
const PEM_WITHOUT_SPACES = `-----BEGINPUBLICKEY-----${'A'.repeat(60)}-----ENDPUBLICKEY-----AA`

// biome-ignore format: a table, one case a line
const one = {
  name: 'JWT_SECRET',
  tests: [
    t('config-0600', '65 bytes', ['LENGTH'], secret(ofLength(65)), isShared({ secrets: [secretOf(65)] })),
    t('config-0601', '128 bytes', ['LENGTH'], secret(ofLength(128)), isShared({ secrets: [secretOf(128)] })),
    t('config-0602', '129 bytes: longer than a block', ['LENGTH'], secret(ofLength(129)), isShared({ secrets: [secretOf(129)] })),
    t('config-0603', '63 bytes', ['LENGTH'], secret(ofLength(63)), keyWeak('JWT_SECRET')),
    t('config-0604', '32 bytes', ['LENGTH'], secret(ofLength(32)), keyWeak('JWT_SECRET')),
    t('config-0605', '1 byte', ['LENGTH'], secret('AA'), keyWeak('JWT_SECRET')),
    t('config-0606', '64 zero bytes: their worth is not judged', ['LENGTH'], secret('A'.repeat(86)), isShared()),
    t('config-0607', '128 hexadecimal digits are base64url of 96 bytes', ['LENGTH'], secret('0123456789abcdef'.repeat(8)), isShared({ secrets: [secretOf(96)] })),
    t('config-0608', 'padded', ['CANONICAL'], secret(`${'A'.repeat(86)}==`), BAD),
    t('config-0609', 'a plus of the standard alphabet', ['CANONICAL'], secret(`+${'A'.repeat(85)}`), BAD),
    t('config-0610', 'a slash of the standard alphabet', ['CANONICAL'], secret(`/${'A'.repeat(85)}`), BAD),
    t('config-0611', 'a trailing bit', ['CANONICAL'], secret(`${'A'.repeat(85)}B`), BAD),
    t('config-0612', 'a trailing bit that is the last but one', ['CANONICAL'], secret(`${'A'.repeat(85)}C`), BAD),
    t('config-0613', 'a length that no bytes have', ['CANONICAL'], secret('A'.repeat(89)), BAD),
    t('config-0614', 'a trailing line feed', ['CANONICAL'], secret(`${B}\n`), BAD),
    t('config-0615', 'a leading space', ['CANONICAL'], secret(` ${B}`), BAD),
    t('config-0616', 'a space within', ['CANONICAL'], secret(`${'A'.repeat(43)} ${'A'.repeat(43)}`), BAD),
    t('config-0617', 'in quotes', ['CANONICAL'], secret(`"${B}"`), BAD),
    t('config-0618', 'a fullwidth letter', ['CANONICAL'], secret(`\uff21${'A'.repeat(85)}`), BAD),
    t('config-0619', 'kid=secret is for accepted ones', ['CANONICAL'], secret(`k1=${B}`), BAD),
    t('config-0620', 'two, separated by a comma', ['CANONICAL'], secret(`${B},${C}`), BAD),
    t('config-0621', 'a passphrase', ['CANONICAL'], secret('correct horse battery staple'), BAD),
    t('config-0622', 'PEM', ['SHAPE'], secret(PEM), BAD),
    t('config-0623', 'PEM without white space and padding', ['SHAPE'], secret(PEM_WITHOUT_SPACES), BAD),
    t('config-0624', 'base64url of PEM', ['SHAPE'], secret(b64u(PEM)), BAD),
    t('config-0625', 'base64url of PEM behind a prefix', ['SHAPE'], secret(b64u(`secret: ${PEM}`)), BAD),
    t('config-0626', 'an oct JWK as text', ['SHAPE'], secret(OCT), BAD),
    t('config-0627', 'base64url of an oct JWK', ['SHAPE'], secret(b64u(OCT)), BAD),
    t('config-0628', 'base64url of a private JWK behind white space', ['SHAPE'], secret(b64u(`\n ${JSON.stringify(keys.ed.a.privateJwk)}`)), BAD),
    t('config-0629', 'an SSH public key', ['SHAPE'], secret(`ssh-ed25519 ${'A'.repeat(68)}`), BAD)
  ]
}

// biome-ignore format: a table, one case a line
const more = {
  name: 'JWT_SECRET_ACCEPT',
  tests: [
    t('config-0640', 'one', ['ACCEPT'], accept(B), accepts(null)),
    t('config-0641', 'one with a kid', ['ACCEPT', 'KID'], accept(`k1=${B}`), accepts('k1')),
    t('config-0642', 'a kid that holds = is split at the last', ['ACCEPT', 'KID'], accept(`k=1=${B}`), accepts('k=1')),
    t('config-0643', 'a kid that ends in =', ['ACCEPT', 'KID'], accept(`k==${B}`), accepts('k=')),
    t('config-0644', 'three, with and without kid', ['ACCEPT', 'KID'], accept(`k1=${B},${C},k3=${D}`), accepts('k1', null, 'k3')),
    t('config-0645', 'four', ['LIMIT'], accept([B, C, D, E].join(',')), BAD_ACCEPT),
    t('config-0646', 'spaces around', ['ACCEPT'], accept(` ${B} , k2=${C} `), accepts(null, 'k2')),
    t('config-0647', 'a space within a kid', ['ACCEPT', 'KID'], accept(`k 1=${B}`), accepts('k 1')),
    t('config-0648', 'a space behind =', ['CANONICAL'], accept(`k1= ${B}`), keyInvalid('JWT_SECRET_ACCEPT')),
    t('config-0649', 'a tab in front', ['CANONICAL'], accept(`\t${B}`), keyInvalid('JWT_SECRET_ACCEPT')),
    t('config-0650', 'a trailing line feed', ['CANONICAL'], accept(`${B}\n`), keyInvalid('JWT_SECRET_ACCEPT')),
    t('config-0651', 'a kid is not trimmed of a tab', ['ACCEPT', 'KID'], accept(`\tk1=${B}`), accepts('\tk1')),
    t('config-0652', 'an empty kid', ['KID'], accept(`=${B}`), BAD_ACCEPT),
    t('config-0653', 'an empty secret', ['KID'], accept('k1='), BAD_ACCEPT),
    t('config-0654', 'a padded secret reads as a kid without a secret', ['KID'], accept(`${B}==`), BAD_ACCEPT),
    t('config-0655', 'an empty item', ['ACCEPT'], accept(`${B},`), BAD_ACCEPT),
    t('config-0656', 'a repeat', ['ACCEPT'], accept(`${B},${C},${B}`), BAD_ACCEPT),
    t('config-0657', 'one kid, two secrets', ['ACCEPT', 'KID'], accept(`k1=${B},k1=${C}`), accepts('k1', 'k1')),
    t('config-0658', 'one secret, two kids', ['ACCEPT', 'KID'], accept(`k1=${B},k2=${B}`), accepts('k1', 'k2')),
    t('config-0659', 'kids named after a prototype', ['ACCEPT', 'KID'], accept(`__proto__=${B},constructor=${C}`), accepts('__proto__', 'constructor')),
    t('config-0660', '63 bytes', ['LENGTH'], accept(`${B},k2=${ofLength(63)}`), keyWeak('JWT_SECRET_ACCEPT')),
    t('config-0661', '65 bytes', ['LENGTH'], accept(`k1=${ofLength(65)}`), isShared({ secrets: [secretOf(), secretOf(65, 'k1')] })),
    t('config-0662', 'a trailing bit', ['CANONICAL'], accept(`${'A'.repeat(85)}B`), keyInvalid('JWT_SECRET_ACCEPT')),
    t('config-0663', 'an oct JWK', ['SHAPE'], accept('{"kty":"oct"}'), keyInvalid('JWT_SECRET_ACCEPT')),
    t('config-0664', 'without a secret that signs: a verifier', ['ACCEPT'], none({ JWT_SECRET_ACCEPT: `k1=${B}` }), resolved({ accept: ['HS512'], secrets: [secretOf(64, 'k1')] })),
    t('config-0665', 'a kid with a lone surrogate', ['KID'], accept(`k\ud800=${B}`), BAD_ACCEPT)
  ]
}

// biome-ignore format: a table, one case a line
const byName = {
  name: 'JWT_SECRET_ACCEPT_NAMES: a list of bindings, each one entry',
  tests: [
    t('config-0680', 'two, one with a kid', ['NAMES', 'KID'], names('OLD,OLDER', { OLD: `k=1=${B}`, OLDER: C }), accepts('k=1', null)),
    t('config-0681', 'names are trimmed of spaces', ['NAMES'], names(' OLD , OLDER ', { OLD: B, OLDER: C }), accepts(null, null)),
    t('config-0682', 'three', ['NAMES', 'LIMIT'], names('A,B,C', { A: B, B: C, C: D }), accepts(null, null, null)),
    t('config-0683', 'four', ['NAMES', 'LIMIT'], names('A,B,C,D', { A: B, B: C, C: D, D: E }), invalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0684', 'a repeated name', ['NAMES'], names('A,A', { A: B }), invalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0685', 'an empty name', ['NAMES'], names('A,,B', { A: B, B: C }), invalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0686', 'a binding is one entry, not a list', ['NAMES'], names('A', { A: `${B},${C}` }), keyInvalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0687', 'a binding is not trimmed', ['NAMES', 'CANONICAL'], names('A', { A: ` ${B}` }), keyInvalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0688', 'a binding with an empty kid', ['NAMES', 'KID'], names('A', { A: `=${B}` }), invalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0689', 'a binding of 63 bytes', ['NAMES', 'LENGTH'], names('A', { A: ofLength(63) }), keyWeak('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0690', 'a name is not kid=name', ['NAMES'], names('k1=A', { A: B }), missing('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0691', 'a binding null', ['NAMES'], names('A,B', { A: B, B: null }), invalid('JWT_SECRET_ACCEPT_NAMES')),
    t('config-0692', 'the one that signs and the accepted one, both by name', ['NAMES'], none({ JWT_SECRET_NAME: 'A', JWT_SECRET_ACCEPT_NAMES: 'B', A: B, B: SECRET }), accepts(null))
  ]
}

// biome-ignore format: a table, one case a line
const kid = {
  name: 'JWT_KID of a secret',
  tests: [
    t('config-0700', 'the secret that signs', ['KID'], shared({ JWT_KID: 'k1' }), isShared({ signs: signsWith('HS512', 'k1'), secrets: [secretOf(64, 'k1')] })),
    t('config-0701', 'not the accepted ones', ['KID'], shared({ JWT_KID: 'k1', JWT_SECRET_ACCEPT: B }), isShared({ signs: signsWith('HS512', 'k1'), secrets: [secretOf(64, 'k1'), secretOf()] })),
    t('config-0702', 'the same as an accepted one\'s', ['KID'], shared({ JWT_KID: 'k1', JWT_SECRET_ACCEPT: `k1=${B}` }), isShared({ signs: signsWith('HS512', 'k1'), secrets: [secretOf(64, 'k1'), secretOf(64, 'k1')] })),
    t('config-0703', 'exact text, not trimmed', ['KID'], shared({ JWT_KID: ' k,1=' }), isShared({ signs: signsWith('HS512', ' k,1='), secrets: [secretOf(64, ' k,1=')] }))
  ]
}

export default suite(
  'config-secrets',
  {
    LENGTH: { description: 'A secret has 64 bytes or more.', bugType: 'FORGERY', spec: ['rfc7518#3.2', 'local#keys'] },
    CANONICAL: {
      description: 'Canonical, unpadded base64url and nothing else.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['rfc4648#5', 'local#keys'],
    },
    SHAPE: {
      description: 'Another kind of key in the place of a secret.',
      bugType: 'FORGERY',
      spec: ['local#keys'],
      cves: ['CVE-2023-48223', 'CVE-2026-34950', 'CVE-2026-48526'],
    },
    ACCEPT: {
      description: 'Secrets that verify beside the one that signs.',
      bugType: 'BASIC',
      spec: ['local#configuration'],
    },
    LIMIT: { description: 'At most four secrets at once.', bugType: 'DOS', spec: ['local#keys'] },
    NAMES: { description: 'Secrets by the names of their bindings.', bugType: 'BASIC', spec: ['local#configuration'] },
    KID: { description: 'The kid of a secret.', bugType: 'BASIC', spec: ['rfc7515#4.1.4', 'local#configuration'] },
  },
  [one, more, byName, kid],
)
