import { wrong } from '../wrong.mjs'

const LENGTH = '        if len(signature) != size:\n            return False'

export default [
  ...wrong('kit_jwt/crypto/algorithms.py', {
    'EdDSA and Ed25519 are two algorithms': [
      '"Ed25519": EDDSA,',
      '"Ed25519": Algorithm("Ed25519", "OKP", "Ed25519", 64),',
    ],
    'HS256 is an algorithm too': ['"HS512": HS512,', '"HS512": HS512, "HS256": HS512,'],
  }),
  ...wrong('kit_jwt/crypto/edwards25519.py', {
    'R of low order is accepted': [' or is_low_order(point)', ''],
    'R is looked at by its first byte': ['if signature[ENCODED_BYTES - 1] in _LAST:', 'if signature[0] in _LAST:'],
    'a public key of low order is accepted': ['and not is_low_order(encoding)', ''],
    'a public key with y of at least p is accepted': ['and has_canonical_y(encoding)', ''],
    'a public key that is not on the curve is accepted': ['and is_on_curve(encoding)', ''],
    'a public key of another length is accepted': ['len(encoding) == ENCODED_BYTES', 'len(encoding) >= ENCODED_BYTES'],
  }),
  ...wrong('kit_jwt/crypto/nist_curves.py', {
    'a point that is not on its NIST curve is accepted': ['and (u * u * u - 3 * u + self.b - v * v) % self.p == 0', ''],
    'coordinates of another length are accepted': [
      'if len(x) != self.size or len(y) != self.size:',
      'if len(x) > self.size + 1:',
    ],
  }),
  ...wrong('kit_jwt/crypto/hs512.py', {
    'a shortened HS512 tag is accepted': [
      'return len(signature) == SIGNATURE_BYTES and hmac.compare_digest(tag, signature)',
      'return hmac.compare_digest(tag[: len(signature)], signature)',
    ],
    'a lengthened HS512 tag is accepted': [
      'return len(signature) == SIGNATURE_BYTES and hmac.compare_digest(tag, signature)',
      'return hmac.compare_digest(tag, signature[:SIGNATURE_BYTES])',
    ],
    'only the first 64 bytes of a secret count': ['key = (secret if', 'secret = secret[:64]\n    key = (secret if'],
    'HS512 is computed with SHA-384': ['from hashlib import sha512', 'from hashlib import sha384 as sha512'],
    'a secret longer than a block is cut': ['sha512(secret).digest()', 'secret[:_BLOCK_BYTES]'],
    'a secret of exactly a block is hashed': ['len(secret) <= _BLOCK_BYTES', 'len(secret) < _BLOCK_BYTES'],
  }),
  ...wrong('kit_jwt/crypto/ed25519.py', {
    'an Ed25519 signature may have bytes after it': [
      'if not is_signature(signature):',
      'signature = signature[:64]\n        if not is_signature(signature):',
    ],
  }),
  ...wrong('kit_jwt/crypto/outside.py', {
    'an ECDSA signature in DER is accepted': [
      LENGTH,
      '        if algorithm.kty == "EC" and signature[:1] == b"\x30" and len(signature) != size:\n' +
        '            from jwt.utils import der_to_raw_signature\n' +
        '            signature = der_to_raw_signature(signature, key.curve)',
    ],
    'an RSA signature may lack its leading zeros': [LENGTH, '        signature = signature.rjust(size, b"\\0")'],
  }),
]
