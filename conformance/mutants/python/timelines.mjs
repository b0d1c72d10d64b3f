import { wrong } from '../wrong.mjs'

const CONTROL = `_MAX_AGE: Final = re.compile(r'(?:^|,)[ \\t]*max-age="?([0-9]{0,9})', re.ASCII | re.IGNORECASE)`
const LIFETIME = 'min(ttl, max(_MIN_LIFETIME, lifetime))'
const DUE = 'is_due = not age * 5 < lifetime * 4'
const LONG = '_bytes_of(query[1]) > _MAX_KID_BYTES'
const SERVED = 'is_known and (is_down or age < lifetime)'
const REMEMBER = 'found == "key_not_found" and cached is not None and cached.at == flight.began'
const STALE = 'cached.lifetime + self._limits.max_stale'

export default [
  ...wrong('kit_jwt/sources/jwks_cache.py', {
    'a set is fetched for every token': [DUE, 'is_due = True'],
    'a set is not refreshed before its end': [DUE, 'is_due = not age < lifetime'],
    'a set is used for ever': [LIFETIME, '2**53'],
    'an answer may ask for less than 30 seconds': [LIFETIME, 'min(ttl, lifetime)'],
    'an answer may ask for more than is configured': [LIFETIME, 'max(_MIN_LIFETIME, lifetime)'],
    'callers wait for a refresh': [SERVED, 'is_known and is_down'],
    'callers do not wait at the end of the time': [SERVED, 'is_known'],
    'callers wait for a source that is down': [SERVED, 'is_known and age < lifetime'],
    'a source that was down is never waited for again': [
      'is_down = since_failure < _COOLDOWN',
      'is_down = not isnan(since_failure)',
    ],
    'each caller makes a request of its own': ['is_wanted and self._flight is None and', 'is_wanted and'],
    'an unknown kid is fetched for at once': ['is_down or age < _COOLDOWN or ', ''],
    'an unknown kid is never fetched for': [`not (is_known or is_turned_away or ${LONG})`, 'False'],
    'a request that failed is no request': ['= is_down or age < _COOLDOWN', '= age < _COOLDOWN'],
    'a kid that a request did not bring is fetched for again': [
      ' or _distance(now, self._missing.get(query)) < _REMEMBERED',
      '',
    ],
    'who comes late is taken for a clock that was set back': ['_LATE: Final = 60', '_LATE: Final = 0'],
    'a clock that is set back stops the time': ['_LATE: Final = 60', '_LATE: Final = 1e9'],
    'a kid that a request did not bring is never fetched for again': [
      '_REMEMBERED: Final = 60',
      '_REMEMBERED: Final = 10**9',
    ],
    'a kid is remembered for all algorithms': [
      'self._missing.get(query)',
      'next((at for (_, kid), at in self._missing.items() if kid == query[1]), None)',
    ],
    'kids that are missing are remembered without end': ['while len(self._missing) > _MAX_REMEMBERED:', 'while False:'],
    'a kid whose request failed is remembered': [REMEMBER, 'found == "key_not_found"'],
    'a kid that is missing is not remembered': [REMEMBER, 'flight.began is None'],
    'a kid of any length is fetched for': [LONG, 'False'],
    'the length of a kid is counted in characters': [
      'len((kid or "").encode("utf-8", "surrogatepass"))',
      'len(kid or "")',
    ],
    'a source that failed is asked again at once': [
      'self._flight is None and not since_failure < _PAUSE',
      'self._flight is None',
    ],
    'an outage takes known keys away': [
      '                self._flight, self._failed = None, failed\n',
      '                self._flight, self._failed, self._cached = None, failed, None\n',
    ],
    'old keys are used for ever while the source fails': [STALE, '2**53'],
    'old keys are not used while the source fails': [STALE, 'cached.lifetime'],
    'what a source that is down does not say is not found': [
      'not _is_fresh(self._cached, now) else found',
      'self._cached is None else found',
    ],
    'a request is waited for without end': ['flight.began + self._limits.timeout - now)', '10**9)'],
    'a request that is given up blocks all others': [
      'if running is not None and _distance(now, running.began) >= self._limits.timeout:',
      'if False:',
    ],
    'a late answer is believed': ['if self._flight is not flight or (', 'if False or ('],
    'a set that has not changed is empty': [
      'before.entries if before is not None else',
      '() if before is not None else',
    ],
    'an endpoint that failed is shown its tag again': [
      'cached is not None and isnan(self._failed)',
      'cached is not None',
    ],
    'all entries of a set are read': ['[:_MAX_ENTRIES]', ''],
    'a clock that is set back makes a set younger': ['abs(now - then)', 'now - then'],
    'an unknown kid is fetched for a second too early': ['_COOLDOWN: Final = 30', '_COOLDOWN: Final = 29'],
    'an unknown kid is fetched for a second too late': ['_COOLDOWN: Final = 30', '_COOLDOWN: Final = 31'],
    'a source that failed is asked a second too early': ['_PAUSE: Final = 15', '_PAUSE: Final = 14'],
    'a source that failed is asked a second too late': ['_PAUSE: Final = 15', '_PAUSE: Final = 16'],
    'the least time of an answer is shorter': ['_MIN_LIFETIME: Final = 30', '_MIN_LIFETIME: Final = 29'],
    'the least time of an answer is longer': ['_MIN_LIFETIME: Final = 30', '_MIN_LIFETIME: Final = 31'],
    'a kid is remembered a second less': ['_REMEMBERED: Final = 60', '_REMEMBERED: Final = 59'],
    'a kid is remembered a second more': ['_REMEMBERED: Final = 60', '_REMEMBERED: Final = 61'],
    '255 kids are remembered': ['_MAX_REMEMBERED: Final = 256', '_MAX_REMEMBERED: Final = 255'],
    '257 kids are remembered': ['_MAX_REMEMBERED: Final = 256', '_MAX_REMEMBERED: Final = 257'],
    'a kid of 256 bytes is too long': ['_MAX_KID_BYTES: Final = 256', '_MAX_KID_BYTES: Final = 255'],
    'a kid of 257 bytes is not too long': ['_MAX_KID_BYTES: Final = 256', '_MAX_KID_BYTES: Final = 257'],
    '999 entries are read': ['_MAX_ENTRIES: Final = 1000', '_MAX_ENTRIES: Final = 999'],
    '1001 entries are read': ['_MAX_ENTRIES: Final = 1000', '_MAX_ENTRIES: Final = 1001'],
    'keys that were removed stay': [
      'tuple(retrieved.entries or ())[:_MAX_ENTRIES]',
      '(*(retrieved.entries or ()), *(self._cached.entries if self._cached else ()))[:_MAX_ENTRIES]',
    ],
    'keys that were removed stay until their own time is over': [
      'before = self._cached if retrieved.entries is None else None',
      'before = self._cached',
    ],
    'an empty set is no answer': [
      'if self._flight is not flight or (',
      'if self._flight is not flight or not (retrieved.entries is None or retrieved.entries) or (',
    ],
    'the time of a set begins when it came to be asked for twice': [
      'flight.began,\n                before.entries',
      'self._cached.at if self._cached else flight.began,\n                before.entries',
    ],
    'a failure of a set that is there is forgotten': [
      '                self._flight, self._failed = None, failed\n',
      '                self._flight, self._failed = None, nan if self._cached else failed\n',
    ],
    'a request that failed is waited for by nobody any more': [
      'is_down = since_failure < _COOLDOWN',
      'is_down = since_failure < _COOLDOWN * 2',
    ],
  }),
  ...wrong('kit_jwt/sources/freshness.py', {
    'Cache-Control is not looked at': [CONTROL, '_MAX_AGE: Final = re.compile("(never)")'],
    'the case of Cache-Control counts': [CONTROL, CONTROL.replace(', re.ASCII | re.IGNORECASE', '')],
    's-maxage and others are taken for max-age': [CONTROL, CONTROL.replace('(?:^|,)[ \\t]*max-age', 'max-?age')],
    'a max-age that is no number counts as absent': [CONTROL, CONTROL.replace('{0,9}', '{1,9}')],
    'no-store and no-cache are ignored': ['0 if _NOT_KEPT.search(control) else lifetime', 'lifetime'],
    'Age is not counted': [' - (0 if age is None else int(age[0]))', ''],
    'a tag of any length is kept': ['(?=.{2,256}\\Z)', ''],
    'a tag without quotes is kept': [`"[!#-~]*"')`, `"?[!#-~]*"?')`],
    'a weak tag is not kept': ['(?:W/)?', ''],
  }),
  ...wrong('kit_jwt/sources/transport.py', {
    'any status has a set': ['response.status not in statuses or ', ''],
    'any status below 400 has a set': ['response.status not in statuses', 'response.status >= 400'],
    'a 304 that nobody asked for is an answer': [
      '(_OK,) if etag is None else (_OK, _NOT_MODIFIED)',
      '(_OK, _NOT_MODIFIED)',
    ],
    'a set must say that it is JSON': [
      'response.status not in statuses',
      'response.status not in statuses or "json" not in response.headers.get("content-type", "json")',
    ],
    'a set of any size is read': [' or len(response.body) > max_bytes', ''],
    'a set of exactly the largest size is refused': [
      'len(response.body) > max_bytes',
      'len(response.body) >= max_bytes',
    ],
  }),
  ...wrong('kit_jwt/sources/remote_jwks.py', {
    'no tag is sent back': ['{} if etag is None else {"if-none-match": etag}', '{}'],
  }),
  ...wrong('kit_jwt/sources/trusted_issuer.py', {
    'whoever has to fetch is asked first': ['key=lambda entry: _rank_of(', 'key=lambda entry: -_rank_of('],
    'issuers are asked as they are configured': ['if len(entries) > 1 and', 'if not entries and'],
    'a key that another issuer may hold too is taken for the one that answered': [
      'if holders and "jwks_unavailable" not in faults:',
      'if holders:',
    ],
    'a source that fails has no key': ['            faults.add(answer)\n', '            pass\n'],
  }),
]
