// Encodings of points and scalars of edwards25519 (RFC 8032 section 5.1). Runtimes differ in which of these they check, so
// all are checked here before a runtime is asked.

const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
/** A y coordinate of order 8. */
const Y8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n

/**
 * The y coordinates below p of the points of low order (1, 2, 4 and 8). With either sign bit, and with y = p and y = p + 1,
 * which are not below p, they make up the 14 encodings of low order.
 */
const LOW_ORDER = [0n, 1n, P - 1n, Y8, P - Y8]

const littleEndian = (bytes: Uint8Array, at: number): bigint => {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 32)
  const word = (index: number): bigint => view.getBigUint64(index * 8, true) << BigInt(index * 64)
  return word(0) | word(1) | word(2) | word(3)
}

const yOf = (bytes: Uint8Array, at: number): bigint => BigInt.asUintN(255, littleEndian(bytes, at))

const isPlainEncoding = (y: bigint): boolean => y < P && !LOW_ORDER.includes(y)

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n
  for (let square = base, bits = exponent; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}

/** Whether 32 bytes encode a public key: y < p, on the curve, not of low order. */
export function isPublicKey(bytes: Uint8Array): boolean {
  const y = yOf(bytes, 0)
  if (!isPlainEncoding(y)) return false
  // x² = (y² − 1) / (dy² + 1) with d = −121665/121666. A quotient is a square exactly where the product is one, and −1 is a
  // square, so signs do not matter (Euler's criterion). 0 is y = ±1, of low order.
  const square = y * y
  const product = (square - 1n) * (121665n * square - 121666n) * 121666n
  return power(product % P, (P - 1n) / 2n) === 1n
}

/** Whether 64 bytes can be a signature: R canonical and not of low order, S below the group's order. */
export const isSignature = (bytes: Uint8Array): boolean => isPlainEncoding(yOf(bytes, 0)) && littleEndian(bytes, 32) < L
