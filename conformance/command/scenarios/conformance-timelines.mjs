// `kit-jwt conformance` on key sets over time: a script that can be run, and what is refused before anything runs.
export default ({ keys }) => {
  const NOW = 1_800_000_000
  const url = 'https://auth.example/jwks.json'
  const body = JSON.stringify({ keys: [{ ...keys.ed.a.publicJwk, kid: 'k1' }] })
  const answer = { status: 200, body }
  const select = { alg: 'EdDSA', kid: 'k1' }
  const good = {
    id: 'cmd-0001',
    comment: 'a key',
    source: { url },
    script: [{ now: NOW, select, answer }],
    expected: {
      outcomes: [{ step: 0, thumbprint: keys.ed.a.thumbprint }],
      fetches: [{ step: 0, url, ifNoneMatch: null }],
    },
  }
  const file = (test, kits = {}) => ({
    format: 1,
    suite: 'command',
    kind: 'jwks-timeline',
    kits,
    groups: [{ name: 'g', tests: [test] }],
  })
  const run = (name, content) => ({
    name,
    argv: ['conformance', 'a.json'],
    files: { 'a.json': JSON.stringify(content) },
  })
  const test = (name, change, kits) => run(name, file({ ...good, ...change }, kits))
  const source = (name, more) => test(`source: ${name}`, { source: { url, ...more } })
  const step = (name, change) => test(`step: ${name}`, { script: [{ now: NOW, select, answer, ...change }] })
  const answered = (name, given) => step(`answer: ${name}`, { answer: given })
  const kit = { issuer: 'https://auth.example', audience: 'api', jwksUrl: url }
  const none = { script: [], expected: { outcomes: [], fetches: [] } }
  const ofKit = (name, change, more) =>
    test(`kit: ${name}`, { source: undefined, kit: { ...kit, ...change }, ...none, ...more })
  return [
    run('a file', file(good)),
    test('a key that is another', { expected: { ...good.expected, outcomes: [] } }),
    test('nothing happens', none),
    test('neither source nor kit', { source: undefined }),
    test('source and kit', { kit }),
    test('no script', { script: undefined }),
    test('a script that is none', { script: {} }),
    test('a step that is none', { script: [null] }),
    source('none', { url: undefined }),
    source('a URL that is no text', { url: 5 }),
    source('a limit that is unknown', { retries: 3 }),
    source('a transport', { transport: 'x' }),
    source('a limit that is wrong', { maxBytes: 0 }),
    source('a limit of more than there is', { maxBytes: 1e12 }),
    ofKit('a file', {}),
    test('kit: by its name', { source: undefined, kit: 'own', ...none }, { own: kit }),
    test('kit: of no name that is known', { source: undefined, kit: 'toString', ...none }, { own: kit }),
    ofKit('a URL that is no text', { jwksUrl: null }),
    ofKit('a URL that is not taken', { jwksUrl: 'ftp://auth.example/' }),
    ofKit('a time that is none', { jwksCacheTtl: '300' }),
    ofKit('a clock of its own', { clock: 1 }),
    ofKit('a key that is none', { jwksUrl: undefined, publicKeys: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } }),
    ofKit('trust that is none', { trust: 'x' }),
    ofKit('an issuer that is none', { trust: [null] }),
    ofKit('a token that is no text', {}, { script: [{ now: NOW, verify: 1 }] }),
    ofKit('a token that is none', {}, { script: [{ now: NOW, verify: 'x', callers: 2 }] }),
    ofKit('a selection', {}, { script: [{ now: NOW, select }] }),
    step('of a token', { select: undefined, verify: 'x' }),
    step('of more than we know', { wait: 1 }),
    step('no time', { now: undefined }),
    step('a time that is no number', { now: '1' }),
    step('a time after all times', { now: 1e15 }),
    step('an algorithm of secrets', { select: { alg: 'HS512' } }),
    step('a kid that is no text', { select: { alg: 'EdDSA', kid: 1 } }),
    step('a kid that no header has', { select: { alg: 'EdDSA', kid: '\ud800' } }),
    step('a kid of too much', { select: { alg: 'EdDSA', kid: { repeat: 'k', times: 5000 } } }),
    step('one caller', { callers: 1 }),
    step('too many callers', { callers: 1e6 }),
    step('half a caller', { numbered: 2.5 }),
    step('many callers', { callers: 3 }),
    step('answers by something else', { answers: { 'http://auth.example/': answer } }),
    step('answers that are none', { answers: { [url]: 'x' } }),
    step('a request before the first', { request: -1 }),
    test('an answer that nobody waits for', {
      ...none,
      script: [
        { now: NOW, answer },
        { now: NOW, answer, request: 7 },
      ],
    }),
    answered('none', null),
    answered('of nothing', {}),
    answered('a failure that is none', { failure: false }),
    answered('a failure with a status', { failure: true, status: 500 }),
    answered('of more than we know', { ...answer, delay: 1 }),
    answered('a status that is none', { status: 199 }),
    answered('a status that is no number', { status: '200' }),
    answered('304 with a body', { status: 304, body }),
    answered('204 without end', { status: 204, endless: true }),
    answered('an end that may come', { ...answer, endless: false }),
    answered('a body that is no text', { status: 200, body: 1 }),
    answered('a body that no bytes are', { status: 200, body: '"\ud800"' }),
    answered('a body of too much', { status: 200, body: { repeat: 'x', times: 1e9 } }),
    answered('a header in capitals', { ...answer, headers: { ETag: '"v1"' } }),
    answered('a header that is no text', { ...answer, headers: { age: 1 } }),
    answered('a header of two lines', { ...answer, headers: { etag: '"a"\r\nage: 1' } }),
    answered('a header with space around it', { ...answer, headers: { etag: ' "a"' } }),
    answered('a header beyond bytes', { ...answer, headers: { etag: '"\u0100"' } }),
    answered('headers', { ...answer, headers: { etag: '"\u00ff"', age: '' } }),
  ]
}
