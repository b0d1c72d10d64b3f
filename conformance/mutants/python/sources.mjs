import { wrong } from '../wrong.mjs'

const ASKED = '[secret for secret in entry.secrets if kid is None or secret.kid in {None, kid}]'
const PINNED = 'self._pins is None or isinstance(key, SecretKey) or key.thumbprint in self._pins'
const TRIED = 'if identity not in tried:'
const LOOPBACK = 'return found["scheme"] == "https" or _LOOPBACK.fullmatch(found["host"]) is not None'

export default [
  ...wrong('kit_jwt/sources/trusted_issuer.py', {
    'keys of an issuer are tried for algorithms that it does not use': [
      'for entry in entries if name in entry.algorithms)',
      'for entry in entries)',
    ],
    'an algorithm must be allowed by every issuer': [
      'algorithm.name in self._by_algorithm',
      'all(algorithm.name in entry.algorithms for entry in self._entries)',
    ],
    'secrets of another kid are tried': [ASKED, 'list(entry.secrets)'],
    'a secret without a kid does not answer to one': [
      ASKED,
      '[secret for secret in entry.secrets if kid is None or secret.kid == kid]',
    ],
    'a token without a kid is tried with secrets without one': [
      ASKED,
      '[secret for secret in entry.secrets if secret.kid in {None, kid}]',
    ],
    'only the first secret is tried': [ASKED, `${ASKED}[:1]`],
    'only the first key is tried': [
      TRIED,
      'if tried:\n                    tried.setdefault(identity, False)\n                else:',
    ],
    'a key at hand is the only one, whatever the source has': ['elif entry.source is None:', 'else:'],
    'the first issuer of an algorithm has the only key': ['len(keys) == 1 and not others and', 'len(keys) == 1 and'],
    'the first of several secrets is the only one': ['is_only = len(keys) == 1 and', 'is_only = bool(keys) and'],
    'pins are not checked': [PINNED, 'True'],
    'pins are compared with the kid': ['key.thumbprint in self._pins', 'key.kid in self._pins'],
    'secrets must be pinned too': [PINNED, 'self._pins is None or getattr(key, "thumbprint", None) in self._pins'],
    'one pinned key lets the others pass': [
      PINNED,
      `${PINNED} or any(one.thumbprint in self._pins for entry in self._entries for one in entry.keys.keys)`,
    ],
    'keys that are not pinned are not found': ['faults.add("key_not_pinned")', 'faults.add("key_not_found")'],
    'an ambiguous key is not found': ['"key_not_pinned", "key_ambiguous")', '"key_not_pinned")'],
    'keys of several issuers are ambiguous': [
      TRIED,
      `if tried and identity not in tried and query.algorithm.kty != "oct":\n                    raise TokenError("key_ambiguous")\n                ${TRIED}`,
    ],
    'only the first issuer of an algorithm is asked': [
      'for entry in self._in_order(query):',
      'for entry in self._in_order(query)[:1]:',
    ],
    'a key of one issuer is forgotten when another has it too': [
      TRIED,
      'if identity in tried:\n                    tried[identity] = False\n                else:',
    ],
    'the issuer may be another one than that of the key': [
      'if entry.expectation in signers]',
      'if signers and is_named(entry.expectation)]',
    ],
    'of several issuers with one key the first is meant': ['elif is_named(entry.expectation):', 'elif entry:'],
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
  ...wrong('kit_jwt/sources/local_jwks.py', {
    'the set is read once': ['if snapshot is None or snapshot.text != text:', 'if snapshot is None:'],
    'the set of before counts where there is none': [
      '            snapshot = None\n        if snapshot is None:',
      '            snapshot = self._snapshot\n        if snapshot is None:',
    ],
    'no set is a set without keys': [
      '            raise TokenError("jwks_unavailable")',
      '            return _Snapshot("", ())',
    ],
    'the first algorithm is that of all': ['keys = self.sets.get(alg)', 'keys = next(iter(self.sets.values()), None)'],
  }),
]
