// Several issuers, each with its set behind its own URL: their keys never cross, and none waits for another's endpoint.
import { ask, FAILURE, ok, set, timeline, wait } from '../timeline-case.mjs'

const notes = {
  BOUND: {
    description: 'A key counts for the issuer whose URL it came from, however the kids collide.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8725#3.8', 'local#key-sources'],
    cves: [],
  },
  INDEPENDENT: {
    description: 'A token whose key is at hand starts no request and waits for none, whatever the other issuers do.',
    bugType: 'DOS',
    spec: ['local#key-sources'],
    cves: [],
  },
}

const NORTH = 'https://north.example'
const SOUTH = 'https://south.example'
const NORTH_URL = `${NORTH}/jwks.json`
const SOUTH_URL = `${SOUTH}/jwks.json`
const OWN_URL = 'https://issuer.example/jwks.json'

export default ({ keys, token, claimsText, ISSUER, AUDIENCE, NOW }) => {
  const { a, b, c } = keys.ed
  const jwk = (key, kid) => ({ ...key.publicJwk, kid })
  const base = { issuer: ISSUER, audience: AUDIENCE }
  const trusts = (issuer, jwksUrl, algorithms = ['EdDSA']) => ({ issuer, algorithms, jwksUrl })
  const north = trusts(NORTH, NORTH_URL)
  const south = trusts(SOUTH, SOUTH_URL)
  const kits = {
    peers: { ...base, trust: [north, south] },
    three: { ...base, jwksUrl: OWN_URL, trust: [north, south] },
    mixed: { ...base, trust: [north, trusts(SOUTH, SOUTH_URL, ['RS256'])] },
    known: { ...base, publicKeys: jwk(a, 'k'), trust: [south] },
  }
  /** A token of an hour, of an issuer, signed with a key. */
  const of = (iss, key, kid) =>
    token({
      header: JSON.stringify({ alg: key.alg, kid }),
      payload: claimsText({ iss: JSON.stringify(iss), exp: `${NOW + 3600}`, iat: `${NOW - 600}` }),
      key,
    })
  const kit = (name) => ({ kit: name })
  const at = (url, answer) => ({ fetch: { [url]: answer } })
  const both = (first, second) => ({ fetch: { [NORTH_URL]: first, [SOUTH_URL]: second } })
  const withA = ok(set(jwk(a, 'k')))
  const withB = ok(set(jwk(b, 'k')))
  const northSet = ok(set(jwk(a, 'n')))
  const southSet = ok(set(jwk(b, 's')))
  /** Both sets are there, under one kid or under two. */
  const collide = [
    ask(0, of(NORTH, a, 'k'), NORTH, at(NORTH_URL, withA)),
    ask(0, of(SOUTH, b, 'k'), SOUTH, at(SOUTH_URL, withB)),
  ]
  const apart = [
    ask(0, of(NORTH, a, 'n'), NORTH, at(NORTH_URL, northSet)),
    ask(0, of(SOUTH, b, 's'), SOUTH, at(SOUTH_URL, southSet)),
  ]

  const bound = [
    [
      1000,
      'one kid at both: each its own',
      [...collide, ask(1, of(SOUTH, b, 'k'), SOUTH), ask(2, of(NORTH, a, 'k'), NORTH)],
    ],
    [
      1001,
      'one kid at both: names exchanged',
      [...collide, ask(1, of(SOUTH, a, 'k'), 'issuer_mismatch iss'), ask(2, of(NORTH, b, 'k'), 'issuer_mismatch iss')],
    ],
    [1002, 'one kid at both, a key of neither', [...collide, ask(1, of(NORTH, c, 'k'), 'signature_invalid')]],
    [
      1003,
      "a kid of one issuer, the other's key",
      [...apart, ask(1, of(SOUTH, b, 'n'), 'signature_invalid'), ask(2, of(NORTH, a, 's'), 'signature_invalid')],
    ],
    [
      1004,
      'one issuer takes the kid of the other over: the keys stay apart',
      [
        ...apart,
        ask(300, of(SOUTH, c, 'n'), SOUTH, both(northSet, ok(set(jwk(c, 'n'))))),
        ask(301, of(NORTH, a, 'n'), NORTH),
        ask(302, of(NORTH, c, 'n'), 'issuer_mismatch iss'),
        ask(303, of(SOUTH, a, 'n'), 'issuer_mismatch iss'),
        ask(304, of(SOUTH, b, 's'), 'key_not_found'),
      ],
    ],
    [
      1005,
      'the same key at both: the name decides',
      [
        ask(0, of(SOUTH, a, 'k'), SOUTH, both(withA, withA)),
        ask(1, of(NORTH, a, 'k'), NORTH),
        ask(2, of(SOUTH, a, 'k'), SOUTH),
        ask(3, of(ISSUER, a, 'k'), 'issuer_mismatch iss'),
      ],
    ],
    [
      1006,
      'the same key at both, and one set is old: it is fetched for the name',
      [
        ask(0, of(SOUTH, a, 'k'), SOUTH, both(withA, withA)),
        ask(250, of(NORTH, c, 'x'), 'key_not_found', both(withA, FAILURE)),
        ask(310, of(SOUTH, a, 'k'), SOUTH, at(SOUTH_URL, withA)),
      ],
    ],
    [
      1007,
      'the same key at both, and one set cannot be had: nobody knows whose token it is',
      [
        ask(0, of(NORTH, a, 'k'), NORTH, at(NORTH_URL, withA)),
        ask(1, of(SOUTH, a, 'k'), 'jwks_unavailable', at(SOUTH_URL, FAILURE)),
        ask(16, of(SOUTH, a, 'k'), SOUTH, at(SOUTH_URL, withA)),
      ],
    ],
    [
      1008,
      'an issuer that does not use the algorithm is not asked',
      [
        ask(0, of(NORTH, a, 'k'), NORTH, at(NORTH_URL, withA)),
        ask(1, of(SOUTH, b, 'k'), 'signature_invalid'),
        ask(2, of(SOUTH, keys.rs256.a, 'k'), SOUTH, at(SOUTH_URL, ok(set(jwk(keys.rs256.a, 'k'), jwk(b, 'k'))))),
        ask(3, of(SOUTH, b, 'k'), 'signature_invalid'),
      ],
      kit('mixed'),
    ],
    [
      1009,
      'the own issuer and two others, all of one kid',
      [
        ask(0, of(ISSUER, c, 'k'), ISSUER, at(OWN_URL, ok(set(jwk(c, 'k'))))),
        ask(1, of(NORTH, a, 'k'), NORTH, at(NORTH_URL, withA)),
        ask(2, of(SOUTH, b, 'k'), SOUTH, at(SOUTH_URL, withB)),
        ask(3, of(SOUTH, c, 'k'), 'issuer_mismatch iss'),
      ],
      kit('three'),
    ],
    [
      1010,
      'an ambiguous kid of one issuer is none of the other',
      [
        ask(0, of(SOUTH, b, 'k'), SOUTH, both(ok(set(jwk(a, 'k'), jwk(c, 'k'))), withB)),
        ask(1, of(NORTH, a, 'k'), 'signature_invalid'),
      ],
    ],
  ]

  const independent = [
    [
      1030,
      'a key at hand starts no request for others',
      [...apart, ...[40, 80, 120, 239].map((moment) => ask(moment, of(SOUTH, b, 's'), SOUTH))],
    ],
    [
      1031,
      'a set is fetched for the tokens of its issuer alone',
      [
        ...apart,
        ask(240, of(SOUTH, b, 's'), SOUTH, at(SOUTH_URL, southSet)),
        ask(330, of(SOUTH, b, 's'), SOUTH),
        ask(400, of(NORTH, a, 'n'), NORTH, at(NORTH_URL, northSet)),
      ],
    ],
    [
      1032,
      'one endpoint fails from the beginning',
      [
        ask(0, of(SOUTH, b, 's'), SOUTH, both(FAILURE, southSet)),
        ask(20, of(SOUTH, b, 's'), SOUTH),
        ask(21, of(NORTH, a, 'n'), 'jwks_unavailable', at(NORTH_URL, FAILURE)),
        ask(22, of(SOUTH, b, 's'), SOUTH),
      ],
    ],
    [
      1033,
      'one endpoint hangs: nobody of the other waits for it',
      [
        ...apart,
        ask(300, of(NORTH, a, 'n'), NORTH, { ...at(NORTH_URL, true), after: 3 }),
        ask(301, of(SOUTH, b, 's'), SOUTH, at(SOUTH_URL, southSet)),
        ask(302, of(SOUTH, b, 's'), SOUTH),
        wait(305),
        ask(306, of(SOUTH, b, 's'), SOUTH),
      ],
    ],
    [
      1034,
      'with one endpoint down, a signature that no other key made is no forgery',
      [
        ask(0, of(NORTH, a, 'k'), NORTH, at(NORTH_URL, withA)),
        ask(1, of(SOUTH, b, 'k'), 'jwks_unavailable', at(SOUTH_URL, FAILURE)),
        ask(16, of(SOUTH, b, 'k'), SOUTH, at(SOUTH_URL, withB)),
        ask(17, of(SOUTH, c, 'k'), 'signature_invalid'),
      ],
    ],
    [
      1035,
      'a kid of nobody: each set is fetched for it once',
      [
        ...apart,
        ask(29, of(SOUTH, b, 'x'), 'key_not_found'),
        ask(30, of(SOUTH, b, 'x'), 'key_not_found', both(northSet, southSet)),
        ask(60, of(SOUTH, b, 'x'), 'key_not_found'),
      ],
    ],
    [
      1036,
      'a new kid of one issuer: the other set is fetched for it once',
      [
        ...apart,
        ask(30, of(SOUTH, c, 't'), SOUTH, both(northSet, ok(set(jwk(b, 's'), jwk(c, 't'))))),
        ask(70, of(SOUTH, c, 't'), SOUTH),
        ask(110, of(SOUTH, b, 's'), SOUTH),
      ],
    ],
    [
      1037,
      'keys that are configured start no request',
      [
        ask(0, of(ISSUER, a, 'k'), ISSUER),
        ask(1, of(SOUTH, b, 'k'), SOUTH, at(SOUTH_URL, withB)),
        ask(400, of(ISSUER, a, 'k'), ISSUER),
      ],
      kit('known'),
    ],
  ]

  const test = (flag) => (row) => timeline(row.length > 3 ? row : [...row, kit('peers')], flag)
  return {
    suite: 'timeline-issuers',
    kind: 'jwks-timeline',
    prefix: 'timeline',
    notes,
    kits,
    groups: [
      { name: 'keys never cross', tests: bound.map(test('BOUND')) },
      { name: 'nobody waits for another', tests: independent.map(test('INDEPENDENT')) },
    ],
  }
}
