// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong, wrongOnWeb } from '../wrong.mjs'

const TAG = `signature.length === HS512.signature
        ? (after(key(), (one) => crypto.subtle.verify('HMAC', one, signature, data)) as Promise<boolean>)
        : Promise.resolve(false)`
const PURE = `signature.length === EDDSA.signature && isSignature(signature)
      ? crypto.subtle.verify(ED25519, key, signature, data)
      : Promise.resolve(false)`
const OUTSIDE =
  'return async (data, signature) => signature.length === size && crypto.subtle.verify(params, key, signature, data)'

export default [
  ...wrong('crypto/algorithms.ts', {
    'EdDSA and Ed25519 are two algorithms': ["['Ed25519', EDDSA],", "['Ed25519', { ...EDDSA }],"],
    'HS256 is an algorithm too': ["['Ed25519', EDDSA],", "['Ed25519', EDDSA],\n  ['HS256', HS512],"],
  }),
  ...wrong('crypto/edwards25519.ts', {
    'R of low order is accepted': ['isPlainEncoding(yOf(bytes, 0)) &&', 'yOf(bytes, 0) < P &&'],
    'a public key of low order is accepted': [
      'if (!isPlainEncoding(y)) return false',
      'if (y >= P) return false\n  if (LOW_ORDER.includes(y)) return true',
    ],
    'a public key with y of at least p is accepted': [
      'if (!isPlainEncoding(y)) return false',
      'if (LOW_ORDER.includes(y % P)) return false',
    ],
    'a public key that is not on the curve is accepted': [
      'return power(product % P, (P - 1n) / 2n) === 1n',
      'return true',
    ],
  }),
  ...wrong('keys/material.ts', {
    'a public key of another length is accepted': [
      "isPublicKey(bytesOf(jwk, 'x', 32))",
      "isPublicKey(bytesOf(jwk, 'x'))",
    ],
  }),
  ...wrong('crypto/nist-curves.ts', {
    'a point that is not on its NIST curve is accepted': [
      ' && (u * u * u - 3n * u + curve.b - v * v) % curve.p === 0n',
      '',
    ],
    'coordinates of another length are accepted': [
      'curve === undefined || x.length !== curve.size || y.length !== curve.size',
      'curve === undefined',
    ],
  }),
  ...wrongOnWeb('crypto/backend/web.ts', {
    'a shortened HS512 tag is accepted': [
      TAG,
      "(async () => `${new Uint8Array(await crypto.subtle.sign('HMAC', await key(), data)).subarray(0, signature.length)}` === `${signature}`)()",
    ],
    'a lengthened HS512 tag is accepted': [
      TAG,
      "(async () => crypto.subtle.verify('HMAC', await key(), signature.subarray(0, 64), data))()",
    ],
    'only the first 64 bytes of a secret count': [
      "importKey('raw', secret,",
      "importKey('raw', secret.subarray(0, 64),",
    ],
    'HS512 is computed with SHA-384': ["hash: 'SHA-512'", "hash: 'SHA-384'"],
    'an Ed25519 signature may have bytes after it': [
      PURE,
      'isSignature(signature) ? crypto.subtle.verify(ED25519, key, signature.subarray(0, 64), data) : Promise.resolve(false)',
    ],
  }),
  ...wrong('crypto/backend/node.ts', {
    'a shortened HS512 tag is accepted by node:crypto': [
      'if (signature.length !== SIGNATURE) return false',
      'if (signature.length < SIGNATURE) return computed.startsWith(signature)',
    ],
    'any HS512 tag of the right length is accepted by node:crypto': [
      'return timingSafeEqual(ours, theirs)',
      'return true',
    ],
    'only the first 64 bytes of a secret count for node:crypto': [
      'const key = secret.length > BLOCK',
      'secret = secret.subarray(0, 64)\n  const key = secret.length > BLOCK',
    ],
    'a secret of more than a block is cut by node:crypto': [
      "hash('sha512', secret, 'buffer')",
      'secret.subarray(0, BLOCK)',
    ],
    'what a longer message left behind is signed with a shorter one': [
      'if (laid.length !== data.length)',
      'if (laid.length < data.length)',
    ],
    'what a longer message left behind goes into the HS512 tag of a shorter one': [
      'if (inner.length !== end)',
      'if (inner.length < end)',
    ],
    'node:crypto alone says what an Ed25519 signature is': [
      'signature.length !== SIGNATURE || !(isUsual(bytes) || isSignature(bytes))',
      'signature.length !== SIGNATURE',
    ],
    'two bytes tell all of a signature': ['!(isUsual(bytes) || isSignature(bytes))', '!isUsual(bytes)'],
    'the sign of x hides a point of low order': ['(bytes[31] as number) & 0x7f', 'bytes[31]'],
    'every y below 2 ** 248 is taken': ['[0x00, 0x05, 0x7a, 0x7f]', '[0x05, 0x7a, 0x7f]'],
    'every y from p on is taken': ['[0x00, 0x05, 0x7a, 0x7f]', '[0x00, 0x05, 0x7a]'],
    'a point of order 8 is taken': ['[0x00, 0x05, 0x7a, 0x7f]', '[0x00, 0x7a, 0x7f]'],
    'the other point of order 8 is taken': ['[0x00, 0x05, 0x7a, 0x7f]', '[0x00, 0x05, 0x7f]'],
    'what is no base64url is passed over': [
      "place.toString('base64url', 0, length) === segment ? length : undefined",
      'length',
    ],
    'every text of the length of a signature is canonical': ['BYTES_64.test(segment)', 'segment.length === SIGNATURE'],
    'bytes that are not UTF-8 are replaced by Buffer': [
      "return text.includes('\\ufffd') ? (decodeUtf8(place.subarray(0, length)) ?? '') : text",
      'return text',
    ],
  }),
  ...wrong('crypto/outside.ts', {
    'an ECDSA signature in DER is accepted': [
      OUTSIDE,
      `return async (data, signature) => {
    if (length > 0 && signature.length !== length && signature[0] === 0x30) {
      const at = signature[1] === 0x81 ? 3 : 2
      const r = signature.slice(at + 2, at + 2 + (signature[at + 1] ?? 0))
      const s = signature.slice(at + 4 + r.length)
      const raw = new Uint8Array(length)
      for (const [i, part] of [r, s].entries()) {
        const digits = part[0] === 0 ? part.slice(1) : part
        raw.set(digits, (length / 2) * (i + 1) - digits.length)
      }
      return crypto.subtle.verify(params, key, raw, data)
    }
    return crypto.subtle.verify(params, key, signature, data)
  }`,
    ],
    'an RSA signature may lack its leading zeros': [
      OUTSIDE,
      `return async (data, signature) => {
    const padded = new Uint8Array(size)
    if (signature.length <= size) padded.set(signature, size - signature.length)
    return crypto.subtle.verify(params, key, padded, data)
  }`,
    ],
  }),
]
