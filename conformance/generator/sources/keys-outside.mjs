// Importing one RSA or EC public JWK, for outside issuers.
import { keyCase } from '../key-case.mjs'

const notes = {
  GOOD_KEY: {
    description: 'A public key for the algorithm that is asked for.',
    bugType: 'BASIC',
    spec: ['rfc7518#6.2', 'rfc7518#6.3'],
    cves: [],
  },
  OTHER_PURPOSE: {
    description: 'The key is of another type or curve, for another algorithm, or not public.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#4.4', 'rfc8725#3.1'],
    cves: ['CVE-2022-23539'],
  },
  WEAK_KEY: {
    description: 'An RSA modulus of fewer than 2048 bits.',
    bugType: 'FORGERY',
    spec: ['rfc7518#3.3', 'rfc7518#3.5'],
    cves: [],
  },
  MATERIAL: {
    description: 'A number or coordinate that no key of this kind has.',
    bugType: 'FORGERY',
    spec: ['rfc7518#6.2.1', 'rfc7518#6.3.1'],
    cves: [],
  },
}

const rows = keyCase('kout', 'importPublic')

export default ({ keys, padded, b64u }) => {
  const algorithms = { RS256: keys.rs256, PS256: keys.ps256, ES256: keys.es256, ES384: keys.es384, ES512: keys.es512 }
  const good = Object.entries(algorithms).flatMap(([alg, { a }], i) => [
    [
      10 * i + 1,
      `${alg}: the required members`,
      a.publicJwk,
      { alg, kid: a.thumbprint, thumbprint: a.thumbprint },
      { alg },
    ],
    [
      10 * i + 2,
      `${alg}: every member`,
      { ...a.publicJwk, kid: 'k', alg, use: 'sig', key_ops: ['verify'] },
      { alg, kid: 'k', thumbprint: a.thumbprint },
      { alg },
    ],
    [
      10 * i + 3,
      `${alg}: as text`,
      JSON.stringify(a.publicJwk),
      { alg, kid: a.thumbprint, thumbprint: a.thumbprint },
      { alg },
    ],
  ])
  const ofNoConcern = {
    ...keys.rs256.a.publicJwk,
    crv: 'P-256',
  }
  good.push([
    60,
    'RS256: a member of other kinds of keys',
    ofNoConcern,
    { alg: 'RS256', kid: keys.rs256.a.thumbprint, thumbprint: keys.rs256.a.thumbprint },
    { alg: 'RS256' },
  ])
  const unsuitable = Object.entries(algorithms).flatMap(([alg, { a }], i) => {
    const row = (n, comment, jwk) => [100 + 10 * i + n, `${alg}: ${comment}`, jwk, 'key_unsuitable', { alg }]
    return [
      row(0, 'a private key', a.privateJwk),
      row(1, 'alg of another algorithm', { ...a.publicJwk, alg: 'EdDSA' }),
      row(2, 'use enc', { ...a.publicJwk, use: 'enc' }),
      row(3, 'key_ops without verify', { ...a.publicJwk, key_ops: ['encrypt'] }),
      row(4, 'an Ed25519 key', keys.ed.a.publicJwk),
      row(5, 'a secret', { kty: 'oct', k: keys.hs.a.text }),
    ]
  })
  const { publicJwk: rsa } = keys.rs256.a
  const { publicJwk: p256 } = keys.es256.a
  const { publicJwk: p384 } = keys.es384.a
  const { publicJwk: p521 } = keys.es512.a
  const rs = (number, comment, more, code = 'key_invalid') => [
    number,
    `RS256: ${comment}`,
    { ...rsa, ...more },
    code,
    { alg: 'RS256' },
  ]
  const es = (number, comment, jwk, code = 'key_invalid', alg = 'ES256') => [
    number,
    `${alg}: ${comment}`,
    jwk,
    code,
    { alg },
  ]
  const without = (jwk, name) => Object.fromEntries(Object.entries(jwk).filter(([member]) => member !== name))
  const flipped = (text) => {
    const bytes = Buffer.from(text, 'base64url')
    bytes[bytes.length - 1] ^= 1
    return b64u(bytes)
  }
  const cut = (text) => b64u(Buffer.from(text, 'base64url').subarray(1))
  const long = (text) => b64u(Buffer.concat([Buffer.from([0]), Buffer.from(text, 'base64url')]))
  const plusTwo = (text) => {
    const sum = BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`) + 2n
    return b64u(Buffer.from(sum.toString(16), 'hex'))
  }
  const others = [
    rs(200, 'alg PS256', { alg: 'PS256' }, 'key_unsuitable'),
    rs(201, 'alg RS512', { alg: 'RS512' }, 'key_unsuitable'),
    es(202, 'a P-384 key', p384, 'key_unsuitable'),
    es(203, 'a P-256 key', p256, 'key_unsuitable', 'ES384'),
    es(204, 'a P-256 key', p256, 'key_unsuitable', 'ES512'),
    es(205, 'a secp256k1 key', { ...p256, crv: 'secp256k1' }, 'key_unsuitable'),
    es(206, 'an RSA key', rsa, 'key_unsuitable'),
    ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].map((name, i) =>
      rs(210 + i, `a private member alone: ${name}`, { [name]: name === 'oth' ? [] : 'AQAB' }, 'key_unsuitable'),
    ),
    rs(208, 'a weak key for encryption', { ...keys.rsa1024.publicJwk, use: 'enc' }, 'key_unsuitable'),
  ]
  const weak = [
    rs(220, '2047 bits', keys.rsa2047.publicJwk, 'key_weak'),
    rs(221, '1024 bits', keys.rsa1024.publicJwk, 'key_weak'),
  ]
  const material = [
    rs(230, 'n with padding', { n: padded(rsa.n) }),
    rs(231, 'e even', { e: b64u(Buffer.from([2])) }),
    rs(232, 'e one', { e: b64u(Buffer.from([1])) }),
    rs(233, 'e a number', { e: 65537 }),
    rs(234, 'e with padding', { e: 'AQAB====' }),
    rs(235, 'e empty', { e: '' }),
    rs(236, 'n a number', { n: 5 }),
    rs(237, 'n empty', { n: '' }),
    rs(238, 'n in the standard alphabet', {
      n: Buffer.from(rsa.n, 'base64url').toString('base64').replaceAll('=', ''),
    }),
    rs(241, 'n with a zero byte before it', { n: long(rsa.n) }),
    rs(242, 'e with a zero byte before it', { e: b64u(Buffer.from([0, 1, 0, 1])) }),
    rs(243, 'e equal to n', { e: rsa.n }),
    rs(244, 'e of n and two', { e: plusTwo(rsa.n) }),
    rs(245, 'e longer than n', { e: b64u(Buffer.concat([Buffer.from([1]), Buffer.from(rsa.n, 'base64url')])) }),
    [239, 'RS256: n absent', without(rsa, 'n'), 'key_invalid', { alg: 'RS256' }],
    [240, 'RS256: e absent', without(rsa, 'e'), 'key_invalid', { alg: 'RS256' }],
    es(250, 'x absent', without(p256, 'x')),
    es(251, 'y absent', without(p256, 'y')),
    es(252, 'x one byte short', { ...p256, x: cut(p256.x) }),
    es(253, 'y one byte long', { ...p256, y: long(p256.y) }),
    es(254, 'y changed: on no curve', { ...p256, y: flipped(p256.y) }),
    es(255, 'the origin', { ...p256, x: b64u(Buffer.alloc(32)), y: b64u(Buffer.alloc(32)) }),
    es(256, 'coordinates of all ones', { ...p256, x: b64u(Buffer.alloc(32, 255)), y: b64u(Buffer.alloc(32, 255)) }),
    es(257, 'x and y exchanged', { ...p256, x: p256.y, y: p256.x }),
    es(258, 'x with padding', { ...p256, x: padded(p256.x) }),
    es(259, 'y a number', { ...p256, y: 5 }),
    es(260, 'y changed: on no curve', { ...p384, y: flipped(p384.y) }, 'key_invalid', 'ES384'),
    es(261, 'x without its leading zero byte', { ...p521, x: cut(p521.x) }, 'key_invalid', 'ES512'),
    es(262, 'y changed: on no curve', { ...p521, y: flipped(p521.y) }, 'key_invalid', 'ES512'),
    es(263, 'x beyond the field', { ...p521, x: b64u(Buffer.alloc(66, 255)) }, 'key_invalid', 'ES512'),
  ]
  return {
    suite: 'keys-outside',
    kind: 'keys',
    prefix: 'kout',
    notes,
    groups: [
      { name: 'good keys', tests: good.map(rows('GOOD_KEY')) },
      { name: 'keys for something else', tests: [...unsuitable, ...others].map(rows('OTHER_PURPOSE')) },
      { name: 'weak keys', tests: weak.map(rows('WEAK_KEY')) },
      { name: 'material', tests: material.map(rows('MATERIAL')) },
    ],
  }
}
