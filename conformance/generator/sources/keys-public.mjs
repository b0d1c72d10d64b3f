// Importing one Ed25519 public JWK: what is refused, and in which order.
import { keyCase, raw } from '../key-case.mjs'

const notes = {
  GOOD_KEY: {
    description: 'A public key with the metadata that it may have.',
    bugType: 'BASIC',
    spec: ['rfc8037#2', 'rfc7517#4'],
    cves: [],
  },
  NOT_A_KEY: {
    description: 'What is given is no JWK, or its metadata have wrong types.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7517#4'],
    cves: [],
  },
  OTHER_PURPOSE: {
    description: 'The key says that it is for something else, or is not public.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#4.2', 'rfc7517#4.3', 'rfc7517#4.4', 'rfc8037#2'],
    cves: ['CVE-2022-23539'],
  },
  MATERIAL: {
    description: 'x is not the canonical text of 32 bytes that are a point fit for use.',
    bugType: 'FORGERY',
    spec: ['rfc8037#2', 'rfc8032#5.1.3', 'rfc4648#3.5'],
    cves: [],
  },
  KEY_ORDER: {
    description: 'Two things are wrong; the one that is looked at first gives the code.',
    bugType: 'INTEROP',
    spec: ['local#design-5'],
    cves: [],
  },
}

const rows = keyCase('kpub', 'importPublic')

export default ({ keys, thumbprint, edwards25519: ed, withTrailingBits, b64u }) => {
  const { a, b, rfc8037 } = keys.ed
  const jwk = (more) => ({ ...a.publicJwk, ...more })
  const text = JSON.stringify(a.publicJwk)
  // A key without kid answers to its thumbprint, so that is its kid.
  const named = (key, kid = key.thumbprint) => ({ alg: 'EdDSA', kid, thumbprint: key.thumbprint })
  const result = (kid) => named(a, kid)
  const { x, d } = a.privateJwk
  const bytes = (length, fill = 7) => Buffer.alloc(length, fill).toString('base64url')
  const mixed = b64u(ed.encode(ed.add(ed.decode(Buffer.from(x, 'base64url')), ed.TORSION[1])))
  // A key whose text holds both characters in which the two alphabets differ.
  const both = (() => {
    for (let i = 0; ; i += 1) {
      const key = keys.ed.make(`alphabet ${i}`)
      if (/-/.test(key.publicJwk.x) && /_/.test(key.publicJwk.x)) return key
    }
  })()

  const good = [
    [1, 'the required members', jwk(), result()],
    [2, 'with a kid', jwk({ kid: 'k1' }), result('k1')],
    [3, 'alg EdDSA', jwk({ alg: 'EdDSA' }), result()],
    [4, 'alg Ed25519', jwk({ alg: 'Ed25519' }), result()],
    [5, 'use sig', jwk({ use: 'sig' }), result()],
    [6, 'key_ops verify', jwk({ key_ops: ['verify'] }), result()],
    [7, 'key_ops verify among others', jwk({ key_ops: ['sign', 'verify', 'x'] }), result()],
    [
      8,
      'other members are ignored',
      jwk({ ext: true, x5c: ['AAAA'], x5u: 'https://x.example', exp: 1, y: 'AAAA' }),
      result(),
    ],
    [9, 'as text', text, result()],
    [10, 'as text with white space', ` {"x":"${x}",\n"crv": "Ed25519","kty":"OKP"} \n`, result()],
    [11, 'as text with escapes', text.replace('"OKP"', '"\\u004fKP"'), result()],
    [12, 'the key of RFC 8037', rfc8037.publicJwk, named(rfc8037)],
    [13, 'every member', jwk({ kid: 'k1', alg: 'EdDSA', use: 'sig', key_ops: ['verify'] }), result('k1')],
    [
      15,
      'a point with a part of low order is on the curve',
      jwk({ x: mixed }),
      named({ thumbprint: thumbprint(jwk({ x: mixed })) }),
    ],
    [14, 'a kid of other characters', jwk({ kid: '\u00e9/\u{1f600}' }), result('\u00e9/\u{1f600}')],
  ]
  const notAKey = [
    [30, 'null', null, 'key_invalid'],
    [31, 'a number', 5, 'key_invalid'],
    [32, 'true', true, 'key_invalid'],
    [33, 'an array with a key', [jwk()], 'key_invalid'],
    [34, 'an empty object', {}, 'key_invalid'],
    [35, 'kty absent', { crv: 'Ed25519', x }, 'key_invalid'],
    [36, 'kty a number', jwk({ kty: 5 }), 'key_invalid'],
    [37, 'kty null', jwk({ kty: null }), 'key_invalid'],
    [38, 'kid a number', jwk({ kid: 5 }), 'key_invalid'],
    [39, 'kid empty', jwk({ kid: '' }), 'key_invalid'],
    [40, 'kid null', jwk({ kid: null }), 'key_invalid'],
    [41, 'alg a number', jwk({ alg: 5 }), 'key_invalid'],
    [42, 'alg empty', jwk({ alg: '' }), 'key_invalid'],
    [43, 'alg an array', jwk({ alg: ['EdDSA'] }), 'key_invalid'],
    [44, 'use empty', jwk({ use: '' }), 'key_invalid'],
    [45, 'use an array', jwk({ use: ['sig'] }), 'key_invalid'],
    [46, 'use null', jwk({ use: null }), 'key_invalid'],
    [47, 'key_ops a string', jwk({ key_ops: 'verify' }), 'key_invalid'],
    [48, 'key_ops with a number', jwk({ key_ops: ['verify', 5] }), 'key_invalid'],
    [49, 'key_ops with one twice', jwk({ key_ops: ['verify', 'verify'] }), 'key_invalid'],
    [50, 'key_ops an object', jwk({ key_ops: { 0: 'verify' } }), 'key_invalid'],
    [51, 'empty text', '', 'key_invalid'],
    [52, 'text that is not JSON', x, 'key_invalid'],
    [53, 'text of an array', `[${text}]`, 'key_invalid'],
    [54, 'text with a member twice', `{"kty":"OKP",${text.slice(1)}`, 'key_invalid'],
    [55, 'text with a byte order mark', `\ufeff${text}`, 'key_invalid'],
    [56, 'text with more after it', `${text}x`, 'key_invalid'],
    [57, 'text of a string of a key', JSON.stringify(text), 'key_invalid'],
    [58, 'PEM', '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n', 'key_invalid'],
    [59, 'a string of a key as a value', raw(JSON.stringify('key')), 'key_invalid'],
  ]
  const purpose = [
    [70, 'an X25519 key', jwk({ crv: 'X25519' }), 'key_unsuitable'],
    [71, 'an Ed448 key', jwk({ crv: 'Ed448', x: bytes(57) }), 'key_unsuitable'],
    [72, 'crv in lower case', jwk({ crv: 'ed25519' }), 'key_unsuitable'],
    [73, 'kty in lower case', jwk({ kty: 'okp' }), 'key_unsuitable'],
    [74, 'an RSA key', keys.rs256.a.publicJwk, 'key_unsuitable'],
    [75, 'a P-256 key', keys.es256.a.publicJwk, 'key_unsuitable'],
    [76, 'a secret', { kty: 'oct', k: keys.hs.a.text }, 'key_unsuitable'],
    [77, 'alg ES256', jwk({ alg: 'ES256' }), 'key_unsuitable'],
    [78, 'alg HS512', jwk({ alg: 'HS512' }), 'key_unsuitable'],
    [79, 'alg eddsa', jwk({ alg: 'eddsa' }), 'key_unsuitable'],
    [80, 'use enc', jwk({ use: 'enc' }), 'key_unsuitable'],
    [81, 'use SIG', jwk({ use: 'SIG' }), 'key_unsuitable'],
    [82, 'key_ops empty', jwk({ key_ops: [] }), 'key_unsuitable'],
    [83, 'key_ops sign', jwk({ key_ops: ['sign'] }), 'key_unsuitable'],
    [84, 'a private key', jwk({ d }), 'key_unsuitable'],
    [85, 'a private key as text', JSON.stringify(a.privateJwk), 'key_unsuitable'],
    [86, 'd that is no key', jwk({ d: 'x' }), 'key_unsuitable'],
    [87, 'k beside x', jwk({ k: keys.hs.a.text }), 'key_unsuitable'],
    [88, 'p beside x', jwk({ p: 'AQAB' }), 'key_unsuitable'],
    [89, 'oth beside x', jwk({ oth: [] }), 'key_unsuitable'],
    [90, 'qi beside x', jwk({ qi: 'AQAB' }), 'key_unsuitable'],
  ]
  const offCurve = []
  for (let y = 2n; offCurve.length < 3; y += 1n) if (ed.recoverX(y, 0n) === undefined) offCurve.push(y)
  const material = [
    [100, 'x absent', { kty: 'OKP', crv: 'Ed25519' }, 'key_invalid'],
    [101, 'x a number', jwk({ x: 5 }), 'key_invalid'],
    [102, 'x null', jwk({ x: null }), 'key_invalid'],
    [103, 'x empty', jwk({ x: '' }), 'key_invalid'],
    [104, 'x of 31 bytes', jwk({ x: bytes(31) }), 'key_invalid'],
    [105, 'x of 33 bytes', jwk({ x: bytes(33) }), 'key_invalid'],
    [
      106,
      'x and a zero byte',
      jwk({ x: b64u(Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from([0])])) }),
      'key_invalid',
    ],
    [107, 'x of 64 bytes', jwk({ x: bytes(64) }), 'key_invalid'],
    [108, 'x with padding', jwk({ x: `${x}=` }), 'key_invalid'],
    [109, 'x with unused bits set', jwk({ x: withTrailingBits(x) }), 'key_invalid'],
    [
      110,
      'x in the standard alphabet',
      { ...both.publicJwk, x: both.publicJwk.x.replaceAll('-', '+').replaceAll('_', '/') },
      'key_invalid',
    ],
    [111, 'x with a line feed after', jwk({ x: `${x}\n` }), 'key_invalid'],
    [112, 'x with a space in front', jwk({ x: ` ${x}` }), 'key_invalid'],
    [113, 'x in hexadecimal', jwk({ x: Buffer.from(x, 'base64url').toString('hex') }), 'key_invalid'],
    ...ed
      .lowOrderEncodings()
      .map(({ name, bytes: point }, i) => [120 + i, `low order: ${name}`, jwk({ x: b64u(point) }), 'key_invalid']),
    ...[3n, 4n, 5n, 6n, 9n, 10n, 14n, 15n, 18n].map((y, i) => [
      140 + i,
      `y is p + ${y}`,
      jwk({ x: b64u(ed.littleEndian(ed.P + y)) }),
      'key_invalid',
    ]),
    ...offCurve.map((y, i) => [150 + i, `on no point: y is ${y}`, jwk({ x: b64u(ed.littleEndian(y)) }), 'key_invalid']),
    [153, 'all ones', jwk({ x: bytes(32, 0xff) }), 'key_invalid'],
  ]
  const order = [
    [170, 'kid of a wrong type comes before another kty', { ...keys.rs256.a.publicJwk, kid: 5 }, 'key_invalid'],
    [171, 'alg of a wrong type comes before d', jwk({ alg: 5, d }), 'key_invalid'],
    [172, 'key_ops of a wrong type come before use enc', jwk({ key_ops: 5, use: 'enc' }), 'key_invalid'],
    [173, 'use enc comes before x', jwk({ use: 'enc', x: 'A' }), 'key_unsuitable'],
    [174, 'd comes before x', jwk({ d, x: 'A' }), 'key_unsuitable'],
    [
      175,
      'd of another key comes before x of low order',
      jwk({ d: b.privateJwk.d, x: bytes(32, 0) }),
      'key_unsuitable',
    ],
    [176, 'crv comes before x', jwk({ crv: 'X25519', x: 5 }), 'key_unsuitable'],
  ]
  return {
    suite: 'keys-public',
    kind: 'keys',
    prefix: 'kpub',
    notes,
    groups: [
      { name: 'good keys', tests: good.map(rows('GOOD_KEY')) },
      { name: 'no keys', tests: notAKey.map(rows('NOT_A_KEY')) },
      { name: 'keys for something else', tests: purpose.map(rows('OTHER_PURPOSE')) },
      { name: 'material', tests: material.map(rows('MATERIAL')) },
      { name: 'order', tests: order.map(rows('KEY_ORDER')) },
    ],
  }
}
