// The key step for Ed25519: kid, thumbprint, ambiguity, keys to ignore, pins, hostile kids.

import { hostileKids } from '../hostile-kids.mjs'
import { verifyCase } from '../verify-case.mjs'

const notes = {
  SELECTION: {
    description: 'Exactly one suitable key of the kid, or exactly one suitable key at all where the header has no kid.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7515#4.1.4', 'rfc7517#4.5', 'local#design-5'],
    cves: [],
  },
  UNSUITABLE_KEY: {
    description: 'Keys in a set that are for something else, or are no keys, are as if they were not there.',
    bugType: 'INTEROP',
    spec: ['rfc7517#5', 'rfc7517#4.2', 'rfc7517#4.3'],
    cves: ['CVE-2022-23539', 'CVE-2026-22817'],
  },
  PINS: {
    description: 'Only keys whose thumbprint is listed are used; pins are looked at after selection.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7638#3', 'local#design-5'],
    cves: [],
  },
  HOSTILE_KID: {
    description: 'A kid is compared and nothing else: it is no path, no query and no member of an object.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.10'],
    cves: ['CVE-2025-65945'],
  },
}

const test = verifyCase('vkey')

export default ({ keys, ISSUER, AUDIENCE }) => {
  const { a, b, c } = keys.ed
  const own = { issuer: ISSUER, audience: AUDIENCE }
  const jwk = (key, more) => ({ ...key.publicJwk, ...more })
  const set = (...items) => ({ ...own, publicKeys: { keys: items } })
  const profile = { name: 'EdDSA', kit: 'one', block: 0 }
  const kits = {
    one: { ...own, publicKeys: jwk(a) },
    k1: { ...own, publicKeys: jwk(a, { kid: 'k1' }) },
    private: { ...own, privateKey: a.privateJwk, publicKeys: jwk(b) },
    privateTwice: { ...own, privateKey: a.privateJwk, publicKeys: jwk(a) },
    privateKid: { ...own, privateKey: a.privateJwk, kid: 'k1' },
    two: set(jwk(a), jwk(b)),
    twoKids: set(jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k2' })),
    sameKid: set(jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k1' })),
    mixed: set(jwk(a, { kid: 'k1' }), jwk(b)),
    kidIsThumbprint: set(jwk(a), jwk(b, { kid: a.thumbprint })),
    listed: { ...own, publicKeys: [jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k2' })] },
    text: { ...own, publicKeys: JSON.stringify({ keys: [jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k2' })] }) },
    pinned: { ...own, publicKeys: { keys: [jwk(a), jwk(b)] }, allowedThumbprints: [b.thumbprint] },
    pinnedOne: { ...own, publicKeys: jwk(a), allowedThumbprints: [a.thumbprint, c.thumbprint] },
    pinnedOther: { ...own, publicKeys: jwk(a), allowedThumbprints: [b.thumbprint] },
    pinnedOwn: { ...own, privateKey: a.privateJwk, allowedThumbprints: [b.thumbprint] },
    pinnedKid: { ...own, publicKeys: jwk(a, { kid: 'k1' }), allowedThumbprints: [a.thumbprint] },
    pinnedFake: { ...own, publicKeys: jwk(a, { kid: b.thumbprint }), allowedThumbprints: [b.thumbprint] },
    pinnedSame: {
      ...own,
      publicKeys: { keys: [jwk(a, { kid: 'k1' }), jwk(b, { kid: 'k1' })] },
      allowedThumbprints: [a.thumbprint],
    },
  }

  /** [number, comment, kit, kid in the header, signing key, expected] */
  const rows = [
    [1, 'no kid, one key', 'one', undefined, a, 'ok'],
    [2, 'a key without kid answers to its thumbprint', 'one', a.thumbprint, a, 'ok'],
    [3, 'a kid that nobody has', 'one', 'k9', a, 'key_not_found'],
    [4, 'the thumbprint of another key', 'one', b.thumbprint, b, 'key_not_found'],
    [5, 'the kid of the only key', 'k1', 'k1', a, 'ok'],
    [6, 'no kid, the only key has one', 'k1', undefined, a, 'ok'],
    [7, 'a key with a kid does not answer to its thumbprint', 'k1', a.thumbprint, a, 'key_not_found'],
    [8, 'no kid, one key, signed by another', 'one', undefined, b, 'signature_invalid'],
    [9, 'the right kid, signed by another', 'k1', 'k1', b, 'signature_invalid'],
    [10, 'no kid, two keys', 'two', undefined, a, 'key_ambiguous'],
    [11, 'two keys by thumbprint: the first', 'two', a.thumbprint, a, 'ok'],
    [12, 'two keys by thumbprint: the second', 'two', b.thumbprint, b, 'ok'],
    [13, 'two keys: the thumbprint of one, the signature of the other', 'two', a.thumbprint, b, 'signature_invalid'],
    [14, 'two kids: the second', 'twoKids', 'k2', b, 'ok'],
    [15, 'two kids: none of them', 'twoKids', 'k3', a, 'key_not_found'],
    [16, 'two kids: no kid', 'twoKids', undefined, b, 'key_ambiguous'],
    [17, 'one kid for two keys, signed by the first', 'sameKid', 'k1', a, 'key_ambiguous'],
    [18, 'one kid for two keys, signed by the second', 'sameKid', 'k1', b, 'key_ambiguous'],
    [19, 'one kid for two keys: another kid', 'sameKid', 'k2', a, 'key_not_found'],
    [20, 'one kid for two keys: no kid', 'sameKid', undefined, a, 'key_ambiguous'],
    [21, 'a key with and one without kid: by kid', 'mixed', 'k1', a, 'ok'],
    [22, 'a key with and one without kid: by thumbprint', 'mixed', b.thumbprint, b, 'ok'],
    [23, 'a key without kid is no candidate for a kid, as a secret would be', 'mixed', 'k9', b, 'key_not_found'],
    [24, 'a kid that is the thumbprint of another key', 'kidIsThumbprint', a.thumbprint, a, 'key_ambiguous'],
    [25, 'an array of keys', 'listed', 'k2', b, 'ok'],
    [26, 'a key set as text', 'text', 'k1', a, 'ok'],
    [27, 'the public half of the signing key', 'private', a.thumbprint, a, 'ok'],
    [28, 'a public key beside the signing key', 'private', b.thumbprint, b, 'ok'],
    [29, 'no kid, a public key beside the signing key', 'private', undefined, a, 'key_ambiguous'],
    [30, 'no kid, the signing key given twice is one', 'privateTwice', undefined, a, 'ok'],
    [31, 'by thumbprint, the signing key given twice is one', 'privateTwice', a.thumbprint, a, 'ok'],
    [32, 'the kid given beside the signing key', 'privateKid', 'k1', a, 'ok'],
    [33, 'that key does not answer to its thumbprint', 'privateKid', a.thumbprint, a, 'key_not_found'],
  ]
  const pins = [
    [100, 'the pinned one of two', 'pinned', b.thumbprint, b, 'ok'],
    [101, 'the other one of two', 'pinned', a.thumbprint, a, 'key_not_pinned'],
    [102, 'pins do not settle an ambiguity', 'pinned', undefined, b, 'key_ambiguous'],
    [103, 'nor one kid for two keys', 'pinnedSame', 'k1', a, 'key_ambiguous'],
    [104, 'an unknown kid is not found', 'pinned', 'k9', a, 'key_not_found'],
    [105, 'one of several pins', 'pinnedOne', undefined, a, 'ok'],
    [106, 'no pin matches', 'pinnedOther', undefined, a, 'key_not_pinned'],
    [107, 'no pin matches, and the signature is wrong', 'pinnedOther', undefined, c, 'key_not_pinned'],
    [108, 'pins bind the signing key of the kit too', 'pinnedOwn', undefined, a, 'key_not_pinned'],
    [109, 'the thumbprint counts where the key has a kid', 'pinnedKid', 'k1', a, 'ok'],
    [110, 'a kid that looks like a pinned thumbprint', 'pinnedFake', b.thumbprint, a, 'key_not_pinned'],
  ]

  /** [number, comment, members or key that stand beside the good key a, kid of both, expected without kid] */
  const ignored = [
    [200, 'use enc', jwk(b, { use: 'enc' })],
    [201, 'key_ops without verify', jwk(b, { key_ops: ['sign'] })],
    [202, 'key_ops empty', jwk(b, { key_ops: [] })],
    [203, 'alg of another algorithm', jwk(b, { alg: 'ES256' })],
    [204, 'alg of ECDH', jwk(b, { alg: 'ECDH-ES' })],
    [205, 'a private key', b.privateJwk],
    [206, 'an RSA key', keys.rs256.a.publicJwk],
    [207, 'a P-256 key', keys.es256.a.publicJwk],
    [208, 'an oct key', { kty: 'oct', k: keys.hs.a.text }],
    [209, 'an X25519 key', { kty: 'OKP', crv: 'X25519', x: b.publicJwk.x }],
    [210, 'an Ed448 key', { kty: 'OKP', crv: 'Ed448', x: Buffer.alloc(57, 1).toString('base64url') }],
    [211, 'an unknown kty', { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }],
    [212, 'kty missing', { crv: 'Ed25519', x: b.publicJwk.x }],
    [213, 'x of 31 bytes', jwk(b, { x: Buffer.alloc(31, 7).toString('base64url') })],
    [214, 'x of low order', jwk(b, { x: Buffer.alloc(32).toString('base64url') })],
    [215, 'x with padding', jwk(b, { x: `${b.publicJwk.x}=` })],
    [216, 'null', null],
    [217, 'a string', 'key'],
    [218, 'an array', []],
    [219, 'an empty object', {}],
    [220, 'a numeric kid', jwk(b, { kid: 7 })],
    [221, 'an empty kid', jwk(b, { kid: '' })],
    [222, 'use that is not a string', jwk(b, { use: ['sig'] })],
    [223, 'key_ops that is a string', jwk(b, { key_ops: 'verify' })],
    [224, 'kid null', jwk(b, { kid: null })],
  ]
  const sign = (number, comment, flag, kit, kid, key, expect) =>
    test({
      profile,
      number,
      comment,
      flag,
      kit,
      header: JSON.stringify({ alg: 'EdDSA', kid, typ: 'JWT' }),
      key,
      expect,
    })

  const hostile = hostileKids.flatMap(([i, comment, kid]) => [
    sign(300 + i, `kid is ${comment}`, 'HOSTILE_KID', 'k1', kid, a, 'key_not_found'),
  ])

  return {
    suite: 'verify-key-selection',
    kind: 'verify',
    prefix: 'vkey',
    notes,
    kits,
    groups: [
      { name: 'selection', tests: rows.map(([n, comment, ...rest]) => sign(n, comment, 'SELECTION', ...rest)) },
      { name: 'pins', tests: pins.map(([n, comment, ...rest]) => sign(n, comment, 'PINS', ...rest)) },
      {
        name: 'keys that are ignored in a set',
        tests: ignored.map(([n, comment, other]) =>
          sign(n, `beside ${comment}`, 'UNSUITABLE_KEY', set(other, jwk(a)), undefined, a, 'ok'),
        ),
      },
      {
        name: 'ignored even where they have the kid',
        tests: [
          sign(
            250,
            'the kid of a key for encryption and of a good one',
            'UNSUITABLE_KEY',
            set(jwk(b, { kid: 'k1', use: 'enc' }), jwk(a, { kid: 'k1' })),
            'k1',
            a,
            'ok',
          ),
          sign(
            251,
            'the kid of a key for encryption alone',
            'UNSUITABLE_KEY',
            set(jwk(b, { kid: 'k2', use: 'enc' }), jwk(a, { kid: 'k1' })),
            'k2',
            b,
            'key_not_found',
          ),
          sign(
            252,
            'a set in which nothing suits',
            'UNSUITABLE_KEY',
            { ...set(jwk(b, { use: 'enc' })) },
            undefined,
            b,
            'key_not_found',
          ),
          sign(253, 'an empty set', 'UNSUITABLE_KEY', set(), undefined, a, 'key_not_found'),
          sign(
            254,
            'use sig and key_ops verify suit',
            'UNSUITABLE_KEY',
            set(jwk(a, { use: 'sig', key_ops: ['verify'] })),
            undefined,
            a,
            'ok',
          ),
          sign(
            255,
            'one key_op among others suits',
            'UNSUITABLE_KEY',
            set(jwk(a, { key_ops: ['encrypt', 'verify'] })),
            undefined,
            a,
            'ok',
          ),
        ],
      },
      { name: 'hostile kid', tests: hostile },
    ],
  }
}
