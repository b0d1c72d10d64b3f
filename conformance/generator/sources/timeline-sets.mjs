// What a fetched set may hold, and how large it may be; what a source may be given.
import { ask, JWKS_URL, ok, set, timeline } from '../timeline-case.mjs'

const notes = {
  GOOD_KEYS: {
    description: 'An entry that is no public signature key is as if it were not there; the others are used.',
    bugType: 'DOS',
    spec: ['rfc7517#5', 'local#key-sources'],
    cves: [],
  },
  TYPE: {
    description: 'A set is what its bytes say, read strictly: the media type of the answer is not looked at.',
    bugType: 'BASIC',
    spec: ['rfc7517#8.5.2', 'local#key-sources'],
    cves: [],
  },
  SIZE: {
    description: 'A set has at most 262,144 bytes unless configured; 1000 entries are read.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: [],
  },
  SOURCE: {
    description: 'A source has an https URL, or an http one on loopback, and limits that are limits.',
    bugType: 'BASIC',
    spec: ['rfc8725#3.10', 'local#key-sources'],
    cves: ['CVE-2026-48522'],
  },
}

export default ({ id, keys, repeated }) => {
  const { a, b, c } = keys.ed
  const jwk = (key, kid, more) => ({ ...key.publicJwk, kid, ...more })
  const [k1, k2] = ['k1', 'k2'].map((kid) => ({ kid }))
  const one = jwk(a, 'k1')

  const others = [
    ['a private key', { ...b.privateJwk, kid: 'k2' }],
    ['a secret', { kty: 'oct', k: keys.hs.a.text, kid: 'k2', alg: 'HS512' }],
    ['a key for encryption', jwk(b, 'k2', { use: 'enc' })],
    ['a key to sign with', jwk(b, 'k2', { key_ops: ['sign'] })],
    ['a key of another algorithm', jwk(b, 'k2', { alg: 'ES256' })],
    ['an RSA key', jwk(keys.rs256.a, 'k2')],
    ['an RSA key of 1024 bits', jwk(keys.rsa1024, 'k2')],
    ['a key of low order', jwk(b, 'k2', { x: Buffer.alloc(32).toString('base64url') })],
    ['a key that is cut off', jwk(b, 'k2', { x: b.publicJwk.x.slice(0, -1) })],
    ['a key without x', { kty: 'OKP', crv: 'Ed25519', kid: 'k2' }],
    ['an unknown type', { kty: 'AKP', kid: 'k2' }],
    ['a kid that is a number', jwk(b, 2)],
    ['null', null],
    ['a string', 'k2'],
    ['a number', 2],
    ['an array', [jwk(b, 'k2')]],
    ['an object without members', {}],
  ]
  const beside = others.map(([comment, other], i) => [
    800 + i,
    `${comment} beside a good key`,
    [ask(0, k1, a, { fetch: ok(set(other, one, other)) }), ask(1, k2, 'key_not_found'), ask(2, {}, a)],
  ])
  const good = [
    ...beside,
    [
      830,
      'a good key and a private one of the same kid',
      [ask(0, k1, a, { fetch: ok(set({ ...b.privateJwk, kid: 'k1' }, one)) })],
    ],
    [
      831,
      'one kid for two keys, and another key',
      [
        ask(0, k2, c, { fetch: ok(set(one, jwk(b, 'k1'), jwk(c, 'k2'))) }),
        ask(1, k1, 'key_ambiguous'),
        ask(2, {}, 'key_ambiguous'),
        ask(3, k2, c),
      ],
    ],
    [832, 'the same key twice is one', [ask(0, k1, a, { fetch: ok(set(one, one)) }), ask(1, {}, a)]],
    [
      833,
      'a key without kid answers to its thumbprint',
      [ask(0, { kid: b.thumbprint }, b, { fetch: ok(set(one, b.publicJwk)) })],
    ],
    [
      834,
      'keys of all algorithms',
      [
        ask(0, { alg: 'RS256', kid: 'r' }, keys.rs256.a, {
          fetch: ok(
            set(one, jwk(keys.rs256.a, 'r'), jwk(keys.es256.a, 'e'), jwk(keys.es384.a, 'f'), jwk(keys.es512.a, 'g')),
          ),
        }),
        ask(1, { alg: 'PS256', kid: 'r' }, keys.rs256.a),
        ask(2, { alg: 'ES256', kid: 'e' }, keys.es256.a),
        ask(3, { alg: 'ES384', kid: 'f' }, keys.es384.a),
        ask(4, { alg: 'ES512', kid: 'g' }, keys.es512.a),
        ask(5, k1, a),
      ],
    ],
    [835, 'members beside keys', [ask(0, k1, a, { fetch: ok(JSON.stringify({ keys: [one], next: [one] })) })]],
  ]

  // Its place in this list is part of a test's id: the list only grows at its end.
  const types = [
    'application/jwk-set+json',
    'application/json',
    'text/plain; charset=iso-8859-1',
    'text/html',
    'application/octet-stream',
    'no type',
    '',
  ].map((type, i) => [
    840 + i,
    type === '' ? 'an empty type' : type,
    [ask(0, k1, a, { fetch: ok(set(one), { 'content-type': type }) })],
  ])

  const text = set(one)
  const many = (count, last) => set(...Array.from({ length: count }, () => ({})), last)
  const size = [
    [860, '262,144 bytes', [ask(0, k1, a, { fetch: ok(repeated(' ', 262_144 - text.length, { prefix: text })) })]],
    [861, 'a limit of fewer bytes: as many', [ask(0, k1, a, { fetch: ok(text) })], { maxBytes: text.length }],
    [
      862,
      'a limit of fewer bytes: one more',
      [ask(0, k1, 'jwks_unavailable', { fetch: ok(`${text} `) })],
      { maxBytes: text.length },
    ],
    [
      863,
      'a limit of more bytes',
      [ask(0, k1, a, { fetch: ok(repeated(' ', 300_000, { prefix: text })) })],
      { maxBytes: 400_000 },
    ],
    [
      864,
      'bytes are counted, not characters',
      [ask(0, k1, 'jwks_unavailable', { fetch: ok(`{"n":"\u00e9",${text.slice(1)}`) })],
      { maxBytes: text.length + 8 },
    ],
    [865, 'the 1000th entry', [ask(0, k1, a, { fetch: ok(many(999, one)) })]],
    [
      866,
      'entries after that are not read',
      [
        ask(0, k1, 'key_not_found', { fetch: ok(set(jwk(b, 'k2'), ...JSON.parse(many(999, one)).keys)) }),
        ask(1, k2, b),
      ],
    ],
  ]

  const refused = [
    [880, 'http', { url: 'http://auth.example/jwks.json' }, 'config_invalid'],
    [881, 'file', { url: 'file:///etc/jwks.json' }, 'config_invalid'],
    [882, 'credentials', { url: 'https://user:pw@auth.example/jwks.json' }, 'config_invalid'],
    [883, 'no text', { url: 5 }, 'config_invalid'],
    [884, 'a time of 0', { cacheTtl: 0 }],
    [885, 'a time that is no number', { cacheTtl: '300' }],
    [886, 'a fraction of a time', { cacheTtl: 1.5 }],
    [887, 'a negative hour', { maxStale: -1 }],
    [888, 'a limit of 0 seconds', { timeout: 0 }],
    [889, 'a limit that is null', { timeout: null }],
    [890, 'a limit of 0 bytes', { maxBytes: 0 }],
    [891, 'a limit that is true', { maxBytes: true }],
    [892, 'an hour that is null', { maxStale: null }],
  ].map(([number, comment, given, code]) => ({
    id: id('timeline', number),
    comment,
    flags: ['SOURCE'],
    source: { url: JWKS_URL, ...given },
    script: [],
    expected: code === undefined ? { misuse: true } : { fault: { code, variable: 'jwksUrl' } },
  }))

  return {
    suite: 'timeline-sets',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    groups: [
      { name: 'what is in a set', tests: good.map((row) => timeline(row, 'GOOD_KEYS')) },
      { name: 'what it says that it is', tests: types.map((row) => timeline(row, 'TYPE')) },
      { name: 'how large it is', tests: size.map((row) => timeline(row, 'SIZE')) },
      { name: 'sources that are refused', tests: refused },
    ],
  }
}
