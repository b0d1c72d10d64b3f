// Wrong uses and wrong names of keys, as in versions.mjs.

/** Of which tests, what is wrong, in which room, and in TypeScript and Python: what is found, what it becomes. */
export const USES = [
  [
    'replay',
    'who used a token is asked first, and told after',
    'replay-store',
    [
      "        return await runScript(one, 'consume', keys, args)\n",
      "        if ((await one.command(['GET', keys[1]], keys[1])) !== null) return 'replayed'\n        await one.command(['SET', keys[1], 'x', 'PX', args[1] as string], keys[1])\n        return 'fresh'\n",
    ],
    [
      '    try:\n        return (yield from run_script(redis, "consume", keys, args))\n',
      '    from kit_jwt.token.effects import Effect\n    held = yield Effect(lambda: redis.command(["GET", keys[1]], keys[1]))\n    if held.value is not None:\n        return "replayed"\n    yield Effect(lambda: redis.command(["SET", keys[1], "x", "PX", args[1]], keys[1]))\n    return "fresh"\n    try:\n        return (yield from run_script(redis, "consume", keys, args))\n',
    ],
  ],
  [
    'replay',
    'all have one nonce',
    'replay-store',
    ["randomBytes(12).toString('base64url')", "'nonce'"],
    ['secrets.token_urlsafe(12)', '"nonce"'],
  ],
  [
    'replay',
    'a repeated command has another nonce',
    'replay-store',
    [
      "        return runScript(one, 'consume', keys, args)\n",
      "        return runScript(one, 'consume', keys, ['another', ...args.slice(1)])\n",
    ],
    [
      'it is one use.\n    return (yield from run_script(redis, "consume", keys, args))',
      'it is one use.\n    return (yield from run_script(redis, "consume", keys, ["another", *args[1:]]))',
    ],
  ],
  [
    'replay',
    'an answer that is lost is not asked for again',
    'replay-store',
    ["!== 'store_unavailable') throw error", "!== 'nothing') throw error"],
    ['!= "store_unavailable":\n            raise', '!= "nothing":\n            raise'],
  ],
  [
    'replay',
    'a token is forgotten as soon as it expires',
    'replay-store',
    ['const MARGIN = 90', 'const MARGIN = 0'],
    ['_MARGIN: Final = 90', '_MARGIN: Final = 0'],
  ],
  [
    'replay',
    'seconds are kept for milliseconds',
    'replay-store',
    ['Math.max(skew, MARGIN)) * 1000)', 'Math.max(skew, MARGIN)))'],
    ['max(self.clock_skew_seconds, _MARGIN)) * 1000', 'max(self.clock_skew_seconds, _MARGIN)) * 1'],
  ],
  [
    'replay',
    'when a token was issued is not told',
    'replay-store',
    ["String(issued ?? ''), String(skew)", "'', String(skew)"],
    ['"" if issued is None else f"{issued:.6f}"', '""'],
  ],
  [
    'replay',
    'each part notices for itself',
    'replay-store',
    [
      '    for (const part of partKeys(prefix))\n      deadline\n',
      '    for (const part of partKeys(prefix).slice(16))\n      deadline\n',
    ],
    [
      'def _look(redis: AnyRedisCommands, prefix: str) -> Flow[None]:\n    for part in part_keys(prefix):',
      'def _look(redis: AnyRedisCommands, prefix: str) -> Flow[None]:\n    for part in part_keys(prefix)[16:]:',
    ],
  ],
  [
    'replay',
    'an answer that is none lets a token in',
    'replay-store',
    [
      "if (said === 'fresh' || said === 'replayed') return said",
      "if (said !== 'forgetful') return said === 'replayed' ? said : 'fresh'",
    ],
    ['    if said == "fresh":', '    if said not in {"replayed", "forgetful"}:'],
  ],
  [
    'names',
    'keys of one part are in several slots',
    'names',
    [`\`{\${prefix}:replay:\${part.toString(16)}}\``, `\`\${prefix}:replay:\${part.toString(16)}\``],
    ['f"{{{prefix}:replay:{part:x}}}"', 'f"{prefix}:replay:{part:x}"'],
  ],
  [
    'names',
    'all have one prefix',
    'names',
    [`\`{\${prefix}:replay:`, `\`{kit:replay:`],
    ['f"{{{prefix}:replay:', 'f"{{kit:replay:'],
  ],
  [
    'names',
    'where the issuer ends is not told',
    'names',
    [`\`\${Buffer.byteLength(first)}:\${first}\${second}\``, `\`\${first}\${second}\``],
    ['b"%d:%b%b" % (len(one), one, other)', 'one + other'],
  ],
  [
    'names',
    'lengths are of letters',
    'names',
    ['Buffer.byteLength(first)', 'first.length'],
    ['(len(one), one', '(len(first), one'],
  ],
  [
    'names',
    'a limit has one budget for all',
    'names',
    ["digest(limit, whose).toString('base64url')", "digest(limit, '').toString('base64url')"],
    ['_digest(limit, whose)', "_digest(limit, '')"],
  ],
  [
    'names',
    'budgets have no hash tag',
    'names',
    [`\`{\${prefix}:limit:`, `\`\${prefix}:limit:{`],
    ['f"{{{prefix}:limit:{', 'f"{prefix}:limit:{{{'],
  ],
  [
    'names',
    'revocations are of no issuer',
    'names',
    ['revoked:${digest(issuer, jti)', "revoked:${digest('', jti)"],
    ['revoked:{encode_base64url(_digest(issuer, jti))', "revoked:{encode_base64url(_digest('', jti))"],
  ],
]
