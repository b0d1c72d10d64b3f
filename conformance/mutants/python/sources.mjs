import { wrong } from '../wrong.mjs'

const ASKED = 'if kid is None or secret.kid in {None, kid}:'
const PINNED = 'self._pins is None or isinstance(key, SecretKey) or key.thumbprint in self._pins'

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
    'a JWKS may come over http from anywhere': [' and _is_loopback(host))', ')'],
    'a JWKS may not come over http from loopback': [' and _is_loopback(host))', ' and not host)'],
    'a URL may hold credentials': [' or "@" in parts.netloc', ''],
    'a URL may hold a fragment': [' or "#" in url', ''],
    'a URL may hold a backslash': [' or "\\\\" in url', ''],
    'a URL may hold any character': ['or not url.isascii() ', ''],
    'any host that begins like loopback is loopback': [
      'return ipaddress.IPv4Address(host).is_loopback',
      'return host.startswith("127.")',
    ],
  }),
]
