// The chain of actors: who is named, how deep it may get, and whom may_act admits.
import { fault, MISUSE, original, payload, suite, t } from '../delegation-case.mjs'

const DEEP = fault('delegation_too_deep', 'act')
const DENIED = fault('delegation_actor_denied')

/** act nested `depth` deep, as JSON text: s1 outermost. */
const chain = (depth, from = 1) =>
  depth === 1 ? `{"sub":"s${from}"}` : `{"act":${chain(depth - 1, from + 1)},"sub":"s${from}"}`
const after = (act) => payload({ act: `{"act":${act},"sub":"gateway"}` })
const by = (mayAct) => ({ original: original(`"may_act":${mayAct}`) })
const admitted = (mayAct) => payload({ may_act: mayAct })

// biome-ignore format: a table, one case a line
const actors = {
  name: 'actor: a non-empty string',
  tests: [
    t('delegation-0200', 'empty', ['ACTOR'], { actor: '' }, MISUSE),
    t('delegation-0201', 'null', ['ACTOR'], { actor: null }, MISUSE),
    t('delegation-0202', 'a number', ['ACTOR'], { actor: 1 }, MISUSE),
    t('delegation-0203', 'true', ['ACTOR'], { actor: true }, MISUSE),
    t('delegation-0204', 'false', ['ACTOR'], { actor: false }, MISUSE),
    t('delegation-0205', 'an object with a sub', ['ACTOR'], { actor: { sub: 'gateway' } }, MISUSE),
    t('delegation-0206', 'a list', ['ACTOR'], { actor: ['gateway'] }, MISUSE),
    t('delegation-0207', 'a space is a name', ['ACTOR'], { actor: ' ' }, payload({ act: '{"sub":" "}' })),
    t('delegation-0208', 'a SPIFFE ID', ['ACTOR'], { actor: 'spiffe://example.org/gateway' }, payload({ act: '{"sub":"spiffe://example.org/gateway"}' })),
    t('delegation-0209', 'a lone surrogate cannot be minted', ['ACTOR'], { actor: 'gate\ud800' }, fault('value_unsupported', 'act')),
    t('delegation-0210', '__proto__ is a name', ['ACTOR', 'PROTOTYPE'], { actor: '__proto__' }, payload({ act: '{"sub":"__proto__"}' }))
  ]
}

// biome-ignore format: a table, one case a line
const chains = {
  name: 'the chain grows outside and keeps what is inside',
  tests: [
    t('delegation-0220', 'one before', ['CHAIN'], { original: original('"act":{"sub":"s1"}') }, after('{"sub":"s1"}')),
    t('delegation-0221', 'two before', ['CHAIN'], { original: original(`"act":${chain(2)}`) }, after(chain(2))),
    t('delegation-0222', 'three before', ['CHAIN'], { original: original(`"act":${chain(3)}`) }, after(chain(3))),
    t('delegation-0223', 'four before: five with the actor', ['CHAIN', 'DEPTH'], { original: original(`"act":${chain(4)}`) }, after(chain(4))),
    t('delegation-0224', 'five before: too deep', ['CHAIN', 'DEPTH'], { original: original(`"act":${chain(5)}`) }, DEEP),
    t('delegation-0225', 'six before, from elsewhere: too deep', ['CHAIN', 'DEPTH'], { original: original(`"act":${chain(6)}`) }, DEEP),
    t('delegation-0226', 'under EdDSA, four before', ['CHAIN', 'DEPTH'], { kit: 'eddsa', original: original(`"act":${chain(4)}`) }, after(chain(4))),
    t('delegation-0227', 'under EdDSA, five before', ['CHAIN', 'DEPTH'], { kit: 'eddsa', original: original(`"act":${chain(5)}`) }, DEEP),
    t('delegation-0228', 'a kit that allows one: none before', ['DEPTH'], { kit: 'hs512-depth1' }, payload()),
    t('delegation-0229', 'a kit that allows one: one before', ['DEPTH'], { kit: 'hs512-depth1', original: original('"act":{"sub":"s1"}') }, DEEP),
    t('delegation-0230', 'a kit that allows fourteen: thirteen before', ['DEPTH'], { kit: 'eddsa-depth14', original: original(`"act":${chain(13)}`) }, after(chain(13))),
    t('delegation-0231', 'a kit that allows fourteen: fourteen before', ['DEPTH'], { kit: 'eddsa-depth14', original: original(`"act":${chain(14)}`) }, DEEP),
    t('delegation-0232', 'the same actor again is one more', ['CHAIN'], { original: original('"act":{"sub":"gateway"}') }, after('{"sub":"gateway"}')),
    t('delegation-0233', 'an inner iss and other members are kept, and mean nothing', ['CHAIN'], { original: original('"act":{"sub":"s1","iss":"https://b.example","exp":1,"nbf":9000000000,"aud":"x","zz":[1.0,{"k":null}]}') }, after('{"aud":"x","exp":1,"iss":"https://b.example","nbf":9000000000,"sub":"s1","zz":[1,{"k":null}]}')),
    t('delegation-0234', 'act null', ['CHAIN'], { original: original('"act":null') }, fault('claim_invalid', 'act')),
    t('delegation-0235', 'act as text', ['CHAIN'], { original: original('"act":"s1"') }, fault('claim_invalid', 'act')),
    t('delegation-0236', 'act as a list', ['CHAIN'], { original: original('"act":[{"sub":"s1"}]') }, fault('claim_invalid', 'act')),
    t('delegation-0237', 'act {}', ['CHAIN'], { original: original('"act":{}') }, fault('claim_invalid', 'act')),
    t('delegation-0238', 'act with an empty sub', ['CHAIN'], { original: original('"act":{"sub":""}') }, fault('claim_invalid', 'act')),
    t('delegation-0239', 'act with an empty iss', ['CHAIN'], { original: original('"act":{"sub":"s1","iss":""}') }, fault('claim_invalid', 'act')),
    t('delegation-0240', 'act with a null iss', ['CHAIN'], { original: original('"act":{"sub":"s1","iss":null}') }, fault('claim_invalid', 'act')),
    t('delegation-0241', 'an inner act that is text', ['CHAIN'], { original: original('"act":{"sub":"s1","act":"s2"}') }, fault('claim_invalid', 'act')),
    t('delegation-0242', 'a member named __proto__ inside act is kept', ['CHAIN', 'PROTOTYPE'], { original: original('"act":{"sub":"s1","__proto__":{"x":1}}') }, after('{"__proto__":{"x":1},"sub":"s1"}')),
    t('delegation-0243', 'an act that only a __proto__ holds', ['CHAIN', 'PROTOTYPE'], { original: original('"__proto__":{"act":{"sub":"s1"}}') }, payload()),
    t('delegation-0244', 'the whole cannot nest deeper than JSON may: too deep for the kit comes first', ['DEPTH'], { kit: 'eddsa-depth14', original: original(`"act":${chain(15)}`) }, DEEP),
    t('delegation-0245', 'sixteen deep is not claims any more', ['DEPTH'], { kit: 'eddsa-depth14', original: original(`"act":${chain(16)}`) }, fault('value_unsupported', 'act')),
    t('delegation-0246', 'one more level than JSON may nest, by a member of the innermost actor', ['DEPTH'], { kit: 'eddsa-depth14', original: original(`"act":${chain(13).replace('{"sub":"s13"}', '{"sub":"s13","x":{"y":{}}}')}`) }, fault('value_unsupported', 'act'))
  ]
}

// biome-ignore format: a table, one case a line
const mayAct = {
  name: 'may_act names the actor, or nobody delegates',
  tests: [
    t('delegation-0260', 'names the actor', ['MAY_ACT'], by('{"sub":"gateway"}'), admitted('{"sub":"gateway"}')),
    t('delegation-0261', 'under EdDSA', ['MAY_ACT'], { kit: 'eddsa', ...by('{"sub":"gateway"}') }, admitted('{"sub":"gateway"}')),
    t('delegation-0262', 'names another', ['MAY_ACT'], by('{"sub":"web"}'), DENIED),
    t('delegation-0263', 'another case', ['MAY_ACT'], by('{"sub":"Gateway"}'), DENIED),
    t('delegation-0264', 'a prefix of the name', ['MAY_ACT'], by('{"sub":"gate"}'), DENIED),
    t('delegation-0265', 'a longer name', ['MAY_ACT'], by('{"sub":"gateway-2"}'), DENIED),
    t('delegation-0266', 'iss is the kit\'s', ['MAY_ACT'], by('{"iss":"https://issuer.example","sub":"gateway"}'), admitted('{"iss":"https://issuer.example","sub":"gateway"}')),
    t('delegation-0267', 'iss is another\'s', ['MAY_ACT'], by('{"iss":"https://other.example","sub":"gateway"}'), DENIED),
    t('delegation-0268', 'iss with a trailing slash', ['MAY_ACT'], by('{"iss":"https://issuer.example/","sub":"gateway"}'), DENIED),
    t('delegation-0269', 'iss is the original\'s and not the kit\'s', ['MAY_ACT'], { original: original('"iss":"https://other.example","may_act":{"iss":"https://other.example","sub":"gateway"}') }, DENIED),
    t('delegation-0270', 'iss right, sub wrong', ['MAY_ACT'], by('{"iss":"https://issuer.example","sub":"web"}'), DENIED),
    t('delegation-0271', 'iss empty', ['MAY_ACT'], by('{"iss":"","sub":"gateway"}'), DENIED),
    t('delegation-0272', 'iss null', ['MAY_ACT'], by('{"iss":null,"sub":"gateway"}'), DENIED),
    t('delegation-0273', 'iss a number', ['MAY_ACT'], by('{"iss":1,"sub":"gateway"}'), DENIED),
    t('delegation-0274', 'iss a list with the kit\'s', ['MAY_ACT'], by('{"iss":["https://issuer.example"],"sub":"gateway"}'), DENIED),
    t('delegation-0275', 'null is present', ['MAY_ACT'], by('null'), DENIED),
    t('delegation-0276', 'text', ['MAY_ACT'], by('"gateway"'), DENIED),
    t('delegation-0277', 'a list', ['MAY_ACT'], by('[{"sub":"gateway"}]'), DENIED),
    t('delegation-0278', 'true', ['MAY_ACT'], by('true'), DENIED),
    t('delegation-0279', '{}', ['MAY_ACT'], by('{}'), DENIED),
    t('delegation-0280', 'iss alone', ['MAY_ACT'], by('{"iss":"https://issuer.example"}'), DENIED),
    t('delegation-0281', 'sub null', ['MAY_ACT'], by('{"sub":null}'), DENIED),
    t('delegation-0282', 'sub a list with the actor', ['MAY_ACT'], by('{"sub":["gateway"]}'), DENIED),
    t('delegation-0283', 'sub a number and an actor that reads the same', ['MAY_ACT'], { actor: '1', ...by('{"sub":1}') }, DENIED),
    t('delegation-0284', 'other members are kept and mean nothing', ['MAY_ACT'], by('{"sub":"gateway","exp":1,"aud":"x","act":{"sub":"web"}}'), admitted('{"act":{"sub":"web"},"aud":"x","exp":1,"sub":"gateway"}')),
    t('delegation-0285', 'a sub that only its __proto__ holds', ['MAY_ACT', 'PROTOTYPE'], by('{"__proto__":{"sub":"gateway"}}'), DENIED),
    t('delegation-0286', 'an iss that only its __proto__ holds is no iss', ['MAY_ACT', 'PROTOTYPE'], by('{"__proto__":{"iss":"https://other.example"},"sub":"gateway"}'), admitted('{"__proto__":{"iss":"https://other.example"},"sub":"gateway"}')),
    t('delegation-0287', 'a may_act inside act binds nobody', ['MAY_ACT'], { original: original('"act":{"sub":"s1","may_act":{"sub":"web"}}') }, after('{"may_act":{"sub":"web"},"sub":"s1"}')),
    t('delegation-0288', 'the next hop is bound by the copy', ['MAY_ACT'], { actor: 'web', original: original('"act":{"sub":"gateway"},"may_act":{"sub":"gateway"}') }, DENIED)
  ]
}

export default suite(
  'delegation-actors',
  {
    ACTOR: {
      description: 'The actor is named by a non-empty string.',
      bugType: 'BASIC',
      spec: ['rfc8693#4.1', 'local#delegation'],
    },
    CHAIN: {
      description: 'Prior actors are nested inside the new one.',
      bugType: 'INTEROP',
      spec: ['rfc8693#4.1', 'local#delegation'],
    },
    DEPTH: { description: 'The chain is limited, for minting too.', bugType: 'DOS', spec: ['local#delegation'] },
    MAY_ACT: {
      description: 'A may_act that does not name the actor, whatever its form, refuses.',
      bugType: 'AUTH_BYPASS',
      spec: ['rfc8693#4.4', 'local#delegation'],
    },
    PROTOTYPE: {
      description: 'Names that live on the prototype of a host object.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
  },
  [actors, chains, mayAct],
)
