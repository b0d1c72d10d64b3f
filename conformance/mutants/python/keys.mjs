import { wrong } from '../wrong.mjs'

const FOUND = 'return "key_ambiguous" if found else "key_not_found"'

export default [
  ...wrong('kit_jwt/keys/jwk.py', {
    'the use of a JWK is ignored': ['and metadata.use in {None, "sig"}', ''],
    'the key_ops of a JWK are ignored': ['metadata.key_ops is None or all(', 'True or all('],
    'any one of the key_ops that are needed is enough': ['or all(operation in', 'or any(operation in'],
    'the alg of a JWK is ignored': ['metadata.alg is None or ALGORITHMS.get(metadata.alg) is algorithm', 'True'],
    'the alg of a JWK is compared as a string': [
      'ALGORITHMS.get(metadata.alg) is algorithm',
      'metadata.alg == algorithm.name',
    ],
    'the curve of a JWK is ignored': ['algorithm.crv is None or jwk.get("crv") == algorithm.crv', 'True'],
    'only d makes a JWK private': ['("d", "p", "q", "dp", "dq", "qi", "oth", "k")', '("d",)'],
    'kid, alg and use of a JWK are of any type': [
      'if not isinstance(value, str) or not value or not is_well_formed(value):',
      'if value == "":',
    ],
    'kid, alg and use of a JWK may be empty': [
      'if not isinstance(value, str) or not value or',
      'if not isinstance(value, str) or',
    ],
    'key_ops may name an operation twice': [' or len(set(names)) != len(names):', ':'],
    'key_ops may be a string': [
      'if not is_array(value):',
      'if isinstance(value, str):\n        return (value,)\n    if not is_array(value):',
    ],
  }),
  ...wrong('kit_jwt/keys/material.py', {
    'RSA keys of 1024 bits are accepted': ['_RSA_BITS: Final = 2048', '_RSA_BITS: Final = 1024'],
    'the size of an RSA key is counted in bytes': [
      'int.from_bytes(read_bytes(jwk, "n")).bit_length() < _RSA_BITS',
      'len(read_bytes(jwk, "n")) * 8 < _RSA_BITS',
    ],
    'numbers of an RSA key may begin with a zero byte': ['if not minimal or', 'if'],
    'an even RSA exponent is accepted': [' or e % 2 == 0 or', ' or'],
    'an RSA exponent of 1 is accepted': ['not _LEAST_EXPONENT <= e < n', 'not 1 <= e < n'],
  }),
  ...wrong('kit_jwt/keys/public_key.py', {
    'a private JWK is accepted as a public one': [
      'if any(member in jwk for member in PRIVATE_MEMBERS):',
      'if not jwk:',
    ],
    'a JWK without an alg is for any algorithm': [
      'metadata = require_suitable(jwk, algorithm, "verify")',
      'metadata = require_suitable({**jwk, "kty": algorithm.kty, "crv": algorithm.crv}, algorithm, "verify")',
    ],
    'exported keys say Ed25519': ['"alg": "EdDSA", "use"', '"alg": "Ed25519", "use"'],
    'exported keys have no use': [', "alg": "EdDSA", "use": "sig"}', ', "alg": "EdDSA"}'],
  }),
  ...wrong('kit_jwt/keys/private_key.py', {
    'd and x of a private JWK need not belong together': ['x == read_bytes(jwk, "x")', 'x != b""'],
    'a public JWK in the place of a private one is called invalid': ['"key_unsuitable")', '"key_invalid")'],
    'a private key of another length is cut': [
      'if len(d) != ENCODED_BYTES:',
      'd = d[:ENCODED_BYTES]\n    if len(d) != ENCODED_BYTES:',
    ],
  }),
  ...wrong('kit_jwt/keys/secret.py', {
    'secrets of 63 bytes are accepted': ['MINIMUM_BYTES: Final = 64', 'MINIMUM_BYTES: Final = 63'],
    'secrets of 64 bytes are refused': ['MINIMUM_BYTES: Final = 64', 'MINIMUM_BYTES: Final = 65'],
    'the length of a secret is counted in characters': [
      'if len(material) < MINIMUM_BYTES:',
      'if len(material) * 4 // 3 < MINIMUM_BYTES:',
    ],
    'a secret is searched for other keys only before it is decoded': [' or is_another_key(material)', ''],
    'a secret is used as text, not decoded': ['    return material\n', '    return source.encode()\n'],
    'a secret need not be canonical base64url': [
      'material = decode_base64url(source)',
      'material = decode_base64url(source.strip().rstrip("="))',
    ],
    'a JWK as text is accepted in the place of a secret': [
      'if isinstance(source, str):',
      'if isinstance(source, str) and source.startswith("{"):\n        source = __import__("json").loads(source)\n    if isinstance(source, str):',
    ],
  }),
  ...wrong('kit_jwt/keys/another_key.py', {
    'the text of a PEM key is accepted as a secret': ['(b"-----BEGIN", ', '('],
    'the text of an SSH key is accepted as a secret': [', b"ssh-ed25519", b"ssh-rsa", b"ecdsa-sha2-"', ''],
    'the text of a JWK behind a prefix is accepted as a secret': [`, b'"kty"')`, ')'],
    'a key in DER is accepted as a secret': [' or _is_der(data)', ''],
    'a JWKS is accepted as a secret': [' or parse_object(data) is not None', ''],
    'only SubjectPublicKeyInfo is known as DER': ['{bytes([_SEQUENCE]), bytes([_INTEGER])}', '{bytes([_SEQUENCE])}'],
    'DER of more than 127 bytes is not known': ['octets > _MOST_OCTETS', 'octets > 0'],
  }),
  ...wrong('kit_jwt/keys/key.py', {
    'another kid than that of the JWK is accepted': ['if own not in {None, kid}:', 'if own == "":'],
    'a key with a kid answers to its thumbprint': [
      'return self.thumbprint if self.own_kid is None else self.own_kid',
      'return self.thumbprint',
    ],
  }),
  ...wrong('kit_jwt/keys/thumbprint.py', {
    'the thumbprint is not taken of canonical JSON': [
      'canonicalize(dict(members)).encode',
      '__import__("json").dumps(dict(members)).encode',
    ],
  }),
  ...wrong('kit_jwt/sources/key_set.py', {
    'a key set ignores the kid': ['self._named.get(kid, ())', 'self._keys'],
    'a key without a kid does not answer to its thumbprint': [
      'for key in self._keys:\n',
      'for key in (one for one in self._keys if one.own_kid):\n',
    ],
    'of two keys of one kid the last is found': ['(*self._named.get(key.kid, ()), key)', '(key,)'],
    'without a kid there is no key': ['{None: self._keys}', '{}'],
    'the first of several keys is taken': ['if len(found) == 1:', 'if found:'],
    'an unknown kid falls back to the only key': [
      FOUND,
      `if not found and kid is not None:\n            return self.find(algorithm, None)\n        ${FOUND}`,
    ],
    'keys are selected whatever their algorithm is': [' if key.algorithm is algorithm]', ']'],
    'the same key twice in a set is ambiguous': [
      '{(key.identity, key.kid): key for key in keys}',
      'dict(enumerate(keys))',
    ],
    'one bad key spoils a whole set': [
      '        if error.code == "runtime_unsupported":\n            raise\n        return None',
      '        raise error',
    ],
    'keys of a set need not be an array': ['if not isinstance(keys, (list, tuple)):', 'if keys is None:'],
  }),
]
