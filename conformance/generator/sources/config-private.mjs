// JWT_PRIVATE_JWK[_NAME|_PATH] and JWT_KID: what signs, and under which name.
import {
  conflict,
  invalid,
  isShared,
  isSigning,
  keyInvalid,
  keyUnsuitable,
  none,
  OWN_KEY,
  publicKey,
  remote,
  SECRET,
  shared,
  signing,
  signsWith,
  suite,
  t,
  text,
  verifying,
} from '../config-case.mjs'
import { keys } from '../keys.mjs'

const { a, b } = keys.ed
const JWK = a.privateJwk
const PRIVATE = text(JWK)
const jwk = (members) => none({ JWT_PRIVATE_JWK: text({ ...JWK, ...members }) })
const INVALID = keyInvalid('JWT_PRIVATE_JWK')
const UNSUITABLE = keyUnsuitable('JWT_PRIVATE_JWK')
const under = (kid) => isSigning({ signs: signsWith('EdDSA', kid), publicKeys: [publicKey(a, kid)] })
const FOREIGN_X = text({ ...JWK, x: b.publicJwk.x })
const path = (content) => [none({ JWT_PRIVATE_JWK_PATH: '/run/key.json' }), { files: { '/run/key.json': content } }]
const file = (id, comment, flags, content, expected) => {
  const [env, more] = path(content)
  return t(id, comment, flags, env, expected, more)
}

// biome-ignore format: a table, one case a line
const material = {
  name: 'the private key',
  tests: [
    t('config-0800', 'signs, and its public half verifies', ['PRIVATE'], signing(), isSigning()),
    t('config-0801', 'white space around the JSON', ['PRIVATE'], none({ JWT_PRIVATE_JWK: ` \n${PRIVATE}\r\n\t` }), isSigning()),
    t('config-0802', 'members that mean nothing', ['PRIVATE'], jwk({ 'x-note': 1, iat: 1, ext: true }), isSigning()),
    t('config-0803', 'd and x do not belong together', ['PAIR'], none({ JWT_PRIVATE_JWK: FOREIGN_X }), INVALID),
    t('config-0804', 'd and x do not belong together, by name', ['PAIR'], none({ JWT_PRIVATE_JWK_NAME: 'KEY', KEY: FOREIGN_X }), keyInvalid('JWT_PRIVATE_JWK_NAME')),
    file('config-0805', 'd and x do not belong together, by path', ['PAIR'], FOREIGN_X, keyInvalid('JWT_PRIVATE_JWK_PATH')),
    t('config-0806', 'd without x', ['PAIR'], jwk({ x: undefined }), INVALID),
    t('config-0807', 'a public key', ['KIND'], none({ JWT_PRIVATE_JWK: text(a.publicJwk) }), UNSUITABLE),
    t('config-0808', 'a public key, by name', ['KIND'], none({ JWT_PRIVATE_JWK_NAME: 'KEY', KEY: text(a.publicJwk) }), keyUnsuitable('JWT_PRIVATE_JWK_NAME')),
    t('config-0809', 'a P-256 key', ['KIND'], none({ JWT_PRIVATE_JWK: text(keys.es256.a.privateJwk) }), UNSUITABLE),
    t('config-0810', 'an RSA key', ['KIND'], none({ JWT_PRIVATE_JWK: text(keys.rs256.a.privateJwk) }), UNSUITABLE),
    t('config-0811', 'an oct key', ['KIND'], none({ JWT_PRIVATE_JWK: `{"kty":"oct","k":"${SECRET}"}` }), UNSUITABLE),
    t('config-0812', 'X25519', ['KIND'], jwk({ crv: 'X25519' }), UNSUITABLE),
    t('config-0813', 'Ed448', ['KIND'], jwk({ crv: 'Ed448' }), UNSUITABLE),
    t('config-0814', 'a JWKS', ['KIND'], none({ JWT_PRIVATE_JWK: text({ keys: [JWK] }) }), INVALID),
    t('config-0815', 'a list of JWKs', ['KIND'], none({ JWT_PRIVATE_JWK: text([JWK]) }), INVALID),
    t('config-0816', 'a JSON string of a JWK', ['JSON'], none({ JWT_PRIVATE_JWK: text(PRIVATE) }), INVALID),
    t('config-0817', 'null as text', ['JSON'], none({ JWT_PRIVATE_JWK: 'null' }), INVALID),
    t('config-0818', 'no JSON', ['JSON'], none({ JWT_PRIVATE_JWK: PRIVATE.slice(0, -1) }), INVALID),
    t('config-0819', 'a repeated member', ['JSON'], none({ JWT_PRIVATE_JWK: `{"kty":"OKP",${PRIVATE.slice(1)}` }), INVALID),
    t('config-0820', 'a second value', ['JSON'], none({ JWT_PRIVATE_JWK: `${PRIVATE}{}` }), INVALID),
    t('config-0821', 'a byte order mark', ['JSON'], none({ JWT_PRIVATE_JWK: `\ufeff${PRIVATE}` }), INVALID),
    t('config-0822', 'base64url of the JWK', ['JSON'], none({ JWT_PRIVATE_JWK: Buffer.from(PRIVATE).toString('base64url') }), INVALID),
    t('config-0823', 'PEM', ['JSON'], none({ JWT_PRIVATE_JWK: '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----' }), INVALID),
    t('config-0824', 'no kty', ['JSON'], jwk({ kty: undefined }), INVALID),
    t('config-0825', 'a padded x', ['MATERIAL'], jwk({ x: `${JWK.x}=` }), INVALID),
    t('config-0826', 'a d of 31 bytes', ['MATERIAL'], jwk({ d: 'A'.repeat(42) }), INVALID),
    t('config-0827', 'a d with a trailing bit', ['MATERIAL'], jwk({ d: `${'A'.repeat(42)}B` }), INVALID),
    t('config-0828', 'a d that is a number', ['MATERIAL'], jwk({ d: 1 }), INVALID),
    t('config-0829', 'use sig', ['METADATA'], jwk({ use: 'sig' }), isSigning()),
    t('config-0830', 'use enc', ['METADATA'], jwk({ use: 'enc' }), UNSUITABLE),
    t('config-0831', 'key_ops with sign', ['METADATA'], jwk({ key_ops: ['sign'] }), isSigning()),
    t('config-0832', 'key_ops with verify alone', ['METADATA'], jwk({ key_ops: ['verify'] }), UNSUITABLE),
    t('config-0833', 'key_ops as text', ['METADATA'], jwk({ key_ops: 'sign' }), INVALID),
    t('config-0834', 'alg EdDSA', ['METADATA'], jwk({ alg: 'EdDSA' }), isSigning()),
    t('config-0835', 'alg Ed25519', ['METADATA'], jwk({ alg: 'Ed25519' }), isSigning()),
    t('config-0836', 'alg HS512', ['METADATA'], jwk({ alg: 'HS512' }), UNSUITABLE),
    t('config-0837', 'alg null', ['METADATA'], jwk({ alg: null }), INVALID)
  ]
}

// biome-ignore format: a table, one case a line
const kid = {
  name: 'kid, of the JWK and of JWT_KID',
  tests: [
    t('config-0850', 'the JWK has one', ['KID'], jwk({ kid: 'k1' }), under('k1')),
    t('config-0851', 'JWT_KID gives one', ['KID'], signing({ JWT_KID: 'k1' }), under('k1')),
    t('config-0852', 'both say the same', ['KID'], none({ JWT_PRIVATE_JWK: text({ ...JWK, kid: 'k1' }), JWT_KID: 'k1' }), under('k1')),
    t('config-0853', 'they differ', ['KID'], none({ JWT_PRIVATE_JWK: text({ ...JWK, kid: 'k1' }), JWT_KID: 'k2' }), conflict('JWT_KID')),
    t('config-0854', 'they differ in case', ['KID'], none({ JWT_PRIVATE_JWK: text({ ...JWK, kid: 'k1' }), JWT_KID: 'K1' }), conflict('JWT_KID')),
    t('config-0855', 'JWT_KID is the thumbprint', ['KID'], signing({ JWT_KID: a.thumbprint }), isSigning()),
    t('config-0856', 'an empty kid in the JWK', ['KID', 'METADATA'], jwk({ kid: '' }), INVALID),
    t('config-0857', 'a numeric kid in the JWK', ['KID', 'METADATA'], jwk({ kid: 1 }), INVALID),
    t('config-0858', 'a hostile kid is a name', ['KID'], signing({ JWT_KID: '../../__proto__\' OR 1=1' }), under('../../__proto__\' OR 1=1')),
    t('config-0859', 'JWT_KID where a public key alone is', ['KID'], verifying({ JWT_KID: 'k1' }), conflict('JWT_KID')),
    t('config-0860', 'JWT_KID where a URL alone is', ['KID'], remote({ JWT_KID: 'k1' }), conflict('JWT_KID')),
    t('config-0861', 'JWT_KID where accepted secrets alone are', ['KID'], none({ JWT_SECRET_ACCEPT: SECRET, JWT_KID: 'k1' }), conflict('JWT_KID')),
    t('config-0862', 'JWT_KID is the secret\'s where the secret signs', ['KID'], shared({ JWT_PRIVATE_JWK: text({ ...JWK, kid: 'k2' }), JWT_PROFILE: 'HS512', JWT_ACCEPT: 'HS512', JWT_KID: 'k1' }),
      isShared({ signs: signsWith('HS512', 'k1'), secrets: [{ kid: 'k1', bytes: 64 }] }))
  ]
}

// biome-ignore format: a table, one case a line
const paths = {
  name: 'JWT_PRIVATE_JWK_PATH',
  tests: [
    file('config-0870', 'a file that ends in a line feed', ['FILE'], `${PRIVATE}\n`, isSigning()),
    file('config-0871', 'an empty file', ['FILE'], '', invalid('JWT_PRIVATE_JWK_PATH')),
    file('config-0872', 'a file with a byte order mark', ['FILE', 'JSON'], `\ufeff${PRIVATE}`, keyInvalid('JWT_PRIVATE_JWK_PATH')),
    file('config-0873', 'a file of white space', ['FILE', 'JSON'], '\n', keyInvalid('JWT_PRIVATE_JWK_PATH')),
    file('config-0874', 'a public key in the file', ['FILE', 'KIND'], text(a.publicJwk), keyUnsuitable('JWT_PRIVATE_JWK_PATH')),
    t('config-0875', 'no such file', ['FILE'], none({ JWT_PRIVATE_JWK_PATH: '/run/none.json' }), invalid('JWT_PRIVATE_JWK_PATH'), { files: { '/run/key.json': PRIVATE } }),
    t('config-0876', 'nothing can be read at all', ['FILE'], none({ JWT_PRIVATE_JWK_PATH: '/run/key.json' }), invalid('JWT_PRIVATE_JWK_PATH')),
    t('config-0877', 'the path is taken as it is', ['FILE'], none({ JWT_PRIVATE_JWK_PATH: ' /run/key.json' }), invalid('JWT_PRIVATE_JWK_PATH'), { files: { '/run/key.json': PRIVATE } }),
    t('config-0878', 'a path named __proto__', ['FILE'], none({ JWT_PRIVATE_JWK_PATH: '__proto__' }), invalid('JWT_PRIVATE_JWK_PATH'), { files: {} }),
    t('config-0879', 'with a kid beside it', ['FILE', 'KID'], none({ JWT_PRIVATE_JWK_PATH: '/k', JWT_KID: 'k1' }), under('k1'), { files: { '/k': PRIVATE } }),
    t('config-0880', 'a key of JWT_PUBLIC_JWK comes after the own one', ['FILE', 'PRIVATE'], verifying({ JWT_PRIVATE_JWK_PATH: '/k' }), isSigning({ publicKeys: [OWN_KEY, publicKey(b)] }), { files: { '/k': PRIVATE } })
  ]
}

export default suite(
  'config-private',
  {
    PRIVATE: { description: 'An Ed25519 private JWK signs.', bugType: 'BASIC', spec: ['rfc8037#2', 'local#keys'] },
    PAIR: { description: 'd and x must belong together.', bugType: 'FORGERY', spec: ['rfc8037#2', 'local#keys'] },
    KIND: { description: 'Another kind of key.', bugType: 'FORGERY', spec: ['local#keys'] },
    JSON: {
      description: 'Not one strict JSON object.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['local#keys', 'rfc7517#4'],
    },
    MATERIAL: {
      description: 'Members that hold no key.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['rfc8037#2', 'local#keys'],
    },
    METADATA: {
      description: 'use, key_ops and alg are honoured.',
      bugType: 'FORGERY',
      spec: ['rfc7517#4.2', 'local#keys'],
    },
    KID: {
      description: 'The name of the key that signs.',
      bugType: 'BASIC',
      spec: ['rfc7517#4.5', 'local#configuration'],
    },
    FILE: { description: 'The private key in a file.', bugType: 'BASIC', spec: ['local#configuration'] },
  },
  [material, kid, paths],
)
