// permissions, roles and scope: narrowed by an option, written as given, never widened.
import { fault, MISUSE, original, payload, suite, t } from '../delegation-case.mjs'

const escalation = (claim) => fault('delegation_escalation', claim)
const ask = (held, options) => ({ original: original(held), options: { aud: 'internal-api', ...options } })

// biome-ignore format: a table, one case a line
const permissions = {
  name: 'permissions',
  tests: [
    t('delegation-0400', 'not narrowed: copied as they are, order and repeats kept', ['COPIED'], ask('"permissions":["b","a","b"]', {}), payload({ permissions: '["b","a","b"]' })),
    t('delegation-0401', 'an empty claim is copied empty', ['COPIED'], ask('"permissions":[]', {}), payload({ permissions: '[]' })),
    t('delegation-0402', 'equal', ['NARROW'], ask('"permissions":["a","b"]', { permissions: ['a', 'b'] }), payload({ permissions: '["a","b"]' })),
    t('delegation-0403', 'equal in another order: as given', ['NARROW'], ask('"permissions":["a","b"]', { permissions: ['b', 'a'] }), payload({ permissions: '["b","a"]' })),
    t('delegation-0404', 'a subset', ['NARROW'], ask('"permissions":["a","b","c"]', { permissions: ['c', 'a'] }), payload({ permissions: '["c","a"]' })),
    t('delegation-0405', 'a subset under EdDSA', ['NARROW'], { kit: 'eddsa', ...ask('"permissions":["a","b","c"]', { permissions: ['b'] }) }, payload({ permissions: '["b"]' })),
    t('delegation-0406', 'a superset', ['ESCALATE'], ask('"permissions":["a"]', { permissions: ['a', 'b'] }), escalation('permissions')),
    t('delegation-0407', 'a superset under EdDSA', ['ESCALATE'], { kit: 'eddsa', ...ask('"permissions":["a"]', { permissions: ['a', 'b'] }) }, escalation('permissions')),
    t('delegation-0408', 'something else altogether', ['ESCALATE'], ask('"permissions":["a"]', { permissions: ['b'] }), escalation('permissions')),
    t('delegation-0409', 'a repeat in the option: as given', ['NARROW'], ask('"permissions":["a","b"]', { permissions: ['a', 'a'] }), payload({ permissions: '["a","a"]' })),
    t('delegation-0410', 'a longer list of the same, by repeats, is no superset', ['NARROW'], ask('"permissions":["a"]', { permissions: ['a', 'a', 'a'] }), payload({ permissions: '["a","a","a"]' })),
    t('delegation-0411', 'nothing', ['NARROW'], ask('"permissions":["a"]', { permissions: [] }), payload({ permissions: '[]' })),
    t('delegation-0412', 'the original lacks them, nothing asked', ['ABSENT'], ask('"email":"u1@example.com"', { permissions: [] }), payload({ email: '"u1@example.com"', permissions: '[]' })),
    t('delegation-0413', 'the original lacks them, one asked', ['ABSENT', 'ESCALATE'], { options: { aud: 'internal-api', permissions: ['x'] } }, escalation('permissions')),
    t('delegation-0414', 'the original has none, one asked', ['ESCALATE'], ask('"permissions":[]', { permissions: ['x'] }), escalation('permissions')),
    t('delegation-0415', 'an asterisk in the original covers nothing', ['ESCALATE'], ask('"permissions":["*","read:*"]', { permissions: ['read:data'] }), escalation('permissions')),
    t('delegation-0416', 'a prefix of a permission is another', ['ESCALATE'], ask('"permissions":["read:data"]', { permissions: ['read'] }), escalation('permissions')),
    t('delegation-0417', 'another case is another', ['ESCALATE'], ask('"permissions":["read"]', { permissions: ['Read'] }), escalation('permissions')),
    t('delegation-0418', 'another normal form is another', ['ESCALATE'], ask('"permissions":["\\u00e9"]', { permissions: ['e\u0301'] }), escalation('permissions')),
    t('delegation-0419', 'an empty permission must be held like any other', ['ESCALATE'], ask('"permissions":["a"]', { permissions: [''] }), escalation('permissions')),
    t('delegation-0420', 'constructor and __proto__ are held by nobody', ['ESCALATE', 'PROTOTYPE'], ask('"permissions":["a"]', { permissions: ['constructor', '__proto__'] }), escalation('permissions')),
    t('delegation-0421', '__proto__ that is held', ['NARROW', 'PROTOTYPE'], ask('"permissions":["__proto__","a"]', { permissions: ['__proto__'] }), payload({ permissions: '["__proto__"]' })),
    t('delegation-0422', 'permissions that only a __proto__ holds', ['ESCALATE', 'PROTOTYPE'], ask('"__proto__":{"permissions":["a"]}', { permissions: ['a'] }), escalation('permissions')),
    t('delegation-0423', 'a role is no permission', ['ESCALATE'], ask('"roles":["a"],"scope":"a"', { permissions: ['a'] }), escalation('permissions')),
    t('delegation-0424', 'text where a list is meant', ['TYPE'], ask('"permissions":["a"]', { permissions: 'a' }), MISUSE),
    t('delegation-0425', 'null is not "not given"', ['TYPE'], ask('"permissions":["a"]', { permissions: null }), MISUSE),
    t('delegation-0426', 'an object', ['TYPE'], ask('"permissions":["a"]', { permissions: { 0: 'a' } }), MISUSE),
    t('delegation-0427', 'a list with a number', ['TYPE'], ask('"permissions":["a"]', { permissions: ['a', 1] }), MISUSE),
    t('delegation-0428', 'a nested list', ['TYPE'], ask('"permissions":["a"]', { permissions: [['a']] }), MISUSE),
    t('delegation-0429', 'false', ['TYPE'], ask('"permissions":["a"]', { permissions: false }), MISUSE),
    t('delegation-0430', 'empty text', ['TYPE'], ask('"permissions":["a"]', { permissions: '' }), MISUSE)
  ]
}

// biome-ignore format: a table, one case a line
const roles = {
  name: 'roles',
  tests: [
    t('delegation-0440', 'not narrowed', ['COPIED'], ask('"roles":["r2","r1"]', {}), payload({ roles: '["r2","r1"]' })),
    t('delegation-0441', 'a subset', ['NARROW'], ask('"roles":["r1","r2"]', { roles: ['r2'] }), payload({ roles: '["r2"]' })),
    t('delegation-0442', 'a superset', ['ESCALATE'], ask('"roles":["r1"]', { roles: ['r1', 'admin'] }), escalation('roles')),
    t('delegation-0443', 'the original lacks them, nothing asked', ['ABSENT'], { options: { aud: 'internal-api', roles: [] } }, payload({ roles: '[]' })),
    t('delegation-0444', 'the original lacks them, one asked', ['ABSENT', 'ESCALATE'], ask('"permissions":["admin"]', { roles: ['admin'] }), escalation('roles')),
    t('delegation-0445', 'a group is no role', ['ESCALATE'], ask('"groups":["admin"]', { roles: ['admin'] }), escalation('roles')),
    t('delegation-0446', 'text', ['TYPE'], ask('"roles":["r1"]', { roles: 'r1' }), MISUSE),
    t('delegation-0447', 'null', ['TYPE'], ask('"roles":["r1"]', { roles: null }), MISUSE),
    t('delegation-0448', 'a list with null', ['TYPE'], ask('"roles":["r1"]', { roles: [null] }), MISUSE),
    t('delegation-0449', 'narrowing one leaves the others as they are', ['NARROW', 'COPIED'], ask('"permissions":["a"],"roles":["r1","r2"],"scope":"x y"', { roles: ['r1'] }), payload({ permissions: '["a"]', roles: '["r1"]', scope: '"x y"' }))
  ]
}

// biome-ignore format: a table, one case a line
const scope = {
  name: 'scope: text, compared as a set split at U+0020',
  tests: [
    t('delegation-0460', 'not narrowed: every space kept', ['COPIED', 'SCOPE'], ask('"scope":" read  write "', {}), payload({ scope: '" read  write "' })),
    t('delegation-0461', 'equal', ['NARROW', 'SCOPE'], ask('"scope":"read write"', { scope: 'read write' }), payload({ scope: '"read write"' })),
    t('delegation-0462', 'another order', ['NARROW', 'SCOPE'], ask('"scope":"read write"', { scope: 'write read' }), payload({ scope: '"write read"' })),
    t('delegation-0463', 'a subset', ['NARROW', 'SCOPE'], ask('"scope":"read write"', { scope: 'write' }), payload({ scope: '"write"' })),
    t('delegation-0464', 'spaces are written as given', ['NARROW', 'SCOPE'], ask('"scope":"read write"', { scope: '  write  read ' }), payload({ scope: '"  write  read "' })),
    t('delegation-0465', 'a repeat is written as given', ['NARROW', 'SCOPE'], ask('"scope":"read"', { scope: 'read read' }), payload({ scope: '"read read"' })),
    t('delegation-0466', 'spaces in the original do not matter', ['NARROW', 'SCOPE'], ask('"scope":" read   write"', { scope: 'read write' }), payload({ scope: '"read write"' })),
    t('delegation-0467', 'a superset', ['ESCALATE', 'SCOPE'], ask('"scope":"read"', { scope: 'read write' }), escalation('scope')),
    t('delegation-0468', 'empty text asks for nothing', ['NARROW', 'SCOPE'], ask('"scope":"read"', { scope: '' }), payload({ scope: '""' })),
    t('delegation-0469', 'the original lacks it, empty text', ['ABSENT', 'SCOPE'], { options: { aud: 'internal-api', scope: '' } }, payload({ scope: '""' })),
    t('delegation-0470', 'the original lacks it, one asked', ['ABSENT', 'ESCALATE'], { options: { aud: 'internal-api', scope: 'read' } }, escalation('scope')),
    t('delegation-0471', 'the original is empty, spaces asked', ['NARROW', 'SCOPE'], ask('"scope":""', { scope: '  ' }), payload({ scope: '"  "' })),
    t('delegation-0472', 'a tab does not separate in the option', ['ESCALATE', 'SCOPE'], ask('"scope":"read write"', { scope: 'read\twrite' }), escalation('scope')),
    t('delegation-0473', 'a tab does not separate in the original', ['ESCALATE', 'SCOPE'], ask('"scope":"read\\twrite"', { scope: 'read' }), escalation('scope')),
    t('delegation-0474', 'the same tab on both sides', ['NARROW', 'SCOPE'], ask('"scope":"read\\twrite x"', { scope: 'read\twrite' }), payload({ scope: '"read\\twrite"' })),
    t('delegation-0475', 'a no-break space does not separate', ['ESCALATE', 'SCOPE'], ask('"scope":"read write"', { scope: 'read\u00a0write' }), escalation('scope')),
    t('delegation-0476', 'a piece of a scope is not the scope', ['ESCALATE', 'SCOPE'], ask('"scope":"read:data unread"', { scope: 'read' }), escalation('scope')),
    t('delegation-0477', 'a trailing line feed is another scope', ['ESCALATE', 'SCOPE'], ask('"scope":"read"', { scope: 'read\n' }), escalation('scope')),
    t('delegation-0478', 'a list', ['TYPE', 'SCOPE'], ask('"scope":"read"', { scope: ['read'] }), MISUSE),
    t('delegation-0479', '[]', ['TYPE', 'SCOPE'], ask('"scope":"read"', { scope: [] }), MISUSE),
    t('delegation-0480', 'null', ['TYPE', 'SCOPE'], ask('"scope":"read"', { scope: null }), MISUSE),
    t('delegation-0481', 'a permission is no scope', ['ESCALATE', 'SCOPE'], ask('"permissions":["read"]', { scope: 'read' }), escalation('scope')),
    t('delegation-0482', 'all three at once', ['NARROW'], ask('"permissions":["a","b"],"roles":["r"],"scope":"x y"', { permissions: ['b'], roles: [], scope: 'y' }), payload({ permissions: '["b"]', roles: '[]', scope: '"y"' }))
  ]
}

export default suite(
  'delegation-narrowing',
  {
    COPIED: {
      description: 'What is not narrowed is copied as it is.',
      bugType: 'SERIALIZATION',
      spec: ['local#delegation'],
    },
    NARROW: { description: 'A subset, written as given.', bugType: 'SERIALIZATION', spec: ['local#delegation'] },
    ESCALATE: {
      description: 'More than the original holds.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation', 'rfc8693#1.1'],
    },
    ABSENT: {
      description: 'A set that the original lacks is empty.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
    TYPE: {
      description: 'A wrong type is refused, never taken for "all of it".',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
    SCOPE: {
      description: 'Scopes are split at U+0020 and nowhere else.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['rfc6749#3.3', 'local#delegation'],
    },
    PROTOTYPE: {
      description: 'Names that live on the prototype of a host object.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#delegation'],
    },
  },
  [permissions, roles, scope],
)
