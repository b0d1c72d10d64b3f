// The `claims` member: deep equality of JSON values, where the host languages' own equality would say something else.

const ALLOW = { allow: true }
const DENY = { allow: false, failed: ['/claims'] }
const t = (id, comment, flags, claims, held, expected) => ({
  id,
  comment,
  flags,
  policy: { claims },
  claims: held,
  expected,
})

// An object literal would set the prototype; JSON makes an own member.
const json = (text) => JSON.parse(text)

// biome-ignore format: a table, one case a line
const scalars = {
  name: 'scalars: by type, then exactly; numbers by value',
  tests: [
    t('policy-0200', 'equal strings', ['EQUAL'], { tid: 't1' }, '{"tid":"t1"}', ALLOW),
    t('policy-0201', 'different strings', ['EQUAL'], { tid: 't1' }, '{"tid":"t2"}', DENY),
    t('policy-0202', 'a missing claim equals nothing', ['ABSENT'], { tid: 't1' }, '{}', DENY),
    t('policy-0203', 'a missing claim does not equal null', ['ABSENT'], { tid: null }, '{}', DENY),
    t('policy-0204', 'null equals null', ['EQUAL'], { tid: null }, '{"tid":null}', ALLOW),
    t('policy-0205', 'null is not false', ['COERCION'], { ok: false }, '{"ok":null}', DENY),
    t('policy-0206', 'null is not 0', ['COERCION'], { n: 0 }, '{"n":null}', DENY),
    t('policy-0207', 'null is not the empty string', ['COERCION'], { s: '' }, '{"s":null}', DENY),
    t('policy-0208', '1 equals 1.0', ['NUMBER'], { n: 1 }, '{"n":1.0}', ALLOW),
    t('policy-0209', '1 equals 10e-1', ['NUMBER'], { n: 1 }, '{"n":10e-1}', ALLOW),
    t('policy-0210', '100 equals 1E2', ['NUMBER'], { n: 100 }, '{"n":1E2}', ALLOW),
    t('policy-0211', '1 is not true', ['COERCION'], { n: 1 }, '{"n":true}', DENY),
    t('policy-0212', 'true is not 1', ['COERCION'], { ok: true }, '{"ok":1}', DENY),
    t('policy-0213', 'true is not 1.0', ['COERCION'], { ok: true }, '{"ok":1.0}', DENY),
    t('policy-0214', '0 is not false', ['COERCION'], { n: 0 }, '{"n":false}', DENY),
    t('policy-0215', 'false is not 0', ['COERCION'], { ok: false }, '{"ok":0}', DENY),
    t('policy-0216', 'false is not the empty string', ['COERCION'], { ok: false }, '{"ok":""}', DENY),
    t('policy-0217', '1 is not "1"', ['COERCION'], { n: 1 }, '{"n":"1"}', DENY),
    t('policy-0218', '"1" is not 1', ['COERCION'], { n: '1' }, '{"n":1}', DENY),
    t('policy-0219', '"true" is not true', ['COERCION'], { ok: 'true' }, '{"ok":true}', DENY),
    t('policy-0220', '0 equals -0', ['NUMBER'], { n: 0 }, '{"n":-0}', ALLOW),
    t('policy-0221', '0 equals -0.0', ['NUMBER'], { n: 0 }, '{"n":-0.0}', ALLOW),
    t('policy-0222', 'the largest safe integer equals its float form', ['NUMBER'], { n: 9007199254740991 }, '{"n":9007199254740991.0}', ALLOW),
    t('policy-0223', 'the largest safe integer is not its neighbour', ['NUMBER'], { n: 9007199254740991 }, '{"n":9007199254740990}', DENY),
    t('policy-0224', '0.1 + 0.2 is not 0.3', ['NUMBER'], { n: 0.30000000000000004 }, '{"n":0.3}', DENY),
    t('policy-0225', 'a decimal equals another spelling of the same double', ['NUMBER'], { n: 0.1 }, '{"n":0.1000000000000000055511151231257827}', ALLOW),
    t('policy-0226', 'an underflowing number equals 0', ['NUMBER'], { n: 0 }, '{"n":1e-400}', ALLOW),
    t('policy-0227', 'composed and decomposed forms are not equal', ['UNICODE'], { s: '\u00e9' }, '{"s":"e\u0301"}', DENY),
    t('policy-0228', 'an escape in the claims is the character', ['UNICODE'], { s: 'A/\u00e9' }, '{"s":"\\u0041\\/\\u00e9"}', ALLOW),
    t('policy-0229', 'case counts', ['EQUAL'], { tid: 'T1' }, '{"tid":"t1"}', DENY),
    t('policy-0230', 'a trailing line feed counts', ['EQUAL'], { tid: 't1' }, '{"tid":"t1\\n"}', DENY),
    t('policy-0231', 'the empty string equals itself', ['EQUAL'], { s: '' }, '{"s":""}', ALLOW)
  ]
}

// biome-ignore format: a table, one case a line
const containers = {
  name: 'arrays and objects',
  tests: [
    t('policy-0240', 'equal arrays', ['EQUAL'], { a: [1, 'x', null] }, '{"a":[1,"x",null]}', ALLOW),
    t('policy-0241', 'order of an array counts', ['EQUAL'], { a: [1, 2] }, '{"a":[2,1]}', DENY),
    t('policy-0242', 'a longer array is not equal', ['EQUAL'], { a: [1] }, '{"a":[1,1]}', DENY),
    t('policy-0243', 'a shorter array is not equal', ['EQUAL'], { a: [1, null] }, '{"a":[1]}', DENY),
    t('policy-0244', '[] equals []', ['EQUAL'], { a: [] }, '{"a":[]}', ALLOW),
    t('policy-0245', '[] is not {}', ['COERCION'], { a: [] }, '{"a":{}}', DENY),
    t('policy-0246', '{} is not []', ['COERCION'], { a: {} }, '{"a":[]}', DENY),
    t('policy-0247', '{} equals {}', ['EQUAL'], { a: {} }, '{"a":{}}', ALLOW),
    t('policy-0248', '{} is not null', ['COERCION'], { a: {} }, '{"a":null}', DENY),
    t('policy-0249', '[] is not the empty string', ['COERCION'], { a: [] }, '{"a":""}', DENY),
    t('policy-0250', '["x"] is not "x"', ['COERCION'], { a: ['x'] }, '{"a":"x"}', DENY),
    t('policy-0251', '"x" is not ["x"]', ['COERCION'], { a: 'x' }, '{"a":["x"]}', DENY),
    t('policy-0252', '[1] is not [true]', ['COERCION'], { a: [1] }, '{"a":[true]}', DENY),
    t('policy-0253', '[1] equals [1.0]', ['NUMBER'], { a: [1] }, '{"a":[1.0]}', ALLOW),
    t('policy-0254', 'order of members does not count, at any depth', ['EQUAL'], { o: { a: 1, b: { c: 2, d: 3 } } }, '{"o":{"b":{"d":3,"c":2},"a":1}}', ALLOW),
    t('policy-0255', 'a further member is not equal', ['EQUAL'], { o: { a: 1 } }, '{"o":{"a":1,"b":2}}', DENY),
    t('policy-0256', 'a missing member is not equal', ['EQUAL'], { o: { a: 1, b: 2 } }, '{"o":{"a":1}}', DENY),
    t('policy-0257', 'a missing member is not a null member', ['ABSENT'], { o: { a: null } }, '{"o":{}}', DENY),
    t('policy-0258', 'as many members, another name, null in both', ['ABSENT'], { o: { a: null } }, '{"o":{"b":null}}', DENY),
    t('policy-0259', 'true and 1 differ deep inside', ['COERCION'], { o: { a: [{ b: true }] } }, '{"o":{"a":[{"b":1}]}}', DENY),
    t('policy-0260', '{"0":"x"} is not ["x"]', ['COERCION'], { o: { 0: 'x' } }, '{"o":["x"]}', DENY),
    t('policy-0261', '{"length":0} is not []', ['COERCION'], { o: { length: 0 } }, '{"o":[]}', DENY),
    t('policy-0262', 'every named claim must be equal: all are', ['EQUAL'], { a: 1, b: 2 }, '{"b":2,"a":1,"c":3}', ALLOW),
    t('policy-0263', 'every named claim must be equal: one is not', ['EQUAL'], { a: 1, b: 2 }, '{"b":3,"a":1}', DENY),
    t('policy-0264', 'claims: {} names none and holds', ['EQUAL'], {}, '{}', ALLOW),
    t('policy-0265', 'a registered claim is a claim', ['EQUAL'], { aud: ['a', 'b'], roles: ['r'] }, '{"aud":["a","b"],"roles":["r"]}', ALLOW),
    t('policy-0266', 'aud as text does not equal aud as a list', ['COERCION'], { aud: 'a' }, '{"aud":["a"]}', DENY),
    t('policy-0267', 'a name with a dot is one name, not a path', ['EQUAL'], { 'a.b': 1 }, '{"a":{"b":1}}', DENY),
    t('policy-0268', 'a name with slash and tilde is a name like any other; the pointer stays /claims', ['EQUAL'], { 'a/b~c': 1 }, '{"a/b~c":2}', DENY),
    t('policy-0269', 'the empty name', ['EQUAL'], { '': 1 }, '{"":1}', ALLOW),
    t('policy-0270', 'depth 14 inside the claim on both sides', ['EQUAL'], { a: json(`${'['.repeat(14)}1${']'.repeat(14)}`) }, `{"a":${'['.repeat(14)}1.0${']'.repeat(14)}}`, ALLOW),
    t('policy-0271', 'member names in composed and decomposed form are not equal', ['UNICODE'], { o: { '\u00e9': 1 } }, '{"o":{"e\u0301":1}}', DENY)
  ]
}

// biome-ignore format: a table, one case a line
const prototype = {
  name: 'names that live on a prototype',
  tests: [
    t('policy-0280', 'constructor that the claims lack', ['PROTOTYPE'], { constructor: {} }, '{}', DENY),
    t('policy-0281', 'constructor that the claims have', ['PROTOTYPE'], { constructor: 'x' }, '{"constructor":"x"}', ALLOW),
    t('policy-0282', '__proto__ that the claims lack', ['PROTOTYPE'], json('{"__proto__":{}}'), '{}', DENY),
    t('policy-0283', '__proto__ that the claims have, equal', ['PROTOTYPE'], json('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}', ALLOW),
    t('policy-0284', '__proto__ that the claims have, different', ['PROTOTYPE'], json('{"__proto__":{"a":1}}'), '{"__proto__":{"a":2}}', DENY),
    t('policy-0285', 'toString that the claims lack', ['PROTOTYPE'], { toString: null }, '{}', DENY),
    t('policy-0286', 'hasOwnProperty that the claims have as a value', ['PROTOTYPE'], { hasOwnProperty: 1, a: 2 }, '{"hasOwnProperty":1,"a":2}', ALLOW),
    t('policy-0287', 'as many members, one of them named __proto__', ['PROTOTYPE'], { o: json('{"__proto__":{}}') }, '{"o":{"x":{}}}', DENY),
    t('policy-0288', 'as many members, __proto__ on the side of the claims', ['PROTOTYPE'], { o: { x: null } }, '{"o":{"__proto__":null}}', DENY),
    t('policy-0289', 'an inner constructor that the claim lacks', ['PROTOTYPE'], { o: { constructor: null } }, '{"o":{"a":null}}', DENY),
    t('policy-0290', 'members of a __proto__ are not members', ['PROTOTYPE'], { o: { admin: true } }, '{"o":{"__proto__":{"admin":true}}}', DENY),
    t('policy-0291', 'get and keys and items, that a mapping of the host may have', ['PROTOTYPE'], { get: null, items: null, keys: null }, '{}', DENY)
  ]
}

export default {
  suite: 'policy-claims',
  kind: 'policy',
  prefix: 'policy',
  notes: {
    EQUAL: { description: 'Deep equality of JSON values.', bugType: 'BASIC', spec: ['local#policy'] },
    ABSENT: {
      description: 'A missing claim or member equals nothing, not even null.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    COERCION: {
      description: 'Values that some host language takes for equal.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    NUMBER: {
      description: 'Numbers are compared by value, however they are written.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['local#policy', 'rfc8259#6'],
    },
    UNICODE: {
      description: 'Texts are compared by code points, without normalising.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['local#policy'],
    },
    PROTOTYPE: {
      description: 'Names that live on the prototype of a host object.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
  },
  kits: {},
  groups: [scalars, containers, prototype],
}
