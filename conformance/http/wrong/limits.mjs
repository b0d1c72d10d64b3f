// Wrong limits: by the environment, by address, in parts. As in versions.mjs.

/** What is wrong, in which room, and in TypeScript and Python: what is found, what it becomes. */
export const LIMITS = [
  [
    'a window is cut to whole seconds',
    'limits/environment',
    ['if (!Number.isInteger(windowSeconds)) throw', 'if (windowSeconds < 1) throw'],
    ['    if rest:', '    if not window_seconds:'],
  ],
  [
    'numbers in the environment begin with zeros, or are one',
    'limits/environment',
    ['/^[1-9]\\d{0,8}$/', '/^\\d{1,9}$/'],
    ['"[1-9][0-9]{0,8}"', '"[0-9]{1,9}"'],
  ],
  [
    'an empty variable is as good as none',
    'limits/environment',
    ['if (text === undefined)', 'if (!text)'],
    ['if text is None:', 'if not text:'],
  ],
  [
    'webhooks come as often as writes',
    'limits/environment',
    ["'RATE_LIMIT_WEBHOOK_MAX', 1200", "'RATE_LIMIT_WRITE_MAX', 30"],
    ['limit("webhook", 1200)', 'limit("write", 30)'],
  ],
  [
    'whoever asks is believed',
    'guard/proxies',
    ['isTrusted(peer) ? clientOf(request) : undefined', 'clientOf(request)'],
    ['self._client_of(request) if self._is_trusted(peer) else None', 'self._client_of(request)'],
  ],
  [
    'the first address of a header is the client',
    'guard/forwarded',
    ['return hops.reverse()', 'return hops'],
    ['_of_item, reversed(text.split(",")))', '_of_item, text.split(","))'],
  ],
  [
    'the nearest address of a header is the client, a proxy or not',
    'guard/proxies',
    ['if (address === undefined || !isTrusted(address)) return address', 'return address'],
    [
      '            if address is None or not self._is_trusted(address):\n                return address',
      '            return address',
    ],
  ],
  [
    'a hop that cannot be read is passed over',
    'guard/proxies',
    [
      'if (address === undefined || !isTrusted(address)) return address',
      'if (address !== undefined && !isTrusted(address)) return address',
    ],
    ['address is None or not', 'address is not None and not'],
  ],
  [
    'whoever has no address has one budget with all of them',
    'guard/proxies',
    ["if (peer === undefined) throw new Refused('limiter_unavailable')", "if (peer === undefined) return ''"],
    ['            raise RefusedError("limiter_unavailable")\n        client', '            return ""\n        client'],
  ],
  [
    'IPv4 in IPv6 is IPv6',
    'guard/address',
    ['return isMapped ? bytes.slice(12) : bytes', 'return isMapped && !bytes ? [] : bytes'],
    ['return mapped or address', 'return address'],
  ],
  [
    'IPv6 counts by /64',
    'guard/address',
    ['const CUSTOMER = 7', 'const CUSTOMER = 8'],
    ['_CUSTOMER: Final = 56', '_CUSTOMER: Final = 64'],
  ],
  [
    'bits behind a network are passed over',
    'guard/address',
    ['=== 0) ? { start, length }', '=== 0 || start) ? { start, length }'],
    ['else length))', 'else length), strict=False)'],
  ],
  [
    'a network is a mask',
    'guard/address',
    ['!DECIMAL.test(bits)', '!/^[1-9.]+$/.test(bits)'],
    ['_BITS.fullmatch(bits) is None', 'not bits'],
  ],
  [
    'a comma in quotes ends a hop',
    'guard/forwarded',
    ['letter === separator && !isQuoted', 'letter === separator'],
    ['letter == separator and not is_quoted', 'letter == separator'],
  ],
  [
    'an escaped quote ends what is quoted',
    'guard/forwarded',
    ['if (isEscaped) isEscaped = false', 'if (isEscaped && !text) isEscaped = false'],
    ['        elif is_quoted and letter == "\\\\":\n            is_escaped = True\n', ''],
  ],
  [
    'Forwarded is believed without being asked for',
    'guard/forwarded',
    ["header === 'forwarded'", "header !== 'forwarded'"],
    ['if header == "forwarded":', 'if header != "forwarded":'],
  ],
  [
    'of two addresses of a hop the first counts',
    'guard/forwarded',
    [
      'return another === undefined ? ofNode(node) : undefined',
      'return ofNode(node) ?? (another === node ? undefined : undefined)',
    ],
    ['if len(nodes) == 1 else None', 'if nodes else None'],
  ],
  [
    'limits by address come before the token unasked',
    'guard/guard',
    ['if (before) await draw', "if (by === 'address') await draw"],
    ['is_before = self._route.get("before", False)', 'is_before = self._route.get("by") == "address"'],
  ],
  [
    'each process has the whole budget',
    'limits/fallback',
    ['Math.floor(units / instances)', 'units'],
    ['units // self._instances', 'units'],
  ],
  [
    'a part is rounded up',
    'limits/fallback',
    ['Math.floor(units / instances)', 'Math.ceil(units / instances)'],
    ['units // self._instances', '-(-units // self._instances)'],
  ],
  [
    'a part may be nothing',
    'limits/fallback',
    ['Math.max(1, Math.floor(units / instances))', 'Math.floor(units / instances)'],
    ['max(1, units // self._instances)', 'units // self._instances'],
  ],
  [
    'as much at once as together',
    'limits/fallback',
    ['burst: share(burst) }', 'burst }'],
    [
      'burst = self._share(limit.quota if limit.burst is None else limit.burst)',
      'burst = limit.quota if limit.burst is None else limit.burst',
    ],
  ],
  [
    'an outage is told at each request',
    'limits/fallback',
    ['    if (isLocal) return\n', ''],
    ['not is_answer and not self._is_local', 'not is_answer'],
  ],
  [
    'only the first outage is told',
    'limits/fallback',
    ['          isLocal = false\n', ''],
    ['self._is_local = not is_answer', 'self._is_local = self._is_local or not is_answer'],
  ],
  [
    'what is no answer is one',
    'limits/fallback',
    ['if (isDrawn(drawn)) {', 'if (drawn) {'],
    ['if isinstance(given, Drawn) and is_answer:', 'if given is not None:'],
  ],
  [
    'what costs more than a part passes',
    'limits/fallback',
    ['return { allowed: false, remaining', 'return { allowed: true, remaining'],
    ['Drawn(allowed=False, remaining', 'Drawn(allowed=True, remaining'],
  ],
]
