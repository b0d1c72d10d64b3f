// `kit-jwt conformance`: files of vectors, right, wrong and hostile ones.
export default ({ keys, jws }) => {
  const NOW = 1_800_000_000
  const kits = { hs512: { issuer: 'https://issuer.example', audience: 'api', secret: keys.hs.a.text } }
  const claims = { aud: 'api', exp: NOW + 60, iat: NOW, iss: 'https://issuer.example' }
  const token = jws.token({ header: '{"alg":"HS512"}', payload: JSON.stringify(claims), key: keys.hs.a })
  const good = {
    id: 'cmd-0001',
    comment: 'a token',
    kit: 'hs512',
    now: NOW,
    token,
    expected: { claims: JSON.stringify(claims) },
  }
  const late = { ...good, id: 'cmd-0002', now: NOW + 150, expected: { fault: { code: 'token_expired', claim: 'exp' } } }
  const wrong = { ...late, id: 'cmd-0003', expected: { claims: 'anything' } }
  const file = (...tests) => ({ format: 1, suite: 'command', kind: 'verify', kits, groups: [{ name: 'g', tests }] })
  const run = (name, files, argv = Object.keys(files), more = {}) => ({
    name,
    argv: ['conformance', ...argv],
    files: Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === 'string' || content.base64 || content.fault || content.folder
          ? content
          : JSON.stringify(content),
      ]),
    ),
    ...more,
  })
  const refused = (name, content) => run(name, { 'a.json': content })
  // A file that differs from a right one in one place.
  const broken = (name, change) => refused(name, { ...file(good), ...change })
  const test = (name, change, kind = 'verify') => refused(name, { ...file({ ...good, ...change }), kind })
  const deep = (levels) => '['.repeat(levels) + ']'.repeat(levels)
  const base = { id: 'cmd-0001', expected: { misuse: true } }
  const entropy = '00'.repeat(16)
  const of = (kind, name, change) => refused(`${kind}: ${name}`, { ...file({ ...base, ...change }), kind })
  return [
    { name: 'help', argv: ['conformance', '--help'] },
    run('a file', { 'a.json': file(good, late) }),
    run('a file, for machines', { 'a.json': file(good, late) }, ['a.json', '--json']),
    run('a file on standard input', {}, ['-'], { stdin: JSON.stringify(file(good)) }),
    run('two files', { 'a.json': file(good), 'folder/longer.json': file(late) }),
    run('a test that fails', { 'a.json': file(good, wrong), 'b.json': file(late) }),
    run('a test that fails, for machines', { 'a.json': file(good, wrong) }, ['a.json', '--json']),
    run('a test that fails, on a terminal', { 'a.json': file(good, wrong) }, ['a.json'], {
      terminal: ['stdout', 'stderr'],
    }),
    run('on a terminal', { 'a.json': file(good), 'b.json': file(late) }, ['a.json', 'b.json'], {
      terminal: ['stdout', 'stderr'],
    }),
    run('NO_COLOR', { 'a.json': file(good, wrong) }, ['a.json'], { terminal: ['stdout'], env: { NO_COLOR: '1' } }),
    run('a dumb terminal', { 'a.json': file(good, wrong) }, ['a.json'], {
      terminal: ['stdout', 'stderr'],
      env: { TERM: 'dumb' },
    }),
    run('the installed vectors', { 'v/b.json': file(late), 'v/a.json': file(good), 'v/README.md': '' }, [], {
      vectors: 'v',
    }),
    run('no installed vectors', {}, []),
    run('no installed vectors, for machines', {}, ['--json']),
    run('installed vectors that are gone', {}, [], { vectors: 'v' }),
    run('an installed file that cannot be read', { 'v/a.json': { fault: 'denied' } }, [], { vectors: 'v' }),
    run('installed vectors that are none', { 'v/a.json': '{}' }, [], { vectors: 'v' }),
    run('every kind', {
      'sign.json': {
        ...file({
          ...base,
          kit: 'hs512',
          now: NOW,
          entropy,
          claims: { repeat: 'x', times: 3, prefix: '"', suffix: '"' },
        }),
        kind: 'sign',
      },
      'delegation.json': {
        ...file({ ...base, kit: 'hs512', now: NOW, entropy, original: { plain: '{}' }, actor: null, options: {} }),
        kind: 'delegation',
      },
      'policy.json': {
        ...file({ ...base, policy: { subject: 'u1' }, claims: '{"sub":"u1"}', expected: { allow: true } }),
        kind: 'policy',
      },
      'keys.json': {
        ...file({
          ...{ ...base, operation: 'importSecret', input: { text: keys.hs.a.text }, options: { kid: 'a' } },
          expected: { result: { alg: 'HS512', kid: 'a', bytes: 64 } },
        }),
        kind: 'keys',
      },
      'thumbprint.json': {
        ...file({
          ...base,
          jwk: JSON.stringify(keys.ed.a.publicJwk),
          expected: { thumbprint: keys.ed.a.thumbprint },
        }),
        kind: 'thumbprint',
      },
      'jwks.json': {
        ...file({
          ...{ ...base, jwks: '{"keys":[]}', algorithms: ['EdDSA'], header: { alg: 'EdDSA' } },
          expected: { fault: { code: 'key_not_found' } },
        }),
        kind: 'jwks',
      },
      'config.json': {
        ...file({ ...base, env: {}, expected: { fault: { code: 'config_missing', variable: 'JWT_ISS' } } }),
        kind: 'config',
      },
    }),
    run('a long answer', { 'a.json': file({ ...good, expected: { claims: 'x'.repeat(1000) } }) }),
    run('texts that could play tricks on a terminal', {
      'a.json': file({ ...good, id: '\u001b[2J', expected: { claims: '\u202e\ud800' } }),
    }),
    run(
      'a lone surrogate, for machines',
      { 'a.json': file({ ...good, id: '\udfff', expected: { claims: '\ud800' } }) },
      [...['a.json', '--json']],
    ),
    run('numbers as other languages write them', {
      'a.json': `{"format":1,"kind":"policy","groups":[{"tests":[{"id":"a","policy":{"claims":{"n":1E2}},"claims":"{\\"n\\":100.0}","expected":{"allow":true,"n":9999999999999999,"m":-0.0,"o":1e21}}]}]}`,
    }),
    test('a secret beside a key', {
      kit: { ...kits.hs512, publicKeys: keys.ed.a.publicJwk },
      expected: { fault: { code: 'config_conflict' } },
    }),
    test('a misspelt setting', {
      kit: { ...kits.hs512, accept_secrets: ['x'] },
      expected: { fault: { code: 'config_invalid' } },
    }),
    test('a setting in capitals', { kit: { ...kits.hs512, Ttl: 1 }, expected: { fault: { code: 'config_invalid' } } }),
    test('settings that only a program can give', {
      kit: { ...kits.hs512, clock: 1 },
      expected: { fault: { code: 'config_invalid', variable: 'clock' } },
    }),
    test('a setting of the language', {
      kit: { ...kits.hs512, self: 1 },
      expected: { fault: { code: 'config_invalid', variable: 'self' } },
    }),
    refused('nothing', ''),
    refused('no JSON', '{'),
    refused('JSON with more behind it', '{} {}'),
    refused('a number that JSON does not know', '{"format":NaN}'),
    refused('another JSON', '[]'),
    refused('null', 'null'),
    refused('another format', { ...file(good), format: 2 }),
    refused('a format that looks like ours', { ...file(good), format: '1' }),
    refused('a format of another type', { ...file(good), format: true }),
    refused('an unknown kind', { ...file(good), kind: 'decode' }),
    refused('a kind that every object has', { ...file(good), kind: 'constructor' }),
    refused('a kind that is no text', { ...file(good), kind: ['verify'] }),
    refused('too deep', `{"format":1,"kind":"verify","groups":[{"tests":[{"id":"a","expected":${deep(260)}}]}]}`),
    refused('far too deep', deep(200_000)),
    refused('a number beyond the doubles', JSON.stringify(file(good)).replace('"format":1', '"format":1,"x":1e400')),
    refused('no text', { base64: '/w==' }),
    broken('no groups', { groups: undefined }),
    broken('groups that are none', { groups: {} }),
    broken('not one group', { groups: [] }),
    broken('a group that is none', { groups: [null] }),
    broken('a group without tests', { groups: [{ name: 'g' }] }),
    broken('not one test', { groups: [{ tests: [] }] }),
    broken('a test that is none', { groups: [{ tests: ['a'] }] }),
    broken('kits that are none', { kits: [] }),
    broken('a kit that is none', { kits: { hs512: 'a' } }),
    test('no name', { id: undefined }),
    test('a name that is no text', { id: 1 }),
    test('nothing expected', { expected: undefined }),
    test('an expectation that says nothing', { expected: {} }),
    test('an expectation that is none', { expected: 'claims' }),
    test('a fault that is none', { expected: { fault: null } }),
    test('a fault beside claims', { expected: { ...late.expected, claims: '' } }),
    test('a fault of more than we know', { expected: { fault: { code: 'a', status: 1 } } }),
    test('an unknown kit', { kit: 'other' }),
    test('a kit that every object has', { kit: 'toString' }),
    test('no kit', { kit: undefined }),
    test('a kit that is a list', { kit: [] }),
    test('no time', { now: undefined }),
    test('a time that is no number', { now: '1' }),
    test('a time that is a boolean', { now: true }),
    test('no token', { token: undefined }),
    test('a token that is a number', { token: 1 }),
    test('a repetition of too much', { token: { repeat: 'x', times: 1e9 } }),
    test('a repetition of a half', { token: { repeat: 'x', times: 0.5 } }),
    test('a repetition of less than nothing', { token: { repeat: 'x', times: -1 } }),
    test('a repetition of no text', { token: { repeat: 1, times: 1 } }),
    test('a repetition with more', { token: { repeat: 'x', times: 1, more: 1 } }),
    test('an unknown operation', { operation: 'sign' }),
    test('options that are none', { options: null }),
    test('stores that are none', { stores: [] }),
    test('stores of more than we know', { stores: { more: 1 } }),
    test('a store of something else', { stores: { revoked: [{ issuer: 'a' }] } }),
    test('a store that may be unavailable', { stores: { revocationUnavailable: 1 } }),
    of('sign', 'no claims', { kit: 'hs512', now: 1, entropy }),
    of('sign', 'claims that are no JSON', { kit: 'hs512', now: 1, entropy, claims: 'x' }),
    of('sign', 'claims that are too deep', { kit: 'hs512', now: 1, entropy, claims: deep(600) }),
    of('sign', 'claims far too deep', {
      kit: 'hs512',
      now: 1,
      entropy,
      claims: { repeat: '[', repeatEnd: ']', times: 1e5 },
    }),
    of('sign', 'no entropy', { kit: 'hs512', now: 1, claims: '{}' }),
    of('sign', 'entropy that is none', { kit: 'hs512', now: 1, entropy: 'FF'.repeat(16), claims: '{}' }),
    of('delegation', 'no actor', { kit: 'hs512', now: 1, entropy, original: '{}', options: {} }),
    of('delegation', 'no original', { kit: 'hs512', now: 1, entropy, actor: 'a', options: {} }),
    of('delegation', 'no options', { kit: 'hs512', now: 1, entropy, original: '{}', actor: 'a' }),
    of('delegation', 'an original that is no JSON', {
      kit: 'hs512',
      now: 1,
      entropy,
      original: { plain: '' },
      actor: 'a',
      options: {},
    }),
    of('policy', 'no policy', { claims: '{}' }),
    of('policy', 'no claims', { policy: {} }),
    of('policy', 'a context that is none', { policy: {}, claims: '{}', context: [] }),
    of('keys', 'no operation', { input: { text: '' } }),
    of('keys', 'an unknown operation', { operation: 'import', input: { text: '' } }),
    of('keys', 'no input', { operation: 'importSecret' }),
    of('keys', 'two inputs', { operation: 'importSecret', input: { text: '', jwk: '{}' } }),
    of('keys', 'an option of another operation', {
      operation: 'importSecret',
      input: { text: '' },
      options: { alg: 'HS512' },
    }),
    of('keys', 'an option that is no text', { operation: 'importPublic', input: { text: '' }, options: { alg: 1 } }),
    of('thumbprint', 'no key', {}),
    of('jwks', 'algorithms that are no texts', { jwks: '', algorithms: [1], header: { alg: 'EdDSA' } }),
    of('jwks', 'a header of more than we know', { jwks: '', algorithms: [], header: { alg: 'EdDSA', typ: 'JWT' } }),
    of('config', 'no environment', {}),
    of('config', 'files that are no texts', { env: {}, files: { a: 1 } }),
    of('config', 'a role that is no text', { env: {}, role: null }),
    run('a broken file beside a right one', { 'a.json': file(good), 'b.json': '{}' }),
    run('a broken file, for machines', { 'a.json': '{}' }, ['a.json', '--json']),
    run('a broken file, on a terminal', { 'a.json': '{}' }, ['a.json'], { terminal: ['stdout', 'stderr'] }),
    run('a file that is not there', {}, ['a.json']),
    run('standard input twice', {}, ['-', '-']),
    run('an unknown option', {}, ['--verbose']),
  ]
}
