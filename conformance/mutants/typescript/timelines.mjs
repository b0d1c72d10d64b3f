// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are TypeScript

import { wrong } from '../wrong.mjs'

const CONTROL = '/(?:^|,)[ \\t]*max-age="?(\\d{0,9})/i'
const LIFETIME = 'Math.min(cacheTtl, Math.max(MIN_LIFETIME, cached.lifetime))'
const DUE = 'const isDue = !(since(at) * 5 < lifetime * 4)'
const LONG = "encodeUtf8(query.kid ?? '').length > MAX_KID_BYTES"
const SERVED = 'isKnown && (isDown || since(at) < lifetime)'
const REMEMBER = 'keys.length === 0 && this.#cached?.at === flight.began'

export default [
  ...wrong('sources/jwks-cache.ts', {
    'a set is fetched for every token': [DUE, 'const isDue = true'],
    'a set is not refreshed before its end': [DUE, 'const isDue = !(since(at) < lifetime)'],
    'a set is used for ever': [LIFETIME, 'Number.MAX_SAFE_INTEGER'],
    'an answer may ask for less than 30 seconds': [LIFETIME, 'Math.min(cacheTtl, cached.lifetime)'],
    'an answer may ask for more than is configured': [LIFETIME, 'Math.max(MIN_LIFETIME, cached.lifetime)'],
    'callers wait for a refresh': [SERVED, 'isKnown && isDown'],
    'callers do not wait at the end of the time': [SERVED, 'isKnown'],
    'callers wait for a source that is down': [SERVED, 'isKnown && since(at) < lifetime'],
    'a source that was down is never waited for again': [
      'const isDown = since(this.#failed) < COOLDOWN',
      'const isDown = !Number.isNaN(this.#failed)',
    ],
    'each caller makes a request of its own': ['isWanted && !this.#flight && ', 'isWanted && '],
    'an unknown kid is fetched for at once': ['isDown || since(at) < COOLDOWN || ', ''],
    'an unknown kid is never fetched for': [`!(isKnown || isTurnedAway || ${LONG})`, 'false'],
    'a request that failed is no request': ['= isDown || since(at) < COOLDOWN', '= since(at) < COOLDOWN'],
    'a kid that a request did not bring is fetched for again': [
      ' || since(this.#missing.get(nameOf(query))) < REMEMBERED',
      '',
    ],
    'a kid that a request did not bring is never fetched for again': ['REMEMBERED = 60', 'REMEMBERED = 1e9'],
    'who comes late is taken for a clock that was set back': ['LATE = 60', 'LATE = 0'],
    'a clock that is set back stops the time': ['LATE = 60', 'LATE = 1e9'],
    'a kid is remembered for all algorithms': ['`${alg} ${kid}`', '`${kid}`'],
    'kids that are missing are remembered without end': ['this.#missing.size > MAX_REMEMBERED', 'oldest === ""'],
    'a kid whose request failed is remembered': [REMEMBER, 'keys.length === 0'],
    'a kid that is missing is not remembered': [REMEMBER, 'flight.began === Number.NaN'],
    'a kid of any length is fetched for': [LONG, 'false'],
    'the length of a kid is counted in characters': [LONG, "(query.kid ?? '').length > MAX_KID_BYTES"],
    'a source that failed is asked again at once': ['!this.#flight && !(since(this.#failed) < PAUSE)', '!this.#flight'],
    'an outage takes known keys away': [
      '    this.#failed = failed\n',
      '    this.#failed = failed\n    this.#cached = undefined\n',
    ],
    'old keys are used for ever while the source fails': [
      'cached.lifetime + this.#limits.maxStale',
      'Number.MAX_SAFE_INTEGER',
    ],
    'old keys are not used while the source fails': ['cached.lifetime + this.#limits.maxStale', 'cached.lifetime'],
    'what a source that is down does not say is not found': [
      'if (keys.length === 0 && !this.isFresh(query.now)) throw',
      'if (keys.length === 0 && this.#cached === undefined) throw',
    ],
    'a request is waited for without end': ['this.#schedule(reject, seconds * 1000)', 'this.#schedule(reject, 1e12)'],
    'a late answer is believed': ['if (this.#flight !== flight) return\n    const { cacheTtl }', 'const { cacheTtl }'],
    'a set that has not changed is empty': ['retrieved.entries ? {} : this.#cached', '{}'],
    'an endpoint that failed is shown its tag again': [
      'Number.isNaN(this.#failed) ? this.#cached?.etag : undefined',
      'this.#cached?.etag',
    ],
    'all entries of a set are read': ['cached.entries.slice(0, MAX_ENTRIES)', 'cached.entries'],
    'a clock that is set back makes a set younger': ['Math.abs(now - then)', 'now - then'],
    'an unknown kid is fetched for a second too early': ['COOLDOWN = 30', 'COOLDOWN = 29'],
    'an unknown kid is fetched for a second too late': ['COOLDOWN = 30', 'COOLDOWN = 31'],
    'a source that failed is asked a second too early': ['PAUSE = 15', 'PAUSE = 14'],
    'a source that failed is asked a second too late': ['PAUSE = 15', 'PAUSE = 16'],
    'the least time of an answer is shorter': ['MIN_LIFETIME = 30', 'MIN_LIFETIME = 29'],
    'the least time of an answer is longer': ['MIN_LIFETIME = 30', 'MIN_LIFETIME = 31'],
    'a kid is remembered a second less': ['REMEMBERED = 60', 'REMEMBERED = 59'],
    'a kid is remembered a second more': ['REMEMBERED = 60', 'REMEMBERED = 61'],
    '255 kids are remembered': ['MAX_REMEMBERED = 256', 'MAX_REMEMBERED = 255'],
    '257 kids are remembered': ['MAX_REMEMBERED = 256', 'MAX_REMEMBERED = 257'],
    'a kid of 256 bytes is too long': ['MAX_KID_BYTES = 256', 'MAX_KID_BYTES = 255'],
    'a kid of 257 bytes is not too long': ['MAX_KID_BYTES = 256', 'MAX_KID_BYTES = 257'],
    '999 entries are read': ['MAX_ENTRIES = 1000', 'MAX_ENTRIES = 999'],
    '1001 entries are read': ['MAX_ENTRIES = 1000', 'MAX_ENTRIES = 1001'],
    'keys that were removed stay': [
      'entries: cached.entries.slice(0, MAX_ENTRIES),',
      'entries: [...cached.entries, ...(this.#cached?.entries ?? [])].slice(0, MAX_ENTRIES),',
    ],
    'keys that were removed stay until their own time is over': [
      'retrieved.entries ? {} : this.#cached',
      'retrieved.entries && !this.#cached ? {} : { ...this.#cached, sets: this.#cached?.sets ?? new Map() }',
    ],
    'an empty set is no answer': [
      'if (this.#flight !== flight) return\n    const { cacheTtl }',
      'if (retrieved.entries?.length === 0) return this.#fail(flight)\n    if (this.#flight !== flight) return\n    const { cacheTtl }',
    ],
    'the time of a set begins when it came to be asked for twice': [
      'at: flight.began }',
      'at: this.#cached?.at ?? flight.began }',
    ],
    'a failure of a set that is there is forgotten': [
      '    this.#failed = failed\n',
      '    this.#failed = this.#cached ? Number.NaN : failed\n',
    ],
    'a request that failed is waited for by nobody any more': [
      'const isDown = since(this.#failed) < COOLDOWN',
      'const isDown = since(this.#failed) < COOLDOWN * 2',
    ],
  }),
  ...wrong('sources/freshness.ts', {
    'Cache-Control is not looked at': [CONTROL, '/(never)/'],
    'the case of Cache-Control counts': [CONTROL, CONTROL.slice(0, -1)],
    's-maxage and others are taken for max-age': [CONTROL, '/(?:max-?age)="?(\\d{0,9})/i'],
    'a max-age that is no number counts as absent': [CONTROL, CONTROL.replace('{0,9}', '{1,9}')],
    'no-store and no-cache are ignored': ["read('cache-control', NOT_KEPT) ? 0 : ", ''],
    'Age is not counted': [' - Number(age)', ''],
    'a tag of any length is kept': ['(?=.{2,256}$)', ''],
    'a tag without quotes is kept': ['"[!#-~]*"$/', '"?[!#-~]*"?$/'],
    'a weak tag is not kept': ['(?:W\\/)?', ''],
  }),
  ...wrong('sources/transport.ts', {
    'any status has a set': [
      "if (status !== 200 || !body) throw new ConfigError('jwks_invalid')",
      'if (!body) throw 0',
    ],
    'any status below 400 has a set': ['if (status !== 200 || !body)', 'if (status >= 400 || !body)'],
    'a 304 that nobody asked for is an answer': ['if (status === 304 && etag !== undefined)', 'if (status === 304)'],
    'a set must say that it is JSON': [
      'if (status !== 200 || !body)',
      "if (status !== 200 || !body || !/json/.test(headers.get('content-type') ?? 'json'))",
    ],
    'no tag is sent back': ["etag === undefined ? {} : { 'if-none-match': etag }", '{}'],
    'a set of any size is read': ['new Uint8Array(maxBytes)', 'new Uint8Array(2 ** 24)'],
    'a set of exactly the largest size is refused': ['new Uint8Array(maxBytes)', 'new Uint8Array(maxBytes - 1)'],
  }),
  ...wrong('sources/trusted-issuer.ts', {
    'whoever has to fetch is asked first': ['[0, 1, 2]', '[2, 1, 0]'],
    'issuers are asked as they are configured': [
      'asked.length < 2 || query.algorithm === HS512 ? asked : ranked(asked, query)',
      'asked.length < 0 ? ranked(asked, query) : asked',
    ],
    'a key that another issuer may hold too is taken for the one that answered': [
      "signer && (rules || !faults.includes('jwks_unavailable'))",
      'signer',
    ],
    'a source that fails has no key': ["code : 'jwks_unavailable')", "code : 'key_not_found')"],
  }),
]
