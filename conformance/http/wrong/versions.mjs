// Wrong guards: what is missing in a room, and what makes it so in each language.
import { wrong } from '../../mutants/wrong.mjs'
import { LIMITS } from './limits.mjs'

/** What is wrong, in which room, and in TypeScript and Python: what is found, what it becomes. */
const WRONG = [
  [
    'the first of two headers is taken',
    'guard/credentials',
    ["another !== undefined || value.includes(',')", "value.includes(',')"],
    ['len(values) > 1 or "," in values[0]', '"," in values[0]'],
  ],
  [
    'headers that were joined are one',
    'guard/credentials',
    ["another !== undefined || value.includes(',')", 'another !== undefined'],
    ['len(values) > 1 or "," in values[0]', 'len(values) > 1'],
  ],
  [
    'any scheme is that of a token',
    'guard/credentials',
    ["scheme.toLowerCase() !== 'bearer'", "scheme === ''"],
    ['scheme.lower() != "bearer"', 'not scheme'],
  ],
  [
    'the scheme is told in one case',
    'guard/credentials',
    ["scheme.toLowerCase() !== 'bearer'", "scheme !== 'Bearer'"],
    ['scheme.lower() != "bearer"', 'scheme != "Bearer"'],
  ],
  [
    'the first of two tokens is taken',
    'guard/credentials',
    ["  if (another !== undefined) throw new Refused('credentials_repeated')\n  return token", '  return token'],
    ['len(tokens) > 1', 'len(tokens) > 9'],
  ],
  [
    'a cookie whose name ends alike is taken',
    'guard/credentials',
    ['.trimStart() === name', '.endsWith(name)'],
    ['key.lstrip() == name', 'key.endswith(name)'],
  ],
  [
    'a token in a cookie is taken without being told so',
    'guard/credentials',
    [
      "? ofHeaders\n      : [\n          ...ofHeaders,\n          ...(cookie === undefined ? [] : ofCookies(request.header('cookie'), cookie))",
      "? [...ofHeaders, ...ofCookies(request.header('cookie'), 'session')]\n      : [\n          ...ofHeaders,\n          ...(cookie === undefined ? [] : ofCookies(request.header('cookie'), cookie))",
    ],
    [
      '    if places.cookie is not None:\n        for value in request.header("cookie"):\n            tokens += _values_of(value, ";", places.cookie)\n',
      '    for value in request.header("cookie"):\n        tokens += _values_of(value, ";", places.cookie or "session")\n',
    ],
  ],
  [
    'whoever may not draws on a limit',
    'guard/guard',
    [
      'if (isJudgedAlone) judge(auth)\n        else await authorise(auth, request)\n        if (drawsAfter) await draw(auth, request, parts, seen)',
      'if (drawsAfter) await draw(auth, request, parts, seen)\n        await authorise(auth, request)',
    ],
    [
      'auth = yield from self._authorised(request, parts)\n            if not is_before:\n                yield from',
      'kept, self._policy = self._policy, _ANYBODY\n            auth = yield from self._authorised(request, parts)\n            yield from self._draw(auth, request, parts, seen)\n            self._policy = kept\n            auth = yield from self._authorised(request, parts)\n            if False:\n                yield from',
    ],
  ],
  [
    'a token is used up before the limits',
    'guard/guard',
    [
      'if (drawsAfter) await draw(auth, request, parts, seen)\n        if (replay) await kit.consumeOnce(auth.claims)',
      'if (replay) await kit.consumeOnce(auth.claims)\n        if (drawsAfter) await draw(auth, request, parts, seen)',
    ],
    [
      '            if not is_before:\n                yield from self._draw(auth, request, parts, seen)\n            if self._route.get("replay", False):\n                yield from _asked(lambda: self._options["kit"].consume_once(auth.claims))\n',
      '            if self._route.get("replay", False):\n                yield from _asked(lambda: self._options["kit"].consume_once(auth.claims))\n            if not is_before:\n                yield from self._draw(auth, request, parts, seen)\n',
    ],
  ],
  [
    'a token passes twice',
    'guard/guard',
    ['if (replay) await', 'if (replay && false) await'],
    ['if self._route.get("replay", False):', 'if False:'],
  ],
  [
    'what a predicate says is not heard',
    'guard/guard',
    ["      if (!answer) throw new Refused('policy_denied', { failed: [] })\n", ''],
    ['        if not answer:\n', '        if not answer and False:\n'],
  ],
  [
    'a policy knows nothing of the request',
    'guard/guard',
    ['await context?.(request)', "{ id: 'u1' }"],
    ['cast("Mapping[str, str]", context)', '{"id": "u1"}'],
  ],
  [
    'a limiter that fails lets everybody pass',
    'guard/draw',
    ["if (onLimiterFailure === 'pass') return", "if (onLimiterFailure !== 'open') return"],
    ['        if self.is_lenient:', '        if self.limits:'],
  ],
  [
    'a limit that is exceeded is told, and no more',
    'guard/draw',
    ['if (state.allowed) continue', 'continue'],
    ['if not state.allowed:', 'if not state:'],
  ],
  [
    'seconds are rounded down',
    'guard/rate-limit',
    ['Math.ceil(resetAfter)', 'Math.floor(resetAfter)'],
    ['math.ceil(drawn.reset_after)', 'math.floor(drawn.reset_after)'],
  ],
  [
    'whoever is refused may come again at once',
    'guard/rate-limit',
    ['Math.max(1, Math.ceil(retryAfter))', 'Math.ceil(retryAfter)'],
    ['max(1, math.ceil(drawn.retry_after))', 'math.ceil(drawn.retry_after)'],
  ],
  [
    'the name of a limit ends where it says so',
    'guard/rate-limit',
    [".replaceAll(/[\\\\\"]/g, '\\\\$&')", ''],
    ['re.sub(r\'[\\\\"]\', r"\\\\\\g<0>", name)', 'name'],
  ],
  [
    'subjects of two issuers share a budget',
    'guard/limit-key',
    ['canonicalize([by, issuer, subject])', 'canonicalize([by, subject])'],
    ['[by, principal.issuer, principal.subject if', '[by, principal.subject if'],
  ],
  [
    'the client is whom the token was issued to, whoever acts',
    'guard/limit-key',
    ['actors[0]?.sub ?? named', 'named'],
    ['if principal.actors:', 'if not principal:'],
  ],
  [
    'whoever has no token is told of an error',
    'guard/answer',
    ["if (code === 'credentials_missing' || code", 'if (code'],
    ['    "credentials_missing": _ANONYMOUS,\n', ''],
  ],
  [
    'the wire has the code of the log',
    'guard/answer',
    ['{ code: word, status', '{ code, status'],
    ['"code": kind.code,', '"code": code,'],
  ],
  ['a refusal may be stored', 'guard/answer', ["'no-store'", "'no-cache'"], ['"no-store"', '"no-cache"']],
  [
    'nobody is told when a store is back',
    'guard/answer',
    ["headers: { 'retry-after': COME_BACK }", 'headers: {}'],
    ['{"retry-after": _COME_BACK}', '{}'],
  ],
  ...LIMITS,
  [
    'a scope that stands twice is another token',
    'outgoing/wanted',
    ['[...new Set(scopes)].sort()', '[...scopes].sort()'],
    ['tuple(sorted(set(scopes)))', 'tuple(sorted(scopes))'],
  ],
  [
    'users share a token',
    'outgoing/wanted',
    ["['claims', iss, sub, jti]", "['claims', iss, iss, iss]"],
    ['["claims", *texts]', '["claims"]'],
  ],
  [
    'a token that is kept is shown for claims that nobody verified',
    'outgoing/wanted',
    [' && !isVerified(user)', " && typeof user !== 'object'"],
    ['isinstance(wanted.user, Claims)', 'isinstance(wanted.user, (Claims, dict))'],
  ],
  [
    'a token is shown until its end',
    'outgoing/book',
    ['renewAt: endsAt - early', 'renewAt: endsAt'],
    ['renew_at=ends_at - early', 'renew_at=ends_at'],
  ],
  [
    'chance does not renew earlier',
    'outgoing/book',
    ['margin + jitter * random()', 'margin'],
    ['keeping.margin + keeping.jitter * keeping.random()', 'keeping.margin'],
  ],
  [
    'a late refusal costs the new token',
    'outgoing/book',
    ['entry === undefined || entry.given.token !== token', 'entry === undefined'],
    ['entry is None or entry.token != token', 'entry is None'],
  ],
  [
    'a target that refuses everything drains the issuer',
    'outgoing/book',
    ['age < PATIENCE', 'age < 0'],
    ['0 <= now - entry.kept_at < _PATIENCE', 'now < entry.kept_at'],
  ],
  [
    'a token goes to any port',
    'outgoing/origins',
    ['({ protocol, host }: URL)', '({ protocol, hostname: host }: URL)'],
    ['("" if port in {None, _PORTS.get(scheme)} else f":{port}")', '""'],
  ],
  [
    'a token goes without TLS',
    'outgoing/origins',
    ["(protocol === 'http:' && LOOPBACK.test(hostname))", "protocol === 'http:'"],
    ['if not is_jwks_url(read):', 'if read == "":'],
  ],
  [
    'a number is a name',
    'outgoing/origins',
    ["(host.startsWith('[') || url.hostname === host.toLowerCase())", "host !== ''"],
    [' or not _is_host(found[2].lower())', ''],
  ],
  [
    'whatever a source gives is a token',
    'outgoing/source',
    [' || !TOKEN.test(token)', ''],
    [' or _TOKEN.fullmatch(token) is None', ''],
  ],
]

const versionsOf = (language, fileOf) =>
  WRONG.flatMap(([name, room, ...patches]) => wrong(fileOf(room), { [name]: patches[language] }))

/** Of what Python has no need for: its servers tell the address. */
const PEERS = [
  ...wrong('fetch.ts', {
    'a guard of Fetch asks nobody for the address': [
      'partsOfRequest(request, peer?.(request, ',
      'partsOfRequest(request, ((..._: unknown[]) => undefined)(request, ',
    ],
    'a guard of Fetch shows nothing but the request': [
      'if (peer) given.set(request, rest)',
      'if (!peer) given.set(request, rest)',
    ],
  }),
  ...wrong('hono.ts', { 'a guard of Hono asks nobody for the address': ['peer?.(context)', 'undefined'] }),
]

export const typescript = [...versionsOf(0, (room) => `${room}.ts`), ...PEERS]
export const python = versionsOf(1, (room) => `${room.replaceAll('-', '_')}.py`)
