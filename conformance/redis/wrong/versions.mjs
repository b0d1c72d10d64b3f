// Wrong stores: what is missing in a room, and what makes it so in each language.
import { USES } from './uses.mjs'

/** Of which tests, what is wrong, in which room, and in TypeScript and Python: what is found, what it becomes. */
export const ROOMS = [
  ...USES,
  [
    'replay',
    'a script that the server lost stays lost',
    'scripts',
    ["error.message.startsWith('NOSCRIPT')", "error.message.startsWith('NOTHING')"],
    ['== "NOSCRIPT"', '== "NOTHING"'],
  ],
  [
    'budgets',
    'scripts are sent in full each time',
    'scripts',
    ["['EVALSHA', sha1, ...rest]", "['EVAL', text, ...rest]"],
    ['["EVALSHA", script["sha1"], *rest]', '["EVAL", script["text"], *rest]'],
  ],
  [
    'budgets',
    'an interval is cut to milliseconds',
    'limiter',
    ['[rate.interval, rate.burst', '[Math.floor(rate.interval / 1000) * 1000, rate.burst'],
    ['[str(rate.interval)', '[str(rate.interval // 1000 * 1000)'],
  ],
  [
    'budgets',
    'a draw whose answer was lost is sent again',
    'limiter',
    [
      "deadline.within((one) => runScript(one, 'draw', [name], args))",
      "deadline.within((one) => runScript(one, 'draw', [name], args).catch(() => runScript(one, 'draw', [name], args)))",
    ],
    [
      '    said = yield from run_script(redis, "draw", [key], [str(rate.interval), str(rate.burst), str(cost)])\n',
      '    try:\n        said = yield from run_script(redis, "draw", [key], [str(rate.interval), str(rate.burst), str(cost)])\n    except Exception:\n        said = yield from run_script(redis, "draw", [key], [str(rate.interval), str(rate.burst), str(cost)])\n',
    ],
  ],
  [
    'budgets',
    'an answer that is none is a draw',
    'limiter',
    [
      "if (typeof reset !== 'number' || typeof wait !== 'number') throw new StoreError('store_unavailable')",
      "if (typeof reset !== 'number' || typeof wait !== 'number') return drawnOf(0, 0, rate)",
    ],
    [
      '        case _:\n            raise StoreError("store_unavailable")\n\n\nclass RedisLimiter',
      '        case _:\n            return drawn_of(0, 0, rate)\n\n\nclass RedisLimiter',
    ],
  ],
  [
    'budgets',
    'the clock is that of whoever draws',
    'limiter',
    ['readCost(cost, rate)].map(String)', 'readCost(cost, rate), Date.now() * 1000].map(String)'],
    ['str(rate.burst), str(cost)])\n', 'str(rate.burst), str(cost), str(__import__("time").time_ns() // 1000)])\n'],
    ['draw', 'tonumber(time[1]) * 1000000 + tonumber(time[2])', 'tonumber(ARGV[4])'],
  ],
  [
    'revocations',
    'a revocation ends in seconds for milliseconds',
    'revocation-list',
    ['Math.ceil(expires * 1000)', 'Math.ceil(expires)'],
    ['math.ceil(expires * 1000)', 'math.ceil(expires)'],
  ],
  [
    'revocations',
    'an answer that is none means not revoked',
    'revocation-list',
    ["      if (reply !== 0 && reply !== 1) throw new StoreError('store_unavailable')\n", ''],
    [
      '    if outcome.value not in {0, 1}:\n        raise StoreError("store_unavailable")\n    return outcome.value == 1',
      '    return outcome.value == 1',
    ],
  ],
  [
    'revocations',
    'while the server is away, nothing is revoked',
    'revocation-list',
    [
      "await deadline.within((one) => one.command(['EXISTS', key], key))",
      "await deadline.within((one) => one.command(['EXISTS', key], key)).catch(() => 0)",
    ],
    [
      '    if outcome.error is not None:\n        raise outcome.error\n',
      '    if outcome.error is not None:\n        return False\n',
    ],
  ],
  [
    'keys',
    'what is no version is one',
    'key-store',
    ['!/^[1-9]\\d{0,14}$/.test(version)', '!/^\\d+$/.test(version)'],
    ['r"[1-9][0-9]{0,14}"', 'r"[0-9]+"'],
  ],
  [
    'keys',
    'all authorities have one document',
    'key-store',
    ["readPrefix(options.name ?? 'keys')", "readPrefix('keys')"],
    ['read_prefix(name)', 'read_prefix("keys")'],
  ],
  [
    'keys',
    'what was not written counts as written',
    'key-store',
    ['return reply === 1', 'return reply !== undefined'],
    ['return said == 1', 'return said is not None'],
  ],
  [
    'deadlines',
    'the deadline is not kept',
    'deadline',
    ['}, this.milliseconds)', '}, this.milliseconds * 20)'],
    ['job.is_done.wait(end - time.monotonic())', 'job.is_done.wait(self._seconds * 20)'],
  ],
  [
    'deadlines',
    'whatever a server that is silent was asked is held',
    'deadline',
    ['this.#unanswered >= MAX_UNANSWERED', 'this.#unanswered >= MAX_UNANSWERED * 99'],
    ['self._jobs.qsize() >= _MAX_UNANSWERED', 'self._jobs.qsize() >= _MAX_UNANSWERED * 99'],
  ],
  [
    'deadlines',
    'what a server says is repeated',
    'deadline',
    ['throw storeError(error)', 'throw error'],
    ['self.error = store_error(error)', 'self.error = error'],
  ],
]

/** What only one language has. */
export const TYPESCRIPT = [
  [
    'deadlines',
    'a client that is late is kept',
    'deadline',
    ['        this.#commands.late?.()\n        reject', '        reject'],
  ],
  [
    'deadlines',
    'a client that was replaced stays open',
    'renewal',
    ['setTimeout(() => end(old)', 'setTimeout(() => old'],
  ],
]

export const PYTHON = [
  [
    'sentinels',
    'a Sentinel is lost where two answer at once',
    'clients',
    ['sentinel.sentinels = _InOrder(sentinel.sentinels)', 'sentinel.sentinels = list(sentinel.sentinels)'],
  ],
  [
    'deadlines',
    'the deadline is not kept on an event loop',
    'deadline',
    ['asyncio.wait({task}, timeout=self._seconds)', 'asyncio.wait({task}, timeout=self._seconds * 20)'],
  ],
  [
    'deadlines',
    'what nobody waits for any longer is sent',
    'deadline',
    ['        if not self.is_abandoned:\n            try:', '        if True:\n            try:'],
  ],
  [
    'deadlines',
    'words of the server that redis-py has classes for are lost',
    'redis_py',
    ['if kind.__name__ in _WORDS), None)', "if kind.__name__ == 'NoScriptError'), None)"],
  ],
]
