// Which claims go along, which never do, and which rule speaks first when several are broken.
import { fault, MISUSE, original, payload, suite, TTL_INVALID, t } from '../delegation-case.mjs'

const copy = (names, held) => ({ original: original(held), options: { aud: 'internal-api', copy: names } })
const options = (members) => ({ options: { aud: 'internal-api', ...members } })
const big = (length) => ({ prefix: '{"sub":"u1","exp":1700003600,"name":"', repeat: 'n', times: length, suffix: '"}' })

// biome-ignore format: a table, one case a line
const copied = {
  name: 'copied where present',
  tests: [
    t('delegation-0600', 'groups', ['COPIED'], { original: original('"groups":["g2","g1"]') }, payload({ groups: '["g2","g1"]' })),
    t('delegation-0601', 'email', ['COPIED'], { original: original('"email":"u1@example.com"') }, payload({ email: '"u1@example.com"' })),
    t('delegation-0602', 'name', ['COPIED'], { original: original('"name":"J\\u00f6rg"') }, payload({ name: '"J\u00f6rg"' })),
    t('delegation-0603', 'tid', ['COPIED'], { original: original('"tid":"t1"') }, payload({ tid: '"t1"' })),
    t('delegation-0604', 'org_id', ['COPIED'], { original: original('"org_id":42') }, payload({ org_id: '42' })),
    t('delegation-0605', 'department', ['COPIED'], { original: original('"department":{"b":1,"a":[true]}') }, payload({ department: '{"a":[true],"b":1}' })),
    t('delegation-0606', 'client_id', ['COPIED'], { original: original('"client_id":"web"') }, payload({ client_id: '"web"' })),
    t('delegation-0607', 'a null is present', ['COPIED'], { original: original('"email":null,"name":null') }, payload({ email: 'null', name: 'null' })),
    t('delegation-0608', 'numbers are written as RFC 8785 writes them', ['COPIED'], { original: original('"tid":1.50,"org_id":-0,"department":1e-7') }, payload({ tid: '1.5', org_id: '0', department: '1e-7' })),
    t('delegation-0609', 'all of them, under EdDSA', ['COPIED'], { kit: 'eddsa', original: original('"tid":"t","scope":"s","roles":["r"],"permissions":["p"],"org_id":"o","name":"n","may_act":{"sub":"gateway"},"groups":["g"],"email":"e","department":"d","client_id":"c"') },
      payload({ client_id: '"c"', department: '"d"', email: '"e"', groups: '["g"]', may_act: '{"sub":"gateway"}', name: '"n"', org_id: '"o"', permissions: '["p"]', roles: '["r"]', scope: '"s"', tid: '"t"' })),
    t('delegation-0610', 'what nobody named stays behind', ['LEFT'], { original: original('"plan":"pro","amr":["otp"],"auth_time":1,"azp":"web","org":"o","Email":"x"') }, payload()),
    t('delegation-0611', 'cnf, jti and nbf stay behind', ['LEFT'], { original: original('"cnf":{"jkt":"x"},"jti":"j0","nbf":1600000000') }, payload()),
    t('delegation-0612', 'iat, iss and aud stay behind', ['LEFT'], { original: original('"iat":1600000000,"iss":"https://other.example","aud":["x"]') }, payload()),
    t('delegation-0613', 'a claim named __proto__ stays behind, and so do its members', ['LEFT', 'PROTOTYPE'], { original: original('"__proto__":{"email":"x","roles":["admin"]}') }, payload())
  ]
}

// biome-ignore format: a table, one case a line
const named = {
  name: 'the copy option',
  tests: [
    t('delegation-0630', 'a further claim', ['COPY'], copy(['plan'], '"plan":"pro","amr":["otp"]'), payload({ plan: '"pro"' })),
    t('delegation-0631', 'a claim that the original lacks', ['COPY'], copy(['plan'], '"amr":["otp"]'), payload()),
    t('delegation-0632', 'two, one missing, under EdDSA', ['COPY'], { kit: 'eddsa', ...copy(['plan', 'amr'], '"amr":["otp"]') }, payload({ amr: '["otp"]' })),
    t('delegation-0633', 'none', ['COPY'], copy([], '"plan":"pro"'), payload()),
    t('delegation-0634', 'a name twice', ['COPY'], copy(['plan', 'plan'], '"plan":"pro"'), payload({ plan: '"pro"' })),
    t('delegation-0635', 'a null is present', ['COPY'], copy(['plan'], '"plan":null'), payload({ plan: 'null' })),
    t('delegation-0636', 'a claim that is copied anyway', ['COPY'], copy(['email'], '"email":"e"'), payload({ email: '"e"' })),
    t('delegation-0637', 'sub', ['COPY'], copy(['sub', 'may_act'], '"plan":"pro"'), payload()),
    t('delegation-0638', 'permissions by copy stay narrowed', ['COPY', 'NARROWED'], { original: original('"permissions":["a","b"]'), ...options({ copy: ['permissions'], permissions: ['a'] }) }, payload({ permissions: '["a"]' })),
    t('delegation-0639', 'roles by copy stay narrowed', ['COPY', 'NARROWED'], { original: original('"roles":["a","b"]'), ...options({ copy: ['roles'], roles: [] }) }, payload({ roles: '[]' })),
    t('delegation-0640', 'scope by copy stays narrowed', ['COPY', 'NARROWED'], { original: original('"scope":"a b"'), ...options({ copy: ['scope'], scope: 'b' }) }, payload({ scope: '"b"' })),
    t('delegation-0641', 'names of members are JCS-sorted by UTF-16 code units', ['COPY'], copy(['\ufb33', '\u{1f511}'], '"\\ufb33":1,"\\ud83d\\udd11":2'), { payload: '{"act":{"sub":"gateway"},"aud":"internal-api","exp":1700000900,"iat":1700000000,"iss":"https://issuer.example","jti":"00010203-0405-4607-8809-0a0b0c0d0e0f","sub":"u1","\u{1f511}":2,"\ufb33":1}' }),
    t('delegation-0642', 'a claim named __proto__', ['COPY', 'PROTOTYPE'], copy(['__proto__'], '"__proto__":{"x":1}'), payload(JSON.parse('{"__proto__":"{\\"x\\":1}"}'))),
    t('delegation-0643', 'a __proto__ that the original lacks', ['COPY', 'PROTOTYPE'], copy(['__proto__'], '"x":1'), payload()),
    t('delegation-0644', 'constructor and toString that the original lacks', ['COPY', 'PROTOTYPE'], copy(['constructor', 'toString', 'hasOwnProperty'], '"x":2'), payload()),
    t('delegation-0645', 'a claim named constructor', ['COPY', 'PROTOTYPE'], copy(['constructor'], '"constructor":"c"'), payload({ constructor: '"c"' })),
    t('delegation-0646', 'cnf', ['FORBIDDEN'], copy(['cnf'], '"cnf":{"jkt":"x"}'), MISUSE),
    t('delegation-0647', 'jti', ['FORBIDDEN'], copy(['jti'], '"jti":"j0"'), MISUSE),
    t('delegation-0648', 'nbf', ['FORBIDDEN'], copy(['nbf'], '"nbf":1600000000'), MISUSE),
    t('delegation-0649', 'iss', ['FORBIDDEN'], copy(['iss'], '"iss":"x"'), MISUSE),
    t('delegation-0650', 'aud', ['FORBIDDEN'], copy(['aud'], '"aud":"x"'), MISUSE),
    t('delegation-0651', 'iat', ['FORBIDDEN'], copy(['iat'], '"iat":1600000000'), MISUSE),
    t('delegation-0652', 'exp', ['FORBIDDEN'], copy(['exp']), MISUSE),
    t('delegation-0653', 'act', ['FORBIDDEN'], copy(['act'], '"act":{"sub":"s1"}'), MISUSE),
    t('delegation-0654', 'cnf, though the original lacks it', ['FORBIDDEN'], copy(['plan', 'cnf'], '"plan":"pro"'), MISUSE),
    t('delegation-0655', 'text', ['TYPE'], copy('plan', '"plan":"pro"'), MISUSE),
    t('delegation-0656', 'null', ['TYPE'], copy(null, '"plan":"pro"'), MISUSE),
    t('delegation-0657', 'a list with a number', ['TYPE'], copy([1], '"1":"pro"'), MISUSE),
    t('delegation-0658', 'an object', ['TYPE'], copy({ plan: true }, '"plan":"pro"'), MISUSE),
    t('delegation-0659', 'true', ['TYPE'], copy(true, '"plan":"pro"'), MISUSE)
  ]
}

// biome-ignore format: a table, one case a line
const unknown = {
  name: 'options that do not exist',
  tests: [
    t('delegation-0670', 'an unknown option', ['UNKNOWN'], options({ leeway: 1 }), MISUSE),
    t('delegation-0671', 'the plural of scope', ['UNKNOWN'], options({ scopes: ['read'] }), MISUSE),
    t('delegation-0672', 'audience is called aud', ['UNKNOWN'], { options: { audience: 'internal-api' } }, MISUSE),
    t('delegation-0673', 'audience beside aud', ['UNKNOWN'], options({ audience: 'internal-api' }), MISUSE),
    t('delegation-0674', 'iss is the kit\'s and no option', ['UNKNOWN'], options({ iss: 'https://other.example' }), MISUSE),
    t('delegation-0675', 'exp is no option', ['UNKNOWN'], options({ exp: 1700000100 }), MISUSE),
    t('delegation-0676', 'an unknown option with null', ['UNKNOWN'], options({ x: null }), MISUSE),
    t('delegation-0677', 'groups cannot be narrowed', ['UNKNOWN'], options({ groups: [] }), MISUSE),
    t('delegation-0678', 'constructor', ['UNKNOWN', 'PROTOTYPE'], options({ constructor: 1 }), MISUSE),
    t('delegation-0679', '__proto__', ['UNKNOWN', 'PROTOTYPE'], { options: JSON.parse('{"aud":"internal-api","__proto__":{"ttl":60}}') }, MISUSE),
    t('delegation-0680', 'claims to add are no option', ['UNKNOWN'], options({ claims: { plan: 'pro' } }), MISUSE)
  ]
}

const expired = '"exp":1700000000'
const widen = { permissions: ['x'], roles: ['x'], scope: 'x' }

// biome-ignore format: a table, one case a line
const order = {
  name: 'two rules broken: the earlier gives the code',
  tests: [
    t('delegation-0800', 'misuse before a missing sub', ['ORDER'], { original: '{"exp":1700003600}', options: {} }, MISUSE),
    t('delegation-0801', 'misuse of copy before expiry', ['ORDER'], { original: `{"sub":"u1",${expired}}`, ...options({ copy: ['cnf'] }) }, MISUSE),
    t('delegation-0802', 'misuse of scope before escalation of permissions', ['ORDER'], options({ permissions: ['x'], scope: [] }), MISUSE),
    t('delegation-0803', 'an unknown option before may_act', ['ORDER'], { original: original('"may_act":null'), ...options({ x: 1 }) }, MISUSE),
    t('delegation-0804', 'a missing sub before expiry', ['ORDER'], { original: `{${expired}}` }, fault('claim_missing', 'sub')),
    t('delegation-0805', 'a missing sub before a missing exp and may_act', ['ORDER'], { original: '{"may_act":null}' }, fault('claim_missing', 'sub')),
    t('delegation-0806', 'a missing exp before may_act', ['ORDER'], { original: '{"sub":"u1","may_act":null}' }, fault('claim_missing', 'exp')),
    t('delegation-0807', 'expiry before may_act', ['ORDER'], { original: `{"sub":"u1",${expired},"may_act":{"sub":"web"}}` }, fault('delegation_expired')),
    t('delegation-0808', 'expiry before depth', ['ORDER'], { kit: 'hs512-depth1', original: `{"sub":"u1",${expired},"act":{"sub":"s1"}}` }, fault('delegation_expired')),
    t('delegation-0809', 'expiry before escalation', ['ORDER'], { original: `{"sub":"u1",${expired}}`, ...options(widen) }, fault('delegation_expired')),
    t('delegation-0810', 'expiry before a bad ttl', ['ORDER'], { original: `{"sub":"u1",${expired}}`, ...options({ ttl: 0 }) }, fault('delegation_expired')),
    t('delegation-0811', 'may_act before depth', ['ORDER'], { kit: 'hs512-depth1', original: original('"may_act":{"sub":"web"},"act":{"sub":"s1"}') }, fault('delegation_actor_denied')),
    t('delegation-0812', 'may_act before escalation', ['ORDER'], { original: original('"may_act":{"sub":"web"}'), ...options(widen) }, fault('delegation_actor_denied')),
    t('delegation-0813', 'depth before escalation', ['ORDER'], { kit: 'hs512-depth1', original: original('"act":{"sub":"s1"}'), ...options(widen) }, fault('delegation_too_deep', 'act')),
    t('delegation-0814', 'depth before a bad ttl', ['ORDER'], { kit: 'hs512-depth1', original: original('"act":{"sub":"s1"}'), ...options({ ttl: 0 }) }, fault('delegation_too_deep', 'act')),
    t('delegation-0815', 'permissions before roles before scope', ['ORDER'], options(widen), fault('delegation_escalation', 'permissions')),
    t('delegation-0816', 'roles before scope, whatever the order written', ['ORDER'], options({ scope: 'x', roles: ['x'], permissions: [] }), fault('delegation_escalation', 'roles')),
    t('delegation-0817', 'escalation before a bad ttl', ['ORDER'], options({ scope: 'x', ttl: 0 }), fault('delegation_escalation', 'scope')),
    t('delegation-0818', 'a bad ttl before what JSON cannot carry', ['ORDER'], { actor: '\udc00', ...options({ ttl: 0 }) }, TTL_INVALID),
    t('delegation-0819', 'a token over the size limit', ['SIZE'], { original: big(16384) }, fault('value_unsupported')),
    t('delegation-0820', 'what JSON cannot carry before the size', ['ORDER'], { actor: '\udc00', original: big(16385) }, fault('value_unsupported', 'act'))
  ]
}

export default suite(
  'delegation-copy',
  {
    COPIED: { description: 'Claims that always go along.', bugType: 'INTEROP', spec: ['local#delegation'] },
    LEFT: {
      description: 'Claims that never go along by themselves.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
    COPY: { description: 'Claims that an option names.', bugType: 'BASIC', spec: ['local#delegation'] },
    NARROWED: {
      description: 'Copying never undoes narrowing.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
    FORBIDDEN: {
      description: 'Claims that bind the original token, or that the kit writes.',
      bugType: 'AUTH_BYPASS',
      spec: ['rfc7800#3.1', 'local#delegation'],
    },
    TYPE: { description: 'An option of a wrong type.', bugType: 'BASIC', spec: ['local#delegation'] },
    UNKNOWN: {
      description: 'An option that is not understood is not skipped.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
    ORDER: { description: 'The first rule that fails gives the code.', bugType: 'INTEROP', spec: ['local#delegation'] },
    SIZE: { description: 'Minting refuses what verifying would not read.', bugType: 'DOS', spec: ['local#mint'] },
    PROTOTYPE: {
      description: 'Names that live on the prototype of a host object.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
  },
  [copied, named, unknown, order],
)
