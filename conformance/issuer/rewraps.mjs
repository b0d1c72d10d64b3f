// Stored keys that are sealed anew under another key-encryption key.
import { BASE, sealed, secrets, textOf } from './sealed.mjs'

const lasting = (set) => ({
  ...set,
  version: 1,
  keys: set.keys.map((key) => (key.state === 'retired' ? { ...key, removeAt: 9000 } : key)),
})
const pairs = lasting(BASE)
const shared = lasting(secrets)
const STATES = [
  ['k0', 'retired'],
  ['k1', 'active'],
  ['k2', 'next'],
]
const under = (kek, ...kids) => Object.fromEntries(kids.map((kid) => [kid, kek]))
const told = (...kids) => kids.map((kid) => ['rewrapped', kid, 6000])
const later = { ...pairs, version: 2, revoked: [...pairs.revoked, { kid: 'leaked-2', revokedAt: 5500 }] }

const cases = [
  {
    comment: 'all private halves go under the first key, and nothing else changes',
    text: sealed(pairs),
    version: 2,
    keys: STATES,
    seals: under('b', 'k1', 'k2'),
    changes: told('k1', 'k2'),
  },
  {
    comment: 'a retired secret still verifies: it goes with the others',
    algorithm: 'HS512',
    text: sealed(shared),
    version: 2,
    keys: [
      ['s0', 'retired'],
      ['s1', 'active'],
      ['s2', 'next'],
    ],
    seals: under('b', 's0', 's1', 's2'),
    changes: told('s0', 's1', 's2'),
  },
  {
    comment: 'what is under the first key already is left alone',
    text: sealed(pairs, { kek: 'b' }),
    version: 1,
    keys: STATES,
    seals: under('b', 'k1', 'k2'),
    changes: [],
  },
  {
    comment: 'one of them is under another key',
    text: sealed(pairs, { kek: ['b', 'b', 'a'] }),
    version: 2,
    keys: STATES,
    seals: under('b', 'k1', 'k2'),
    changes: told('k2'),
  },
  {
    comment: 'the only key seals already',
    keks: textOf('a'),
    text: sealed(pairs),
    version: 1,
    keys: STATES,
    seals: under('a', 'k1', 'k2'),
    changes: [],
  },
  {
    comment: 'another process takes a key back meanwhile: that is not undone',
    text: sealed(pairs),
    meanwhile: sealed(later),
    version: 3,
    keys: STATES,
    seals: under('b', 'k1', 'k2'),
    revoked: ['leaked', 'leaked-2'],
    changes: told('k1', 'k2'),
  },
  {
    comment: 'another process does the same meanwhile: once is enough',
    text: sealed(pairs),
    meanwhile: sealed(later, { kek: 'b' }),
    version: 2,
    keys: STATES,
    seals: under('b', 'k1', 'k2'),
    revoked: ['leaked', 'leaked-2'],
    changes: told('k1', 'k2'),
  },
  {
    comment: 'the key that seals is not enough to open',
    keks: textOf('b'),
    text: sealed(pairs),
    code: 'kek_unknown',
  },
]

export const notes =
  'Stored keys that are sealed anew, at 6000: the key-encryption keys at hand, of which the first one seals; the text of version 1; what another process writes between the look and the write, where it does; then the number of the newest document, its keys, under which key each private half is, and what is told. Done again, nothing is written.'

export const tests = cases.map(({ comment, algorithm = 'EdDSA', keks = textOf('b', 'a'), ...expected }, index) => ({
  id: `rw-${String(index + 1).padStart(4, '0')}`,
  comment,
  algorithm,
  keks,
  ...expected,
}))
