// JWT_PUBLIC_JWK[_NAME]: a JWK, refused when it does not suit, or a JWKS, in which what does not suit is ignored.
import {
  isShared,
  isSigning,
  isVerifying,
  jwksInvalid,
  keyInvalid,
  keyUnsuitable,
  keyWeak,
  none,
  OTHER_KEY,
  OWN_KEY,
  publicKey,
  resolved,
  SECRET,
  SIGNS_HS512,
  secretOf,
  shared,
  signing,
  suite,
  t,
  text,
} from '../config-case.mjs'
import { keys } from '../keys.mjs'

const { a, b, c } = keys.ed
const JWK = b.publicJwk
const RSA = { ...keys.rs256.a.publicJwk, alg: 'RS256' }
const EC = keys.es256.a.publicJwk
const OCT = { kty: 'oct', k: SECRET }

const raw = (value) => none({ JWT_PUBLIC_JWK: value })
const jwk = (members) => raw(text({ ...JWK, ...members }))
const set = (...members) => raw(text({ keys: members }))
const holds = (...publicKeys) => isVerifying({ publicKeys })
const only = (alg, key) => resolved({ accept: [alg], publicKeys: [publicKey({ ...key, alg })] })
const INVALID = keyInvalid('JWT_PUBLIC_JWK')
const UNSUITABLE = keyUnsuitable('JWT_PUBLIC_JWK')
const BAD_SET = jwksInvalid('JWT_PUBLIC_JWK')
// RFC 8032: the identity, of order 1; and y = p, which is 0 written in another way.
const IDENTITY = `AQ${'A'.repeat(41)}`
const P = Buffer.from(`ed${'ff'.repeat(30)}7f`, 'hex').toString('base64url')

// biome-ignore format: a table, one case a line
const single = {
  name: 'one JWK',
  tests: [
    t('config-0900', 'verifies; its kid is its thumbprint', ['PUBLIC'], raw(text(c.publicJwk)), holds(publicKey(c))),
    t('config-0901', 'with a kid', ['PUBLIC'], jwk({ kid: 'k1' }), holds(publicKey(b, 'k1'))),
    t('config-0902', 'with alg, use and key_ops', ['METADATA'], jwk({ alg: 'Ed25519', use: 'sig', key_ops: ['verify'] }), holds(OTHER_KEY)),
    t('config-0903', 'a private key', ['KIND'], raw(text(b.privateJwk)), UNSUITABLE),
    t('config-0904', 'a private key, by name', ['KIND'], none({ JWT_PUBLIC_JWK_NAME: 'KEY', KEY: text(b.privateJwk) }), keyUnsuitable('JWT_PUBLIC_JWK_NAME')),
    t('config-0905', 'an oct key', ['KIND'], raw(text(OCT)), UNSUITABLE),
    t('config-0906', 'an RSA key where nothing accepts RSA', ['KIND'], raw(text(RSA)), UNSUITABLE),
    t('config-0907', 'a P-256 key where nothing accepts it', ['KIND'], raw(text(EC)), UNSUITABLE),
    t('config-0908', 'use enc', ['METADATA'], jwk({ use: 'enc' }), UNSUITABLE),
    t('config-0909', 'key_ops without verify', ['METADATA'], jwk({ key_ops: ['sign'] }), UNSUITABLE),
    t('config-0910', 'key_ops twice the same', ['METADATA'], jwk({ key_ops: ['verify', 'verify'] }), INVALID),
    t('config-0911', 'alg ES256', ['METADATA'], jwk({ alg: 'ES256' }), UNSUITABLE),
    t('config-0912', 'a numeric kid', ['METADATA'], jwk({ kid: 7 }), INVALID),
    t('config-0913', 'x of 31 bytes', ['MATERIAL'], jwk({ x: 'A'.repeat(42) }), INVALID),
    t('config-0914', 'a padded x', ['MATERIAL'], jwk({ x: `${JWK.x}=` }), INVALID),
    t('config-0915', 'the identity', ['MATERIAL'], jwk({ x: IDENTITY }), INVALID),
    t('config-0916', 'y = p', ['MATERIAL'], jwk({ x: P }), INVALID),
    t('config-0917', 'no x', ['MATERIAL'], jwk({ x: undefined }), INVALID),
    t('config-0918', 'no JSON', ['JSON'], raw('key'), INVALID),
    t('config-0919', 'a JSON list of JWKs', ['JSON'], raw(text([JWK])), INVALID),
    t('config-0920', 'a JSON string', ['JSON'], raw(text(text(JWK))), INVALID),
    t('config-0921', 'a repeated member', ['JSON'], raw(`{"kty":"OKP",${text(JWK).slice(1)}`), INVALID),
    t('config-0922', '{}', ['JSON'], raw('{}'), INVALID),
    t('config-0923', 'a certificate', ['JSON'], none({ JWT_PUBLIC_JWK_NAME: 'KEY', KEY: '-----BEGIN CERTIFICATE-----' }), keyInvalid('JWT_PUBLIC_JWK_NAME')),
    t('config-0924', 'an RSA key that is accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(RSA), JWT_ACCEPT: 'RS256' }), only('RS256', keys.rs256.a)),
    t('config-0925', 'an RSA key without alg, under the one algorithm accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(keys.rs256.a.publicJwk), JWT_ACCEPT: 'PS256' }), only('PS256', keys.rs256.a)),
    t('config-0926', 'a P-256 key that is accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(EC), JWT_ACCEPT: 'ES256' }), only('ES256', keys.es256.a)),
    t('config-0927', 'a P-384 key that is accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(keys.es384.a.publicJwk), JWT_ACCEPT: 'ES384' }), only('ES384', keys.es384.a)),
    t('config-0928', 'a P-521 key that is accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(keys.es512.a.publicJwk), JWT_ACCEPT: 'ES512' }), only('ES512', keys.es512.a)),
    t('config-0929', 'an Ed25519 key where RS256 alone is accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(JWK), JWT_ACCEPT: 'RS256' }), UNSUITABLE),
    t('config-0930', 'an RS256 key where PS256 alone is accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(RSA), JWT_ACCEPT: 'PS256' }), UNSUITABLE),
    t('config-0931', 'a P-256 key where ES384 alone is accepted', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(EC), JWT_ACCEPT: 'ES384' }), UNSUITABLE),
    t('config-0932', 'an RSA key of 1024 bits', ['ALGORITHM'], none({ JWT_PUBLIC_JWK: text(keys.rsa1024.publicJwk), JWT_ACCEPT: 'RS256' }), keyWeak('JWT_PUBLIC_JWK'))
  ]
}

// biome-ignore format: a table, one case a line
const sets = {
  name: 'a JWKS',
  tests: [
    t('config-0950', 'two, in their order', ['SET'], set({ ...c.publicJwk, kid: 'c' }, JWK), holds(publicKey(c, 'c'), OTHER_KEY)),
    t('config-0951', 'one', ['SET'], set(JWK), isVerifying()),
    t('config-0952', 'members beside keys', ['SET'], raw(text({ issuer: 'x', keys: [JWK], next: null })), isVerifying()),
    t('config-0953', 'by name', ['SET'], none({ JWT_PUBLIC_JWK_NAME: 'KEYS', KEYS: text({ keys: [JWK] }) }), isVerifying()),
    t('config-0954', 'empty', ['SET'], set(), holds()),
    t('config-0955', 'a private key is ignored', ['IGNORED'], set(c.privateJwk, JWK), isVerifying()),
    t('config-0956', 'an oct key is ignored', ['IGNORED'], set(OCT, JWK), isVerifying()),
    t('config-0957', 'RSA and EC keys are ignored where they are not accepted', ['IGNORED'], set(RSA, EC, JWK), isVerifying()),
    t('config-0958', 'use enc, another alg, key_ops without verify are ignored', ['IGNORED'], set({ ...c.publicJwk, use: 'enc' }, { ...c.publicJwk, alg: 'ES256' }, { ...c.publicJwk, key_ops: ['encrypt'] }, JWK), isVerifying()),
    t('config-0959', 'null, text, a number and a list are ignored', ['IGNORED'], set(null, 'key', 1, [], JWK), isVerifying()),
    t('config-0960', 'bad material is ignored', ['IGNORED'], set({ ...JWK, x: IDENTITY }, { ...JWK, x: P }, { ...JWK, x: 'AA' }, JWK), isVerifying()),
    t('config-0961', 'a numeric kid, an empty kid are ignored', ['IGNORED'], set({ ...c.publicJwk, kid: 1 }, { ...c.publicJwk, kid: '' }, JWK), isVerifying()),
    t('config-0962', 'an unknown kty is ignored', ['IGNORED'], set({ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }, JWK), isVerifying()),
    t('config-0963', 'a weak RSA key is ignored', ['IGNORED', 'ALGORITHM'], none({ JWT_PUBLIC_JWK: text({ keys: [keys.rsa1024.publicJwk, RSA] }), JWT_ACCEPT: 'RS256' }), only('RS256', keys.rs256.a)),
    t('config-0964', 'nothing suits', ['IGNORED'], set(RSA, OCT, c.privateJwk), holds()),
    t('config-0965', 'two algorithms, each with its key', ['SET', 'ALGORITHM'], none({ JWT_PUBLIC_JWK: text({ keys: [RSA, JWK] }), JWT_ACCEPT: 'EdDSA,RS256' }), resolved({ accept: ['EdDSA', 'RS256'], publicKeys: [publicKey(keys.rs256.a), OTHER_KEY] })),
    t('config-0966', 'keys is an object', ['NOT_A_SET'], raw('{"keys":{}}'), BAD_SET),
    t('config-0967', 'keys is null', ['NOT_A_SET'], raw('{"keys":null}'), BAD_SET),
    t('config-0968', 'keys is text', ['NOT_A_SET'], raw('{"keys":"x"}'), BAD_SET),
    t('config-0969', 'keys is an object, by name', ['NOT_A_SET'], none({ JWT_PUBLIC_JWK_NAME: 'KEYS', KEYS: '{"keys":{}}' }), jwksInvalid('JWT_PUBLIC_JWK_NAME')),
    t('config-0970', 'Keys is no set', ['NOT_A_SET'], raw(text({ Keys: [JWK] })), INVALID)
  ]
}

// biome-ignore format: a table, one case a line
const beside = {
  name: 'beside a private key or a secret',
  tests: [
    t('config-0980', 'the public half of the private key counts once', ['BESIDE'], signing({ JWT_PUBLIC_JWK: text(a.publicJwk) }), isSigning()),
    t('config-0981', 'the public half in a set counts once, the private key\'s first', ['BESIDE'], signing({ JWT_PUBLIC_JWK: text({ keys: [JWK, a.publicJwk] }) }), isSigning({ publicKeys: [OWN_KEY, OTHER_KEY] })),
    t('config-0982', 'the public half under another kid is another', ['BESIDE'], signing({ JWT_PUBLIC_JWK: text({ ...a.publicJwk, kid: 'k1' }) }), isSigning({ publicKeys: [OWN_KEY, publicKey(a, 'k1')] })),
    t('config-0983', 'the public half under the kid of JWT_KID counts once', ['BESIDE'], signing({ JWT_KID: 'k1', JWT_PUBLIC_JWK: text({ ...a.publicJwk, kid: 'k1' }) }), isSigning({ signs: { alg: 'EdDSA', kid: 'k1' }, publicKeys: [publicKey(a, 'k1')] })),
    t('config-0984', 'a secret, both accepted', ['BESIDE'], shared({ JWT_PUBLIC_JWK: text(JWK), JWT_ACCEPT: 'HS512,EdDSA' }), isShared({ accept: ['HS512', 'EdDSA'], publicKeys: [OTHER_KEY] })),
    t('config-0985', 'a secret, HS512 alone accepted: the public key is not used', ['BESIDE'], shared({ JWT_PUBLIC_JWK: text(JWK), JWT_ACCEPT: 'HS512' }), isShared()),
    t('config-0986', 'a secret that signs, EdDSA alone accepted: it verifies nothing', ['BESIDE'], shared({ JWT_PUBLIC_JWK: text(JWK), JWT_ACCEPT: 'EdDSA' }), resolved({ profile: 'HS512', accept: ['EdDSA'], signs: SIGNS_HS512, publicKeys: [OTHER_KEY] })),
    t('config-0987', 'three algorithms with a secret and a set', ['BESIDE', 'ALGORITHM'], shared({ JWT_PUBLIC_JWK: text({ keys: [RSA, JWK] }), JWT_ACCEPT: 'RS256,HS512,Ed25519' }), resolved({ profile: 'HS512', accept: ['RS256', 'HS512', 'EdDSA'], signs: SIGNS_HS512, secrets: [secretOf()], publicKeys: [publicKey(keys.rs256.a), OTHER_KEY] }))
  ]
}

export default suite(
  'config-public',
  {
    PUBLIC: { description: 'A public JWK verifies.', bugType: 'BASIC', spec: ['rfc8037#2', 'local#keys'] },
    KIND: { description: 'Another kind of key.', bugType: 'FORGERY', spec: ['local#keys'] },
    METADATA: {
      description: 'use, key_ops and alg are honoured.',
      bugType: 'FORGERY',
      spec: ['rfc7517#4.2', 'local#keys'],
    },
    MATERIAL: { description: 'Members that hold no key.', bugType: 'FORGERY', spec: ['rfc8032#5.1.3', 'local#keys'] },
    JSON: { description: 'Not one strict JSON object.', bugType: 'PARSER_DIFFERENTIAL', spec: ['local#keys'] },
    ALGORITHM: {
      description: 'Algorithms of other issuers.',
      bugType: 'FORGERY',
      spec: ['local#trust', 'rfc8725#3.1'],
    },
    SET: { description: 'Several public keys.', bugType: 'BASIC', spec: ['rfc7517#5', 'local#keys'] },
    IGNORED: {
      description: 'What does not suit in a set is ignored.',
      bugType: 'INTEROP',
      spec: ['rfc7517#5', 'local#keys'],
    },
    NOT_A_SET: { description: 'A set that is none.', bugType: 'BASIC', spec: ['rfc7517#5'] },
    BESIDE: { description: 'Public keys beside what signs.', bugType: 'BASIC', spec: ['local#configuration'] },
  },
  [single, sets, beside],
)
