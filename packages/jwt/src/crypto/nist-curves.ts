// Whether coordinates lie on P-256, P-384 or P-521 (SP 800-186 section 3.2.1): known before any runtime is asked.

interface NistCurve {
  /** Bytes of a coordinate (RFC 7518 section 6.2.1.2). */
  readonly size: number
  readonly p: bigint
  /** y² = x³ − 3x + b */
  readonly b: bigint
}

const CURVES: ReadonlyMap<string | undefined, NistCurve> = /* @__PURE__ */ new Map([
  [
    'P-256',
    {
      size: 32,
      p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    },
  ],
  [
    'P-384',
    {
      size: 48,
      p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    },
  ],
  [
    'P-521',
    {
      size: 66,
      p: 2n ** 521n - 1n,
      b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    },
  ],
])

/** The integer that big-endian bytes stand for. */
export const bigEndian = (bytes: Uint8Array): bigint => {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

/** Whether two coordinates have the curve's length, are reduced, and satisfy its equation. */
export function isOnCurve(crv: string | undefined, x: Uint8Array, y: Uint8Array): boolean {
  const curve = CURVES.get(crv)
  if (curve === undefined || x.length !== curve.size || y.length !== curve.size) return false
  const [u, v] = [bigEndian(x), bigEndian(y)]
  return u < curve.p && v < curve.p && (u * u * u - 3n * u + curve.b - v * v) % curve.p === 0n
}
