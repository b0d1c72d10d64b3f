// Just enough arithmetic on edwards25519 (RFC 8032, section 5.1) to make the signatures that honest signers never make.
import { createHash } from 'node:crypto'

export const P = 2n ** 255n - 19n
/** The order of the base point. */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n

const mod = (a, m = P) => ((a % m) + m) % m
const power = (base, exponent) => {
  let result = 1n
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b)
  return result
}
const invert = (a) => power(a, P - 2n)

const D = mod(-121665n * invert(121666n))
const SQRT_MINUS_ONE = power(2n, (P - 1n) / 4n)

export const littleEndian = (number, length = 32) => {
  const bytes = Buffer.alloc(length)
  for (let i = 0, n = number; i < length; i += 1, n >>= 8n) bytes[i] = Number(n & 0xffn)
  return bytes
}
export const fromLittleEndian = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

/** The x of a given y with the given parity, or undefined where y is on no point of the curve. */
export const recoverX = (y, parity) => {
  const u = mod(y * y - 1n)
  const v = mod(D * y * y + 1n)
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n))
  if (mod(v * x * x) === mod(-u)) x = mod(x * SQRT_MINUS_ONE)
  if (mod(v * x * x) !== u) return undefined
  return (x & 1n) === parity ? x : mod(-x)
}

export const encode = ({ x, y }) => littleEndian(y | ((x & 1n) << 255n))
export const decode = (bytes) => {
  const number = fromLittleEndian(bytes)
  const y = number & (2n ** 255n - 1n)
  const x = recoverX(y, number >> 255n)
  if (x === undefined) throw new Error('not on the curve')
  return { x, y: mod(y) }
}

export const IDENTITY = { x: 0n, y: 1n }
export const add = (a, b) => {
  const t = mod(D * a.x * b.x * a.y * b.y)
  return { x: mod((a.x * b.y + a.y * b.x) * invert(1n + t)), y: mod((a.y * b.y + a.x * b.x) * invert(1n - t)) }
}
export const multiply = (scalar, point) => {
  let result = IDENTITY
  for (let p = point, k = scalar; k > 0n; k >>= 1n, p = add(p, p)) if (k & 1n) result = add(result, p)
  return result
}

const BASE_Y = mod(4n * invert(5n))
export const BASE = { x: recoverX(BASE_Y, 0n), y: BASE_Y }

/** A point of order eight, found by clearing the large factor of an arbitrary point; it generates all low-order points. */
const torsionGenerator = () => {
  for (let y = 2n; ; y += 1n) {
    const x = recoverX(y, 0n)
    if (x === undefined) continue
    const point = multiply(L, { x, y })
    if (multiply(4n, point).y !== 1n) return point
  }
}
export const TORSION = Array.from({ length: 8 }, (_, i) => multiply(BigInt(i), torsionGenerator()))

/**
 * All 14 encodings of the eight points of low order: the eight canonical ones, and those with y written as y + p (where
 * that fits 255 bits: y = 0 and y = 1) or with the sign bit of an x that is zero. RFC 8032 decodes only the first eight.
 */
export const lowOrderEncodings = () => {
  const all = new Map()
  const put = (name, bytes) => all.set(bytes.toString('hex'), { name, bytes })
  for (const [i, point] of TORSION.entries()) put(`point ${i} of the torsion group, canonical`, encode(point))
  for (const y of [0n, 1n, P - 1n]) {
    for (const sign of [0n, 1n]) {
      const name = `y = ${y === P - 1n ? 'p - 1' : y}, sign bit ${sign}`
      if (!all.has(littleEndian(y | (sign << 255n)).toString('hex'))) put(name, littleEndian(y | (sign << 255n)))
      if (y < 19n) put(`y = p${y ? ` + ${y}` : ''}, sign bit ${sign}`, littleEndian((y + P) | (sign << 255n)))
    }
  }
  return [...all.values()]
}

const sha512 = (...parts) => parts.reduce((h, part) => h.update(part), createHash('sha512')).digest()
export const challenge = (r, a, message) => mod(fromLittleEndian(sha512(r, a, message)), L)

/** The secret scalar and the prefix of a seed (RFC 8032, section 5.1.5). */
export const expand = (seed) => {
  const h = sha512(seed)
  const scalar = Buffer.from(h.subarray(0, 32))
  scalar[0] &= 248
  scalar[31] = (scalar[31] & 127) | 64
  return { scalar: fromLittleEndian(scalar), prefix: h.subarray(32) }
}

/** A signature whose R is `r` B plus a chosen point; with the identity it is an ordinary one with another nonce. */
export const signWithNonce = (key, message, nonce, extra = IDENTITY) => {
  const a = encode(multiply(expand(key.seed).scalar, BASE))
  const r = encode(add(multiply(nonce, BASE), extra))
  const s = mod(nonce + challenge(r, a, message) * expand(key.seed).scalar, L)
  return Buffer.concat([r, littleEndian(s)])
}

export const splitSignature = (bytes) => ({ r: bytes.subarray(0, 32), s: fromLittleEndian(bytes.subarray(32)) })
