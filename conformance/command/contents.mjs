// Random contents of files: keys with one member too many or too few, sets of them, PEM with a bit turned over.
import { createPublicKey } from 'node:crypto'
import { random } from '../across/random.mjs'
import { keys } from '../generator/keys.mjs'

const KEYS = [keys.ed.a, keys.ed.b, keys.es256.a, keys.es384.a, keys.es512.a, keys.rs256.a, keys.rsa1024]
const MEMBERS = [
  'kty',
  'crv',
  'x',
  'y',
  'n',
  'e',
  'd',
  'k',
  'p',
  'kid',
  'alg',
  'use',
  'key_ops',
  'keys',
  '__proto__',
  'x5c',
]
const VALUES = [
  null,
  true,
  0,
  -1,
  1.5,
  '',
  'a',
  'AA',
  'AQAB',
  'A'.repeat(43),
  'é',
  '\u202e',
  '\u0000',
  [],
  ['verify'],
  ['sign'],
  ['verify', 'verify'],
  [1],
  {},
  { a: 1 },
  'EdDSA',
  'Ed25519',
  'RS256',
  'PS256',
  'ES256',
  'HS512',
  'none',
  'RS384',
  'sig',
  'enc',
  'OKP',
  'EC',
  'RSA',
  'oct',
  'P-256',
  'P-384',
  'P-521',
  'secp256k1',
  'X25519',
  'Ed448',
  'constructor',
]
const LABELS = [
  'PUBLIC KEY',
  'PRIVATE KEY',
  'RSA PUBLIC KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'ENCRYPTED PRIVATE KEY',
  'CERTIFICATE',
]

/** So many scenarios of one seed. */
export function randomContents(seed, count) {
  const { pick, chance, below } = random(seed)

  const jwk = () => {
    const key = pick(KEYS)
    const members = { ...(chance(0.8) ? key.publicJwk : key.privateJwk) }
    if (chance(0.5)) members.kid = pick(['k1', 'k2', 'k3'])
    for (let changes = below(3); changes > 0; changes -= 1) {
      const name = chance(0.4) ? pick(Object.keys(members)) : pick(MEMBERS)
      if (chance(0.25)) delete members[name]
      else
        Object.defineProperty(members, name, {
          value: pick(VALUES),
          enumerable: true,
          configurable: true,
          writable: true,
        })
      if (Object.keys(members).length === 0) break
    }
    return members
  }
  const file = () => {
    if (chance(0.6)) return JSON.stringify(jwk())
    if (chance(0.8))
      return JSON.stringify({ keys: Array.from({ length: below(4) }, () => (chance(0.95) ? jwk() : pick(VALUES))) })
    return JSON.stringify(pick(VALUES))
  }
  const turned = (text) => {
    const at = below(text.length)
    return text.slice(0, at) + pick(['A', '=', '/', '\n', ' ', '', '-', 'é']) + text.slice(at + below(3))
  }
  const pem = (half) => {
    const { privateKey } = pick(KEYS)
    const type = privateKey.asymmetricKeyType
    const text =
      half === 'public'
        ? createPublicKey(privateKey).export({ type: type === 'rsa' && chance(0.3) ? 'pkcs1' : 'spki', format: 'pem' })
        : privateKey.export({
            type: type === 'ec' && chance(0.5) ? 'sec1' : type === 'rsa' && chance(0.5) ? 'pkcs1' : 'pkcs8',
            format: 'pem',
          })
    if (chance(0.1)) return text.replace(/[A-Z]+( [A-Z]+)* KEY/g, pick(LABELS))
    // Libraries check private keys more or less closely, and only the public half is used.
    return half === 'public' && chance(0.5) ? turned(text) : text
  }
  const folder = () => {
    const files = {}
    for (const kid of ['a', 'b', 'k1'].slice(0, 1 + below(3))) {
      if (chance(0.6)) files[`pem/${kid}/public.pem`] = pem(chance(0.95) ? 'public' : 'private')
      if (chance(0.4)) files[`pem/${kid}/private.pem`] = pem(chance(0.95) ? 'private' : 'public')
    }
    return files
  }
  return Array.from({ length: count }, (_, index) => {
    const name = `contents ${index}`
    const json = chance(0.2) ? ['--json'] : []
    if (chance(0.4)) return { name, argv: ['thumbprint', 'a', ...json], files: { a: file() } }
    const alg = chance(0.7) ? ['--alg', pick(['RS256', 'PS256'])] : []
    if (chance(0.5)) return { name, argv: ['jwks', 'a', 'b', ...alg, ...json], files: { a: file(), b: file() } }
    return { name, argv: ['jwks', '--import', 'pem', ...alg, ...json], files: folder() }
  })
}
