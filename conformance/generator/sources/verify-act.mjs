// The act claim: its form at every level, its depth, and who may be named as outermost actor.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  ACT_FORM: {
    description: 'An actor has a type or a member that it may not have.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8693#4.1', 'local#design-7'],
    cves: [],
  },
  ACT_DEPTH: {
    description: 'The chain of actors is read from the outside, as far as the limit and no further.',
    bugType: 'DOS',
    spec: ['rfc8693#4.1', 'local#design-7'],
    cves: [],
  },
  ACTOR: {
    description: 'The outermost actor must be one that the issuer may name; inner ones are history.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc8693#4.1', 'local#design-7'],
    cves: [],
  },
}

const test = verifyCase('vact')

/** `levels` actors, the outermost first; `innermost` is what the last one holds under act. */
const chain = (levels, innermost) => {
  const inner = innermost === undefined ? '' : `,"act":${innermost}`
  return `${Array.from({ length: levels }, (_, i) => `{"sub":"s${i + 1}"`).join(',"act":')}${inner}${'}'.repeat(levels)}`
}

/** [number, comment, act, expected] */
const forms = [
  [1, 'null', 'null', 'claim_invalid act'],
  [2, 'a string', '"gateway"', 'claim_invalid act'],
  [3, 'a number', '5', 'claim_invalid act'],
  [4, 'true', 'true', 'claim_invalid act'],
  [5, 'an array', '[{"sub":"gateway"}]', 'claim_invalid act'],
  [6, 'an empty object', '{}', 'claim_invalid act'],
  [7, 'sub empty', '{"sub":""}', 'claim_invalid act'],
  [8, 'sub null', '{"sub":null}', 'claim_invalid act'],
  [9, 'sub a number', '{"sub":5}', 'claim_invalid act'],
  [10, 'sub an array', '{"sub":["gateway"]}', 'claim_invalid act'],
  [11, 'sub an object', '{"sub":{}}', 'claim_invalid act'],
  [12, 'only iss', '{"iss":"https://issuer.example"}', 'claim_invalid act'],
  [13, 'iss empty', '{"sub":"gateway","iss":""}', 'claim_invalid act'],
  [14, 'iss null', '{"sub":"gateway","iss":null}', 'claim_invalid act'],
  [15, 'iss a number', '{"sub":"gateway","iss":5}', 'claim_invalid act'],
  [16, 'iss an array', '{"sub":"gateway","iss":["x"]}', 'claim_invalid act'],
  [17, 'an inner act null', '{"sub":"gateway","act":null}', 'claim_invalid act'],
  [18, 'an inner act a string', '{"sub":"gateway","act":"x"}', 'claim_invalid act'],
  [19, 'an inner act an array', '{"sub":"gateway","act":[]}', 'claim_invalid act'],
  [20, 'an inner act empty', '{"sub":"gateway","act":{}}', 'claim_invalid act'],
  [21, 'an inner sub empty', '{"sub":"gateway","act":{"sub":""}}', 'claim_invalid act'],
  [22, 'an inner iss a number', '{"sub":"gateway","act":{"sub":"x","iss":1}}', 'claim_invalid act'],
  [23, 'Sub is not sub', '{"Sub":"gateway"}', 'claim_invalid act'],
  [30, 'sub alone', '{"sub":"gateway"}', 'ok'],
  [31, 'sub and iss', '{"iss":"https://other.example","sub":"gateway"}', 'ok'],
  [32, 'other members are kept', '{"sub":"gateway","client_id":"c1","x":{"y":[1]}}', 'ok'],
  [33, 'exp, nbf and aud in it mean nothing', '{"sub":"gateway","exp":1,"nbf":99999999999,"aud":"other"}', 'ok'],
  [34, 'not even with wrong types', '{"sub":"gateway","exp":null,"nbf":"x","aud":[],"permissions":5}', 'ok'],
  [35, '__proto__ as a member', '{"__proto__":{"act":5},"sub":"gateway"}', 'ok'],
  [50, 'five actors', chain(5), 'ok'],
  [51, 'six actors', chain(6), 'delegation_too_deep'],
  [52, 'twelve actors', chain(12), 'delegation_too_deep'],
  [53, 'the fifth actor is malformed', chain(4, '{"sub":5}'), 'claim_invalid act'],
  [54, 'the sixth actor is malformed: it is not read', chain(5, '{"sub":5}'), 'delegation_too_deep'],
  [55, 'the sixth actor is null: it is there, and is not read', chain(5, 'null'), 'delegation_too_deep'],
  [56, 'the sixth actor is a string', chain(5, '"x"'), 'delegation_too_deep'],
  [
    57,
    'the second of seven is malformed: the outer fault is met first',
    `{"sub":"s1","act":{"sub":"","act":${chain(5)}}}`,
    'claim_invalid act',
  ],
  [58, 'the fifth of seven is malformed', chain(4, `{"act":${chain(2)}}`), 'claim_invalid act'],
  [
    59,
    'an iss of a wrong type in the fifth of six',
    chain(4, `{"sub":"s5","iss":5,"act":${chain(1)}}`),
    'claim_invalid act',
  ],
]

/** [number, comment, maxActorDepth, act, expected] */
const limits = [
  [70, 'one actor where one is allowed', 1, chain(1), 'ok'],
  [71, 'two actors where one is allowed', 1, chain(2), 'delegation_too_deep'],
  [72, 'fourteen actors where fourteen are allowed', 14, chain(14), 'ok'],
  [73, 'fifteen actors where fourteen are allowed', 14, chain(15), 'delegation_too_deep'],
  [74, 'sixteen actors are 17 levels of JSON', 14, chain(16), 'claims_malformed'],
  [75, 'two actors where two are allowed', 2, chain(2), 'ok'],
  [76, 'three actors where two are allowed', 2, chain(3), 'delegation_too_deep'],
]

export default ({ profiles, profileKits, keys, claimsText, ISSUER, AUDIENCE }) => {
  const kits = {
    ...profileKits(),
    hs512Gateway: { ...profiles[0].config, actors: ['gateway', 'batch'] },
    eddsaGateway: { ...profiles[1].config, actors: ['gateway', 'batch'] },
  }
  const trusting = (more) => ({
    issuer: ISSUER,
    audience: AUDIENCE,
    secret: keys.hs.a.text,
    trust: [{ issuer: 'https://peer.example', algorithms: ['EdDSA'], publicKeys: keys.ed.b.publicJwk, ...more }],
  })
  const peer = { name: 'trusted issuer', block: 0, header: '{"alg":"EdDSA"}', key: keys.ed.b }

  /** [number, comment, act, expected]: the own issuer may name gateway and batch. */
  const named = [
    [100, 'one of the actors', '{"sub":"gateway"}', 'ok'],
    [101, 'the other one', '{"sub":"batch"}', 'ok'],
    [102, 'none of them', '{"sub":"admin"}', 'actor_not_allowed'],
    [103, 'without an actor', undefined, 'ok'],
    [104, 'other case', '{"sub":"Gateway"}', 'actor_not_allowed'],
    [105, 'a prefix', '{"sub":"gate"}', 'actor_not_allowed'],
    [106, 'a longer name', '{"sub":"gateway2"}', 'actor_not_allowed'],
    [107, 'an allowed actor behind another', '{"sub":"admin","act":{"sub":"gateway"}}', 'actor_not_allowed'],
    [108, 'another behind an allowed actor', '{"sub":"gateway","act":{"sub":"admin"}}', 'ok'],
    [109, 'a space after the name', '{"sub":"gateway "}', 'actor_not_allowed'],
    [110, 'the issuer of the actor does not matter', '{"iss":"https://other.example","sub":"gateway"}', 'ok'],
  ]
  /** [number, comment, members of the entry, act, expected]: an issuer that is not the kit's own. */
  const others = [
    [150, 'names no actor by default', {}, '{"sub":"gateway"}', 'actor_not_allowed'],
    [151, 'needs none', {}, undefined, 'ok'],
    [152, 'may name those listed', { actors: ['gateway'] }, '{"sub":"gateway"}', 'ok'],
    [153, 'may name no other', { actors: ['gateway'] }, '{"sub":"batch"}', 'actor_not_allowed'],
    [154, 'may name any where that is said', { unsafeAnyActor: true }, '{"sub":"whoever"}', 'ok'],
    [155, 'listed ones need not be there', { actors: ['gateway'] }, undefined, 'ok'],
    [156, 'a malformed actor stays malformed', { unsafeAnyActor: true }, '{"sub":""}', 'claim_invalid act'],
    [157, 'the depth stays limited', { unsafeAnyActor: true }, chain(6), 'delegation_too_deep'],
  ]

  const both = (profile) => [
    ...forms.map(([number, comment, act, expect]) =>
      test({
        profile,
        number,
        comment: `act: ${comment}`,
        flag: number < 50 ? 'ACT_FORM' : 'ACT_DEPTH',
        payload: claimsText({ act }),
        expect,
      }),
    ),
    ...limits.map(([number, comment, maxActorDepth, act, expect]) =>
      test({
        profile,
        number,
        comment,
        flag: 'ACT_DEPTH',
        kit: { ...profile.config, maxActorDepth },
        payload: claimsText({ act }),
        expect,
      }),
    ),
    ...named.map(([number, comment, act, expect]) =>
      test({
        profile,
        number,
        comment,
        flag: 'ACTOR',
        kit: `${profile.kit}Gateway`,
        payload: claimsText({ act }),
        expect,
      }),
    ),
  ]
  const iss = '"https://peer.example"'

  return {
    suite: 'verify-act',
    kind: 'verify',
    prefix: 'vact',
    notes,
    kits,
    groups: [
      ...profiles.map((profile) => ({ name: `${profile.name} act`, tests: both(profile) })),
      {
        name: 'actors of another issuer',
        tests: others.map(([number, comment, more, act, expect]) =>
          test({
            profile: peer,
            number,
            comment,
            flag: 'ACTOR',
            kit: trusting(more),
            payload: claimsText({ iss, act }),
            expect,
          }),
        ),
      },
    ],
  }
}
