// Importing a shared secret: canonical base64url text, or an oct JWK as an object; never a key of another kind as text.
import { createPublicKey } from 'node:crypto'
import { keyCase } from '../key-case.mjs'

const notes = {
  GOOD_SECRET: {
    description: 'A secret of at least 64 bytes.',
    bugType: 'BASIC',
    spec: ['rfc7518#3.2', 'rfc7518#6.4'],
    cves: [],
  },
  WEAK_SECRET: {
    description: 'A secret of fewer than 64 bytes.',
    bugType: 'FORGERY',
    spec: ['rfc7518#3.2'],
    cves: ['CVE-2026-44351'],
  },
  KEY_AS_SECRET: {
    description:
      'A key of another kind in the place of a secret, in some written form: what everybody knows is no secret.',
    bugType: 'FORGERY',
    spec: ['rfc8725#2.1', 'rfc8725#3.5'],
    cves: ['CVE-2023-48223', 'CVE-2026-34950', 'CVE-2026-48526'],
  },
  NOT_CANONICAL: {
    description: 'The text is not the one spelling of its bytes.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc4648#3.5', 'rfc4648#5'],
    cves: [],
  },
  OTHER_PURPOSE: {
    description: 'An oct JWK that is for something else, or a JWK of another type.',
    bugType: 'AUTH_BYPASS',
    spec: ['rfc7517#4.2', 'rfc7517#4.3', 'rfc7517#4.4'],
    cves: ['CVE-2022-23539'],
  },
}

const rows = keyCase('ksec', 'importSecret')

export default ({ keys, fixedBytes, padded, withTrailingBits, b64u }) => {
  const { text } = keys.hs.a
  const oct = (more) => ({ kty: 'oct', k: text, ...more })
  const result = (size = 64, kid = null) => ({ alg: 'HS512', kid, bytes: size })
  const long = (size) => fixedBytes('a secret', size).toString('base64url')
  const good = [
    ...[64, 65, 127, 128, 129, 512].map((size, i) => [1 + i, `${size} bytes`, long(size), result(size)]),
    [10, 'with a kid', text, result(64, 'k1'), { kid: 'k1' }],
    [11, 'an oct JWK', oct(), result()],
    [12, 'an oct JWK with a kid', oct({ kid: 'k1' }), result(64, 'k1')],
    [13, 'an oct JWK with alg', oct({ alg: 'HS512' }), result()],
    [14, 'an oct JWK with use', oct({ use: 'sig' }), result()],
    [15, 'an oct JWK with key_ops', oct({ key_ops: ['sign', 'verify'] }), result()],
    [16, 'an oct JWK that may only verify', oct({ key_ops: ['verify'] }), result()],
    [17, 'an oct JWK with other members', oct({ ext: true, x: 1 }), result()],
    [18, 'an oct JWK of 129 bytes', oct({ k: long(129) }), result(129)],
    [19, '64 zero bytes are text like any other', b64u(Buffer.alloc(64)), result()],
  ]
  const weak = [
    [30, 'empty text: no bytes', '', 'key_weak'],
    ...[1, 32, 48, 63].map((size, i) => [31 + i, `${size} bytes`, long(size), 'key_weak']),
    ...[0, 1, 32, 63].map((size, i) => [40 + i, `an oct JWK of ${size} bytes`, oct({ k: long(size) }), 'key_weak']),
    [44, 'a password', 'correct-horse-battery-staple', 'key_weak'],
  ]

  const key = createPublicKey(keys.ed.a.privateKey)
  const spki = key.export({ format: 'pem', type: 'spki' })
  const rsa = createPublicKey(keys.rs256.a.privateKey).export({ format: 'pem', type: 'spki' })
  const pkcs8 = keys.rs256.a.privateKey.export({ format: 'pem', type: 'pkcs8' })
  const jwk = JSON.stringify(keys.ed.a.publicJwk)
  const jwks = JSON.stringify({ keys: [keys.rs256.a.publicJwk] })
  const line = (size) => `AAAAC3NzaC1lZDI1NTE5AAAAI${'A'.repeat(size)}`
  const forms = [
    [60, 'PEM of an Ed25519 key', spki],
    [61, 'PEM of an RSA key', rsa],
    [62, 'PEM of a private RSA key', pkcs8],
    [63, 'PEM on one line', rsa.replaceAll('\n', '')],
    [
      64,
      'PEM without any white space, all of base64url',
      `-----BEGINPUBLICKEY-----${'A'.repeat(104)}-----ENDPUBLICKEY-----`,
    ],
    [65, 'the same with letters in front', `AAAA-----BEGINPUBLICKEY-----${'A'.repeat(104)}-----ENDPUBLICKEY-----`],
    [66, 'white space before PEM', `\n\n  ${rsa}`],
    [67, 'text before PEM', `key: ${rsa}`],
    [68, 'a byte order mark before PEM', `\ufeff${rsa}`],
    [70, 'a JWK', jwk],
    [71, 'an oct JWK as text', JSON.stringify(oct())],
    [72, 'a JWKS', jwks],
    [73, 'white space before a JWK', ` \n\t${jwk}`],
    [74, 'an SSH line', `ssh-ed25519 ${line(43)}`],
    [75, 'an SSH line without white space, all of base64url', `ssh-ed25519${line(83)}`],
    [76, 'an SSH line of an RSA key without white space', `ssh-rsa${'A'.repeat(101)}`],
    [77, 'an SSH line of an ECDSA key without white space', `ecdsa-sha2-nistp256${'A'.repeat(101)}`],
    [80, 'base64url of PEM', b64u(rsa)],
    [81, 'base64url of PEM after text', b64u(`some prefix ${rsa}`)],
    [82, 'base64url of a JWK', b64u(jwk)],
    [83, 'base64url of a JWK after white space', b64u(` \n ${jwk}`)],
    [84, 'base64url of a JWKS', b64u(jwks)],
    [85, 'base64url of a JWK after text', b64u(`prefix${jwk}`)],
    [86, 'base64url of an oct JWK', b64u(JSON.stringify(oct()))],
    [87, 'base64url of an SSH line', b64u(`ssh-ed25519 ${line(43)}`)],
    [88, 'base64url of an SSH line of an RSA key', b64u(`ssh-rsa ${'A'.repeat(200)}`)],
    [89, 'base64url of PEM of a private key', b64u(pkcs8)],
    [90, 'base64url of another JSON object', b64u(JSON.stringify({ secret: 'x'.repeat(80) }))],
  ].map(([number, comment, input]) => [number, comment, input, 'key_invalid'])

  const notCanonical = [
    [100, 'padding', padded(text)],
    [101, 'unused bits set', withTrailingBits(text)],
    [102, 'the standard alphabet', Buffer.alloc(66, 0xfb).toString('base64')],
    [103, 'a space after', `${text} `],
    [104, 'a line feed after', `${text}\n`],
    [105, 'a line feed inside', `${text.slice(0, 40)}\n${text.slice(40)}`],
    [106, 'a character that is none of them', `${text.slice(0, 40)}!${text.slice(41)}`],
    [107, 'a letter beyond ASCII', `${text.slice(0, 40)}\u00e9${text.slice(41)}`],
    [108, 'one character over a multiple of four', 'A'.repeat(89)],
    [109, 'a prefix that names the encoding', `base64:${text}`],
    [110, 'a kid in front', `k1=${text}`],
    [111, 'a short secret with padding: the form comes first', 'AAA='],
  ].map(([number, comment, input]) => [number, comment, input, 'key_invalid'])

  const objects = [
    [130, 'k absent', { kty: 'oct' }, 'key_invalid'],
    [131, 'k a number', oct({ k: 5 }), 'key_invalid'],
    [132, 'k with padding', oct({ k: padded(text) }), 'key_invalid'],
    [133, 'k with unused bits set', oct({ k: withTrailingBits(text) }), 'key_invalid'],
    [134, 'kty absent', { k: text }, 'key_invalid'],
    [135, 'kty a number', oct({ kty: 1 }), 'key_invalid'],
    [136, 'kid empty', oct({ kid: '' }), 'key_invalid'],
    [137, 'kid a number', oct({ kid: 5 }), 'key_invalid'],
    [138, 'alg null', oct({ alg: null }), 'key_invalid'],
    [139, 'key_ops with one twice', oct({ key_ops: ['verify', 'verify'] }), 'key_invalid'],
    [140, 'an array', [oct()], 'key_invalid'],
    [141, 'an empty object', {}, 'key_invalid'],
    [150, 'alg HS256', oct({ alg: 'HS256' }), 'key_unsuitable'],
    [151, 'alg A256GCM', oct({ alg: 'A256GCM' }), 'key_unsuitable'],
    [152, 'use enc', oct({ use: 'enc' }), 'key_unsuitable'],
    [153, 'key_ops without verify', oct({ key_ops: ['sign'] }), 'key_unsuitable'],
    [154, 'key_ops empty', oct({ key_ops: [] }), 'key_unsuitable'],
    [155, 'an Ed25519 key', keys.ed.a.publicJwk, 'key_unsuitable'],
    [156, 'an RSA key with k', { ...keys.rs256.a.publicJwk, k: text }, 'key_unsuitable'],
    [157, 'kty in upper case', oct({ kty: 'OCT' }), 'key_unsuitable'],
    [158, 'use enc comes before a short k', oct({ use: 'enc', k: 'AAAA' }), 'key_unsuitable'],
    [159, 'kid of a wrong type comes before alg HS256', oct({ kid: 5, alg: 'HS256' }), 'key_invalid'],
    [160, 'padding comes before a short k', oct({ k: 'AAA=' }), 'key_invalid'],
  ]
  return {
    suite: 'keys-secret',
    kind: 'keys',
    prefix: 'ksec',
    notes,
    groups: [
      { name: 'good secrets', tests: good.map(rows('GOOD_SECRET')) },
      { name: 'weak secrets', tests: weak.map(rows('WEAK_SECRET')) },
      { name: 'keys of other kinds as text', tests: forms.map(rows('KEY_AS_SECRET')) },
      { name: 'spelling', tests: notCanonical.map(rows('NOT_CANONICAL')) },
      { name: 'objects', tests: objects.map(rows('OTHER_PURPOSE')) },
    ],
  }
}
