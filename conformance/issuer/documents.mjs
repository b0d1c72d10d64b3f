// node conformance/issuer/documents.mjs [--check]: stored key documents, sealed by node:crypto alone.
import { readFileSync, writeFileSync } from 'node:fs'
import * as rewraps from './rewraps.mjs'
import { BASE, KEKS, one, sealed, secrets, textOf, two } from './sealed.mjs'

const withKey = (index, change) => (document) => {
  document.keys[index] = { ...document.keys[index], ...change }
  return document
}
const without = (index, name) => (document) => {
  delete document.keys[index][name]
  return document
}
const STATES = [
  ['k0', 'retired'],
  ['k1', 'active'],
  ['k2', 'next'],
]
const flip = (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
const invalid = (comment, text) => ({ comment, text, code: 'key_document_invalid' })
const tampered = (comment, change) => ({ comment, text: sealed(BASE, { change }), code: 'key_document_tampered' })

const tests = [
  { comment: 'a document as it is written', text: sealed(BASE), keys: STATES },
  {
    comment: 'white space and another order of members',
    text: JSON.stringify(
      JSON.parse(sealed(BASE)),
      [
        'revoked',
        'kid',
        'revokedAt',
        'period',
        'version',
        'format',
        'keys',
        'sealed',
        'kek',
        'iv',
        'ciphertext',
        'state',
        'algorithm',
        'publishedAt',
        'activatedAt',
        'retiredAt',
        'removeAt',
        'publicJwk',
        'kty',
        'crv',
        'x',
        'alg',
        'use',
      ],
      2,
    ),
    keys: STATES,
  },
  {
    comment: 'sealed under a key that is kept for opening',
    text: sealed(BASE, { kek: 'b' }),
    keks: textOf('a', 'b'),
    keys: STATES,
  },
  {
    comment: 'secrets, of which the retired one still verifies',
    text: sealed(secrets),
    version: 1,
    keys: [
      ['s0', 'retired'],
      ['s1', 'active'],
      ['s2', 'next'],
    ],
  },
  { comment: 'sealed under a key that nobody has here', text: sealed(BASE, { kek: 'b' }), code: 'kek_unknown' },
  {
    comment: 'the name of a key, and other bytes',
    text: sealed(BASE),
    keks: `a=${KEKS.b.toString('base64url')}`,
    code: 'key_document_tampered',
  },
  tampered('another time of publication', withKey(2, { publishedAt: 4999 })),
  tampered('another public half', withKey(1, { publicJwk: { ...two.publicJwk, kid: 'k1' } })),
  tampered('a retired key more', (document) => ({
    ...document,
    keys: [
      ...document.keys,
      { ...document.keys[0], kid: 'k9', publicJwk: { ...document.keys[0].publicJwk, kid: 'k9' } },
    ],
  })),
  tampered('a retired key less', (document) => ({ ...document, keys: document.keys.slice(1) })),
  tampered('a revocation less', (document) => ({ ...document, revoked: [] })),
  tampered('another period', (document) => ({ ...document, period: 6 })),
  tampered('two private halves that changed places', ({ keys: [a, b, c], ...document }) => ({
    ...document,
    keys: [a, { ...b, sealed: c.sealed }, { ...c, sealed: b.sealed }],
  })),
  tampered('a bit of the ciphertext', (document) =>
    withKey(1, { sealed: { ...document.keys[1].sealed, ciphertext: flip(document.keys[1].sealed.ciphertext) } })(
      document,
    ),
  ),
  tampered('a bit of the nonce', (document) =>
    withKey(1, { sealed: { ...document.keys[1].sealed, iv: flip(document.keys[1].sealed.iv) } })(document),
  ),
  {
    comment: 'an older document under the newest number',
    text: sealed({ ...BASE, version: 2 }),
    code: 'key_document_rolled_back',
  },
  {
    comment: 'a newer document under an older number',
    text: sealed({ ...BASE, version: 4 }),
    code: 'key_document_rolled_back',
  },
  {
    comment: 'its number changed to fit',
    text: sealed({ ...BASE, version: 2 }, { change: (document) => ({ ...document, version: 3 }) }),
    code: 'key_document_tampered',
  },
  {
    comment: 'a form of the future',
    text: sealed(BASE, { change: (document) => ({ ...document, format: 2, more: true }) }),
    code: 'key_document_unsupported',
  },
  invalid('no form', sealed(BASE, { change: ({ format: _, ...document }) => document })),
  invalid('form 0', sealed(BASE, { change: (document) => ({ ...document, format: 0 }) })),
  invalid('a text for the form', sealed(BASE, { change: (document) => ({ ...document, format: '2' }) })),
  invalid('nothing', ''),
  invalid('half of it', sealed(BASE).slice(0, 400)),
  invalid('all but the last character', sealed(BASE).slice(0, -1)),
  invalid('something behind it', `${sealed(BASE)}x`),
  invalid('null', 'null'),
  invalid('a list', '[]'),
  invalid('a member twice', sealed(BASE).replace('"version":3', '"version":3,"version":3')),
  invalid('a member that nobody knows', sealed(BASE, { change: (document) => ({ ...document, extra: 1 }) })),
  invalid('a member of a key that nobody knows', sealed(BASE, { change: withKey(1, { extra: 1 }) })),
  invalid('a private half in the open', sealed(BASE, { change: withKey(1, { privateJwk: one.privateJwk }) })),
  invalid(
    'no key that signs',
    sealed(BASE, { change: (document) => ({ ...document, keys: [document.keys[0], document.keys[2]] }) }),
  ),
  invalid('two keys that sign', sealed(BASE, { change: withKey(2, { state: 'active', activatedAt: 5000 }) })),
  invalid(
    'two keys that will sign',
    sealed(BASE, {
      change: (document) => ({
        ...document,
        keys: [
          ...document.keys,
          { ...document.keys[2], kid: 'k3', publicJwk: { ...document.keys[2].publicJwk, kid: 'k3' } },
        ],
      }),
    }),
  ),
  invalid(
    'two keys of one name',
    sealed(BASE, { change: (document) => ({ ...document, keys: [document.keys[0], ...document.keys] }) }),
  ),
  invalid(
    'a key that was revoked',
    sealed(BASE, { change: (document) => ({ ...document, revoked: [{ kid: 'k0', revokedAt: 1 }] }) }),
  ),
  invalid('a state that is none', sealed(BASE, { change: withKey(0, { state: 'removed' }) })),
  invalid('an algorithm that is none', sealed(BASE, { change: withKey(1, { algorithm: 'none' }) })),
  invalid('a key that signs, with nothing to sign with', sealed(BASE, { change: without(1, 'sealed') })),
  invalid(
    'a retired key with its private half',
    sealed(BASE, { change: (document) => withKey(0, { sealed: document.keys[1].sealed })(document) }),
  ),
  invalid(
    'a secret that is published',
    sealed(secrets, { change: withKey(1, { publicJwk: { ...one.publicJwk, kid: 's1' } }) }),
  ),
  invalid('a key that is not published', sealed(BASE, { change: without(1, 'publicJwk') })),
  invalid('a public half of another name', sealed(BASE, { change: withKey(1, { publicJwk: two.publicJwk }) })),
  invalid('a private half of another name', sealed(BASE, { inside: (jwk) => ({ ...jwk, kid: 'other' }) })),
  invalid('a moment that is no whole second', sealed(BASE, { change: withKey(1, { publishedAt: 5000.5 }) })),
  invalid('a moment before the epoch', sealed(BASE, { change: withKey(1, { publishedAt: -1 }) })),
  invalid('a truth for a moment', sealed(BASE, { change: withKey(1, { publishedAt: true }) })),
  invalid('a retired key that never goes', sealed(BASE, { change: without(0, 'removeAt') })),
  invalid('a next key that signed', sealed(BASE, { change: withKey(2, { activatedAt: 5000 }) })),
  invalid('an active key that never began', sealed(BASE, { change: without(1, 'activatedAt') })),
  invalid(
    'an empty name',
    sealed(BASE, { change: (document) => ({ ...document, revoked: [{ kid: '', revokedAt: 1 }] }) }),
  ),
  invalid(
    'a nonce of 11 bytes',
    sealed(BASE, {
      change: (document) =>
        withKey(1, { sealed: { ...document.keys[1].sealed, iv: Buffer.alloc(11).toString('base64url') } })(document),
    }),
  ),
  invalid(
    'padding',
    sealed(BASE, {
      change: (document) =>
        withKey(1, { sealed: { ...document.keys[1].sealed, ciphertext: `${document.keys[1].sealed.ciphertext}=` } })(
          document,
        ),
    }),
  ),
  invalid('a private half that is no object', sealed(BASE, { inside: () => ['x'] })),
  invalid('a private half that is no text', sealed(BASE, { written: () => Buffer.from([0x7b, 0xff, 0x7d]) })),
  invalid('a private half with a byte order mark', sealed(BASE, { written: (text) => `\ufeff${text}` })),
  invalid('a byte order mark', `\ufeff${sealed(BASE)}`),
  invalid(
    'a private member in a public half, sealed by whoever can',
    sealed({ ...BASE, keys: [BASE.keys[0], { ...BASE.keys[1], publicJwk: one.privateJwk }, BASE.keys[2]] }),
  ),
  {
    comment: 'a private half that is no key: it can be read, and does not sign',
    text: sealed(BASE, { inside: (jwk) => ({ ...jwk, d: 'AAAA' }) }),
    keys: STATES,
    signer: 'key_document_invalid',
  },
  {
    comment: 'a secret that is too short: it can be read, and does not sign',
    text: sealed(secrets, { inside: (jwk) => ({ ...jwk, k: 'AAAA' }) }),
    version: 1,
    keys: [
      ['s0', 'retired'],
      ['s1', 'active'],
      ['s2', 'next'],
    ],
    signer: 'key_document_invalid',
  },
]

const numbered = tests.map(({ comment, text, version = 3, keks = textOf('a'), ...expected }, index) => ({
  id: `kd-${String(index + 1).padStart(4, '0')}`,
  comment,
  version,
  keks,
  text,
  ...expected,
}))
const notes =
  'Stored key documents: the number that the store has for them, the key-encryption keys at hand, and the keys that are read, or the refusal. A text of an earlier state or of an attacker is refused whole.'
for (const [name, content] of Object.entries({ documents: { notes, tests: numbered }, rewraps })) {
  const target = new URL(`${name}.json`, import.meta.url)
  const written = `${JSON.stringify({ format: 1, ...content }, null, 2)}\n`
  if (!process.argv.includes('--check')) writeFileSync(target, written)
  else if (readFileSync(target, 'utf8') !== written) {
    console.error(`${name}.json is not what documents.mjs writes`)
    process.exitCode = 1
  }
}
