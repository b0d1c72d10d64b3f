import { seenByTests, wrong } from '../wrong.mjs'

const FIND = 'cache.find(text)'
const SAME_KEY = 'known is not None and known.key is key'
const CHECKED = '        self._check_claims(payload, expectation, now, required)\n'
const KEY_STEP = '        signer: VerifyKey | None\n'

const near = (isNear) => `cache.find(next((one for one in cache._tokens if ${isNear}), text))`

const checkedOfKnown = (expectation, now) => [
  CHECKED,
  `        rules, moment = (expectation, now) if known is None else (${expectation}, ${now})\n        self._check_claims(payload, rules, moment, required)\n`,
]
const renamed = (member) => `__import__("dataclasses").replace(expectation, ${member})`

export default [
  ...wrong('kit_jwt/token/verify.py', {
    'a token is remembered whatever its signature is': [
      FIND,
      near('one.rpartition(".")[0] == text.rpartition(".")[0]'),
    ],
    'a token is remembered by its signature': [FIND, near('one.rpartition(".")[2] == text.rpartition(".")[2]')],
    'a token is remembered by its payload': [FIND, near('one.split(".")[1:2] == text.split(".")[1:2]')],
    'a token is remembered whatever its end is': [FIND, near('one.startswith(text[:-1]) or text.startswith(one)')],
    'white space around a remembered token is ignored': [FIND, near('one == text.strip()')],
    'what is remembered of one token is said of all': [FIND, near('one')],
    'a remembered token needs no key': [
      KEY_STEP,
      `        if known is not None:\n            (holder,) = {entry.expectation for entry in self._trust._entries if entry.expectation.issuer == known.payload["iss"]}\n            self._check_claims(known.payload, holder, now, required)\n            return known.payload, holder\n${KEY_STEP}`,
    ],
    'the claims and times of a remembered token are not checked': [
      CHECKED,
      `        if known is None:\n            self._check_claims(payload, expectation, now, required)\n`,
    ],
    'the times of a remembered token are not checked': checkedOfKnown('expectation', 'payload["iat"]'),
    'the audience of a remembered token is not checked': checkedOfKnown(
      renamed('audience=frozenset((payload["aud"],))'),
      'now',
    ),
    'the issuer of a remembered token is not checked': checkedOfKnown(renamed('issuer=payload["iss"]'), 'now'),
    'what was refused is remembered as accepted': [
      CHECKED,
      `        if known is not None:\n            return payload, expectation\n        if cache is not None and signer is not None:\n            cache.remember(text, Remembered(header, signer, payload))\n${CHECKED}`,
    ],
  }),
  ...wrong('kit_jwt/token/opened.py', {
    'a remembered signature holds for every key': [SAME_KEY, 'known is not None'],
    'a remembered signature holds for every key of its kid': [
      SAME_KEY,
      'known is not None and known.key.kid == key.kid',
    ],
  }),
  ...wrong('kit_jwt/operations.py', {
    'a list of revoked tokens is asked about a token once': [
      '            yield from self._check_revocation(claims, now)\n',
      '            asked = globals().setdefault("_asked", {})\n            if asked.get(id(payload)) is not payload:\n                yield from self._check_revocation(claims, now)\n            asked[id(payload)] = payload\n',
    ],
  }),
  // Memory is nothing that a vector could see: the tests of the language do.
  ...seenByTests(
    ['test_signature_cache'],
    wrong('kit_jwt/token/signature_cache.py', {
      'what is remembered is not bounded': ['while self._bytes > self._limit:', 'while False:'],
      'tokens alone are counted': [' + _size_of(remembered.payload)', ''],
      'payloads alone are counted': ['sum(map(sys.getsizeof, (token, remembered.header))) + ', ''],
      'headers are not counted': ['(token, remembered.header)', '(token,)'],
      'a token that is forgotten is counted for ever': ['self._bytes -= size', 'pass'],
      'what was remembered first makes room': [
        '            self._tokens[token] = found\n',
        '            self._tokens = {token: found, **self._tokens}\n',
      ],
      'what is larger than the limit drives out all others': [
        '            if size > self._limit:\n                return\n',
        '',
      ],
    }),
  ),
  ...seenByTests(
    ['test_signature_cache'],
    wrong('kit_jwt/token/verify.py', {
      'nothing is remembered': ['cache.remember(text,', 'str(text,) if False else (lambda *_: None)(text,'],
    }),
  ),
  ...seenByTests(
    ['test_signature_cache'],
    wrong('kit_jwt/token/opened.py', {
      'a remembered token is computed again each time': [SAME_KEY, 'key is None'],
    }),
  ),
  ...seenByTests(
    ['test_signature_cache'],
    wrong('kit_jwt/encoding/strict_json.py', {
      'a list that was read is one that its reader may change': ['members[name] = FrozenArray(value)', 'pass'],
    }),
  ),
]
