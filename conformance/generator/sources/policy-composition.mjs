// allOf, anyOf, not, several members; and which rules a denial lists, in which order.

const ALLOW = { allow: true }
const deny = (...failed) => ({ allow: false, failed })
const t = (id, comment, flags, policy, claims, expected) => ({ id, comment, flags, policy, claims, expected })

const YES = { permissionsAll: ['a'] }
const NO = { permissionsAll: ['x'] }
const HELD = '{"permissions":["a"],"roles":["r"],"scope":"s","sub":"u1"}'

// biome-ignore format: a table, one case a line
const composition = {
  name: 'allOf, anyOf, not',
  tests: [
    t('policy-0500', 'allOf: [] holds: authenticated', ['COMPOSE'], { allOf: [] }, '{}', ALLOW),
    t('policy-0501', 'anyOf: [] does not hold', ['COMPOSE'], { anyOf: [] }, HELD, deny('/anyOf')),
    t('policy-0502', 'allOf of one that holds', ['COMPOSE'], { allOf: [YES] }, HELD, ALLOW),
    t('policy-0503', 'allOf with one that fails', ['COMPOSE'], { allOf: [YES, NO] }, HELD, deny('/allOf/1/permissionsAll')),
    t('policy-0504', 'anyOf with one that holds, first', ['COMPOSE'], { anyOf: [YES, NO] }, HELD, ALLOW),
    t('policy-0505', 'anyOf with one that holds, last', ['COMPOSE'], { anyOf: [NO, NO, YES] }, HELD, ALLOW),
    t('policy-0506', 'anyOf with none that holds lists all its branches', ['COMPOSE'], { anyOf: [NO, { rolesAny: ['x'] }] }, HELD, deny('/anyOf/0/permissionsAll', '/anyOf/1/rolesAny')),
    t('policy-0507', 'not of one that fails', ['COMPOSE'], { not: NO }, HELD, ALLOW),
    t('policy-0508', 'not of one that holds lists itself', ['COMPOSE'], { not: YES }, HELD, deny('/not')),
    t('policy-0509', 'not of authenticated never holds', ['COMPOSE'], { not: { allOf: [] } }, '{}', deny('/not')),
    t('policy-0510', 'not of anyOf: [] always holds', ['COMPOSE'], { not: { anyOf: [] } }, '{}', ALLOW),
    t('policy-0511', 'not not', ['COMPOSE'], { not: { not: YES } }, HELD, ALLOW),
    t('policy-0512', 'not not that fails lists the outer not alone', ['COMPOSE'], { not: { not: NO } }, HELD, deny('/not')),
    t('policy-0513', 'not of several members: one fails, so not holds', ['COMPOSE'], { not: { permissionsAll: ['a'], rolesAll: ['x'] } }, HELD, ALLOW),
    t('policy-0514', 'not of several members: all hold', ['COMPOSE'], { not: { permissionsAll: ['a'], rolesAll: ['r'] } }, HELD, deny('/not')),
    t('policy-0515', 'the same branch twice', ['COMPOSE'], { anyOf: [NO, NO] }, HELD, deny('/anyOf/0/permissionsAll', '/anyOf/1/permissionsAll')),
    t('policy-0516', 'anyOf beside a member: both must hold', ['COMPOSE'], { anyOf: [YES], rolesAll: ['x'] }, HELD, deny('/rolesAll')),
    t('policy-0517', 'anyOf beside a member: the member does not save it', ['COMPOSE'], { anyOf: [NO], rolesAll: ['r'] }, HELD, deny('/anyOf/0/permissionsAll')),
    t('policy-0518', 'a second rule under allOf never widens the first', ['COMPOSE'], { permissionsAll: ['x'], allOf: [{ permissionsAll: ['a'] }] }, HELD, deny('/permissionsAll')),
    t('policy-0519', 'allOf, anyOf and not side by side, all holding', ['COMPOSE'], { allOf: [YES], anyOf: [NO, YES], not: NO }, HELD, ALLOW),
    t('policy-0520', 'every member at once, all holding', ['COMPOSE'], {
      actor: { sub: 'gw' }, allOf: [], anyOf: [YES], claims: { tid: 't1' }, not: { noActor: true },
      permissionsAll: ['a'], permissionsAny: ['a'], rolesAll: ['r'], rolesAny: ['r'], scopesAll: ['s'], scopesAny: ['s'], subject: 'u1'
    }, '{"permissions":["a"],"roles":["r"],"scope":"s","sub":"u1","tid":"t1","act":{"sub":"gw"}}', ALLOW)
  ]
}

// biome-ignore format: a table, one case a line
const failed = {
  name: 'what a denial lists: innermost failing members, members sorted, branches in their own order',
  tests: [
    t('policy-0540', 'every member at once, all failing, written backwards', ['FAILED'], {
      subject: 'x', scopesAny: ['x'], scopesAll: ['x'], rolesAny: ['x'], rolesAll: ['x'], permissionsAny: ['x'], permissionsAll: ['x'],
      not: { allOf: [] }, noActor: true, claims: { tid: 'x' }, anyOf: [], allOf: [NO], actor: { sub: 'x' }
    }, '{"act":{"sub":"gw"},"sub":"u1"}', deny(
      '/actor', '/allOf/0/permissionsAll', '/anyOf', '/claims', '/noActor', '/not',
      '/permissionsAll', '/permissionsAny', '/rolesAll', '/rolesAny', '/scopesAll', '/scopesAny', '/subject'
    )),
    t('policy-0541', 'noActor sorts before not: by code unit, not by alphabet', ['FAILED'], { not: { allOf: [] }, noActor: true }, '{"act":{"sub":"gw"}}', deny('/noActor', '/not')),
    t('policy-0542', 'allOf sorts before anyOf', ['FAILED'], { anyOf: [NO], allOf: [NO] }, '{}', deny('/allOf/0/permissionsAll', '/anyOf/0/permissionsAll')),
    t('policy-0543', 'claims is one member however many claims differ', ['FAILED'], { claims: { b: 1, a: 2 } }, '{}', deny('/claims')),
    t('policy-0544', 'actor is one member when both sub and iss differ', ['FAILED'], { actor: { sub: 'x', iss: 'y' } }, '{"act":{"sub":"gw"}}', deny('/actor')),
    t('policy-0545', 'allOf goes on after a failure', ['FAILED'], { allOf: [NO, YES, { rolesAll: ['x'] }, { subject: 'x' }] }, HELD, deny('/allOf/0/permissionsAll', '/allOf/2/rolesAll', '/allOf/3/subject')),
    t('policy-0546', 'members are sorted within a branch', ['FAILED'], { allOf: [{ subject: 'x', claims: { a: 1 } }] }, '{}', deny('/allOf/0/claims', '/allOf/0/subject')),
    t('policy-0547', 'only what failed of a branch of anyOf', ['FAILED'], { anyOf: [{ permissionsAll: ['a'], rolesAll: ['x'] }, { subject: 'x', permissionsAll: ['a'] }] }, HELD, deny('/anyOf/0/rolesAll', '/anyOf/1/subject')),
    t('policy-0548', 'an anyOf that holds lists none of its failing branches', ['FAILED'], { anyOf: [NO, YES], rolesAll: ['x'] }, HELD, deny('/rolesAll')),
    t('policy-0549', 'innermost members through three levels', ['FAILED'], { allOf: [YES, { anyOf: [{ allOf: [{ rolesAll: ['r'] }, { rolesAll: ['x'] }] }, { scopesAny: [] }] }] }, HELD, deny('/allOf/1/anyOf/0/allOf/1/rolesAll', '/allOf/1/anyOf/1/scopesAny')),
    t('policy-0550', 'nothing inside a failing not is listed', ['FAILED'], { allOf: [{ not: { anyOf: [NO, YES] } }] }, HELD, deny('/allOf/0/not')),
    t('policy-0551', 'an empty anyOf deep inside lists itself', ['FAILED'], { anyOf: [{ anyOf: [] }, { allOf: [{ anyOf: [] }] }] }, HELD, deny('/anyOf/0/anyOf', '/anyOf/1/allOf/0/anyOf')),
    t('policy-0552', 'index 10 comes after index 2', ['FAILED'], { allOf: [YES, YES, NO, YES, YES, YES, YES, YES, YES, YES, NO] }, HELD, deny('/allOf/2/permissionsAll', '/allOf/10/permissionsAll')),
    t('policy-0553', 'a not in every branch', ['FAILED'], { anyOf: [{ not: YES }, { not: { rolesAll: ['r'] } }] }, HELD, deny('/anyOf/0/not', '/anyOf/1/not'))
  ]
}

export default {
  suite: 'policy-composition',
  kind: 'policy',
  prefix: 'policy',
  notes: {
    COMPOSE: { description: 'Policies inside policies.', bugType: 'AUTH_BYPASS', spec: ['local#policy'] },
    FAILED: {
      description: 'The list of failed rules is the same everywhere, so that logs can be compared.',
      bugType: 'INTEROP',
      spec: ['local#policy', 'rfc6901#3'],
    },
  },
  kits: {},
  groups: [composition, failed],
}
