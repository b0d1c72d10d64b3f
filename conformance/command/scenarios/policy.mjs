// `kit-jwt policy`: claims held against policies, right and wrong ones.
export default () => {
  const claims = {
    sub: 'u1',
    permissions: ['read:data'],
    roles: ['clerk'],
    scope: 'read write',
    act: { sub: 'gateway' },
  }
  const policy = (name, rules, more = {}) => ({
    name,
    argv: ['policy', 'policy.json'],
    stdin: JSON.stringify(claims),
    ...more,
    files: { 'policy.json': typeof rules === 'string' ? rules : JSON.stringify(rules), ...more.files },
  })
  const held = (name, more, argv = []) =>
    policy(name, { subject: { ref: 'owner' } }, { ...more, argv: ['policy', 'policy.json', ...argv] })
  const denied = {
    permissionsAll: ['read:data', 'write:data'],
    not: { anyOf: [{ rolesAny: ['clerk'] }, { noActor: true }] },
  }
  return [
    { name: 'help', argv: ['policy', '--help'] },
    policy('allowed', { permissionsAll: ['read:data'], actor: { sub: 'gateway' } }),
    policy('allowed, for machines', { allOf: [] }, { argv: ['policy', 'policy.json', '--json'] }),
    policy('allowed, on a terminal', { allOf: [] }, { terminal: ['stdin', 'stdout', 'stderr'] }),
    policy('denied', denied),
    policy('denied, for machines', denied, { argv: ['policy', 'policy.json', '--json'] }),
    policy('denied, on a terminal', denied, { terminal: ['stdout', 'stderr'] }),
    policy('denied, NO_COLOR', denied, { terminal: ['stdout', 'stderr'], env: { NO_COLOR: '1' } }),
    policy('denied, on a dumb terminal', denied, { terminal: ['stdout', 'stderr'], env: { TERM: 'dumb' } }),
    policy('every rule that can fail', {
      ...{ permissionsAll: ['a'], permissionsAny: ['a', 'b'], rolesAll: ['a'], rolesAny: [], scopesAll: ['x'] },
      ...{ scopesAny: ['x', 'y'], subject: 'u2', actor: { sub: 'orders', iss: 'i' }, noActor: true, anyOf: [] },
      ...{ claims: { tid: 't1', nested: { 'a/b~c': [1, { d: null }] } }, not: { allOf: [] } },
      allOf: [{ subject: 'u1' }, { anyOf: [{ subject: 'u3' }, { allOf: [{ rolesAny: ['a'] }] }] }],
    }),
    policy('rules that could play tricks on a terminal', { claims: { '\u001b[2J': '\u202e' }, subject: '\r\n' }),
    policy(
      'claims in a file',
      { rolesAny: ['clerk'] },
      {
        argv: ['policy', 'policy.json', 'claims.json'],
        files: { 'claims.json': JSON.stringify(claims) },
      },
    ),
    policy(
      'a policy on standard input',
      {},
      {
        argv: ['policy', '-', 'claims.json'],
        stdin: '{"rolesAny":["clerk"]}',
        files: { 'claims.json': JSON.stringify(claims) },
      },
    ),
    held('a name that is looked up', { files: { 'context.json': '{"owner":"u1","other":1}' } }, [
      '--context',
      'context.json',
    ]),
    held('a name that says another', { files: { 'context.json': '{"owner":"u2"}' } }, ['--context', 'context.json']),
    held('no context', {}),
    held('no context, for machines', {}, ['--json']),
    held('a context that lacks the name', { files: { 'context.json': '{}' } }, ['--context', 'context.json']),
    held('a context that has no text of the name', { files: { 'c.json': '{"owner":1}' } }, ['--context', 'c.json']),
    policy('a name within', {
      allOf: [{ noActor: true }, { not: { anyOf: [{ subject: 'u1' }, { subject: { ref: 'constructor' } }] } }],
    }),
    policy('a name that is no name', { subject: { ref: 'a\nb' } }),
    held('a context that is no object', { files: { 'context.json': '[]' } }, ['--context', 'context.json']),
    held('a context that is not there', {}, ['--context', 'context.json']),
    held('a context on standard input, beside the claims', {}, ['--context', '-']),
    policy('the empty policy', {}),
    policy('the empty policy, within', { not: {} }),
    policy('the empty policy, for machines', {}, { argv: ['policy', 'policy.json', '--json'] }),
    policy('a misspelt rule', { permissionAll: ['a'] }),
    policy('a misspelt rule, within', {
      rolesAny: ['a'],
      allOf: [{ rolesAny: [] }, { not: { anyOf: [{ role: 'a' }] } }],
    }),
    policy('a rule of the wrong type', { rolesAny: 'admin' }),
    policy('policies that are no list', { anyOf: { rolesAny: ['admin'] } }),
    policy('a policy that is none, within', { allOf: [{ noActor: true }, 'admin'] }),
    policy('a rule that must be escaped', { 'a/b~c': 1 }),
    policy('a rule that could be a secret', { [`x${'A'.repeat(40)}`]: 1 }),
    policy('a policy that is no object', [{ noActor: true }]),
    policy('a policy that is no strict JSON', '{"noActor":true,"noActor":true}'),
    policy('claims of the wrong type', { noActor: true }, { stdin: '{"roles":"admin"}' }),
    policy(
      'claims of the wrong type, in a file',
      { noActor: true },
      {
        argv: ['policy', 'policy.json', 'claims.json'],
        files: { 'claims.json': '{"act":"gateway"}' },
      },
    ),
    policy('claims that are no object', { noActor: true }, { stdin: '[]' }),
    policy('a token in the place of claims', { noActor: true }, { stdin: 'eyJhbGciOiJIUzUxMiJ9.e30.c2ln' }),
    policy('nothing in the place of claims', { noActor: true }, { stdin: '' }),
    { name: 'no policy', argv: ['policy'] },
    { name: 'no policy, for machines', argv: ['policy', '--json'] },
    { name: 'a policy that is not there', argv: ['policy', 'policy.json'], stdin: '{}' },
    { name: 'a policy in the place of a file', argv: ['policy', '{"allOf":[]}'], stdin: '{}' },
    { name: 'standard input twice', argv: ['policy', '-'], stdin: '{}' },
    { name: 'a word too many', argv: ['policy', 'a', 'b', 'c'] },
  ]
}
