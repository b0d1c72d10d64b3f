// RFC 7638 thumbprints: of the required members alone, and only of keys whose material is good.
import { calculateJwkThumbprint } from 'jose'

const notes = {
  THUMBPRINT: {
    description: 'The thumbprint depends on the required members and on nothing else.',
    bugType: 'BASIC',
    spec: ['rfc7638#3', 'rfc8037#A.3'],
    cves: [],
  },
  REFUSED: {
    description: 'A second spelling of a key would have a second thumbprint, so it has none.',
    bugType: 'MALLEABILITY',
    spec: ['rfc7638#7', 'rfc4648#3.5'],
    cves: [],
  },
  NO_THUMBPRINT: {
    description: 'A thumbprint of a secret would give it away to a guess; other types are not keys of this toolkit.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7638#7', 'local#design-5'],
    cves: [],
  },
}

// RFC 7638, section 3.1.
const RFC7638_N =
  '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'

export default async ({ id, keys, padded, withTrailingBits, b64u, thumbprint, edwards25519: ed }) => {
  const { a, rfc8037 } = keys.ed
  const row =
    (flag) =>
    ([number, comment, jwk, expected]) => ({
      id: id('thum', number),
      comment,
      flags: [flag],
      jwk: typeof jwk === 'string' ? jwk : JSON.stringify(jwk),
      expected: /^key_/.test(expected) ? { fault: { code: expected } } : { thumbprint: expected },
    })
  const rsa = { kty: 'RSA', n: RFC7638_N, e: 'AQAB' }
  const jwk = (more) => ({ ...a.publicJwk, ...more })
  const members = { x: a.publicJwk.x, kty: 'OKP', crv: 'Ed25519' }
  const good = [
    [
      1,
      'RFC 7638, section 3.1',
      { ...rsa, alg: 'RS256', kid: '2011-04-29' },
      'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
    ],
    [2, 'RFC 8037, appendix A.3', rfc8037.publicJwk, 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'],
    [3, 'members in another order', members, a.thumbprint],
    [4, 'a kid', jwk({ kid: 'k1' }), a.thumbprint],
    [5, 'any metadata', jwk({ alg: 'EdDSA', use: 'sig', key_ops: ['verify'], kid: 'k' }), a.thumbprint],
    [6, 'metadata of wrong types are ignored', jwk({ alg: 5, use: null, key_ops: 'x', kid: '' }), a.thumbprint],
    [7, 'a key for encryption has the same', jwk({ use: 'enc', alg: 'ECDH-ES' }), a.thumbprint],
    [8, 'a private key has that of its public half', a.privateJwk, a.thumbprint],
    [9, 'other members', jwk({ y: 'AAAA', n: 5, e: null, ext: true }), a.thumbprint],
    ...['es256', 'es384', 'es512', 'rs256'].map((name, i) => [
      10 + i,
      `a key for ${name.toUpperCase()}`,
      keys[name].a.publicJwk,
      keys[name].a.thumbprint,
    ]),
    [14, 'a private EC key', keys.es256.b.privateJwk, keys.es256.b.thumbprint],
    [15, 'a private RSA key', keys.rs256.b.privateJwk, keys.rs256.b.thumbprint],
    [16, 'an RSA key that is too short to be used', keys.rsa1024.publicJwk, keys.rsa1024.thumbprint],
    [17, 'another RSA key', { ...rsa, e: 'Aw' }, thumbprint({ ...rsa, e: 'Aw' })],
    [18, 'kty with an escape', JSON.stringify(members).replace('OKP', '\\u004fKP'), a.thumbprint],
  ]
  const { x } = a.publicJwk
  const ec = keys.es256.a.publicJwk
  const long = (text) => b64u(Buffer.concat([Buffer.from([0]), Buffer.from(text, 'base64url')]))
  const bytes = (length, fill) => Buffer.alloc(length, fill).toString('base64url')
  const refused = [
    [50, 'x with padding', jwk({ x: `${x}=` })],
    [51, 'x with unused bits set', jwk({ x: withTrailingBits(x) })],
    [52, 'x with a line feed after', jwk({ x: `${x}\n` })],
    [53, 'x of 31 bytes', jwk({ x: bytes(31, 7) })],
    [54, 'x of 33 bytes', jwk({ x: bytes(33, 7) })],
    [55, 'x absent', { kty: 'OKP', crv: 'Ed25519' }],
    [56, 'x a number', jwk({ x: 5 })],
    [57, 'x of low order', jwk({ x: bytes(32, 0) })],
    [58, 'x with y over p', jwk({ x: b64u(ed.littleEndian(ed.P + 3n)) })],
    [59, 'kty absent', { crv: 'Ed25519', x }],
    [60, 'kty null', jwk({ kty: null })],
    [61, 'null', null],
    [62, 'an array', [jwk()]],
    [63, 'EC: x with padding', { ...ec, x: padded(ec.x) }],
    [64, 'EC: y absent', { kty: 'EC', crv: 'P-256', x: ec.x }],
    [65, 'EC: on no curve', { ...ec, y: ec.x }],
    [66, 'EC: coordinates of another curve', { ...keys.es384.a.publicJwk, crv: 'P-256' }],
    [67, 'RSA: n with padding', { ...rsa, n: padded(RFC7638_N) }],
    [68, 'RSA: e with padding', { ...rsa, e: 'AQ==' }],
    [69, 'RSA: e absent', { kty: 'RSA', n: RFC7638_N }],
    [70, 'RSA: e even', { ...rsa, e: 'Ag' }],
    [71, 'RSA: n a number', { ...rsa, n: 5 }],
    [72, 'RSA: e one', { ...rsa, e: 'AQ' }],
    [76, 'RSA: e four', { ...rsa, e: 'BA' }],
    [73, 'RSA: e with a zero byte before it', { ...rsa, e: 'AAEAAQ' }],
    [74, 'RSA: n with a zero byte before it', { ...rsa, n: long(RFC7638_N) }],
    [75, 'EC: x with a zero byte before it', { ...ec, x: long(ec.x) }],
  ].map(([number, comment, value]) => [number, comment, value, 'key_invalid'])
  const none = [
    [90, 'a secret', { kty: 'oct', k: keys.hs.a.text }],
    [91, 'a secret with good members beside it', { ...a.publicJwk, kty: 'oct', k: keys.hs.a.text }],
    [92, 'X25519', jwk({ crv: 'X25519' })],
    [93, 'an unknown type', { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }],
    [94, 'secp256k1', { ...ec, crv: 'secp256k1' }],
  ].map(([number, comment, value]) => [number, comment, value, 'key_unsuitable'])

  for (const [number, , value, expected] of good) {
    const parsed = typeof value === 'string' ? JSON.parse(value) : value
    if ((await calculateJwkThumbprint(parsed)) !== expected) throw new Error(`${number}: jose has another thumbprint`)
  }
  return {
    suite: 'thumbprint',
    kind: 'thumbprint',
    prefix: 'thum',
    notes,
    groups: [
      { name: 'thumbprints', tests: good.map(row('THUMBPRINT')) },
      { name: 'refused', tests: refused.map(row('REFUSED')) },
      { name: 'not of this kind', tests: none.map(row('NO_THUMBPRINT')) },
    ],
  }
}
