import { wrong } from '../wrong.mjs'

const SIZE = '    if utf8_length(token) > max_bytes:\n        raise TokenError("token_too_large")\n'
const DOTS = '    if len(segments) != _SEGMENTS:\n        raise TokenError("token_malformed")\n'
const SEGMENTS = 'if not header or not payload or signature is None:'
const TYPE = 'if required if typ is None else media_type(typ) not in accepted:'
const ROW = 'ALGORITHMS.get(header.alg)'
const ALGORITHM = `        if algorithm is None or not self._trust.allows(algorithm):\n            raise TokenError("alg_not_allowed")\n`
const CHECK_TYPE = '        check_type(header.typ, self._limits.types, required=self._limits.require_type)\n'
const KNOWN = 'self._headers.get(header)'
const KEY_STEP = '        signer: VerifyKey | None\n'
const HOLDS = 'return key.verify(compact.signing_input, compact.signature)'

export default [
  ...wrong('kit_jwt/token/compact.py', {
    'the size of a token is not limited': ['if utf8_length(token) > max_bytes:', 'if not token:'],
    'a token of exactly the largest size is refused': [
      'utf8_length(token) > max_bytes',
      'utf8_length(token) >= max_bytes',
    ],
    'one byte more than 16 KiB is accepted': ['MAX_TOKEN_BYTES: Final = 16_384', 'MAX_TOKEN_BYTES: Final = 16_385'],
    'the shape is looked at before the size': [
      SIZE,
      `    if token.count(".") != 2:\n        raise TokenError("token_malformed")\n${SIZE}`,
    ],
    'a fourth segment is ignored': [
      DOTS,
      '    segments = segments[:_SEGMENTS]\n    if len(segments) != _SEGMENTS:\n        raise TokenError("token_malformed")\n',
    ],
    'an empty header or payload gets past the shape': [
      SEGMENTS,
      'if header is None or payload is None or signature is None:',
    ],
    'an empty signature is malformed': [SEGMENTS, 'if not header or not payload or not signature:'],
    'white space around a token is trimmed': [SIZE, `    token = token.strip()\n${SIZE}`],
  }),
  ...wrong('kit_jwt/token/header.py', {
    'crit is accepted': [' or "crit" in members', ''],
    'an empty crit is accepted': ['"crit" in members', 'members.get("crit")'],
    'b64 is accepted': [' or "b64" in members', ''],
    'b64 is accepted where it is true': ['"b64" in members', 'members.get("b64") is False'],
    'empty members of the header are accepted': [
      'if not isinstance(value, str) or not value:',
      'if not isinstance(value, str):',
    ],
    'null in the header counts as absent': ['if name not in members:', 'if members.get(name) is None:'],
    'a kid that is no string counts as absent': [
      'if not isinstance(value, str) or not value:',
      'if name == "kid" and not isinstance(value, str):\n        return None\n    if not isinstance(value, str) or not value:',
    ],
    'the type of a token is not checked': [TYPE, 'if required and typ is None:'],
    'a type that is required may be absent': [TYPE, 'if typ is not None and media_type(typ) not in accepted:'],
    'a type is always required': [TYPE, 'if typ is None or media_type(typ) not in accepted:'],
    'the case of a type counts': ['typ.translate(_LOWER)', 'typ'],
    'a type loses its case beyond ASCII too': ['typ.translate(_LOWER)', 'typ.lower()'],
    'application/ may not be left out of a type': [
      'return lower if "/" in lower else f"application/{lower}"',
      'return lower',
    ],
    'application/ may be left out before another slash': [
      'return lower if "/" in lower else f"application/{lower}"',
      'return lower.removeprefix("application/")',
    ],
  }),
  ...wrong('kit_jwt/token/verify.py', {
    'the configured size of a token is ignored': ['sized(token, self._limits.max_token_bytes)', 'sized(token)'],
    'the case of alg is ignored': [
      ROW,
      'next((row for name, row in ALGORITHMS.items() if name.lower() == header.alg.lower()), None)',
    ],
    'alg is compared by its beginning': [
      ROW,
      'next((row for name, row in ALGORITHMS.items() if header.alg.startswith(name)), None)',
    ],
    'white space around alg is trimmed': [ROW, 'ALGORITHMS.get(header.alg.strip())'],
    'any known algorithm is allowed': [
      'if algorithm is None or not self._trust.allows(algorithm):',
      'if algorithm is None:',
    ],
    'the type is checked before the algorithm': [ALGORITHM + CHECK_TYPE, CHECK_TYPE + ALGORITHM],
    'the key is looked up before the type is checked': [
      CHECK_TYPE,
      '        next(self._trust.find(KeyQuery(algorithm, header.kid, 0), lambda key: (True for _ in ()), lambda _: True), None)\n' +
        CHECK_TYPE,
    ],
    'the payload is parsed before the signature is checked': [
      KEY_STEP,
      `        if parse_frozen((compact or split(text)).payload) is None:\n            raise TokenError("claims_malformed")\n${KEY_STEP}`,
    ],
    'a header that was read once stands for every other': [KNOWN, 'next(iter(self._headers.values()), None)'],
    'headers of one length are taken for the same': [
      KNOWN,
      'next((route for one, route in self._headers.items() if len(one) == len(header)), None)',
    ],
    'the types of claims are not checked': [
      'check_claims(payload, required=needed, max_actor_depth=limits.max_actor_depth)',
      'pass',
    ],
  }),
  ...wrong('kit_jwt/token/opened.py', {
    'the signature is not checked': [HOLDS, 'return True'],
    'an empty signature is accepted': [
      HOLDS,
      'return not compact.signature or key.verify(compact.signing_input, compact.signature)',
    ],
  }),
  ...wrong('kit_jwt/token/decode.py', {
    'a header is not parsed strictly when nothing is verified': [
      'header = parse_object(compact.header)',
      'header = __import__("json").loads(compact.header)',
    ],
  }),
]
