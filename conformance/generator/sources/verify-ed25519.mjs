// Signatures that some Ed25519 implementations take and others refuse; the design's checks make all of them agree.
import { verifyCase } from '../verify-case.mjs'

const notes = {
  SMALL_ORDER_R: {
    description: 'R is one of the 14 encodings of a point of low order. Some of these satisfy the equation.',
    bugType: 'MALLEABILITY',
    spec: ['rfc8032#5.1.7', 'local#design-5'],
    cves: [],
  },
  NON_CANONICAL: {
    description:
      'S is not below the order of the group, or the y of R is not below p: a second spelling of a signature.',
    bugType: 'MALLEABILITY',
    spec: ['rfc8032#5.1.7', 'rfc8032#8.4'],
    cves: [],
  },
  COFACTOR: {
    description: 'The signature holds in the equation with the cofactor, and not in the one without it.',
    bugType: 'PARSER_DIFFERENTIAL',
    spec: ['rfc8032#5.1.7', 'local#design-5'],
    cves: [],
  },
  OTHER_NONCE: {
    description: 'A verifier cannot tell how the nonce was made, and does not try to.',
    bugType: 'INTEROP',
    spec: ['rfc8032#5.1.6'],
    cves: [],
  },
}

const test = verifyCase('vedw')
const profile = { name: 'EdDSA', kit: 'eddsa', block: 0 }
const header = '{"alg":"EdDSA","typ":"JWT"}'

export default ({
  profiles,
  keys,
  claimsText,
  b64u,
  token,
  withSignature,
  signatureOf,
  ISSUER,
  AUDIENCE,
  edwards25519: ed,
}) => {
  const key = keys.ed.a
  const scalar = ed.expand(key.seed).scalar
  const publicBytes = Buffer.from(key.publicJwk.x, 'base64url')
  const payload = claimsText()
  const message = Buffer.from(`${b64u(header)}.${b64u(payload)}`)
  const good = token({ header, payload, key })
  const { r, s } = ed.splitSignature(signatureOf(good))
  const number32 = (n) => ed.littleEndian(n)
  const signed = (...parts) => withSignature(good, Buffer.concat(parts))
  const row = (number, comment, flag, given, expect = 'signature_invalid') =>
    test({ profile, number, comment, flag, given, payload, expect })

  // S is made so that [S]B = [k]A: with R the neutral element the equation without the cofactor holds, with the other
  // seven points the one with it.
  const smallOrder = ed.lowOrderEncodings().map(({ name, bytes }, i) => {
    const answer = (ed.challenge(bytes, publicBytes, message) * scalar) % ed.L
    return row(1 + i, `R is ${name}; S fits`, 'SMALL_ORDER_R', signed(bytes, number32(answer)))
  })
  const zeroS = ed
    .lowOrderEncodings()
    .map(({ name, bytes }, i) => row(20 + i, `R is ${name}; S is zero`, 'SMALL_ORDER_R', signed(bytes, number32(0n))))

  const multiples = []
  for (let m = 1n; s + m * ed.L < 2n ** 256n; m += 1n) multiples.push(m)
  const large = [
    ...multiples.map((m) => row(40 + Number(m), `S + ${m} L`, 'NON_CANONICAL', signed(r, number32(s + m * ed.L)))),
    row(60, 'S is L', 'NON_CANONICAL', signed(r, number32(ed.L))),
    row(61, 'S is L - 1', 'NON_CANONICAL', signed(r, number32(ed.L - 1n))),
    row(62, 'S is L + 1', 'NON_CANONICAL', signed(r, number32(ed.L + 1n))),
    row(63, 'S is 2^252', 'NON_CANONICAL', signed(r, number32(2n ** 252n))),
    row(64, 'S is 2^253', 'NON_CANONICAL', signed(r, number32(2n ** 253n))),
    row(65, 'S is 2^256 - 1', 'NON_CANONICAL', signed(r, number32(2n ** 256n - 1n))),
    row(66, 'S with its highest bit set', 'NON_CANONICAL', signed(r, number32(s | (1n << 255n)))),
    row(67, 'S is zero', 'NON_CANONICAL', signed(r, number32(0n))),
    row(68, 'L - S', 'NON_CANONICAL', signed(r, number32(ed.L - s))),
    row(
      69,
      'R with its sign bit flipped',
      'NON_CANONICAL',
      signed(
        Buffer.from(r).map((b, i) => (i === 31 ? b ^ 0x80 : b)),
        number32(s),
      ),
    ),
  ]
  // Every y from p to 2^255 - 1, the only encodings with y >= p; y - p from 0 to 18.
  const overP = []
  for (let y = 2n; y < 19n; y += 1n) {
    overP.push(row(70 + Number(y), `the y of R is p + ${y}`, 'NON_CANONICAL', signed(number32(ed.P + y), number32(s))))
  }

  const torsion = ed.TORSION.slice(1).map((point, i) => {
    const signature = ed.signWithNonce(key, message, 1234567n, point)
    return row(
      101 + i,
      `R has a part of low order (torsion point ${i + 1})`,
      'COFACTOR',
      withSignature(good, signature),
    )
  })
  const nonces = [
    row(110, 'the nonce is 1', 'OTHER_NONCE', withSignature(good, ed.signWithNonce(key, message, 1n)), 'ok'),
    row(111, 'the nonce is L - 1', 'OTHER_NONCE', withSignature(good, ed.signWithNonce(key, message, ed.L - 1n)), 'ok'),
    row(
      112,
      'an arbitrary nonce',
      'OTHER_NONCE',
      withSignature(good, ed.signWithNonce(key, message, 987654321n)),
      'ok',
    ),
    row(113, 'the nonce of RFC 8032', 'OTHER_NONCE', good, 'ok'),
  ]

  // A public key with a part of order eight is on the curve and not of low order, so it is accepted; whether a signature
  // holds then depends on the challenge. A payload is sought with a challenge that is a multiple of eight, and one that
  // is odd.
  const mixed = ed.encode(ed.add(ed.decode(publicBytes), ed.TORSION[1]))
  const kit = { issuer: ISSUER, audience: AUDIENCE, publicKeys: { kty: 'OKP', crv: 'Ed25519', x: b64u(mixed) } }
  const underMixedKey = (number, comment, wanted, expect) => {
    for (let i = 0; ; i += 1) {
      const claims = claimsText({ n: `${i}` })
      const input = `${b64u(header)}.${b64u(claims)}`
      const commitment = ed.encode(ed.multiply(42n, ed.BASE))
      const k = ed.challenge(commitment, mixed, Buffer.from(input))
      if (k % 8n !== wanted) continue
      const signature = Buffer.concat([commitment, number32((42n + k * scalar) % ed.L)])
      return test({
        profile,
        number,
        comment,
        flag: 'COFACTOR',
        kit,
        given: `${input}.${b64u(signature)}`,
        payload: claims,
        expect,
      })
    }
  }
  const mixedKey = [
    underMixedKey(120, 'A of mixed order, the challenge a multiple of eight: both equations hold', 0n, 'ok'),
    underMixedKey(
      121,
      'A of mixed order, the challenge odd: only the equation with the cofactor holds',
      1n,
      'signature_invalid',
    ),
    underMixedKey(122, 'A of mixed order, the challenge twice an even number', 4n, 'signature_invalid'),
  ]

  // With such a key, R of low order can cancel the low-order part of [k]A, so that the equation without the cofactor holds
  // for each of the eight points: only the check of R refuses these. torsion index of R + k = 0 modulo 8.
  const indexOf = (bytes) => {
    const { x, y } = ed.decode(bytes)
    return BigInt(ed.TORSION.findIndex((point) => point.x === x && point.y === y))
  }
  const cancelling = ed.lowOrderEncodings().map(({ name, bytes }, at) => {
    for (let i = 0; ; i += 1) {
      const claims = claimsText({ n: `${i}` })
      const input = `${b64u(header)}.${b64u(claims)}`
      const k = ed.challenge(bytes, mixed, Buffer.from(input))
      if ((k + indexOf(bytes)) % 8n !== 0n) continue
      const given = `${input}.${b64u(Buffer.concat([bytes, number32((k * scalar) % ed.L)]))}`
      const comment = `A of mixed order; R is ${name}, and cancels its part of low order`
      const expect = 'signature_invalid'
      return test({ profile, number: 130 + at, comment, flag: 'SMALL_ORDER_R', kit, given, payload: claims, expect })
    }
  })

  return {
    suite: 'verify-ed25519',
    kind: 'verify',
    prefix: 'vedw',
    notes,
    kits: { eddsa: profiles[1].config },
    groups: [
      { name: 'R of low order', tests: [...smallOrder, ...zeroS, ...cancelling] },
      { name: 'S and y out of range', tests: [...large, ...overP] },
      { name: 'with and without the cofactor', tests: [...torsion, ...mixedKey] },
      { name: 'other nonces', tests: nonces },
    ],
  }
}
