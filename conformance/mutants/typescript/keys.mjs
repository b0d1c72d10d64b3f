import { wrong } from '../wrong.mjs'

const METADATA = "const kid = checkMetadata(jwk, algorithm, ['verify'])"

export default [
  ...wrong('keys/jwk.ts', {
    'the use of a JWK is ignored': ["if (use !== undefined && use !== 'sig') throw unsuitable()", ''],
    'the key_ops of a JWK are ignored': [
      '!operations.every((operation) => given.includes(operation))',
      'operations.length === 0',
    ],
    'any one of the key_ops that are needed is enough': ['!operations.every(', '!operations.some('],
    'the alg of a JWK is ignored': ['if (alg !== undefined && algorithmOf(alg) !== algorithm) throw unsuitable()', ''],
    'the alg of a JWK is compared as a string': ['algorithmOf(alg) !== algorithm', 'alg !== algorithm.name'],
    'the curve of a JWK is ignored': [' || (algorithm.crv !== undefined && crv !== algorithm.crv)', ''],
    'kid, alg and use of a JWK are of any type': ['member !== undefined && !isText(member)', "member === ''"],
    'kid, alg and use of a JWK may be empty': [
      'member !== undefined && !isText(member)',
      "member !== undefined && typeof member !== 'string'",
    ],
    'key_ops may name an operation twice': [' && new Set(value).size === value.length', ''],
    'key_ops may be a string': [
      'if (given !== undefined && !isListOfOperations(given)) throw invalid()',
      "if (given !== undefined && typeof given !== 'string' && !isListOfOperations(given)) throw invalid()",
    ],
    'another kid than that of the JWK is accepted': [
      'if (own !== undefined && given !== undefined && own !== given)',
      "if (own === '')",
    ],
  }),
  ...wrong('keys/material.ts', {
    'numbers of an RSA key may begin with a zero byte': ['if (!isMinimal || ', 'if ('],
    'an even RSA exponent is accepted': ['!(n & e & 1n)', '!(n & 1n)'],
    'an RSA exponent of 1 is accepted': [' || e === 1n', ''],
  }),
  ...wrong('keys/public-key.ts', {
    'RSA keys of 1024 bits are accepted': ['2n ** 2047n', '2n ** 1023n'],
    'the size of an RSA key is counted in bytes': ['2n ** 2047n', '2n ** 2040n'],
    'a private JWK is accepted as a public one': [
      'if (PRIVATE_MEMBERS.some((name) => jwk[name] !== undefined)) throw unsuitable()',
      '',
    ],
    'only d makes a JWK private': ["['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']", "['d']"],
    'a JWK without an alg is for any algorithm': [
      METADATA,
      "const kid = checkMetadata({ ...jwk, kty: algorithm.kty, crv: algorithm.crv }, algorithm, ['verify'])",
    ],
    'exported keys say Ed25519': ["kid, alg, use: 'sig' }", "kid, alg: 'Ed25519', use: 'sig' }"],
    'exported keys have no use': ["kid, alg, use: 'sig' }", 'kid, alg }'],
    'a key with a kid answers to its thumbprint': ['kid: kid ?? thumbprint', 'kid: thumbprint'],
  }),
  ...wrong('keys/private-key.ts', {
    'd and x of a private JWK need not belong together': ['if (held !== true) throw invalid()', ''],
    'a public JWK in the place of a private one is called invalid': [
      "if (jwk['d'] === undefined) throw unsuitable()",
      '',
    ],
    'a private key of another length is cut': [
      "bytesOf(jwk, 'd', 32)",
      "bytesOf({ d: (jwk['d'] as string).slice(0, 43) }, 'd', 32)",
    ],
  }),
  ...wrong('keys/secret.ts', {
    'secrets of 63 bytes are accepted': ['MIN_SECRET_BYTES = 64', 'MIN_SECRET_BYTES = 63'],
    'secrets of 64 bytes are refused': ['MIN_SECRET_BYTES = 64', 'MIN_SECRET_BYTES = 65'],
    'the length of a secret is counted in characters': [
      'bytes.length < MIN_SECRET_BYTES',
      '(text as string).length < MIN_SECRET_BYTES',
    ],
    'a secret is used as text, not decoded': [
      '  return bytes\n',
      '  return new TextEncoder().encode(text as string)\n',
    ],
    'a secret need not be canonical base64url': [
      'decodeBase64url(text)',
      "decodeBase64url(text.trim().replace(/=+$/, ''))",
    ],
    'a secret is searched for other keys only before it is decoded': [' || isAnotherKey(bytes)', ''],
    'a JWK as text is accepted in the place of a secret': [
      "if (typeof input === 'string') return",
      "if (typeof input === 'string' && input.startsWith('{')) return readSecret(JSON.parse(input), kid, signs)\n  if (typeof input === 'string') return",
    ],
  }),
  ...wrong('keys/another-key.ts', {
    'the text of a PEM key is accepted as a secret': ['/-----BEGIN|', '/'],
    'the text of an SSH key is accepted as a secret': ['|ssh-ed25519|ssh-rsa|ecdsa-sha2-|', '|'],
    'the text of a JWK behind a prefix is accepted as a secret': ['|"kty"/', '/'],
    'a key in DER is accepted as a secret': ['isDer(bytes) || ', ''],
    'a JWKS is accepted as a secret': [' || parseJsonObject(bytes) !== undefined', ''],
    'only SubjectPublicKeyInfo is known as DER': [' || inner === INTEGER', ''],
    'DER of more than 127 bytes is not known': ['octets > 3', 'octets > 0'],
  }),
  ...wrong('keys/thumbprint.ts', {
    'the thumbprint is not taken of canonical JSON': ['canonicalize(members)', 'JSON.stringify(members)'],
  }),
  ...wrong('sources/key-set.ts', {
    'a key set ignores the kid': ['this.#named.get(kid) ?? []', 'this.keys'],
    'a key without a kid does not answer to its thumbprint': [
      'named.set(key.kid',
      'if (key.kid !== key.thumbprint) named.set(key.kid',
    ],
    'of two keys of one kid the last is found': ['[...(named.get(key.kid) ?? []), key]', '[key]'],
    'without a kid there is no key': ['([[undefined, this.keys]])', '()'],
    'the first of several keys is taken': [' || others.length > 0', ''],
    'an unknown kid falls back to the only key': [
      'this.#named.get(kid) ?? []',
      'this.#named.get(kid) ?? (this.keys.length === 1 ? this.keys : [])',
    ],
    'keys are selected whatever their algorithm is': ['if (key.alg === name) found', 'found'],
    'the same key twice in a set is ambiguous': ['Object.freeze([...distinct.values()])', 'Object.freeze([...keys])'],
    'one bad key spoils a whole set': ['  } catch {\n    return []', '  } catch (error) {\n    throw error'],
    'keys of a set need not be an array': ['if (!Array.isArray(keys)) throw', 'if (keys === undefined) throw'],
  }),
]
