// `kit-jwt jwks`. PEM is what node:crypto writes of the vectors' keys.
import { createPublicKey } from 'node:crypto'

const block = (label, text) => `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`
const LOCKED = block('ENCRYPTED PRIVATE KEY', 'MIGbMFcGCSqGSIb3DQEFDTBK')
const OLD_LOCKED = block('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIGb')

// Public keys of types that are not used here, in DER.
const X25519 = 'MCowBQYDK2VuAyEAWGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY='
const RSA_PSS = 'MCQwCwYJKoZIhvcNAQEKAxUAMBICDQCAAAAAAAAAAAAAAAECAQM='

const privatePem = ({ privateKey }, type = 'pkcs8') => privateKey.export({ type, format: 'pem' })
const publicPem = ({ privateKey }, type = 'spki') => createPublicKey(privateKey).export({ type, format: 'pem' })

const named = (files, argv) => Object.fromEntries(Object.entries(files).filter(([path]) => argv.includes(path)))

export default ({ keys }) => {
  const { a, b, rfc8037 } = keys.ed
  const json = (value) => JSON.stringify(value)
  const files = {
    'public.jwk.json': json({ ...a.publicJwk, kid: 'k1', use: 'sig', x5u: 'https://x.example' }),
    'other.jwk.json': json(b.publicJwk),
    'set.json': json({
      keys: [
        { ...keys.es256.a.publicJwk, kid: 'ec' },
        { ...keys.rs256.a.publicJwk, alg: 'PS256' },
      ],
    }),
    'same.json': json({ keys: [a.publicJwk, a.publicJwk] }),
    'private.jwk.json': json({ ...a.privateJwk, kid: 'k1' }),
    'private-set.json': json({ keys: [b.publicJwk, a.privateJwk] }),
    'secret.json': json({ kty: 'oct', k: keys.hs.a.text }),
    'rsa.json': json(keys.rs256.a.publicJwk),
    'rs384.json': json({ ...keys.rs256.a.publicJwk, alg: 'RS384' }),
    'rsa-1024.json': json({ ...keys.rsa1024.publicJwk, alg: 'RS256' }),
    'p384.json': json(keys.es384.a.publicJwk),
    'p521.json': json(keys.es512.a.publicJwk),
    'encrypts.json': json({ ...a.publicJwk, use: 'enc' }),
    'es256-for-okp.json': json({ ...a.publicJwk, alg: 'ES256' }),
    'off-curve.json': json({ ...keys.es256.a.publicJwk, y: keys.es256.b.publicJwk.y }),
    'x448.json': json({ kty: 'OKP', crv: 'X448', x: 'AA' }),
    'strange-alg.json': json({ ...keys.rs256.a.publicJwk, alg: { name: 'RS256' } }),
    'strange-kid.json': json({ ...a.publicJwk, kid: 'a\u001b[2Jb\u202e' }),
  }
  const of = (name, argv, more = {}) => ({ name, argv: ['jwks', ...argv], files: named(files, argv), ...more })
  const from = (name, pems, argv = [], more = {}) => ({
    name: `import: ${name}`,
    argv: ['jwks', '--import', 'pem', ...argv],
    files: Object.fromEntries(Object.entries(pems).map(([path, text]) => [`pem/${path}`, text])),
    ...more,
  })
  return [
    of('a key', ['public.jwk.json']),
    of('for machines', ['public.jwk.json', '--json']),
    of('several keys and sets, in this order', ['set.json', 'public.jwk.json', 'other.jwk.json']),
    of('other curves', ['p384.json', 'p521.json']),
    of('an RSA key and its algorithm', ['rsa.json', '--alg', 'RS256']),
    of('standard input', [], { stdin: json(rfc8037.publicJwk) }),
    of('standard input on a terminal', [], { stdin: json(rfc8037.publicJwk), terminal: ['stdin', 'stdout', 'stderr'] }),
    of('help', ['--help']),
    of('help on a terminal', ['--help'], { terminal: ['stdout'] }),
    of('without colours', ['--help'], { terminal: ['stdout'], env: { NO_COLOR: '1' } }),
    of('on a dumb terminal', ['--help'], { terminal: ['stdout'], env: { TERM: 'dumb' } }),
    of('a kid that would play tricks on a terminal', ['strange-kid.json']),
    of('a private key', ['private.jwk.json']),
    of('a private key, for machines', ['private.jwk.json', '--json']),
    of('a private key in a set', ['public.jwk.json', 'private-set.json']),
    of('a secret', ['secret.json']),
    of('one kid twice', ['same.json']),
    of('one kid in two files', ['public.jwk.json', 'public.jwk.json']),
    of('an RSA key without an algorithm', ['rsa.json']),
    of('an RSA key for another algorithm', ['rs384.json']),
    of('an algorithm that is no text', ['strange-alg.json']),
    of('too small an RSA key', ['rsa-1024.json']),
    of('a key for encryption', ['encrypts.json']),
    of('a key whose alg is that of another type', ['es256-for-okp.json']),
    of('a point that is not on the curve', ['off-curve.json']),
    of('a key of another type', ['x448.json']),
    of('an algorithm that is not known', ['rsa.json', '--alg', 'ES256']),
    of('no such file', ['missing.json']),
    from('public keys', {
      'b/public.pem': publicPem(b),
      'a/public.pem': publicPem(a),
      '.git/config': '',
      'readme.txt': '',
    }),
    from('for machines', { '2026-11/public.pem': publicPem(a) }, ['--json']),
    from('the public half of a private key', { '2026-11/private.pem': privatePem(a) }),
    from('both halves', { '2026-11/private.pem': privatePem(a), '2026-11/public.pem': publicPem(a) }),
    from(
      'keys of all types',
      {
        '1-es256/private.pem': `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${privatePem(keys.es256.a, 'sec1')}`,
        '2-es384/public.pem': publicPem(keys.es384.a),
        '3-es512/private.pem': privatePem(keys.es512.a),
        '4-rsa/public.pem': publicPem(keys.rs256.a, 'pkcs1'),
        '5-rsa/private.pem': privatePem(keys.rs256.b, 'pkcs1').replaceAll('\n', '\r\n'),
      },
      ['--alg', 'PS256'],
    ),
    {
      ...from('beside files', { 'x/public.pem': publicPem(a) }, ['other.jwk.json']),
      files: { 'other.jwk.json': files['other.jwk.json'], 'pem/x/public.pem': publicPem(a) },
    },
    from('text around the block', { 'x/public.pem': `Bag Attributes\n    friendlyName: x\n${publicPem(a)}\n` }),
    from('an encrypted key beside the public one', { 'x/public.pem': publicPem(a), 'x/private.pem': LOCKED }),
    from('an encrypted key', { 'x/private.pem': LOCKED }),
    from('an encrypted key of the older form', { 'x/private.pem': OLD_LOCKED }),
    from('halves of two keys', { 'x/private.pem': privatePem(a), 'x/public.pem': publicPem(b) }),
    from('halves of keys of two types', { 'x/private.pem': privatePem(keys.es256.a), 'x/public.pem': publicPem(b) }),
    from('an RSA key without an algorithm', { 'x/public.pem': publicPem(keys.rs256.a) }),
    from('too small an RSA key', { 'x/public.pem': publicPem(keys.rsa1024) }, ['--alg', 'RS256']),
    from('a private key in the public file', { 'x/public.pem': privatePem(a) }),
    from('a public key in the private file', { 'x/private.pem': publicPem(a) }),
    from('no PEM', { 'x/public.pem': 'ssh-ed25519 AAAA' }),
    from('a certificate', { 'x/public.pem': block('CERTIFICATE', 'AAAA') }),
    from('two keys in one file', { 'x/public.pem': publicPem(a) + publicPem(b) }),
    from('no base64', { 'x/public.pem': block('PUBLIC KEY', '!!!!') }),
    from('no DER', { 'x/public.pem': block('PUBLIC KEY', 'AAAA') }),
    from('no DER of a private key', { 'x/private.pem': block('PRIVATE KEY', 'AAAA') }),
    from('a block without an end', { 'x/public.pem': '-----BEGIN PUBLIC KEY-----\nAAAA\n' }),
    from('a key of another type', { 'x/public.pem': block('PUBLIC KEY', X25519) }),
    from('an RSA key for RSASSA-PSS only', { 'x/public.pem': block('PUBLIC KEY', RSA_PSS) }, ['--alg', 'PS256']),
    from('a public key of low order', { 'x/public.pem': block('PUBLIC KEY', `MCowBQYDK2VwAyEA${'A'.repeat(43)}=`) }),
    from('a folder without keys', { 'x/key.pem': publicPem(a) }),
    from('no folders', { 'readme.txt': '' }),
    from('no such folder', {}),
    from('a folder that nobody may list', { '': { folder: true, fault: 'denied' } }),
    from('a file of somebody else', { 'x/public.pem': { fault: 'denied' } }),
    from('one kid in a file and in a folder', { 'k1/public.pem': publicPem(b) }, ['public.jwk.json'], {
      files: { 'public.jwk.json': files['public.jwk.json'], 'pem/k1/public.pem': publicPem(b) },
    }),
  ]
}
