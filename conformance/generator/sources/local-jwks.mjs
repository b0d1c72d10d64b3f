// The keys of an issuer in the same process: the set is read each time, whatever object it is.
const notes = {
  READ_EACH_TIME: {
    description:
      'The set of this moment counts: a key that was added is there at once, one that was removed is gone at once.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#5', 'local#key-sources'],
    cves: [],
  },
  IN_PLACE: {
    description: 'A set that is changed in place is another set: whether it is the same object says nothing.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#key-sources'],
    cves: [],
  },
  UNUSABLE: {
    description: 'A key that is no public key of the algorithm is no key, and spoils no other.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#5', 'rfc7518#6', 'local#key-sources'],
    cves: [],
  },
  UNAVAILABLE: {
    description: 'Where no set can be had, no key counts, not even one of before, and the token is not at fault.',
    bugType: 'AUTH_BYPASS',
    spec: ['local#key-sources'],
    cves: [],
  },
}

export default ({ id, keys }) => {
  const { a, b, c } = keys.ed
  const rs = keys.rs256.a
  const named = (key, kid) => ({ ...key.publicJwk, kid })
  const text = (...entries) => JSON.stringify({ keys: entries })
  const outcomeOf = (expected) =>
    typeof expected === 'string' ? { fault: { code: expected } } : { thumbprint: expected.thumbprint }
  /** The set that is given from now on, and what is then found: `[kid or header, key or code]`. */
  const given = (jwks, ...found) => ({ now: { jwks }, found })
  const inPlace = (jwks, ...found) => ({ now: { jwks, as: 'same' }, found })
  const asText = (jwks, ...found) => ({ now: { jwks, as: 'text' }, found })
  const failing = (...found) => ({ now: { failure: true }, found })
  const test =
    (flag) =>
    ([number, comment, ...states]) => ({
      id: id('local', number),
      comment,
      flags: [flag],
      script: states.map(({ now, found }) => ({
        ...now,
        select: found.map(([header]) => (typeof header === 'string' ? { alg: 'EdDSA', kid: header } : header)),
      })),
      expected: { outcomes: states.map(({ found }) => found.map(([, expected]) => outcomeOf(expected))) },
    })
  const EDDSA = { alg: 'EdDSA' }
  const one = text(named(a, 'a'))
  const two = text(named(a, 'a'), named(b, 'b'))
  const other = text(named(b, 'b'))
  const rsa = { ...rs.publicJwk, kid: 'r' }
  const { alg: _, ...anyRsa } = rsa

  const readEachTime = [
    [1, 'a key by its kid', given(one, ['a', a], ['b', 'key_not_found'])],
    [2, 'a key is added', given(one, ['b', 'key_not_found']), given(two, ['b', b], ['a', a])],
    [3, 'a key is removed', given(two, ['a', a], ['b', b]), given(other, ['a', 'key_not_found'], ['b', b])],
    [
      4,
      'a key is removed and comes back',
      given(one, ['a', a]),
      given(other, ['a', 'key_not_found']),
      given(one, ['a', a]),
    ],
    [5, 'a kid is given to another key', given(one, ['a', a]), given(text(named(b, 'a')), ['a', b])],
    [6, 'all keys are removed', given(two, ['a', a]), given(text(), ['a', 'key_not_found'], [EDDSA, 'key_not_found'])],
    [7, 'several active keys', given(text(named(a, 'a'), named(b, 'b'), named(c, 'c')), ['a', a], ['b', b], ['c', c])],
    [8, 'no kid: the only key', given(one, [EDDSA, a]), given(two, [EDDSA, 'key_ambiguous']), given(other, [EDDSA, b])],
    [9, 'one kid of two keys', given(text(named(a, 'k'), named(b, 'k')), ['k', 'key_ambiguous'])],
    [10, 'one key twice', given(text(named(a, 'a'), named(a, 'a')), ['a', a])],
    [
      11,
      'a key without a kid answers to its thumbprint',
      given(text(a.publicJwk), [a.thumbprint, a], ['a', 'key_not_found']),
    ],
    [12, 'keys of two algorithms', given(text(named(a, 'a'), rsa), ['a', a], [{ alg: 'RS256', kid: 'r' }, rs])],
    [
      13,
      'a key that names no algorithm serves each of its type',
      given(text(anyRsa), [{ alg: 'PS256', kid: 'r' }, rs], [{ alg: 'RS256' }, rs]),
    ],
    [14, 'the set as text', asText(one, ['a', a]), asText(other, ['a', 'key_not_found'], ['b', b])],
    [
      15,
      'text and object by turns',
      asText(one, ['a', a]),
      given(other, ['b', b], ['a', 'key_not_found']),
      asText(one, ['a', a]),
    ],
    [
      16,
      'kids that are names of all objects',
      given(
        text(named(a, '__proto__'), named(b, 'constructor')),
        ['__proto__', a],
        ['constructor', b],
        ['toString', 'key_not_found'],
      ),
    ],
    [17, 'kids differ in case', given(one, ['A', 'key_not_found'])],
  ]
  const changedInPlace = [
    [40, 'a key is added', given(one, ['b', 'key_not_found']), inPlace(two, ['b', b])],
    [41, 'a key is removed', given(two, ['a', a]), inPlace(other, ['a', 'key_not_found'])],
    [42, 'a kid is given to another key', given(one, ['a', a]), inPlace(text(named(b, 'a')), ['a', b])],
    [
      43,
      'as many keys as before',
      given(two, ['a', a]),
      inPlace(text(named(c, 'c'), named(b, 'b')), ['a', 'key_not_found'], ['c', c]),
    ],
    [
      44,
      'a key of another algorithm after the first was used',
      given(one, ['a', a]),
      inPlace(text(named(a, 'a'), rsa), [{ alg: 'RS256' }, rs]),
    ],
  ]
  const unusable = [
    [60, 'a private key', given(text({ ...a.privateJwk, kid: 'a' }), ['a', 'key_not_found'])],
    [
      61,
      'a private key beside a public one',
      given(text({ ...a.privateJwk, kid: 'a' }, named(b, 'b')), ['a', 'key_not_found'], ['b', b], [EDDSA, b]),
    ],
    [
      62,
      'a secret',
      given(
        text({ kty: 'oct', k: keys.hs.a.text, kid: 's', alg: 'HS512' }, named(b, 'b')),
        ['s', 'key_not_found'],
        ['b', b],
      ),
    ],
    [
      63,
      'a key for encryption',
      given(text({ ...named(a, 'a'), use: 'enc' }, named(b, 'b')), ['a', 'key_not_found'], ['b', b]),
    ],
    [64, 'a key of another algorithm', given(text(rsa), [{ alg: 'EdDSA', kid: 'r' }, 'key_not_found'])],
    [
      65,
      'a key that is broken',
      given(text({ ...named(a, 'a'), x: 'AA' }, named(b, 'b')), ['a', 'key_not_found'], ['b', b]),
    ],
    [66, 'entries that are no keys', given(text(null, 7, 'x', [], {}, named(b, 'b')), ['b', b], [EDDSA, b])],
    [
      67,
      'a kid that is no text',
      given(text({ ...a.publicJwk, kid: 7 }, named(b, 'b')), ['7', 'key_not_found'], [EDDSA, b]),
    ],
    [
      68,
      'a key becomes a private one',
      given(one, ['a', a]),
      given(text({ ...a.privateJwk, kid: 'a' }), ['a', 'key_not_found']),
    ],
  ]
  const unavailable = [
    [80, 'from the beginning', failing(['a', 'jwks_unavailable'], [EDDSA, 'jwks_unavailable'])],
    [81, 'after a set, and before one', given(one, ['a', a]), failing(['a', 'jwks_unavailable']), given(one, ['a', a])],
    [
      82,
      'no object',
      given('null', ['a', 'jwks_unavailable']),
      given('[]', ['a', 'jwks_unavailable']),
      given('7', ['a', 'jwks_unavailable']),
    ],
    [
      83,
      'no list of keys',
      given('{}', ['a', 'jwks_unavailable']),
      given('{"keys":{}}', ['a', 'jwks_unavailable']),
      given('{"keys":null}', ['a', 'jwks_unavailable']),
    ],
    [84, 'no set after one', given(one, ['a', a]), given('{}', ['a', 'jwks_unavailable']), given(one, ['a', a])],
    [
      85,
      'text that is no JSON',
      asText('', ['a', 'jwks_unavailable']),
      asText('{"keys":[],}', ['a', 'jwks_unavailable']),
    ],
    [86, 'text that names its keys twice', asText('{"keys":[],"keys":[]}', ['a', 'jwks_unavailable'])],
    [87, 'text of a text', asText(JSON.stringify(one), ['a', 'jwks_unavailable'])],
  ]
  return {
    suite: 'local-jwks',
    kind: 'local-jwks',
    prefix: 'local',
    notes,
    groups: [
      { name: 'read each time', tests: readEachTime.map(test('READ_EACH_TIME')) },
      { name: 'changed in place', tests: changedInPlace.map(test('IN_PLACE')) },
      { name: 'unusable', tests: unusable.map(test('UNUSABLE')) },
      { name: 'unavailable', tests: unavailable.map(test('UNAVAILABLE')) },
    ],
  }
}
