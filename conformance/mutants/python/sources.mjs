import { wrong } from '../wrong.mjs'

const ASKED = 'if kid is None or secret.kid in {None, kid}:'
const PINNED = 'self._pins is None or isinstance(key, SecretKey) or key.thumbprint in self._pins'
const LOOPBACK = 'return found["scheme"] == "https" or _LOOPBACK.fullmatch(found["host"]) is not None'

export default [
  ...wrong('kit_jwt/sources/trusted_issuer.py', {
    'keys of an issuer are tried for algorithms that it does not use': [
      'if algorithm.name not in entry.algorithms:',
      'if not entry.algorithms:',
    ],
    'an algorithm must be allowed by every issuer': [
      'any(algorithm.name in entry.algorithms',
      'all(algorithm.name in entry.algorithms',
    ],
    'secrets of another kid are tried': [ASKED, 'if secret:'],
    'a secret without a kid does not answer to one': [ASKED, 'if kid is None or secret.kid == kid:'],
    'a token without a kid is tried with secrets without one': [ASKED, 'if secret.kid in {None, kid}:'],
    'only the first secret is tried': ['for secret in entry.secrets:', 'for secret in entry.secrets[:1]:'],
    'pins are not checked': [PINNED, 'True'],
    'pins are compared with the kid': ['key.thumbprint in self._pins', 'key.kid in self._pins'],
    'secrets must be pinned too': [PINNED, 'self._pins is None or getattr(key, "thumbprint", None) in self._pins'],
    'one pinned key lets the others pass': ['return Candidates(pinned, ', 'return Candidates(found, '],
    'keys that are not pinned are not found': [
      'raise TokenError("key_not_pinned")',
      'raise TokenError("key_not_found")',
    ],
    'an ambiguous key is not found': ['"key_ambiguous" if search.ambiguous else "key_not_found"', '"key_not_found"'],
    'keys of several issuers are ambiguous': [
      '        return self._chosen(search)',
      '        if len(search.holders) > 1 and algorithm.kty != "oct":\n            raise TokenError("key_ambiguous")\n        return self._chosen(search)',
    ],
    'only the first issuer of an algorithm is asked': [
      '        return self._chosen(search)',
      '            break\n        return self._chosen(search)',
    ],
    'a key of one issuer is forgotten when another has it too': ['if expectation not in holders:', 'if not holders:'],
  }),
  ...wrong('kit_jwt/sources/transport.py', {
    'a JWKS may come over http from anywhere': [LOOPBACK, 'return True'],
    'a JWKS may not come over http from loopback': [LOOPBACK, 'return found["scheme"] == "https"'],
    'a URL may hold credentials': ['|[^/?#@:\\[\\]]+)', '|[^/?#\\[\\]]+?)'],
    'a URL may hold a fragment': ['[!"$-\\[\\]-~]+', '[!-\\[\\]-~]+'],
    'a URL may hold a backslash': ['[!"$-\\[\\]-~]+', '[!"$-~]+'],
    'a URL may hold any character': ['_PRINTABLE.fullmatch(url)', 'not set("#\\\\").intersection(url)'],
    'any host that begins like loopback is loopback': [
      LOOPBACK,
      'return found["scheme"] == "https" or found["host"].startswith("127.")',
    ],
    'any port is a port': ['not 1 <= int(found["port"] or 1) <= _MAX_PORT', 'not found[0]'],
  }),
]
