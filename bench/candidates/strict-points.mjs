// The R that no signature of Ed25519 may have.

/** The y below p of the points of low order; with either sign they are 10 of the 14 encodings, the other four are not below p. */
const SMALL = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
])

/** Whether the R of a signature is below p and not of low order. By its last byte alone nearly every one is. */
export function isPoint(signature) {
  const last = signature[31] & 0x7f
  if (last !== 0 && last !== 0x7f && last !== 0x05 && last !== 0x7a) return true
  const y = new Uint8Array(signature.subarray(0, 32))
  y[31] = last
  // p is 2^255 − 19, little-endian: ed, then ff, then 7f.
  if (last === 0x7f && y[0] >= 0xed && y.subarray(1, 31).every((byte) => byte === 0xff)) return false
  return !SMALL.has(Array.from(y, (byte) => byte.toString(16).padStart(2, '0')).join(''))
}
