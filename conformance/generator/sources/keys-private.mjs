// Importing one Ed25519 private JWK, and exporting the public half.
import { keyCase } from '../key-case.mjs'

const notes = {
  GOOD_KEY: {
    description: 'A private key with the metadata that it may have.',
    bugType: 'BASIC',
    spec: ['rfc8037#2'],
    cves: [],
  },
  NOT_A_KEY: {
    description: 'What is given is no JWK, or its metadata have wrong types.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7517#4'],
    cves: [],
  },
  OTHER_PURPOSE: {
    description: 'The key says that it is for something else, or is public.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#4.2', 'rfc7517#4.3', 'rfc7517#4.4'],
    cves: ['CVE-2022-23539'],
  },
  MATERIAL: {
    description: 'd or x is not the canonical text of 32 bytes, or the two do not belong together.',
    bugType: 'FORGERY',
    spec: ['rfc8037#2', 'rfc4648#3.5'],
    cves: [],
  },
}

const rows = keyCase('kprv', 'importPrivate')

export default ({ keys, withTrailingBits, b64u }) => {
  const { a, b, rfc8037 } = keys.ed
  const { x, d } = a.privateJwk
  const jwk = (more) => ({ ...a.privateJwk, ...more })
  const text = JSON.stringify(a.privateJwk)
  const result = (kid = a.thumbprint) => ({ alg: 'EdDSA', kid, thumbprint: a.thumbprint })
  const bytes = (length, fill = 7) => Buffer.alloc(length, fill).toString('base64url')

  const good = [
    [1, 'the required members', jwk(), result()],
    [2, 'with a kid', jwk({ kid: 'k1' }), result('k1')],
    [3, 'alg EdDSA', jwk({ alg: 'EdDSA' }), result()],
    [4, 'alg Ed25519', jwk({ alg: 'Ed25519' }), result()],
    [5, 'use sig', jwk({ use: 'sig' }), result()],
    [6, 'key_ops sign', jwk({ key_ops: ['sign'] }), result()],
    [7, 'key_ops sign and verify', jwk({ key_ops: ['sign', 'verify'] }), result()],
    [8, 'as text', text, result()],
    [9, 'as text with white space', `\n${text} `, result()],
    [10, 'other members are ignored', jwk({ ext: false, iat: 1 }), result()],
    [
      11,
      'the key of RFC 8037',
      rfc8037.privateJwk,
      { alg: 'EdDSA', kid: rfc8037.thumbprint, thumbprint: rfc8037.thumbprint },
    ],
  ]
  const notAKey = [
    [20, 'null', null, 'key_invalid'],
    [21, 'an array', [jwk()], 'key_invalid'],
    [22, 'kty absent', { crv: 'Ed25519', x, d }, 'key_invalid'],
    [23, 'kid a number', jwk({ kid: 5 }), 'key_invalid'],
    [24, 'alg null', jwk({ alg: null }), 'key_invalid'],
    [25, 'key_ops a string', jwk({ key_ops: 'sign' }), 'key_invalid'],
    [26, 'empty text', '', 'key_invalid'],
    [27, 'PEM', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n', 'key_invalid'],
    [28, 'text with d twice', `${text.slice(0, -1)},"d":"${d}"}`, 'key_invalid'],
    [29, 'the text of d', d, 'key_invalid'],
    [30, 'text with a byte order mark', `\ufeff${text}`, 'key_invalid'],
    [31, 'a key set', { keys: [jwk()] }, 'key_invalid'],
  ]
  const purpose = [
    [40, 'a public key', a.publicJwk, 'key_unsuitable'],
    [41, 'a public key as text', JSON.stringify(a.publicJwk), 'key_unsuitable'],
    [42, 'a private X25519 key', jwk({ crv: 'X25519' }), 'key_unsuitable'],
    [43, 'a private P-256 key', keys.es256.a.privateJwk, 'key_unsuitable'],
    [44, 'a private RSA key', keys.rs256.a.privateJwk, 'key_unsuitable'],
    [45, 'a secret', { kty: 'oct', k: keys.hs.a.text }, 'key_unsuitable'],
    [46, 'use enc', jwk({ use: 'enc' }), 'key_unsuitable'],
    [47, 'key_ops verify', jwk({ key_ops: ['verify'] }), 'key_unsuitable'],
    [48, 'key_ops empty', jwk({ key_ops: [] }), 'key_unsuitable'],
    [49, 'alg ES256', jwk({ alg: 'ES256' }), 'key_unsuitable'],
    [50, 'use enc comes before d', jwk({ use: 'enc', d: 'A' }), 'key_unsuitable'],
    [51, 'neither d nor x', { kty: 'OKP', crv: 'Ed25519' }, 'key_unsuitable'],
  ]
  const material = [
    [60, 'd and x of two keys', jwk({ d: b.privateJwk.d }), 'key_invalid'],
    [61, 'x of another key', jwk({ x: b.publicJwk.x }), 'key_invalid'],
    [62, 'd without x', { kty: 'OKP', crv: 'Ed25519', d }, 'key_invalid'],
    [63, 'd of 31 bytes', jwk({ d: bytes(31) }), 'key_invalid'],
    [64, 'd of 33 bytes', jwk({ d: bytes(33) }), 'key_invalid'],
    [65, 'd and x run together', jwk({ d: b64u(Buffer.concat([a.seed, Buffer.from(x, 'base64url')])) }), 'key_invalid'],
    [66, 'd with padding', jwk({ d: `${d}=` }), 'key_invalid'],
    [67, 'd with unused bits set', jwk({ d: withTrailingBits(d) }), 'key_invalid'],
    [68, 'd with a line feed after', jwk({ d: `${d}\n` }), 'key_invalid'],
    [69, 'd empty', jwk({ d: '' }), 'key_invalid'],
    [70, 'd a number', jwk({ d: 5 }), 'key_invalid'],
    [71, 'x with padding', jwk({ x: `${x}=` }), 'key_invalid'],
    [72, 'x of low order', jwk({ x: bytes(32, 0) }), 'key_invalid'],
    [73, 'x of 31 bytes', jwk({ x: bytes(31) }), 'key_invalid'],
    [
      74,
      'x with its sign bit flipped',
      jwk({ x: b64u(Buffer.from(x, 'base64url').map((v, i) => (i === 31 ? v ^ 0x80 : v))) }),
      'key_invalid',
    ],
    [75, 'x a number', jwk({ x: 5 }), 'key_invalid'],
  ]
  return {
    suite: 'keys-private',
    kind: 'keys',
    prefix: 'kprv',
    notes,
    groups: [
      { name: 'good keys', tests: good.map(rows('GOOD_KEY')) },
      { name: 'no keys', tests: notAKey.map(rows('NOT_A_KEY')) },
      { name: 'keys for something else', tests: purpose.map(rows('OTHER_PURPOSE')) },
      { name: 'material', tests: material.map(rows('MATERIAL')) },
    ],
  }
}
