// The keys of the vectors. All are published test keys made from fixed bytes; none has ever protected anything.
import { createECDH, createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { rsa1024, rsa2047, rsaA, rsaB } from './keys-rsa.mjs'

const hex = (text) => Buffer.from(text, 'hex')
const sha256 = (text) => createHash('sha256').update(text).digest()

/** Bytes that look random and are the same for ever: SHA-256 of a label and a counter. */
export const fixedBytes = (label, length) => {
  const blocks = []
  for (let i = 0; i * 32 < length; i += 1) blocks.push(sha256(`${label}/${i}`))
  return Buffer.concat(blocks).subarray(0, length)
}

const PKCS8_ED25519 = hex('302e020100300506032b657004220420')

/** RFC 7638: the required members in lexicographic order, no white space. */
export const thumbprint = (jwk) => {
  const members = { OKP: ['crv', 'kty', 'x'], EC: ['crv', 'kty', 'x', 'y'], RSA: ['e', 'kty', 'n'] }[jwk.kty]
  const text = `{${members.map((name) => `${JSON.stringify(name)}:${JSON.stringify(jwk[name])}`).join(',')}}`
  return sha256(text).toString('base64url')
}

const publicHalf = ({ kty, crv, x, y, n, e }) => JSON.parse(JSON.stringify({ kty, crv, x, y, n, e }))

const asymmetric = (alg, privateJwk, extra = {}) => ({
  alg,
  privateJwk,
  publicJwk: publicHalf(privateJwk),
  thumbprint: thumbprint(privateJwk),
  privateKey: createPrivateKey({ key: privateJwk, format: 'jwk' }),
  ...extra,
})

const ed25519 = (seed) => {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return asymmetric('EdDSA', { kty: 'OKP', crv: 'Ed25519', x, d: seed.toString('base64url') }, { seed })
}

const CURVES = {
  ES256: { crv: 'P-256', openssl: 'prime256v1', bytes: 32 },
  ES384: { crv: 'P-384', openssl: 'secp384r1', bytes: 48 },
  ES512: { crv: 'P-521', openssl: 'secp521r1', bytes: 66 },
}

const elliptic = (alg, label) => {
  const { crv, openssl, bytes } = CURVES[alg]
  const scalar = Buffer.from(fixedBytes(label, bytes))
  // Below the order of the curve: P-521 has 521 bits in 66 bytes, and a leading zero byte is enough for the others.
  scalar[0] = 0
  const ecdh = createECDH(openssl)
  ecdh.setPrivateKey(scalar)
  const point = ecdh.getPublicKey()
  const text = (from, to) => point.subarray(from, to).toString('base64url')
  const d = scalar.toString('base64url')
  return asymmetric(alg, { kty: 'EC', crv, x: text(1, 1 + bytes), y: text(1 + bytes, 1 + 2 * bytes), d }, { scalar })
}

const secret = (label, length = 64, kid) => {
  const bytes = fixedBytes(label, length)
  return { alg: 'HS512', kid, bytes, text: bytes.toString('base64url') }
}

export const keys = {
  /** A shared secret of 64 bytes, and three more; `make` gives one of any length. */
  hs: { a: secret('secret a'), b: secret('secret b'), c: secret('secret c'), d: secret('secret d'), make: secret },
  /** Ed25519 pairs; `rfc8037` is the key of RFC 8037, appendix A. */
  ed: {
    rfc8037: ed25519(hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')),
    a: ed25519(fixedBytes('ed25519 a', 32)),
    b: ed25519(fixedBytes('ed25519 b', 32)),
    c: ed25519(fixedBytes('ed25519 c', 32)),
    make: (label) => ed25519(fixedBytes(label, 32)),
  },
  es256: { a: elliptic('ES256', 'es256 a'), b: elliptic('ES256', 'es256 b') },
  es384: { a: elliptic('ES384', 'es384 a'), b: elliptic('ES384', 'es384 b') },
  es512: { a: elliptic('ES512', 'es512 a'), b: elliptic('ES512', 'es512 b') },
  /** One RSA key serves RS256 and PS256; `signer(alg)` says which. */
  rs256: { a: asymmetric('RS256', rsaA), b: asymmetric('RS256', rsaB) },
  ps256: { a: asymmetric('PS256', rsaA), b: asymmetric('PS256', rsaB) },
  rsa2047: asymmetric('RS256', rsa2047),
  rsa1024: asymmetric('RS256', rsa1024),
}
