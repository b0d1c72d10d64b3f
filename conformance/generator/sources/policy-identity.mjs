// Who asks: `subject` (text, or a name looked up in the context), `actor` and `noActor`.

const ALLOW = { allow: true }
const MISUSE = { misuse: true }
const deny = (...failed) => ({ allow: false, failed })
const t = (id, comment, flags, policy, claims, expected, context) =>
  context === undefined
    ? { id, comment, flags, policy, claims, expected }
    : { id, comment, flags, policy, claims, context, expected }

// An object literal would set the prototype; JSON makes an own member.
const json = (text) => JSON.parse(text)

// biome-ignore format: a table, one case a line
const subject = {
  name: 'subject as text',
  tests: [
    t('policy-0400', 'the subject', ['SUBJECT'], { subject: 'u1' }, '{"sub":"u1"}', ALLOW),
    t('policy-0401', 'another subject', ['SUBJECT'], { subject: 'u1' }, '{"sub":"u2"}', deny('/subject')),
    t('policy-0402', 'no subject', ['SUBJECT'], { subject: 'u1' }, '{}', deny('/subject')),
    t('policy-0403', 'case counts', ['SUBJECT'], { subject: 'U1' }, '{"sub":"u1"}', deny('/subject')),
    t('policy-0404', 'a prefix is not the subject', ['SUBJECT'], { subject: 'u1' }, '{"sub":"u10"}', deny('/subject')),
    t('policy-0405', 'an empty text never equals a subject', ['SUBJECT'], { subject: '' }, '{}', deny('/subject')),
    t('policy-0406', 'text is never looked up in the context', ['SUBJECT'], { subject: 'owner' }, '{"sub":"u1"}', deny('/subject'), { owner: 'u1' }),
    t('policy-0407', 'a text that only looks like a number', ['SUBJECT'], { subject: '1' }, '{"sub":"01"}', deny('/subject'))
  ]
}

// biome-ignore format: a table, one case a line
const reference = {
  name: 'subject by reference: the context must hold every name that the policy refers to',
  tests: [
    t('policy-0420', 'the context names the subject', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', ALLOW, { owner: 'u1' }),
    t('policy-0421', 'the context names another', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', deny('/subject'), { owner: 'u2' }),
    t('policy-0422', 'no sub and a context', ['REF'], { subject: { ref: 'owner' } }, '{}', deny('/subject'), { owner: 'u1' }),
    t('policy-0423', 'no context at all', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', MISUSE),
    t('policy-0424', 'a context without the name', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', MISUSE, { Owner: 'u1' }),
    t('policy-0425', 'no sub, and the context lacks the name: misuse comes first', ['REF'], { subject: { ref: 'owner' } }, '{}', MISUSE, {}),
    t('policy-0426', 'a null in the context', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', MISUSE, { owner: null }),
    t('policy-0427', 'a number in the context', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"1"}', MISUSE, { owner: 1 }),
    t('policy-0428', 'a list in the context', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', MISUSE, { owner: ['u1'] }),
    t('policy-0429', 'a boolean in the context', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"true"}', MISUSE, { owner: true }),
    t('policy-0430', 'a value of the context is not a reference in turn', ['REF'], { subject: { ref: 'a' } }, '{"sub":"u1"}', deny('/subject'), { a: 'b', b: 'u1' }),
    t('policy-0431', 'a name not referred to is not read', ['REF'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', ALLOW, { owner: 'u1', other: 7 }),
    t('policy-0432', 'an empty text in the context equals no subject', ['REF'], { subject: { ref: 'owner' } }, '{}', deny('/subject'), { owner: '' }),
    t('policy-0433', 'the empty name', ['REF'], { subject: { ref: '' } }, '{"sub":"u1"}', ALLOW, { '': 'u1' }),
    t('policy-0434', 'in a branch of anyOf that is not needed', ['REF'], { anyOf: [{ allOf: [] }, { subject: { ref: 'owner' } }] }, '{"sub":"u1"}', MISUSE, {}),
    t('policy-0435', 'in a branch of allOf after one that failed', ['REF'], { allOf: [{ rolesAny: [] }, { subject: { ref: 'owner' } }] }, '{"sub":"u1"}', MISUSE, {}),
    t('policy-0436', 'inside not', ['REF'], { not: { subject: { ref: 'owner' } } }, '{"sub":"u1"}', MISUSE, {}),
    t('policy-0437', 'beside a member that failed', ['REF'], { permissionsAll: ['x'], subject: { ref: 'owner' } }, '{"sub":"u1"}', MISUSE, {}),
    t('policy-0438', 'inside not, inside anyOf, inside allOf', ['REF'], { allOf: [{ anyOf: [{ allOf: [] }, { not: { subject: { ref: 'owner' } } }] }] }, '{"sub":"u1"}', MISUSE, { owner: 3 }),
    t('policy-0439', 'two names, one missing', ['REF'], { anyOf: [{ subject: { ref: 'a' } }, { subject: { ref: 'b' } }] }, '{"sub":"u1"}', MISUSE, { a: 'u1' }),
    t('policy-0440', 'two names, the second is the subject', ['REF'], { anyOf: [{ subject: { ref: 'a' } }, { subject: { ref: 'b' } }] }, '{"sub":"u1"}', ALLOW, { a: 'u2', b: 'u1' }),
    t('policy-0441', 'not, with the name of another', ['REF'], { not: { subject: { ref: 'owner' } } }, '{"sub":"u1"}', ALLOW, { owner: 'u2' }),
    t('policy-0442', 'constructor is inherited, not held', ['REF', 'PROTOTYPE'], { subject: { ref: 'constructor' } }, '{"sub":"u1"}', MISUSE, {}),
    t('policy-0443', '__proto__ is inherited, not held', ['REF', 'PROTOTYPE'], { subject: { ref: '__proto__' } }, '{"sub":"u1"}', MISUSE, {}),
    t('policy-0444', '__proto__ as an own name', ['REF', 'PROTOTYPE'], { subject: { ref: '__proto__' } }, '{"sub":"u1"}', ALLOW, json('{"__proto__":"u1"}')),
    t('policy-0445', 'a name that only the context\'s __proto__ holds', ['REF', 'PROTOTYPE'], { subject: { ref: 'owner' } }, '{"sub":"u1"}', MISUSE, json('{"__proto__":{"owner":"u1"}}')),
    t('policy-0446', 'constructor as an own name', ['REF', 'PROTOTYPE'], { subject: { ref: 'constructor' } }, '{"sub":"u1"}', ALLOW, { constructor: 'u1' }),
    t('policy-0447', 'the claims are not the context', ['REF'], { subject: { ref: 'sub' } }, '{"sub":"u1"}', MISUSE, {})
  ]
}

// biome-ignore format: a table, one case a line
const actor = {
  name: 'actor and noActor: the outermost act alone',
  tests: [
    t('policy-0460', 'the actor', ['ACTOR'], { actor: { sub: 'gw' } }, '{"act":{"sub":"gw"}}', ALLOW),
    t('policy-0461', 'another actor', ['ACTOR'], { actor: { sub: 'gw' } }, '{"act":{"sub":"web"}}', deny('/actor')),
    t('policy-0462', 'no actor', ['ACTOR'], { actor: { sub: 'gw' } }, '{"sub":"gw"}', deny('/actor')),
    t('policy-0463', 'the iss of the actor is not asked for', ['ACTOR'], { actor: { sub: 'gw' } }, '{"act":{"sub":"gw","iss":"https://b.example"}}', ALLOW),
    t('policy-0464', 'the iss of the actor is equal', ['ACTOR'], { actor: { sub: 'gw', iss: 'https://a.example' } }, '{"act":{"iss":"https://a.example","sub":"gw"}}', ALLOW),
    t('policy-0465', 'the iss of the actor differs', ['ACTOR'], { actor: { sub: 'gw', iss: 'https://a.example' } }, '{"act":{"iss":"https://b.example","sub":"gw"}}', deny('/actor')),
    t('policy-0466', 'the actor has no iss', ['ACTOR'], { actor: { sub: 'gw', iss: 'https://a.example' } }, '{"iss":"https://a.example","act":{"sub":"gw"}}', deny('/actor')),
    t('policy-0467', 'iss equal and sub different', ['ACTOR'], { actor: { sub: 'gw', iss: 'https://a.example' } }, '{"act":{"iss":"https://a.example","sub":"web"}}', deny('/actor')),
    t('policy-0468', 'an inner actor does not count', ['ACTOR'], { actor: { sub: 'gw' } }, '{"act":{"sub":"web","act":{"sub":"gw"}}}', deny('/actor')),
    t('policy-0469', 'the outermost actor of a chain', ['ACTOR'], { actor: { sub: 'gw' } }, '{"act":{"sub":"gw","act":{"sub":"web"}}}', ALLOW),
    t('policy-0470', 'sub outside and iss of an inner actor do not add up', ['ACTOR'], { actor: { sub: 'gw', iss: 'https://a.example' } }, '{"act":{"sub":"gw","act":{"sub":"web","iss":"https://a.example"}}}', deny('/actor')),
    t('policy-0471', 'further members of act mean nothing', ['ACTOR'], { actor: { sub: 'gw' } }, '{"act":{"sub":"gw","exp":1,"aud":"x","roles":[]}}', ALLOW),
    t('policy-0472', 'may_act is not act', ['ACTOR'], { actor: { sub: 'gw' } }, '{"may_act":{"sub":"gw"}}', deny('/actor')),
    t('policy-0473', 'an empty sub names nobody', ['ACTOR'], { actor: { sub: '' } }, '{}', deny('/actor')),
    t('policy-0474', 'an actor named constructor', ['ACTOR', 'PROTOTYPE'], { actor: { sub: 'constructor' } }, '{"act":{"sub":"gw"}}', deny('/actor')),
    t('policy-0475', 'noActor without act', ['ACTOR'], { noActor: true }, '{"sub":"u1"}', ALLOW),
    t('policy-0476', 'noActor with act', ['ACTOR'], { noActor: true }, '{"act":{"sub":"gw"}}', deny('/noActor')),
    t('policy-0477', 'noActor does not mind may_act', ['ACTOR'], { noActor: true }, '{"may_act":{"sub":"gw"}}', ALLOW),
    t('policy-0478', 'noActor and an act that only a __proto__ holds', ['ACTOR', 'PROTOTYPE'], { noActor: true }, '{"__proto__":{"act":{"sub":"gw"}}}', ALLOW),
    t('policy-0479', 'actor and noActor together never hold: with act', ['ACTOR'], { actor: { sub: 'gw' }, noActor: true }, '{"act":{"sub":"gw"}}', deny('/noActor')),
    t('policy-0480', 'actor and noActor together never hold: without act', ['ACTOR'], { actor: { sub: 'gw' }, noActor: true }, '{}', deny('/actor')),
    t('policy-0481', 'not noActor: somebody acts', ['ACTOR'], { not: { noActor: true } }, '{"act":{"sub":"gw"}}', ALLOW)
  ]
}

export default {
  suite: 'policy-identity',
  kind: 'policy',
  prefix: 'policy',
  notes: {
    SUBJECT: { description: 'The subject is compared exactly.', bugType: 'AUTH_BYPASS', spec: ['local#policy'] },
    REF: {
      description: 'A name that the context lacks is misuse, wherever it stands.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    ACTOR: {
      description: 'Only the outermost actor counts.',
      bugType: 'AUTH_BYPASS',
      spec: ['rfc8693#4.1', 'local#policy'],
    },
    PROTOTYPE: {
      description: 'Names that live on the prototype of a host object.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
  },
  kits: {},
  groups: [subject, reference, actor],
}
