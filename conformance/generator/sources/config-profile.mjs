// Which algorithm signs and which are accepted, from what there is and what JWT_PROFILE and JWT_ACCEPT say; and roles.
import {
  conflict,
  invalid,
  missing,
  none,
  OTHER_KEY,
  OWN_KEY,
  resolved,
  SECRET,
  SIGNS_EDDSA,
  SIGNS_HS512,
  secretOf,
  shared,
  suite,
  t,
  text,
  URL_TEXT,
  unsupported,
} from '../config-case.mjs'
import { keys } from '../keys.mjs'

const MATERIAL = {
  secret: { JWT_SECRET: SECRET },
  accepted: { JWT_SECRET_ACCEPT: SECRET },
  private: { JWT_PRIVATE_JWK: text(keys.ed.a.privateJwk) },
  public: { JWT_PUBLIC_JWK: text(keys.ed.b.publicJwk) },
  url: { JWT_JWKS_URL: URL_TEXT },
  service: { JWT_JWKS_SERVICE: 'AUTH' },
}
const environment = (materials, more) =>
  none(Object.assign({}, ...materials.split(' ').map((name) => MATERIAL[name] ?? {}), more))

/** What there is, JWT_PROFILE, JWT_ACCEPT (- is absent), and what comes of it. */
const m = (id, materials, profile, accept, expected) => {
  const said = [profile === '-' ? '' : `, JWT_PROFILE ${profile}`, accept === '-' ? '' : `, JWT_ACCEPT ${accept}`].join(
    '',
  )
  const more = { ...(profile !== '-' && { JWT_PROFILE: profile }), ...(accept !== '-' && { JWT_ACCEPT: accept }) }
  return t(id, `${materials}${said}`, ['MATRIX'], environment(materials, more), expected)
}
const role = (id, comment, name, env, expected) => t(id, comment, ['ROLE'], env, expected, { role: name })

const kit = (profile, accept, more) => resolved({ profile, accept: accept.split(' '), ...more })
const HS = { signs: SIGNS_HS512 }
const ED = { signs: SIGNS_EDDSA }
const S = { secrets: [secretOf()] }
const PRIV = { publicKeys: [OWN_KEY] }
const PUB = { publicKeys: [OTHER_KEY] }
const BOTH = { publicKeys: [OWN_KEY, OTHER_KEY] }
const URL_ = { jwksUrl: URL_TEXT }

// biome-ignore format: a table, one case a line
const alone = {
  name: 'one kind of material',
  tests: [
    m('config-1000', 'nothing', '-', '-', missing('JWT_SECRET')),
    m('config-1001', 'nothing', 'HS512', '-', missing('JWT_SECRET')),
    m('config-1002', 'nothing', 'EdDSA', '-', missing()),
    m('config-1003', 'nothing', '-', 'HS512', missing('JWT_SECRET')),
    m('config-1004', 'secret', 'HS512', '-', kit('HS512', 'HS512', { ...HS, ...S })),
    m('config-1005', 'secret', 'EdDSA', '-', missing('JWT_PRIVATE_JWK')),
    m('config-1006', 'secret', '-', 'EdDSA', missing('JWT_PUBLIC_JWK')),
    m('config-1007', 'secret', '-', 'HS512,EdDSA', missing('JWT_PUBLIC_JWK')),
    m('config-1008', 'secret', '-', 'RS256', missing('JWT_PUBLIC_JWK')),
    m('config-1009', 'secret', 'HS512', 'HS512', kit('HS512', 'HS512', { ...HS, ...S })),
    m('config-1010', 'accepted', 'HS512', '-', kit('HS512', 'HS512', S)),
    m('config-1011', 'accepted', 'EdDSA', '-', missing('JWT_PRIVATE_JWK')),
    m('config-1012', 'accepted', '-', 'HS512', kit(null, 'HS512', S)),
    m('config-1013', 'private', 'EdDSA', '-', kit('EdDSA', 'EdDSA', { ...ED, ...PRIV })),
    m('config-1014', 'private', 'HS512', '-', missing('JWT_SECRET')),
    m('config-1015', 'private', '-', 'EdDSA', kit('EdDSA', 'EdDSA', { ...ED, ...PRIV })),
    m('config-1016', 'private', '-', 'HS512', missing('JWT_SECRET')),
    m('config-1017', 'private', '-', 'HS512,EdDSA', missing('JWT_SECRET')),
    m('config-1018', 'public', '-', '-', kit(null, 'EdDSA', PUB)),
    m('config-1019', 'public', 'EdDSA', '-', kit('EdDSA', 'EdDSA', PUB)),
    m('config-1020', 'public', 'HS512', '-', missing('JWT_SECRET')),
    m('config-1021', 'public', '-', 'HS512', missing('JWT_SECRET')),
    m('config-1022', 'public', '-', 'HS512,EdDSA', missing('JWT_SECRET')),
    m('config-1023', 'url', '-', '-', kit(null, 'EdDSA', URL_)),
    m('config-1024', 'url', 'EdDSA', '-', kit('EdDSA', 'EdDSA', URL_)),
    m('config-1025', 'url', 'HS512', '-', missing('JWT_SECRET')),
    m('config-1026', 'url', '-', 'RS256,ES256', kit(null, 'RS256 ES256', URL_)),
    m('config-1027', 'url', '-', 'PS256,ES384,ES512,Ed25519', kit(null, 'PS256 ES384 ES512 EdDSA', URL_)),
    m('config-1028', 'private public', '-', '-', kit('EdDSA', 'EdDSA', { ...ED, ...BOTH })),
    m('config-1029', 'private url', '-', '-', kit('EdDSA', 'EdDSA', { ...ED, ...PRIV, ...URL_ })),
    m('config-1030', 'secret accepted', '-', '-', kit('HS512', 'HS512', { ...HS, secrets: [secretOf(), secretOf()] })),
    m('config-1031', 'public url', '-', '-', conflict('JWT_JWKS_URL')),
    m('config-1032', 'public service', '-', '-', conflict('JWT_JWKS_SERVICE')),
    m('config-1033', 'url service', '-', '-', conflict('JWT_JWKS_SERVICE')),
    m('config-1034', 'private public url', '-', '-', conflict('JWT_JWKS_URL')),
    m('config-1035', 'private service', '-', '-', unsupported('JWT_JWKS_SERVICE'))
  ]
}

// biome-ignore format: a table, one case a line
const mixed = {
  name: 'a secret and an asymmetric source',
  tests: [
    m('config-1050', 'secret private', '-', '-', conflict('JWT_PROFILE')),
    m('config-1051', 'secret private', '-', 'HS512,EdDSA', conflict('JWT_PROFILE')),
    m('config-1052', 'secret private', 'HS512', '-', conflict('JWT_ACCEPT')),
    m('config-1053', 'secret private', 'EdDSA', '-', conflict('JWT_ACCEPT')),
    m('config-1054', 'secret private', 'HS512', 'HS512,EdDSA', kit('HS512', 'HS512 EdDSA', { ...HS, ...S, ...PRIV })),
    m('config-1055', 'secret private', 'EdDSA', 'HS512,EdDSA', kit('EdDSA', 'HS512 EdDSA', { ...ED, ...S, ...PRIV })),
    m('config-1056', 'secret private', 'EdDSA', 'EdDSA', kit('EdDSA', 'EdDSA', { ...ED, ...PRIV })),
    m('config-1057', 'secret private', 'HS512', 'HS512', kit('HS512', 'HS512', { ...HS, ...S })),
    m('config-1058', 'secret private', 'EdDSA', 'HS512', kit('EdDSA', 'HS512', { ...ED, ...S })),
    m('config-1059', 'secret private', 'HS512', 'EdDSA', kit('HS512', 'EdDSA', { ...HS, ...PRIV })),
    m('config-1060', 'secret public', '-', '-', conflict('JWT_ACCEPT')),
    m('config-1061', 'secret public', 'HS512', '-', conflict('JWT_ACCEPT')),
    m('config-1062', 'secret public', 'EdDSA', '-', conflict('JWT_ACCEPT')),
    m('config-1063', 'secret public', '-', 'EdDSA,HS512', kit('HS512', 'EdDSA HS512', { ...HS, ...S, ...PUB })),
    m('config-1064', 'secret public', 'EdDSA', 'HS512,EdDSA', kit('EdDSA', 'HS512 EdDSA', { ...S, ...PUB })),
    m('config-1065', 'secret url', '-', '-', conflict('JWT_ACCEPT')),
    m('config-1066', 'secret url', '-', 'HS512,EdDSA', kit('HS512', 'HS512 EdDSA', { ...HS, ...S, ...URL_ })),
    m('config-1067', 'accepted private', '-', '-', conflict('JWT_ACCEPT')),
    m('config-1068', 'accepted private', '-', 'HS512,EdDSA', kit('EdDSA', 'HS512 EdDSA', { ...ED, ...S, ...PRIV })),
    m('config-1069', 'accepted public', '-', '-', conflict('JWT_ACCEPT')),
    m('config-1070', 'accepted public', '-', 'EdDSA,HS512', kit(null, 'EdDSA HS512', { ...S, ...PUB })),
    m('config-1071', 'accepted url', 'HS512', 'HS512,EdDSA', kit('HS512', 'HS512 EdDSA', { ...S, ...URL_ })),
    m('config-1072', 'secret service', '-', '-', conflict('JWT_ACCEPT')),
    m('config-1073', 'secret private public', 'EdDSA', 'HS512,EdDSA', kit('EdDSA', 'HS512 EdDSA', { ...ED, ...S, ...BOTH })),
    m('config-1074', 'secret private url', 'EdDSA', 'EdDSA,HS512', kit('EdDSA', 'EdDSA HS512', { ...ED, ...S, ...PRIV, ...URL_ }))
  ]
}

const word = (id, comment, value, materials = 'secret') =>
  t(id, comment, ['WORD'], environment(materials, { JWT_PROFILE: value }), invalid('JWT_PROFILE'))

// biome-ignore format: a table, one case a line
const words = {
  name: 'JWT_PROFILE is one of two exact words',
  tests: [
    word('config-1090', 'lower case', 'hs512'),
    word('config-1091', 'Ed25519 is a name of the algorithm, not of the profile', 'Ed25519', 'private'),
    word('config-1092', 'upper case', 'EDDSA', 'private'),
    word('config-1093', 'HS256', 'HS256'),
    word('config-1094', 'RS256', 'RS256', 'private'),
    word('config-1095', 'none', 'none'),
    word('config-1096', 'a trailing space', 'HS512 '),
    word('config-1097', 'a list', 'HS512,EdDSA', 'secret private'),
    word('config-1098', 'constructor', 'constructor')
  ]
}

// biome-ignore format: a table, one case a line
const roles = {
  name: 'what a producer and a consumer need',
  tests: [
    role('config-1100', 'a producer with a secret', 'producer', environment('secret'), kit('HS512', 'HS512', { ...HS, ...S })),
    role('config-1101', 'a producer with a private key', 'producer', environment('private'), kit('EdDSA', 'EdDSA', { ...ED, ...PRIV })),
    role('config-1102', 'a producer with a public key alone', 'producer', environment('public'), missing('JWT_SECRET')),
    role('config-1103', 'a producer with a public key alone, by profile EdDSA', 'producer', environment('public', { JWT_PROFILE: 'EdDSA' }), missing('JWT_PRIVATE_JWK')),
    role('config-1104', 'a producer with a URL alone', 'producer', environment('url'), missing('JWT_SECRET')),
    role('config-1105', 'a producer with accepted secrets alone', 'producer', environment('accepted'), missing('JWT_SECRET')),
    role('config-1106', 'a producer without audience: each token names its own', 'producer', environment('secret', { JWT_AUD: undefined }), kit('HS512', 'HS512', { ...HS, ...S, audience: null })),
    role('config-1107', 'a producer by profile EdDSA with a secret and a public key', 'producer', environment('secret public', { JWT_PROFILE: 'EdDSA', JWT_ACCEPT: 'HS512,EdDSA' }), missing('JWT_PRIVATE_JWK')),
    role('config-1108', 'a producer without issuer', 'producer', environment('secret', { JWT_ISS: undefined }), missing('JWT_ISS')),
    role('config-1109', 'a consumer with a secret', 'consumer', environment('secret'), kit('HS512', 'HS512', { ...HS, ...S })),
    role('config-1110', 'a consumer with a private key: its public half verifies', 'consumer', environment('private'), kit('EdDSA', 'EdDSA', { ...ED, ...PRIV })),
    role('config-1111', 'a consumer with a public key', 'consumer', environment('public'), kit(null, 'EdDSA', PUB)),
    role('config-1112', 'a consumer with a URL', 'consumer', environment('url'), kit(null, 'EdDSA', URL_)),
    role('config-1113', 'a consumer with accepted secrets', 'consumer', environment('accepted'), kit(null, 'HS512', S)),
    role('config-1114', 'a consumer without audience', 'consumer', environment('public', { JWT_AUD: undefined }), missing('JWT_AUD')),
    role('config-1115', 'a consumer with a secret, without audience', 'consumer', environment('secret', { JWT_AUD: undefined }), missing('JWT_AUD')),
    role('config-1116', 'a consumer with nothing', 'consumer', environment('nothing'), missing('JWT_SECRET')),
    role('config-1117', 'a producer with nothing', 'producer', environment('nothing'), missing('JWT_SECRET')),
    role('config-1118', 'a consumer with both kinds and no JWT_ACCEPT', 'consumer', environment('secret public'), conflict('JWT_ACCEPT')),
    role('config-1119', 'a consumer with both kinds, migrating', 'consumer', environment('secret public', { JWT_ACCEPT: 'HS512,EdDSA' }), kit('HS512', 'HS512 EdDSA', { ...HS, ...S, ...PUB })),
    t('config-1120', 'no role, no audience', ['ROLE'], shared({ JWT_AUD: undefined }), kit('HS512', 'HS512', { ...HS, ...S, audience: null }))
  ]
}

export default suite(
  'config-profile',
  {
    MATRIX: {
      description: 'What is meant is inferred only where one thing can be meant.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration', 'rfc8725#3.1'],
    },
    WORD: {
      description: 'A profile is named by an exact word.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration'],
    },
    ROLE: {
      description: 'A role asks for what it cannot do without.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#configuration'],
    },
  },
  [alone, mixed, words, roles],
)
