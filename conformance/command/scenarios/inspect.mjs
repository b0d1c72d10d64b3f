// `kit-jwt inspect`: whatever a token says, readable or not; the signature is never looked at.
export default ({ jws }) => {
  const NOW = 1_800_000_000
  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value))
  const token = (claims, header = { alg: 'HS512', typ: 'JWT' }) =>
    `${jws.b64u(text(header))}.${jws.b64u(text(claims))}.c2lnbmF0dXJl`
  const usual = { iss: 'https://issuer.example', aud: 'internal-api', iat: NOW - 180, exp: NOW + 720, sub: 'u1' }
  const inspect = (name, claims, more = {}) => ({ name, argv: ['inspect'], stdin: token(claims), ...more })
  const exp = (name, away) => inspect(name, { exp: NOW + away })
  const chain = (...subs) => subs.reduceRight((act, sub) => (act ? { sub, act } : { sub }), undefined)
  return [
    { name: 'help', argv: ['inspect', '--help'] },
    inspect('a usual token', usual),
    inspect('for machines', usual, { argv: ['inspect', '--json'] }),
    inspect('on a terminal', usual, { terminal: ['stdin', 'stdout', 'stderr'] }),
    inspect('NO_COLOR', usual, { terminal: ['stdout'], env: { NO_COLOR: '1' } }),
    inspect('a dumb terminal', usual, { terminal: ['stdout'], env: { TERM: 'dumb' } }),
    { name: 'a file', argv: ['inspect', 'token.txt'], files: { 'token.txt': `${token(usual)}\r\n` } },
    inspect('no configuration is read', usual, { files: { '.env': 'this is not NAME=value' }, env: { JWT_ISS: '' } }),
    inspect('an expired token', { ...usual, exp: NOW - 180 }, { terminal: ['stdout'] }),
    inspect('a token of tomorrow', { ...usual, nbf: NOW + 86_400, iat: NOW + 60 }, { terminal: ['stdout'] }),
    inspect('a token that started', { ...usual, nbf: NOW - 0.25 }),
    inspect('nothing', {}),
    inspect('nothing, for machines', {}, { argv: ['inspect', '--json'] }),
    inspect('fractions of seconds', { iat: NOW - 0.5, nbf: NOW - 0.0009765625, exp: NOW + 59.75 }),
    inspect(
      'fractions of seconds, for machines',
      { iat: NOW - 0.5, nbf: NOW - 0.1, exp: NOW + 59.7 },
      { argv: ['inspect', '--json'] },
    ),
    exp('this very moment', 0),
    exp('a second', 1),
    exp('two minutes', 119),
    exp('the first minutes', 120),
    exp('two hours', 7199),
    exp('the first hours', 7200),
    exp('two days', 172_799),
    exp('the first days', 172_800),
    exp('two years', 63_115_199),
    exp('the first years', 63_115_200),
    inspect('the last moment', { iat: 0, exp: 253402300799 }),
    inspect('beyond the last moment', { iat: -1, nbf: 253402300800, exp: 9e15 }, { terminal: ['stdout'] }),
    inspect('milliseconds in the place of seconds', { ...usual, exp: (NOW + 720) * 1000 }),
    inspect('times of wrong types', {
      iat: '2026-11-21',
      nbf: { a: [null, true, 'a long text that nobody wants to read'] },
      exp: null,
    }),
    inspect(
      'times of wrong types, for machines',
      { iat: '2026-11-21', nbf: false, exp: null },
      { argv: ['inspect', '--json'] },
    ),
    inspect('an end before the beginning', { iat: NOW, exp: NOW - 1 }),
    inspect('numbers as RFC 8785 writes them', '{"a":1e2,"b":-0,"c":0.1e-6,"d":123456789012345.6,"exp":1.8e9}'),
    inspect('an actor', { ...usual, act: chain('gateway') }),
    inspect('actors', { ...usual, act: chain('reports', 'orders', 'gateway') }),
    inspect('actors on a terminal', { ...usual, act: chain('reports', 'orders', 'gateway') }, { terminal: ['stdout'] }),
    inspect('actors with issuers', {
      ...usual,
      act: { sub: 'reports', iss: 'https://reports.example', act: { sub: 'gateway', iss: '' } },
    }),
    inspect('actors to the last level', { ...usual, act: chain(...Array.from({ length: 15 }, (_, at) => `s${at}`)) }),
    inspect('long names', { act: chain('a'.repeat(56), '😀'.repeat(57)), sub: 'ü'.repeat(200) }),
    inspect('no subject', { exp: NOW, act: chain('gateway') }),
    inspect('actors that are none', { sub: 1, act: { sub: ['gateway'], act: { iss: 'i', act: 'orders' } } }),
    inspect('actors that are none, on a terminal', { sub: null, act: [] }, { terminal: ['stdout'] }),
    inspect('text that could play tricks on a terminal', {
      sub: '\u001b[2J\r\n\u202eresu',
      act: { sub: '\u0007\u200b', iss: '\u001b]0;title\u0007' },
      exp: '\u001b[1A',
      '\u{e0041}': '\ufeff',
    }),
    inspect('an algorithm that nobody accepts', usual, { stdin: token(usual, { alg: 'none', crit: ['x'], jwk: {} }) }),
    inspect('a header without an algorithm', usual, { stdin: token({}, {}) }),
    inspect('a payload that is no JSON', 'hello'),
    inspect('a payload that is no JSON, for machines', 'hello', { argv: ['inspect', '--json'] }),
    inspect('a payload that is no object', '["sub"]', { terminal: ['stdout', 'stderr'] }),
    inspect('a payload of two meanings', '{"sub":"u1","sub":"u2"}'),
    inspect('a number that not every language reads', '{"n":1e400}'),
    inspect('a header that is no JSON', {}, { stdin: token({}, 'hello') }),
    inspect('a header that is no JSON, for machines', {}, { argv: ['inspect', '--json'], stdin: token({}, '{}x') }),
    inspect('no token', {}, { stdin: 'hello' }),
    inspect('nothing at all', {}, { stdin: ' \n' }),
    inspect('a token that is too long', { note: 'x'.repeat(16_384) }),
    { name: 'a token in the place of a file', argv: ['inspect', token(usual)] },
    { name: 'a file that is not there', argv: ['inspect', 'token.txt'] },
    { name: 'a file that is not there, for machines', argv: ['inspect', 'token.txt', '--json'] },
  ]
}
