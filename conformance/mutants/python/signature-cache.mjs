import { wrong } from '../wrong.mjs'

const FIND = 'cache.find(token)'
const SAME_KEY = 'self._known is not None and self._known.key is key:'
const CHECKED = '        self._check_claims(payload, expectation, now, required)\n'
const KEY_STEP = '        case = _Case(token, compact, known)\n'

const near = (isNear) => `cache.find(next((one for one in cache._tokens if ${isNear}), token))`

export default wrong('kit_jwt/token/verify.py', {
  'a token is remembered whatever its signature is': [FIND, near('one.rpartition(".")[0] == token.rpartition(".")[0]')],
  'a token is remembered by its signature': [FIND, near('one.rpartition(".")[2] == token.rpartition(".")[2]')],
  'a token is remembered by its payload': [FIND, near('one.split(".")[1:2] == token.split(".")[1:2]')],
  'a token is remembered whatever its end is': [FIND, near('one.startswith(token[:-1]) or token.startswith(one)')],
  'white space around a remembered token is ignored': [FIND, near('one == token.strip()')],
  'what is remembered of one token is said of all': [FIND, near('one')],
  'a remembered signature holds for every key': [SAME_KEY, 'self._known is not None:'],
  'a remembered signature holds for every key of its kid': [
    SAME_KEY,
    'self._known is not None and self._known.key.kid == key.kid:',
  ],
  'a remembered token needs no key': [
    KEY_STEP,
    `        if known is not None:\n            (holder,) = {entry.expectation for entry in self._trust._entries if entry.expectation.issuer == known.payload["iss"]}\n            self._check_claims(known.payload, holder, now, required)\n            return Verified(known.payload, holder)\n${KEY_STEP}`,
  ],
  'the claims and times of a remembered token are not checked': [
    CHECKED,
    `        if known is None:\n            self._check_claims(payload, expectation, now, required)\n`,
  ],
  'what was refused is remembered as accepted': [
    CHECKED,
    `        if known is not None:\n            return Verified(payload, expectation)\n        if cache is not None and case.key is not None:\n            cache.remember(str(token), Remembered(route, case.key, payload))\n${CHECKED}`,
  ],
})
