// What is not a policy is refused when it is built, even where evaluation would never have reached it.

const ALLOW = { allow: true }
const MISUSE = { misuse: true }
const CLAIMS = '{"permissions":["abc"],"roles":["abc"],"scope":"abc","sub":"u1"}'
const refuse = (id, comment, flags, policy) => ({ id, comment, flags, policy, claims: CLAIMS, expected: MISUSE })

// An object literal would set the prototype; JSON makes an own member.
const json = (text) => JSON.parse(text)
const nots = (n) => json(`${'{"not":'.repeat(n)}{"allOf":[]}${'}'.repeat(n)}`)
const arrays = (n) => json(`${'['.repeat(n)}${']'.repeat(n)}`)

// biome-ignore format: a table, one case a line
const whole = {
  name: 'a policy is an object with at least one member',
  tests: [
    refuse('policy-0600', '{} says nothing', ['SHAPE'], {}),
    refuse('policy-0601', 'null', ['SHAPE'], null),
    refuse('policy-0602', 'true', ['SHAPE'], true),
    refuse('policy-0603', 'false', ['SHAPE'], false),
    refuse('policy-0604', 'a number', ['SHAPE'], 1),
    refuse('policy-0605', 'a text', ['SHAPE'], 'abc'),
    refuse('policy-0606', 'the JSON text of a policy', ['SHAPE'], '{"allOf":[]}'),
    refuse('policy-0607', '[]', ['SHAPE'], []),
    refuse('policy-0608', 'a list of policies', ['SHAPE'], [{ allOf: [] }]),
    refuse('policy-0609', '{} inside allOf', ['SHAPE'], { allOf: [{}] }),
    refuse('policy-0610', '{} inside anyOf, after one that holds', ['SHAPE'], { anyOf: [{ allOf: [] }, {}] }),
    refuse('policy-0611', '{} inside not', ['SHAPE'], { not: {} })
  ]
}

// biome-ignore format: a table, one case a line
const members = {
  name: 'members that do not exist',
  tests: [
    refuse('policy-0620', 'unknown member', ['UNKNOWN'], { everything: true }),
    refuse('policy-0621', 'unknown member beside a known one', ['UNKNOWN'], { permissionsAll: ['abc'], comment: 'x' }),
    refuse('policy-0622', 'a member in another case', ['UNKNOWN'], { permissionsall: ['abc'] }),
    refuse('policy-0623', 'snake_case is not another spelling', ['UNKNOWN'], { permissions_all: ['abc'] }),
    refuse('policy-0624', 'the name of the claim is not a member', ['UNKNOWN'], { permissions: ['abc'] }),
    refuse('policy-0625', 'groups have no member', ['UNKNOWN'], { groupsAny: ['abc'] }),
    refuse('policy-0626', 'a method of the builder is not a member', ['UNKNOWN'], { needAll: ['abc'] }),
    refuse('policy-0627', 'constructor', ['UNKNOWN', 'PROTOTYPE'], { constructor: ['abc'] }),
    refuse('policy-0628', '__proto__', ['UNKNOWN', 'PROTOTYPE'], json('{"__proto__":{"allOf":[]}}')),
    refuse('policy-0629', '__proto__ beside a known member', ['UNKNOWN', 'PROTOTYPE'], json('{"allOf":[],"__proto__":null}')),
    refuse('policy-0630', 'toString', ['UNKNOWN', 'PROTOTYPE'], { toString: [] }),
    refuse('policy-0631', 'unknown member in a branch of anyOf that is not needed', ['UNKNOWN'], { anyOf: [{ allOf: [] }, { x: 1 }] }),
    refuse('policy-0632', 'unknown member inside not', ['UNKNOWN'], { not: { x: 1 } }),
    refuse('policy-0633', 'unknown member with the value null', ['UNKNOWN'], { allOf: [], x: null })
  ]
}

// biome-ignore format: a table, one case a line
const types = {
  name: 'members of a wrong type',
  tests: [
    refuse('policy-0640', 'permissionsAll: text where a list is meant', ['TYPE'], { permissionsAll: 'abc' }),
    refuse('policy-0641', 'permissionsAll: {}', ['TYPE'], { permissionsAll: {} }),
    refuse('policy-0642', 'permissionsAll: {"0":"abc"}', ['TYPE'], { permissionsAll: { 0: 'abc', length: 1 } }),
    refuse('policy-0643', 'permissionsAll: null', ['TYPE'], { permissionsAll: null }),
    refuse('policy-0644', 'permissionsAll: [1]', ['TYPE'], { permissionsAll: [1] }),
    refuse('policy-0645', 'permissionsAll: a null behind a text', ['TYPE'], { permissionsAll: ['abc', null] }),
    refuse('policy-0646', 'permissionsAll: [["abc"]]', ['TYPE'], { permissionsAll: [['abc']] }),
    refuse('policy-0647', 'permissionsAny: text', ['TYPE'], { permissionsAny: 'abc' }),
    refuse('policy-0648', 'permissionsAny: true', ['TYPE'], { permissionsAny: true }),
    refuse('policy-0649', 'rolesAll: text', ['TYPE'], { rolesAll: 'abc' }),
    refuse('policy-0650', 'rolesAll: false', ['TYPE'], { rolesAll: false }),
    refuse('policy-0651', 'rolesAny: the empty text', ['TYPE'], { rolesAny: '' }),
    refuse('policy-0652', 'rolesAny: {}', ['TYPE'], { rolesAny: {} }),
    refuse('policy-0653', 'scopesAll: text, as a scope is written', ['TYPE'], { scopesAll: 'abc' }),
    refuse('policy-0654', 'scopesAll: 0', ['TYPE'], { scopesAll: 0 }),
    refuse('policy-0655', 'scopesAny: [true]', ['TYPE'], { scopesAny: [true] }),
    refuse('policy-0656', 'scopesAny: text', ['TYPE'], { scopesAny: 'abc' }),
    refuse('policy-0657', 'allOf: {}', ['TYPE'], { allOf: {} }),
    refuse('policy-0658', 'allOf: one policy, not in a list', ['TYPE'], { allOf: { rolesAll: ['abc'] } }),
    refuse('policy-0659', 'allOf: null', ['TYPE'], { allOf: null }),
    refuse('policy-0660', 'allOf: [null]', ['TYPE'], { allOf: [null] }),
    refuse('policy-0661', 'allOf: ["abc"]', ['TYPE'], { allOf: ['abc'] }),
    refuse('policy-0662', 'anyOf: {}', ['TYPE'], { anyOf: {} }),
    refuse('policy-0663', 'anyOf: [[]]', ['TYPE'], { anyOf: [[]] }),
    refuse('policy-0664', 'anyOf: the empty text', ['TYPE'], { anyOf: '' }),
    refuse('policy-0665', 'not: []', ['TYPE'], { not: [] }),
    refuse('policy-0666', 'not: a list of one policy', ['TYPE'], { not: [{ rolesAll: ['x'] }] }),
    refuse('policy-0667', 'not: null', ['TYPE'], { not: null }),
    refuse('policy-0668', 'not: true', ['TYPE'], { not: true }),
    refuse('policy-0669', 'subject: 1', ['TYPE'], { subject: 1 }),
    refuse('policy-0670', 'subject: null', ['TYPE'], { subject: null }),
    refuse('policy-0671', 'subject: ["u1"]', ['TYPE'], { subject: ['u1'] }),
    refuse('policy-0672', 'subject: {}', ['TYPE'], { subject: {} }),
    refuse('policy-0673', 'subject: {"ref":1}', ['TYPE'], { subject: { ref: 1 } }),
    refuse('policy-0674', 'subject: {"ref":null}', ['TYPE'], { subject: { ref: null } }),
    { ...refuse('policy-0675', 'subject: ref with a further member', ['TYPE'], { subject: { ref: 'a', x: 1 } }), context: { a: 'u1' } },
    refuse('policy-0676', 'subject: {"sub":"u1"}', ['TYPE'], { subject: { sub: 'u1' } }),
    refuse('policy-0677', 'actor: text', ['TYPE'], { actor: 'gw' }),
    refuse('policy-0678', 'actor: {}', ['TYPE'], { actor: {} }),
    refuse('policy-0679', 'actor: iss alone', ['TYPE'], { actor: { iss: 'https://a.example' } }),
    refuse('policy-0680', 'actor: a further member', ['TYPE'], { actor: { sub: 'gw', aud: 'x' } }),
    refuse('policy-0681', 'actor: a nested act', ['TYPE'], { actor: { sub: 'gw', act: { sub: 'web' } } }),
    refuse('policy-0682', 'actor: sub 1', ['TYPE'], { actor: { sub: 1 } }),
    refuse('policy-0683', 'actor: iss null', ['TYPE'], { actor: { sub: 'gw', iss: null } }),
    refuse('policy-0684', 'actor: a list', ['TYPE'], { actor: [{ sub: 'gw' }] }),
    refuse('policy-0685', 'actor: sub on a __proto__', ['TYPE', 'PROTOTYPE'], { actor: json('{"__proto__":{"sub":"gw"}}') }),
    refuse('policy-0686', 'actor: null', ['TYPE'], { actor: null }),
    refuse('policy-0687', 'noActor: false', ['TYPE'], { noActor: false }),
    refuse('policy-0688', 'noActor: 1, which is true in one language', ['TYPE'], { noActor: 1 }),
    refuse('policy-0689', 'noActor: "true"', ['TYPE'], { noActor: 'true' }),
    refuse('policy-0690', 'noActor: null', ['TYPE'], { noActor: null }),
    refuse('policy-0691', 'claims: []', ['TYPE'], { claims: [] }),
    refuse('policy-0692', 'claims: null', ['TYPE'], { claims: null }),
    refuse('policy-0693', 'claims: text', ['TYPE'], { claims: 'abc' }),
    refuse('policy-0694', 'a wrong type in a branch of anyOf that is not needed', ['TYPE'], { anyOf: [{ allOf: [] }, { rolesAll: 'abc' }] }),
    refuse('policy-0695', 'a wrong type behind a failing branch of allOf', ['TYPE'], { allOf: [{ anyOf: [] }, { noActor: false }] })
  ]
}

// biome-ignore format: a table, one case a line
const values = {
  name: 'a policy is JSON that both languages can carry',
  tests: [
    { id: 'policy-0700', comment: '16 containers', flags: ['CARRY'], policy: nots(14), claims: '{}', expected: ALLOW },
    refuse('policy-0701', '17 containers, by not', ['CARRY'], nots(15)),
    refuse('policy-0702', '17 containers, by a claim', ['CARRY'], { claims: { a: arrays(15) } }),
    refuse('policy-0703', '200 containers', ['CARRY'], nots(198)),
    refuse('policy-0704', 'a lone high surrogate', ['CARRY'], { rolesAny: ['abc', '\ud800'] }),
    refuse('policy-0705', 'a lone low surrogate in the subject', ['CARRY'], { subject: 'u1\udc00' }),
    refuse('policy-0706', 'a lone surrogate in a ref', ['CARRY'], { subject: { ref: '\ud800' } }),
    refuse('policy-0707', 'a lone surrogate as a member name of a claim', ['CARRY'], { claims: { a: { '\ud800': 1 } } }),
    refuse('policy-0708', '2^53', ['CARRY'], { claims: { n: 9007199254740992 } }),
    refuse('policy-0709', '-2^53', ['CARRY'], { claims: { n: [-9007199254740992] } }),
    refuse('policy-0710', '1e21', ['CARRY'], { claims: { n: 1e21 } }),
    { id: 'policy-0711', comment: 'a pair of surrogates is a character', flags: ['CARRY'], policy: { claims: { s: '\ud83d\udd11' } }, claims: '{"s":"\u{1f511}"}', expected: ALLOW },
    { id: 'policy-0712', comment: '-(2^53-1)', flags: ['CARRY'], policy: { claims: { n: -9007199254740991 } }, claims: '{"n":-9007199254740991}', expected: ALLOW }
  ]
}

export default {
  suite: 'policy-shape',
  kind: 'policy',
  prefix: 'policy',
  notes: {
    SHAPE: {
      description: 'A policy that says nothing is refused: it would let everybody pass.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    UNKNOWN: {
      description: 'A rule that is not understood is not skipped.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    TYPE: {
      description: 'A wrong type is refused when the policy is built.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    CARRY: {
      description: 'Values that one of the languages could not carry exactly.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['local#policy', 'rfc8785#3.2'],
    },
    PROTOTYPE: {
      description: 'Names that live on the prototype of a host object.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
  },
  kits: {},
  groups: [whole, members, types, values],
}
