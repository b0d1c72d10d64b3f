// Malformed claims never reach a policy: they are refused where they are marked as verified.

const t = (id, comment, flags, claims, expected) => ({ id, comment, flags, policy: { allOf: [] }, claims, expected })
const ALLOW = { allow: true }
const MISUSE = { misuse: true }
const invalid = (claim) => ({ fault: { code: 'claim_invalid', claim } })
const unsupported = (claim) => ({ fault: { code: 'value_unsupported', claim } })
const chain = (depth) => `${'{"sub":"s","act":'.repeat(depth - 1)}{"sub":"s"}${'}'.repeat(depth - 1)}`

// biome-ignore format: a table, one case a line
const types = {
  name: 'claim types, in the order of verification, presence not asked for',
  tests: [
    t('policy-0800', 'permissions as text', ['TYPES'], '{"permissions":"admin"}', invalid('permissions')),
    t('policy-0801', 'permissions as an object', ['TYPES'], '{"permissions":{}}', invalid('permissions')),
    t('policy-0802', 'permissions null is present', ['TYPES'], '{"permissions":null}', invalid('permissions')),
    t('policy-0803', 'permissions with a number', ['TYPES'], '{"permissions":["a",1]}', invalid('permissions')),
    t('policy-0804', 'permissions nested', ['TYPES'], '{"permissions":[["a"]]}', invalid('permissions')),
    t('policy-0805', 'roles as text', ['TYPES'], '{"roles":"admin"}', invalid('roles')),
    t('policy-0806', 'roles with null', ['TYPES'], '{"roles":[null]}', invalid('roles')),
    t('policy-0807', 'groups as text', ['TYPES'], '{"groups":"staff"}', invalid('groups')),
    t('policy-0808', 'scope as a list', ['TYPES'], '{"scope":["read"]}', invalid('scope')),
    t('policy-0809', 'scope null', ['TYPES'], '{"scope":null}', invalid('scope')),
    t('policy-0810', 'sub as a number', ['TYPES'], '{"sub":1}', invalid('sub')),
    t('policy-0811', 'sub empty', ['TYPES'], '{"sub":""}', invalid('sub')),
    t('policy-0812', 'jti null', ['TYPES'], '{"jti":null}', invalid('jti')),
    t('policy-0813', 'iss as a list', ['TYPES'], '{"iss":["a"]}', invalid('iss')),
    t('policy-0814', 'aud as an empty list', ['TYPES'], '{"aud":[]}', invalid('aud')),
    t('policy-0815', 'aud empty', ['TYPES'], '{"aud":""}', invalid('aud')),
    t('policy-0816', 'exp true', ['TYPES'], '{"exp":true}', invalid('exp')),
    t('policy-0817', 'exp as text', ['TYPES'], '{"exp":"1700000300"}', invalid('exp')),
    t('policy-0818', 'iat in the year 10000', ['TYPES'], '{"iat":253402300800}', invalid('iat')),
    t('policy-0819', 'nbf negative', ['TYPES'], '{"nbf":-1}', invalid('nbf')),
    t('policy-0820', 'act as text', ['TYPES'], '{"act":"gw"}', invalid('act')),
    t('policy-0821', 'act without sub', ['TYPES'], '{"act":{"iss":"a"}}', invalid('act')),
    t('policy-0822', 'act with a numeric iss', ['TYPES'], '{"act":{"sub":"gw","iss":1}}', invalid('act')),
    t('policy-0823', 'inner act null', ['TYPES'], '{"act":{"sub":"gw","act":null}}', invalid('act')),
    t('policy-0824', 'act six deep is no fault here: the limit is a kit\'s', ['TYPES'], `{"act":${chain(6)}}`, ALLOW),
    t('policy-0825', 'act seven deep with a fault innermost', ['TYPES'], `{"act":${chain(7).replace('{"sub":"s"}', '{"sub":1}')}}`, invalid('act')),
    t('policy-0826', 'permissions before act, whatever the order written', ['TYPES'], '{"act":1,"permissions":1}', invalid('permissions')),
    t('policy-0827', 'exp before iat before nbf', ['TYPES'], '{"nbf":"x","iat":"x","exp":"x"}', invalid('exp')),
    t('policy-0828', 'every claim of its type, and no rule about time', ['TYPES'], '{"iss":"i","aud":["a"],"exp":0,"iat":1.5,"nbf":253402300799,"sub":"s","jti":"j","permissions":[],"roles":[""],"groups":["g"],"scope":"","act":{"sub":"a","iss":"i","exp":"x"}}', ALLOW),
  ]
}

// biome-ignore format: a table, one case a line
const json = {
  name: 'JSON that cannot be carried',
  tests: [
    t('policy-0840', '2^53', ['CARRY'], '{"a":1,"n":9007199254740992}', unsupported('n')),
    t('policy-0841', 'a lone surrogate', ['CARRY'], '{"s":"\\ud800"}', unsupported('s')),
    t('policy-0842', '17 containers', ['CARRY'], `{"a":${'['.repeat(16)}${']'.repeat(16)}}`, unsupported('a')),
    t('policy-0843', 'two of them: the first in JCS order', ['CARRY'], '{"b":9007199254740992,"a":["\\udfff"]}', unsupported('a')),
    t('policy-0844', 'JSON before types', ['CARRY'], '{"iss":1,"z":1e300}', unsupported('z')),
    t('policy-0845', 'a list is not claims', ['OBJECT'], '[]', MISUSE),
    t('policy-0846', 'null is not claims', ['OBJECT'], 'null', MISUSE),
    t('policy-0847', 'text is not claims', ['OBJECT'], '"abc"', MISUSE)
  ]
}

export default {
  suite: 'policy-untrusted',
  kind: 'policy',
  prefix: 'policy',
  notes: {
    TYPES: {
      description: 'A malformed claim is a fault, never an empty set.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#verify', 'local#policy'],
    },
    CARRY: {
      description: 'Values that one of the languages could not carry exactly.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['rfc8785#3.2', 'local#mint'],
    },
    OBJECT: { description: 'Claims are an object.', bugType: 'BASIC', spec: ['local#delegation'] },
  },
  kits: {},
  groups: [types, json],
}
