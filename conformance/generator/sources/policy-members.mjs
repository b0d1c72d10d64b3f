// Each member of a policy alone: holding, failing, empty, and against claims that lack what it reads.

const ALLOW = { allow: true }
const deny = (...failed) => ({ allow: false, failed })
const t = (id, comment, flags, policy, claims, expected) => ({ id, comment, flags, policy, claims, expected })

// biome-ignore format: a table, one case a line
const lists = {
  name: 'permissions, roles and scopes',
  tests: [
    t('policy-0001', 'permissionsAll holds when every item is there', ['MEMBER'], { permissionsAll: ['a', 'b'] }, '{"permissions":["b","c","a"]}', ALLOW),
    t('policy-0002', 'permissionsAll fails when one item is missing', ['MEMBER'], { permissionsAll: ['a', 'b'] }, '{"permissions":["a"]}', deny('/permissionsAll')),
    t('policy-0003', 'permissionsAll: [] holds', ['EMPTY'], { permissionsAll: [] }, '{"permissions":["a"]}', ALLOW),
    t('policy-0004', 'permissionsAll: [] holds without the claim', ['EMPTY'], { permissionsAll: [] }, '{}', ALLOW),
    t('policy-0005', 'permissionsAll fails without the claim', ['ABSENT'], { permissionsAll: ['a'] }, '{}', deny('/permissionsAll')),
    t('policy-0006', 'permissionsAll fails on an empty claim', ['EMPTY'], { permissionsAll: ['a'] }, '{"permissions":[]}', deny('/permissionsAll')),
    t('policy-0007', 'an item named twice needs to be held once', ['MEMBER'], { permissionsAll: ['a', 'a'] }, '{"permissions":["a"]}', ALLOW),
    t('policy-0008', 'a permission held twice counts as held', ['MEMBER'], { permissionsAll: ['a'] }, '{"permissions":["a","a"]}', ALLOW),
    t('policy-0009', 'permissionsAny holds when one item is there', ['MEMBER'], { permissionsAny: ['x', 'a'] }, '{"permissions":["a"]}', ALLOW),
    t('policy-0010', 'permissionsAny fails when none is there', ['MEMBER'], { permissionsAny: ['x', 'y'] }, '{"permissions":["a"]}', deny('/permissionsAny')),
    t('policy-0011', 'permissionsAny: [] does not hold', ['EMPTY'], { permissionsAny: [] }, '{"permissions":["a"]}', deny('/permissionsAny')),
    t('policy-0012', 'permissionsAny: [] does not hold without the claim either', ['EMPTY'], { permissionsAny: [] }, '{}', deny('/permissionsAny')),
    t('policy-0013', 'permissionsAny fails without the claim', ['ABSENT'], { permissionsAny: ['a'] }, '{}', deny('/permissionsAny')),
    t('policy-0014', 'rolesAll holds', ['MEMBER'], { rolesAll: ['admin'] }, '{"roles":["admin","user"]}', ALLOW),
    t('policy-0015', 'rolesAll fails', ['MEMBER'], { rolesAll: ['admin', 'finance'] }, '{"roles":["finance"]}', deny('/rolesAll')),
    t('policy-0016', 'rolesAll: [] holds', ['EMPTY'], { rolesAll: [] }, '{}', ALLOW),
    t('policy-0017', 'rolesAny holds', ['MEMBER'], { rolesAny: ['admin', 'finance'] }, '{"roles":["finance"]}', ALLOW),
    t('policy-0018', 'rolesAny fails without the claim', ['ABSENT'], { rolesAny: ['admin'] }, '{}', deny('/rolesAny')),
    t('policy-0019', 'rolesAny: [] does not hold', ['EMPTY'], { rolesAny: [] }, '{"roles":["admin"]}', deny('/rolesAny')),
    t('policy-0020', 'a permission is not a role', ['MEMBER'], { rolesAll: ['admin'] }, '{"permissions":["admin"]}', deny('/rolesAll')),
    t('policy-0021', 'a role is not a permission', ['MEMBER'], { permissionsAll: ['admin'] }, '{"roles":["admin"]}', deny('/permissionsAll')),
    t('policy-0022', 'a group is not a role', ['MEMBER'], { rolesAny: ['admin'] }, '{"groups":["admin"]}', deny('/rolesAny')),
    t('policy-0023', 'a scope is not a permission', ['MEMBER'], { permissionsAny: ['read'] }, '{"scope":"read"}', deny('/permissionsAny')),
    t('policy-0024', 'a proper prefix is not the item', ['EXACT'], { permissionsAll: ['read'] }, '{"permissions":["read:data"]}', deny('/permissionsAll')),
    t('policy-0025', 'a longer item is not its prefix', ['EXACT'], { permissionsAll: ['read:data'] }, '{"permissions":["read"]}', deny('/permissionsAll')),
    t('policy-0026', 'case counts', ['EXACT'], { rolesAny: ['Admin'] }, '{"roles":["admin"]}', deny('/rolesAny')),
    t('policy-0027', 'white space counts', ['EXACT'], { rolesAll: ['admin'] }, '{"roles":[" admin"]}', deny('/rolesAll')),
    t('policy-0028', 'an asterisk held is not a pattern', ['EXACT'], { permissionsAll: ['read:data'] }, '{"permissions":["*","read:*"]}', deny('/permissionsAll')),
    t('policy-0029', 'an asterisk asked for is not a pattern', ['EXACT'], { permissionsAny: ['*', 'read:*'] }, '{"permissions":["read:data"]}', deny('/permissionsAny')),
    t('policy-0030', 'an empty item is an item like any other', ['EXACT'], { permissionsAll: [''] }, '{"permissions":[""]}', ALLOW),
    t('policy-0031', 'an empty item is not held by an empty claim', ['EXACT'], { permissionsAll: [''] }, '{"permissions":[]}', deny('/permissionsAll')),
    t('policy-0032', 'composed and decomposed forms are different roles', ['UNICODE'], { rolesAll: ['caf\u00e9'] }, '{"roles":["cafe\u0301"]}', deny('/rolesAll')),
    t('policy-0033', 'an escaped role in the claims is the same role', ['UNICODE'], { rolesAll: ['caf\u00e9'] }, '{"roles":["caf\\u00e9"]}', ALLOW),
    t('policy-0034', 'a role beyond the basic plane', ['UNICODE'], { rolesAny: ['\u{1f511}'] }, '{"roles":["\\ud83d\\udd11"]}', ALLOW),
    t('policy-0035', 'a role named constructor that nobody holds', ['PROTOTYPE'], { rolesAll: ['constructor'] }, '{"roles":["user"]}', deny('/rolesAll')),
    t('policy-0036', 'a role named constructor that is held', ['PROTOTYPE'], { rolesAll: ['constructor'] }, '{"roles":["constructor"]}', ALLOW),
    t('policy-0037', 'a role named __proto__ that nobody holds', ['PROTOTYPE'], { rolesAny: ['__proto__'] }, '{"roles":[]}', deny('/rolesAny')),
    t('policy-0038', 'a role named __proto__ that is held', ['PROTOTYPE'], { rolesAny: ['__proto__'] }, '{"roles":["__proto__"]}', ALLOW),
    t('policy-0039', 'names of array members are not permissions', ['PROTOTYPE'], { permissionsAny: ['length', '0', 'includes', 'toString'] }, '{"permissions":["a"]}', deny('/permissionsAny')),
    t('policy-0040', 'claims that were made members of a __proto__ are not read', ['PROTOTYPE'], { rolesAll: ['admin'] }, '{"__proto__":{"roles":["admin"]}}', deny('/rolesAll'))
  ]
}

// biome-ignore format: a table, one case a line
const scopes = {
  name: 'scopes are split at U+0020 alone, empty pieces dropped',
  tests: [
    t('policy-0050', 'scopesAll holds', ['MEMBER'], { scopesAll: ['read', 'write'] }, '{"scope":"write read"}', ALLOW),
    t('policy-0051', 'scopesAll fails', ['MEMBER'], { scopesAll: ['read', 'write'] }, '{"scope":"read"}', deny('/scopesAll')),
    t('policy-0052', 'scopesAny holds', ['MEMBER'], { scopesAny: ['x', 'read'] }, '{"scope":"read"}', ALLOW),
    t('policy-0053', 'scopesAny fails', ['MEMBER'], { scopesAny: ['x'] }, '{"scope":"read"}', deny('/scopesAny')),
    t('policy-0054', 'scopesAll: [] holds without a scope', ['EMPTY'], { scopesAll: [] }, '{}', ALLOW),
    t('policy-0055', 'scopesAny: [] does not hold', ['EMPTY'], { scopesAny: [] }, '{"scope":"read"}', deny('/scopesAny')),
    t('policy-0056', 'scopesAny fails without a scope', ['ABSENT'], { scopesAny: ['read'] }, '{}', deny('/scopesAny')),
    t('policy-0057', 'two spaces separate once', ['SCOPE'], { scopesAll: ['read', 'write'] }, '{"scope":"read  write"}', ALLOW),
    t('policy-0058', 'two spaces do not make an empty scope', ['SCOPE'], { scopesAny: [''] }, '{"scope":"read  write"}', deny('/scopesAny')),
    t('policy-0059', 'an empty text has no scope', ['SCOPE'], { scopesAny: ['', ' '] }, '{"scope":""}', deny('/scopesAny')),
    t('policy-0060', 'a space alone has no scope', ['SCOPE'], { scopesAll: [''] }, '{"scope":" "}', deny('/scopesAll')),
    t('policy-0061', 'a leading space is dropped', ['SCOPE'], { scopesAll: ['read'] }, '{"scope":" read"}', ALLOW),
    t('policy-0062', 'a trailing space is dropped', ['SCOPE'], { scopesAll: ['read'] }, '{"scope":"read "}', ALLOW),
    t('policy-0063', 'a tab does not separate', ['SCOPE'], { scopesAny: ['read', 'write'] }, '{"scope":"read\\twrite"}', deny('/scopesAny')),
    t('policy-0064', 'a tab is part of the scope', ['SCOPE'], { scopesAll: ['read\twrite'] }, '{"scope":"read\\twrite"}', ALLOW),
    t('policy-0065', 'a line feed does not separate', ['SCOPE'], { scopesAny: ['read'] }, '{"scope":"read\\nwrite"}', deny('/scopesAny')),
    t('policy-0066', 'a no-break space does not separate', ['SCOPE', 'UNICODE'], { scopesAny: ['read'] }, '{"scope":"read\\u00a0write"}', deny('/scopesAny')),
    t('policy-0067', 'an ideographic space does not separate', ['SCOPE', 'UNICODE'], { scopesAny: ['write'] }, '{"scope":"read\\u3000write"}', deny('/scopesAny')),
    t('policy-0068', 'a comma does not separate', ['SCOPE'], { scopesAny: ['read', 'write'] }, '{"scope":"read,write"}', deny('/scopesAny')),
    t('policy-0069', 'an item that holds a space is never held', ['SCOPE'], { scopesAny: ['read write'] }, '{"scope":"read write"}', deny('/scopesAny')),
    t('policy-0070', 'a piece of a scope is not the scope', ['SCOPE', 'EXACT'], { scopesAll: ['read'] }, '{"scope":"read:data unread"}', deny('/scopesAll')),
    t('policy-0071', 'case counts in scopes', ['SCOPE', 'EXACT'], { scopesAll: ['read'] }, '{"scope":"Read"}', deny('/scopesAll')),
    t('policy-0072', 'a trailing tab is not trimmed', ['SCOPE'], { scopesAll: ['read'] }, '{"scope":"read\\t"}', deny('/scopesAll')),
    t('policy-0073', 'a scope named __proto__ that nobody holds', ['PROTOTYPE'], { scopesAny: ['__proto__'] }, '{"scope":"read"}', deny('/scopesAny')),
    t('policy-0074', 'a permission is not a scope', ['MEMBER'], { scopesAny: ['read'] }, '{"permissions":["read"]}', deny('/scopesAny'))
  ]
}

export default {
  suite: 'policy-members',
  kind: 'policy',
  prefix: 'policy',
  notes: {
    MEMBER: { description: 'A list member against a claim that is there.', bugType: 'BASIC', spec: ['local#policy'] },
    EMPTY: {
      description: 'All of nothing holds, any of nothing does not.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    ABSENT: { description: 'A missing claim is an empty set.', bugType: 'AUTH_BYPASS', spec: ['local#policy'] },
    EXACT: {
      description: 'Comparison is exact: no prefix, no pattern, no folding.',
      bugType: 'AUTH_BYPASS',
      spec: ['local#policy'],
    },
    SCOPE: {
      description: 'Scopes are split at U+0020 and nowhere else.',
      bugType: 'PARSER_DIFFERENTIAL',
      spec: ['rfc6749#3.3', 'local#policy'],
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
  groups: [lists, scopes],
}
