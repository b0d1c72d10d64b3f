// Key sets as text, and what they give for the header of a token.
const notes = {
  SELECTION: {
    description: 'Exactly one suitable key of the kid, or exactly one suitable key at all where the header has no kid.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#4.5', 'rfc7517#5', 'local#design-5'],
    cves: [],
  },
  IGNORED: {
    description: 'Keys that are for something else, or are no keys, are as if they were not there.',
    bugType: 'INTEROP',
    spec: ['rfc7517#5'],
    cves: ['CVE-2022-23539', 'CVE-2026-48523'],
  },
  NOT_A_SET: {
    description: 'The text is not a JWK Set in strict JSON.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc7517#5', 'rfc8259#4'],
    cves: [],
  },
  KEY_ALGORITHM: {
    description: 'A key serves the algorithms of its type, curve and alg, among those that are asked for.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#4.4', 'rfc8725#3.1'],
    cves: ['CVE-2026-22817', 'CVE-2026-22818'],
  },
}

export default ({ id, keys, padded }) => {
  const { a, b } = keys.ed
  const ecA = keys.es256.a
  const rsaA = keys.rs256.a
  const jwk = (key, more) => ({ ...key.publicJwk, ...more })
  const set = (...items) => JSON.stringify({ keys: items })
  const row =
    (flag, algorithms = ['EdDSA']) =>
    ([number, comment, jwks, header, expected, asked = algorithms]) => ({
      id: id('jwks', number),
      comment,
      flags: [flag],
      jwks,
      algorithms: asked,
      header,
      expected: typeof expected === 'string' ? { fault: { code: expected } } : { thumbprint: expected.thumbprint },
    })
  const eddsa = (kid) => (kid === undefined ? { alg: 'EdDSA' } : { alg: 'EdDSA', kid })

  const selection = [
    [1, 'one key, no kid', set(jwk(a)), eddsa(), a],
    [2, 'one key by its thumbprint', set(jwk(a)), eddsa(a.thumbprint), a],
    [3, 'one key with a kid, no kid in the header', set(jwk(a, { kid: 'k1' })), eddsa(), a],
    [4, 'one key by its kid', set(jwk(a, { kid: 'k1' })), eddsa('k1'), a],
    [5, 'a key with a kid, by its thumbprint', set(jwk(a, { kid: 'k1' })), eddsa(a.thumbprint), 'key_not_found'],
    [6, 'an unknown kid', set(jwk(a, { kid: 'k1' })), eddsa('k2'), 'key_not_found'],
    [7, 'two keys, no kid', set(jwk(a), jwk(b)), eddsa(), 'key_ambiguous'],
    [8, 'two keys, by thumbprint', set(jwk(a), jwk(b)), eddsa(b.thumbprint), b],
    [9, 'two kids, by kid', set(jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k2' })), eddsa('k2'), b],
    [10, 'one kid for two keys', set(jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k1' })), eddsa('k1'), 'key_ambiguous'],
    [
      11,
      'one kid for two keys: another kid',
      set(jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k1' })),
      eddsa('k2'),
      'key_not_found',
    ],
    [
      12,
      'a kid that is the thumbprint of another key',
      set(jwk(a), jwk(b, { kid: a.thumbprint })),
      eddsa(a.thumbprint),
      'key_ambiguous',
    ],
    [13, 'an empty set', set(), eddsa(), 'key_not_found'],
    [14, 'an empty set, with a kid', set(), eddsa('k1'), 'key_not_found'],
    [15, 'a kid in other case', set(jwk(a, { kid: 'k1' })), eddsa('K1'), 'key_not_found'],
    [16, '__proto__ as kid', set(jwk(a, { kid: 'k1' })), eddsa('__proto__'), 'key_not_found'],
    [17, '__proto__ as kid of a key', set(jwk(a, { kid: '__proto__' }), jwk(b)), eddsa('__proto__'), a],
    [18, 'constructor as kid', set(jwk(a)), eddsa('constructor'), 'key_not_found'],
    [19, 'members beside keys', JSON.stringify({ keys: [jwk(a)], expires: 5, next: [jwk(b)] }), eddsa(), a],
    [20, 'white space around', ` \n${set(jwk(a))}\t`, eddsa(), a],
    [21, 'a kid beyond ASCII', set(jwk(a, { kid: '\u00e9' }), jwk(b, { kid: 'e\u0301' })), eddsa('e\u0301'), b],
    [
      22,
      'a kid written with escapes',
      set(jwk(a, { kid: 'k1' }), jwk(b)).replace('"k1"', '"\\u006b1"'),
      eddsa('k1'),
      a,
    ],
    [23, 'Ed25519 in the header', set(jwk(a)), { alg: 'Ed25519' }, a],
    [24, 'Ed25519 asked for', set(jwk(a)), eddsa(), a, ['Ed25519']],
    [25, 'Ed25519 in the key', set(jwk(a, { alg: 'Ed25519' })), eddsa(), a],
    [
      26,
      'a hundred keys',
      set(...Array.from({ length: 99 }, (_, i) => jwk(a, { kid: `k${i}` })), jwk(b, { kid: 'last' })),
      eddsa('last'),
      b,
    ],
  ]
  // Only grows at its end: the numbers are places.
  const bad = [
    ['an unknown kty', { kty: 'AKP', pub: 'AAAA' }],
    ['an RSA key', rsaA.publicJwk],
    ['a secret', { kty: 'oct', k: keys.hs.a.text }],
    ['null', null],
    ['a number', 5],
    ['a string', 'AAAA'],
    ['an array', [jwk(b)]],
    ['an empty object', {}],
    ['a key for encryption', jwk(b, { use: 'enc' })],
    ['key_ops without verify', jwk(b, { key_ops: ['sign'] })],
    ['alg of ECDH', jwk(b, { alg: 'ECDH-ES' })],
    ['a numeric kid', jwk(b, { kid: 5 })],
    ['an empty kid', jwk(b, { kid: '' })],
    ['x with padding', jwk(b, { x: padded(b.publicJwk.x) })],
    ['x of 31 bytes', jwk(b, { x: Buffer.alloc(31, 7).toString('base64url') })],
    ['x of low order', jwk(b, { x: Buffer.alloc(32).toString('base64url') })],
    ['x absent', { kty: 'OKP', crv: 'Ed25519' }],
    ['a private key', b.privateJwk],
    ['an X25519 key', jwk(b, { crv: 'X25519' })],
    ['use null', jwk(b, { use: null })],
    ['key_ops null', jwk(b, { key_ops: null })],
  ]
  const ignored = bad.flatMap(([comment, other], i) => [
    [100 + i, `${comment} beside a good key`, set(other, jwk(a)), eddsa(), a],
    [130 + i, `${comment} alone`, set(other), eddsa(), 'key_not_found'],
  ])
  const sameKid = [
    [
      160,
      'a key for encryption has the kid too',
      set(jwk(b, { kid: 'k1', use: 'enc' }), jwk(a, { kid: 'k1' })),
      eddsa('k1'),
      a,
    ],
    [161, 'a private key has the kid too', set({ ...b.privateJwk, kid: 'k1' }, jwk(a, { kid: 'k1' })), eddsa('k1'), a],
    [
      162,
      'a private key alone has the kid',
      set({ ...b.privateJwk, kid: 'k1' }, jwk(a, { kid: 'k2' })),
      eddsa('k1'),
      'key_not_found',
    ],
    [
      163,
      'a key of another type has the kid too',
      set(jwk(rsaA, { kid: 'k1' }), jwk(a, { kid: 'k1' })),
      eddsa('k1'),
      a,
    ],
  ]
  const good = set(jwk(a))
  const notSets = [
    [200, 'an array of keys', JSON.stringify([jwk(a)])],
    [201, 'a single key', JSON.stringify(jwk(a))],
    [202, 'keys absent', '{}'],
    [203, 'keys an object', JSON.stringify({ keys: { 0: jwk(a) } })],
    [204, 'keys null', '{"keys":null}'],
    [205, 'keys a string', JSON.stringify({ keys: good })],
    [206, 'null', 'null'],
    [207, 'a string', JSON.stringify(good)],
    [208, 'empty text', ''],
    [209, 'an HTML page', '<!doctype html><title>404</title>'],
    [210, 'keys twice', `${good.slice(0, -1)},"keys":[]}`],
    [211, 'keys twice, once with an escape', `{"\\u006beys":[],${good.slice(1)}`],
    [212, 'a member of a key twice', good.replace('"kty"', '"x":"AAAA","kty"')],
    [213, 'a byte order mark', `\ufeff${good}`],
    [214, 'text after the set', `${good}x`],
    [215, 'a comma after the last key', good.replace(']}', ',]}')],
    [216, 'a number beyond 2^53 - 1', good.replace('{', '{"n":9007199254740992,')],
    [217, 'a lone surrogate', good.replace('{', '{"n":"\\ud800",')],
    [218, '17 levels', good.replace('{', `{"n":${'['.repeat(16)}${']'.repeat(16)},`)],
    [219, 'Keys is not keys', good.replace('keys', 'Keys')],
    [220, 'NaN', good.replace('{', '{"n":NaN,')],
  ].map(([number, comment, text]) => [number, comment, text, eddsa(), 'jwks_invalid'])
  const all = ['EdDSA', 'RS256', 'PS256', 'ES256', 'ES384', 'ES512']
  const several = set(jwk(a), jwk(ecA), jwk(keys.es384.a), jwk(keys.es512.a), jwk(rsaA))
  const algorithms = [
    [250, 'EdDSA', several, { alg: 'EdDSA' }, a],
    [251, 'ES256', several, { alg: 'ES256' }, ecA],
    [252, 'ES384', several, { alg: 'ES384' }, keys.es384.a],
    [253, 'ES512', several, { alg: 'ES512' }, keys.es512.a],
    [254, 'RS256', several, { alg: 'RS256' }, rsaA],
    [255, 'PS256', several, { alg: 'PS256' }, rsaA],
    [256, 'the kid of a key of another type', several, { alg: 'ES256', kid: a.thumbprint }, 'key_not_found'],
    [257, 'alg RS256 does not serve PS256', set(jwk(rsaA, { alg: 'RS256' })), { alg: 'PS256' }, 'key_not_found'],
    [
      258,
      'two keys of which alg leaves one',
      set(jwk(rsaA, { alg: 'PS256' }), jwk(keys.rs256.b, { alg: 'RS256' })),
      { alg: 'RS256' },
      keys.rs256.b,
    ],
    [
      259,
      'one RSA key without alg and one with: both suit',
      set(jwk(rsaA), jwk(keys.rs256.b, { alg: 'RS256' })),
      { alg: 'RS256' },
      'key_ambiguous',
    ],
    [260, 'an RSA key of 2047 bits', set(jwk(keys.rsa2047)), { alg: 'RS256' }, 'key_not_found'],
    [261, 'an RSA key of 1024 bits beside a good one', set(jwk(keys.rsa1024), jwk(rsaA)), { alg: 'RS256' }, rsaA],
    [
      262,
      'a P-256 key on no curve beside a good one',
      set(jwk(ecA, { y: ecA.publicJwk.x }), jwk(keys.es256.b)),
      { alg: 'ES256' },
      keys.es256.b,
    ],
    [263, 'a private RSA key', set(rsaA.privateJwk), { alg: 'RS256' }, 'key_not_found'],
    [
      264,
      'one kid for keys of two types',
      set(jwk(a, { kid: 'k' }), jwk(ecA, { kid: 'k' })),
      { alg: 'ES256', kid: 'k' },
      ecA,
    ],
    [265, 'keys of an algorithm that is not asked for', set(jwk(ecA)), { alg: 'EdDSA' }, 'key_not_found', ['EdDSA']],
  ]
  return {
    suite: 'jwks',
    kind: 'jwks',
    prefix: 'jwks',
    notes,
    groups: [
      { name: 'selection', tests: selection.map(row('SELECTION')) },
      { name: 'keys that are ignored', tests: [...ignored, ...sameKid].map(row('IGNORED')) },
      { name: 'no sets', tests: notSets.map(row('NOT_A_SET')) },
      { name: 'algorithms', tests: algorithms.map(row('KEY_ALGORITHM', all)) },
    ],
  }
}
