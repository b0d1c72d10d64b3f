// `kit-jwt verify`: tokens of an independent signer, held against the environment's kit.
export default ({ keys, jws }) => {
  const NOW = 1_800_000_000
  const HS = { JWT_ISS: 'https://issuer.example', JWT_AUD: 'internal-api', JWT_SECRET: keys.hs.a.text }
  const base = { iss: 'https://issuer.example', aud: 'internal-api', iat: NOW, exp: NOW + 900 }
  const token = (claims = {}, { key = keys.hs.a, header = { alg: key.alg } } = {}) =>
    jws.token({ header: JSON.stringify(header), payload: JSON.stringify({ ...base, ...claims }), key })
  const good = token({ sub: 'u1' })
  const verify = (name, argv, more = {}) => ({ name, argv: ['verify', ...argv], env: HS, ...more })
  const refused = (name, stdin, more = {}) => verify(name, [], { stdin, ...more })
  return [
    { name: 'help', argv: ['verify', '--help'] },
    verify('a token on standard input', [], { stdin: good }),
    verify('a dash is standard input', ['-'], { stdin: good }),
    verify('white space around a token', [], { stdin: `\r\n\t ${good} \r\n` }),
    verify('a token in a file', ['token.txt'], { files: { 'token.txt': `${good}\n` } }),
    verify('for machines', ['--json'], { stdin: good }),
    verify('a token of EdDSA', [], {
      stdin: token({ sub: 'u1' }, { key: keys.ed.a, header: { alg: 'EdDSA', typ: 'JWT', kid: keys.ed.a.thumbprint } }),
      env: {
        ...{ JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD },
        JWT_PUBLIC_JWK: JSON.stringify({ keys: [keys.ed.a.publicJwk, keys.ed.b.publicJwk] }),
      },
    }),
    verify('claims that could play tricks on a terminal', [], {
      stdin: token({
        sub: 'u1',
        note: '\u001b[31mred\u0007\u202etxt\ufeff\u{e0041}\u00adü😀',
        '\u001b]0;title': [1e21 / 1e10, -0, 0.1, { deep: [[]] }, {}],
        act: { sub: 'gateway', act: { sub: 'orders' } },
      }),
      terminal: ['stdout', 'stderr'],
    }),
    verify('a terminal is told what is waited for', [], { stdin: good, terminal: ['stdin', 'stdout', 'stderr'] }),
    verify('machines are told nothing of it', ['--json'], { stdin: good, terminal: ['stdin', 'stdout', 'stderr'] }),
    verify('a .env file', [], {
      stdin: good,
      env: {},
      files: { '.env': `JWT_ISS=${HS.JWT_ISS}\nJWT_AUD='${HS.JWT_AUD}'\nJWT_SECRET="${HS.JWT_SECRET}"\n` },
    }),
    refused('nothing', ''),
    refused('something else', 'not a token'),
    refused('a scheme before a token', `Bearer ${good}`),
    refused('two tokens', `${good}\n${good}`),
    refused('bytes that are no text', { base64: '/w==' }),
    refused('a byte order mark', `\ufeff${good}`),
    refused('a token that is too long', `${good}${'A'.repeat(16_384)}`),
    refused('a header that cannot be accepted', token({}, { header: { alg: 'HS512', crit: ['exp'] } })),
    refused('another algorithm', token({}, { header: { alg: 'none' } })),
    refused('another type', token({}, { header: { alg: 'HS512', typ: 'at+jwt' } })),
    refused('another secret', token({}, { key: keys.hs.b })),
    refused('another secret, for machines', token({}, { key: keys.hs.b }), { argv: ['verify', '--json'] }),
    refused('another secret, on a terminal', token({}, { key: keys.hs.b }), { terminal: ['stdout', 'stderr'] }),
    refused('another secret, NO_COLOR', token({}, { key: keys.hs.b }), {
      env: { ...HS, NO_COLOR: '1' },
      terminal: ['stdout', 'stderr'],
    }),
    refused('another secret, on a dumb terminal', token({}, { key: keys.hs.b }), {
      env: { ...HS, TERM: 'dumb' },
      terminal: ['stdout', 'stderr'],
    }),
    refused('a claim that is missing', token({ iat: undefined })),
    refused('a claim of the wrong type', token({ roles: 'admin' })),
    refused('another issuer', token({ iss: 'https://other.example' })),
    refused('another audience', token({ aud: 'orders' })),
    refused('an expired token', token({ iat: NOW - 1000, exp: NOW - 90 })),
    refused('an expired token, for machines', token({ iat: NOW - 1000, exp: NOW - 90 }), {
      argv: ['verify', '--json'],
    }),
    verify('within the leeway', ['--json'], { stdin: token({ iat: NOW - 1000, exp: NOW - 89 }) }),
    refused('a token of tomorrow', token({ nbf: NOW + 91 })),
    refused('a token of the future', token({ iat: NOW + 91 })),
    refused('a token that lives too long', token({ exp: NOW + 86_401 })),
    refused('a key set that cannot be had', token({}, { key: keys.ed.a }), {
      env: { JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_JWKS_URL: 'http://127.0.0.1:1/jwks.json' },
    }),
    refused('a key that is not pinned', token({}, { key: keys.ed.a }), {
      env: {
        ...{ JWT_ISS: HS.JWT_ISS, JWT_AUD: HS.JWT_AUD, JWT_PUBLIC_JWK: JSON.stringify(keys.ed.a.publicJwk) },
        JWT_ALLOWED_THUMBPRINTS: keys.ed.b.thumbprint,
      },
    }),
    refused('no configuration at all', good, { env: {} }),
    refused('no configuration at all, for machines', good, { env: {}, argv: ['verify', '--json'] }),
    refused('no audience to hold it to', good, { env: { JWT_ISS: HS.JWT_ISS, JWT_SECRET: HS.JWT_SECRET } }),
    refused('a secret and a key', good, { env: { ...HS, JWT_PUBLIC_JWK: JSON.stringify(keys.ed.a.publicJwk) } }),
    verify('a file that is not there', ['token.txt']),
    verify('a token in the place of a file', [good]),
    verify('a secret in the place of a file', [keys.hs.a.text]),
    verify('two files', ['a.txt', 'b.txt']),
    verify('two files, for machines', ['a.txt', 'b.txt', '--json']),
    verify('a folder', ['keys'], { files: { keys: { folder: true } } }),
    verify('a huge file', ['token.txt'], { files: { 'token.txt': { fault: 'too large' } } }),
  ]
}
