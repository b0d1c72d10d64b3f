// Wrong versions of python/src/kit_jwt/issuer. Each has a twin of the same name in typescript.mjs.
import { wrong } from '../../mutants/wrong.mjs'

const WRITTEN = 'if _asked(partial(self._store.write_if, 0 if before is None else before.keys.version, text)):'
const CHECKED = '        ("retention", retention, least_retention),\n'

/** Of these only the vectors of wrapping anew are asked. */
const rewrapped = (one) => ({ ...one, tests: ['rewrap'] })

export default [
  ...wrong('authority/timing.py', {
    'the lead forgets how long verifiers wait': ['LEAST_AGE) + cooldown + leeway', 'LEAST_AGE) + leeway'],
    'clocks count once in the retention': [
      '2 * (leeway + max(refresh, LEAST_LOOK))',
      'leeway + max(refresh, LEAST_LOOK)',
    ],
    'a lead that is too short is taken': ['        ("lead", lead, least_lead),\n', ''],
    'a retention that is too short is taken': [CHECKED, ''],
    'a period may be shorter than the lead': ['        ("rotate_every", rotate_every, lead),\n', ''],
  }),
  ...wrong('authority/life.py', {
    'a key signs before its lead is over': ['max(period_ends, upcoming.published_at + timing.lead)', 'period_ends'],
    'a retired key goes at once': ['remove_at=at + timing.retention', 'remove_at=at + 1'],
    'a retired key stays for a moment more': ['key.remove_at > at', 'key.remove_at >= at'],
    'an overdue rotation is made twice': ['activated_at=at)', 'activated_at=key.published_at)'],
    'a clock that is behind makes time go back': ['max(floor(now), _began_of(keys))', 'floor(now)'],
    'a retired key keeps its private half': [
      'key.private_jwk if key.algorithm == "HS512" else None',
      'key.private_jwk',
    ],
    'a key that leaked signs first, as its time has come': [
      '    at = _moment_of(before, now)\n    gone',
      '    before = advanced(before, now, timing, keys)\n    at = _moment_of(before, now)\n    gone',
    ],
    'a key that leaked leaves no trace': ['(*before.revoked, RevokedKey(kid, at))', 'before.revoked'],
    'a key that leaked is followed by a new one': [
      '_turned(key, at, timing) if signed else key for key in before.keys',
      'key for key in before.keys',
    ],
    'a key signs early before its lead is over': ['at < soonest_of(after, timing)', 'at < 0'],
    'a key that retires early goes early': ['rotation_of(before, timing) + timing.retention', 'at + timing.retention'],
    'the key after an early one is not published': ['(*turned, _published(keys(), at))', 'tuple(turned)'],
  }),
  ...wrong('authority/document.py', {
    'what is sealed is not bound to the rest': ['_text({"kid": kid, "set": public})', '_text({"kid": kid})'],
    'what is sealed is not bound to its name': ['_text({"kid": kid, "set": public})', '_text({"set": public})'],
    'the number of the store is not compared': [
      'if document["version"] != version:',
      'if document["version"] is None:',
    ],
    'a form of the future is read': ['and form > FORMAT', 'and form < 0'],
    'a private half of another name is taken': [' or private_jwk.get("kid") != key["kid"]', ''],
  }),
  ...wrong('authority/shape.py', {
    'a private member is published': [' and jwk.keys() <= PUBLIC_MEMBERS', ''],
  }),
  ...wrong('authority/given_key.py', {
    'a given key loses its name': ['own or thumbprint(whole)', 'thumbprint(whole)'],
    'a given key for something else is taken': ['jwk.get("use", "sig") != "sig"', 'jwk.get("use") == ""'],
    'a part of a given key is missing': ['isinstance(text, str) and decode_base64url(text) is not None', 'True'],
    'halves of a given key need not belong together': ['    _prove(key, algorithm)\n', ''],
    'every new key is the given one': ['first.pop() if first', 'first[0] if first'],
  }),
  ...wrong('sealing/seal.py', {
    'a nonce is used twice': ['os.urandom(_IV_BYTES)', 'bytes(_IV_BYTES)'],
    'the name of the key-encryption key is ignored': ['if kek.id == sealed.kek', 'if kek.id'],
    'a nonce may have any length': ['len(iv) != _IV_BYTES or ', ''],
  }),
  ...wrong('sealing/kek.py', {
    'a key-encryption key may be short': ['len(data) != _BYTES', 'len(data) > _BYTES'],
    'two key-encryption keys may have one name': ['< len(keks)', '> len(keks)'],
  }),
  ...wrong('authority/ledger.py', {
    'a store that went back is believed': ['known is not None and version <= known.keys.version', 'version < 0'],
    'keys of another algorithm are taken': ['if not self._is_mixed and', 'if self._is_mixed is None and'],
    'a write that was lost counts': [WRITTEN, WRITTEN.replace('):', ') in (True, False):')],
    'what a store says reaches the caller': ['raise AuthorityError("key_store_unavailable") from None', 'raise'],
    'whoever listens stops a rotation': ['with suppress(Exception):', 'with suppress():'],
  }),
  ...wrong('authority/freshness.py', {
    'the known key signs for ever while the store is away': [' or watch.clock() >= until(last.keys)', ''],
    'what is known is never looked up again': [
      'abs(now - known.read_at) < watch.timing.refresh and now < rotation_of(known.keys, watch.timing)',
      'True',
    ],
  }),
  ...wrong('authority/signers.py', {
    'what an import says reaches the caller': ['raise AuthorityError("key_document_invalid") from None', 'raise'],
  }),
  ...wrong('stores/file.py', {
    'a file that others may read is read': ['status.st_mode & _OTHERS', 'status.st_mode < 0'],
    'a symbolic link is followed': ['os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)', 'os.O_RDONLY'],
    'any version may be written on': ['next(iter(self._versions()), 0) != version', 'version < 0'],
    'fifteen documents are kept': ['_KEPT: Final = 16', '_KEPT: Final = 15'],
    'what a crash left behind stays': ['st_mtime > _STALE_SECONDS', 'st_mtime > 1e12'],
    'what another process is writing is removed': ['st_mtime > _STALE_SECONDS', 'st_mtime > -1e12'],
    'pruning goes on beyond what stays': ['                break\n', '                continue\n'],
  }),
  ...wrong('authority/ledger.py', {
    'one key under the first is enough': ['or all(kek == self', 'or any(kek == self'],
    'a wrapping anew is no write of its own': ['version=after.version + 1', 'version=after.version'],
    'keys are wrapped anew each time': ['if not rewraps or all', 'if not rewraps and all'],
    'a wrapping anew that was lost counts': ['before.keys.version, text)):', 'before.keys.version, text)) or rewraps:'],
    'what is wrapped anew is not told': ['(*changes, *rewraps)', 'changes'],
  }).map(rewrapped),
  ...wrong('authority/document.py', {
    'a retired secret is not wrapped anew': [
      'context(key.kid), keks).members()',
      'context(key.kid), keks[-1:] if key.state == "retired" else keks).members()',
    ],
  }).map(rewrapped),
  ...wrong('sealing/seal.py', {
    'what is wrapped anew has the name of the old key': ['Sealed(kek.id,', 'Sealed(keks[-1].id,'],
  }).map(rewrapped),
]
