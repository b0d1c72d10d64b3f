// `kit-jwt sign`: tokens of the environment's kit. Expected tokens are those of the vectors' rules: RFC 8785, HS512, EdDSA.
export default ({ keys }) => {
  const HS = { JWT_ISS: 'https://issuer.example', JWT_AUD: 'internal-api', JWT_SECRET: keys.hs.a.text }
  const ED = {
    JWT_ISS: 'https://issuer.example',
    JWT_AUD: 'internal-api',
    JWT_PRIVATE_JWK: JSON.stringify(keys.ed.a.privateJwk),
  }
  const dotenv = Object.entries(HS)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
  const sign = (name, argv, more = {}) => ({ name, argv: ['sign', ...argv], env: HS, ...more })
  return [
    { name: 'help', argv: ['sign', '--help'] },
    sign('a subject', ['--sub', 'u1']),
    sign('nothing but what a kit fills in', []),
    sign('for machines', ['--sub', 'u1', '--json']),
    sign('with EdDSA', ['--sub', 'u1'], { env: ED }),
    sign('with a key in a file', ['--sub', 'u1'], {
      env: { JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_PRIVATE_JWK_PATH: 'keys/private.jwk.json' },
      files: { 'keys/private.jwk.json': { text: JSON.stringify(keys.ed.a.privateJwk), mode: '600' } },
    }),
    sign('every option', [
      ...['--sub', 'u1', '--aud', 'orders', '--ttl', '60', '--permission', 'read:data', '--permission', 'write:data'],
      ...['--role', 'admin', '--scope', 'read write', '--json'],
    ]),
    sign('several audiences', ['--aud', 'orders', '--aud', 'invoices', '--json']),
    sign('further claims', ['--sub', 'u1', '--claims', 'claims.json', '--json'], {
      files: { 'claims.json': '{"tid": "t1", "nested": {"b": 1e2, "a": [true, null]}, "__proto__": 1}' },
    }),
    sign('further claims on standard input', ['--claims', '-', '--json'], {
      stdin: '{"sub":"u1","roles":["admin"]}\n',
    }),
    sign('further claims at a terminal', ['--claims', '-'], {
      stdin: '{"sub":"u1"}',
      terminal: ['stdin', 'stdout', 'stderr'],
    }),
    sign('a .env file', ['--sub', 'u1'], { env: {}, files: { '.env': dotenv } }),
    sign('the process stands over .env', ['--json'], {
      env: { JWT_AUD: 'orders' },
      files: { '.env': dotenv },
    }),
    sign('another file in the place of .env', ['--json', '--env-file', 'test.env'], {
      env: {},
      files: { '.env': 'JWT_ISS=https://other.example\n', 'test.env': `# for tests\nexport ${dotenv}` },
    }),
    sign('an option and a member of the file', ['--sub', 'u1', '--claims', 'claims.json'], {
      files: { 'claims.json': '{"sub":"u2"}' },
    }),
    sign('an option of several values and a member of the file', ['--permission', 'a', '--claims', 'claims.json'], {
      files: { 'claims.json': '{"permissions":[]}' },
    }),
    sign('an audience and a member of the file, for machines', ['--aud', 'a', '--claims', '-', '--json'], {
      stdin: '{"aud":"b"}',
    }),
    sign('a reserved claim', ['--claims', 'claims.json'], { files: { 'claims.json': '{"exp":1}' } }),
    sign('a reserved claim, for machines', ['--claims', 'claims.json', '--json'], {
      files: { 'claims.json': '{"iss":"https://other.example"}' },
    }),
    sign('a reserved claim on a terminal', ['--claims', 'claims.json'], {
      files: { 'claims.json': '{"iat":1}' },
      terminal: ['stdout', 'stderr'],
    }),
    sign('a reserved claim, NO_COLOR', ['--claims', 'claims.json'], {
      env: { ...HS, NO_COLOR: '1' },
      files: { 'claims.json': '{"iat":1}' },
      terminal: ['stdout', 'stderr'],
    }),
    sign('a reserved claim on a dumb terminal', ['--claims', 'claims.json'], {
      env: { ...HS, TERM: 'dumb' },
      files: { 'claims.json': '{"iat":1}' },
      terminal: ['stdout', 'stderr'],
    }),
    sign('a claim of the wrong type', ['--claims', 'claims.json'], { files: { 'claims.json': '{"roles":"admin"}' } }),
    sign('a subject of the wrong type', ['--claims', 'claims.json'], { files: { 'claims.json': '{"sub":1}' } }),
    sign('actors beyond the limit', ['--claims', '-'], {
      stdin: `{"act":${'{"sub":"a","act":'.repeat(5)}{"sub":"a"}${'}'.repeat(6)}`,
    }),
    sign('too many claims', ['--claims', '-'], { stdin: JSON.stringify({ note: 'x'.repeat(20_000) }) }),
    sign('claims that are no strict JSON', ['--claims', 'claims.json'], { files: { 'claims.json': '{"a":1,"a":2}' } }),
    sign('a number that not every language reads', ['--claims', 'claims.json'], {
      files: { 'claims.json': '{"n":9007199254740993}' },
    }),
    sign('claims that are no object', ['--claims', 'claims.json'], { files: { 'claims.json': '["sub"]' } }),
    sign('claims that are not there', ['--claims', 'claims.json']),
    sign('claims that are empty', ['--claims', '-'], { stdin: '\n' }),
    sign('claims in the place of a file', ['--claims', '{"sub":"u1"}']),
    sign('a claim that a person mistook for an operand', ['sub=u1']),
    sign('no lifetime', ['--ttl', '0']),
    sign('a lifetime beyond the longest', ['--ttl', '86401']),
    sign('a lifetime beyond a longest of its own', ['--ttl', '61'], {
      env: { ...HS, JWT_TTL_SECONDS: '60', JWT_MAX_LIFETIME_SECONDS: '60' },
    }),
    sign('a lifetime that is no number', ['--ttl', '15m']),
    sign('two subjects', ['--sub', 'u1', '--sub', 'u2']),
    sign('no configuration at all', ['--sub', 'u1'], { env: {} }),
    sign('no configuration at all, for machines', ['--sub', 'u1', '--json'], { env: {} }),
    sign('no configuration at all, on a terminal', ['--sub', 'u1'], { env: {}, terminal: ['stdout', 'stderr'] }),
    sign('a .env without a word of us', [], { env: {}, files: { '.env': 'PORT=8080\n' } }),
    sign('nothing but an issuer', [], { env: { JWT_ISS: 'https://issuer.example' } }),
    sign('nothing to sign with', [], {
      env: { JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_PUBLIC_JWK: JSON.stringify(keys.ed.a.publicJwk) },
    }),
    sign('nothing to sign with, but a profile', [], {
      env: {
        ...{ JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_PROFILE: 'EdDSA' },
        JWT_PUBLIC_JWK: JSON.stringify(keys.ed.a.publicJwk),
      },
    }),
    sign('no audience', [], { env: { JWT_ISS: HS.JWT_ISS, JWT_SECRET: HS.JWT_SECRET } }),
    sign('no audience but an option', ['--aud', 'orders', '--json'], {
      env: { JWT_ISS: HS.JWT_ISS, JWT_SECRET: HS.JWT_SECRET },
    }),
    sign('a secret that is too short', [], { env: { ...HS, JWT_SECRET: 'c2VjcmV0' } }),
    sign('an empty variable stands over .env', [], { env: { JWT_SECRET: '' }, files: { '.env': dotenv } }),
    sign('two halves that do not belong together', [], {
      env: { ...ED, JWT_PRIVATE_JWK: JSON.stringify({ ...keys.ed.a.privateJwk, x: keys.ed.b.privateJwk.x }) },
    }),
    sign('a key file that is not there', [], {
      env: { JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_PRIVATE_JWK_PATH: 'keys/private.jwk.json' },
    }),
    sign('a key file that others may read', [], {
      env: { JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_PRIVATE_JWK_PATH: 'key' },
      files: { key: { text: JSON.stringify(keys.ed.a.privateJwk), mode: '640' } },
    }),
    sign('a key file that is no text', [], {
      env: { JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_PRIVATE_JWK_PATH: 'key' },
      files: { key: { base64: '/w==', mode: '600' } },
    }),
    sign('a service that nothing here can call', [], { env: { ...HS, JWT_JWKS_SERVICE: 'JWKS', JWT_ACCEPT: 'HS512' } }),
    sign('a line of .env that says nothing', [], { env: {}, files: { '.env': 'JWT_ISS: https://issuer.example\n' } }),
    sign('a .env that cannot be read', [], { env: HS, files: { '.env': { fault: 'denied' } } }),
    sign('a .env that is a folder', [], { env: HS, files: { '.env': { folder: true } } }),
    sign('a named file that is not there', ['--env-file', 'test.env'], { env: {} }),
    sign('standard input as a file of variables', ['--env-file', '-'], { env: {} }),
  ]
}
