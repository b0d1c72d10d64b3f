// node:crypto draws a random nonce for ECDSA and a random salt for PSS; vectors must come out the same at every run.
// ECDSA takes its nonce from the key and the message (RFC 6979), PSS its salt from the same two. Both are confirmed by
// node:crypto before they are used.
import { constants, createECDH, createHash, createHmac, privateEncrypt, verify } from 'node:crypto'

const CURVES = {
  ES256: {
    openssl: 'prime256v1',
    hash: 'sha256',
    order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    bits: 256,
  },
  ES384: {
    openssl: 'secp384r1',
    hash: 'sha384',
    order: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    bits: 384,
  },
  ES512: {
    openssl: 'secp521r1',
    hash: 'sha512',
    order:
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
    bits: 521,
  },
}

const hash = (name, ...parts) => parts.reduce((h, part) => h.update(part), createHash(name)).digest()
const hmac = (name, key, ...parts) => parts.reduce((h, part) => h.update(part), createHmac(name, key)).digest()
const toNumber = (bytes) => BigInt(`0x${bytes.toString('hex')}`)
const toBytes = (number, length) => Buffer.from(number.toString(16).padStart(length * 2, '0'), 'hex')

const power = (base, exponent, modulus) => {
  let result = 1n
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus
  }
  return result
}

/** RFC 6979, section 3.2. */
function* nonces(curve, privateScalar, digest) {
  const length = Math.ceil(curve.bits / 8)
  const leftmost = (bytes) => {
    const excess = bytes.length * 8 - curve.bits
    return excess > 0 ? toNumber(bytes) >> BigInt(excess) : toNumber(bytes)
  }
  const seed = Buffer.concat([toBytes(privateScalar, length), toBytes(leftmost(digest) % curve.order, length)])
  let v = Buffer.alloc(digest.length, 1)
  let k = Buffer.alloc(digest.length, 0)
  for (const separator of [0, 1]) {
    k = hmac(curve.hash, k, v, Buffer.from([separator]), seed)
    v = hmac(curve.hash, k, v)
  }
  for (;;) {
    let block = Buffer.alloc(0)
    while (block.length < length) {
      v = hmac(curve.hash, k, v)
      block = Buffer.concat([block, v])
    }
    const candidate = leftmost(block.subarray(0, length))
    if (candidate > 0n && candidate < curve.order) yield candidate
    k = hmac(curve.hash, k, v, Buffer.from([0]))
    v = hmac(curve.hash, k, v)
  }
}

/** The JWS form of an ECDSA signature: R and S, each of the curve's length (RFC 7518, section 3.4). */
export const ecdsa = (alg, key, message) => {
  const curve = CURVES[alg]
  const length = Math.ceil(curve.bits / 8)
  const digest = hash(curve.hash, message)
  const d = toNumber(key.scalar)
  for (const k of nonces(curve, d, digest)) {
    const ecdh = createECDH(curve.openssl)
    ecdh.setPrivateKey(toBytes(k, length))
    const r = toNumber(ecdh.getPublicKey().subarray(1, 1 + length)) % curve.order
    const s = (power(k, curve.order - 2n, curve.order) * (toNumber(digest) + r * d)) % curve.order
    if (r === 0n || s === 0n) continue
    const signature = Buffer.concat([toBytes(r, length), toBytes(s, length)])
    if (!verify(curve.hash, message, { key: key.privateKey, dsaEncoding: 'ieee-p1363' }, signature)) {
      throw new Error(`${alg}: node:crypto does not confirm the signature`)
    }
    return signature
  }
}

const mgf1 = (seed, length) => {
  const blocks = []
  for (let i = 0; i * 32 < length; i += 1) blocks.push(hash('sha256', seed, toBytes(BigInt(i), 4)))
  return Buffer.concat(blocks).subarray(0, length)
}

/** EMSA-PSS with SHA-256 (RFC 8017, section 9.1.1), for keys whose bit length is a multiple of eight. */
export const pss = (key, message, saltLength = 32) => {
  const length = key.privateKey.asymmetricKeyDetails.modulusLength / 8
  const salt = hash('sha256', 'pss salt', message).subarray(0, saltLength)
  const h = hash('sha256', Buffer.alloc(8), hash('sha256', message), salt)
  const block = Buffer.alloc(length - 33)
  block[block.length - saltLength - 1] = 1
  salt.copy(block, block.length - saltLength)
  const mask = mgf1(h, block.length)
  const masked = block.map((byte, i) => byte ^ mask[i])
  masked[0] &= 0x7f
  const encoded = Buffer.concat([masked, h, Buffer.from([0xbc])])
  const signature = privateEncrypt({ key: key.privateKey, padding: constants.RSA_NO_PADDING }, encoded)
  const options = { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
  if (!verify('sha256', message, options, signature)) throw new Error('PS256: node:crypto does not confirm')
  return signature
}
