// Wrong uses and wrong names of keys, as in versions.mjs.

/** Of which tests, what is wrong, in which room, and in TypeScript and Python: what is found, what it becomes. */
export const USES = [
  [
    'replay',
    'who used a token is asked first, and told after',
    'consume',
    [
      '    return await once(redis, keys, own, copies)\n',
      "    const key = keys[1] as string\n    if ((await redis.command(['GET', key], key)) !== null) return 'replayed'\n    await redis.command(['SET', key, 'x', 'PX', args[1] as string], key)\n    return 'fresh'\n",
    ],
    [
      '        try:\n            return (yield from self._once(redis, keys, args))\n',
      '        held = yield Effect(lambda: redis.command(["GET", keys[1]], keys[1]))\n        if held.value is not None:\n            return "replayed"\n        yield Effect(lambda: redis.command(["SET", keys[1], "x", "PX", args[1]], keys[1]))\n        return "fresh"\n        try:\n            return (yield from self._once(redis, keys, args))\n',
    ],
  ],
  [
    'replay',
    'all have one nonce',
    ['replay-store', 'consume'],
    ["randomBytes(12).toString('base64url')", "'nonce'"],
    ['secrets.token_urlsafe(12)', '"nonce"'],
  ],
  [
    'replay',
    'a repeated command has another nonce',
    'consume',
    [
      '    return once(redis, keys, own, copies)\n',
      "    return once(redis, keys, ['another', ...own.slice(1)], copies)\n",
    ],
    [
      'keys[0]))\n        return (yield from self._once(redis, keys, args))',
      'keys[0]))\n        return (yield from self._once(redis, keys, ["another", *args[1:]]))',
    ],
  ],
  [
    'replay',
    'an answer that is lost is not asked for again',
    'consume',
    ["!== 'store_unavailable') throw error", "!== 'nothing') throw error"],
    ['!= "store_unavailable":\n                raise', '!= "nothing":\n                raise'],
  ],
  [
    'replay',
    'a token is forgotten as soon as it expires',
    ['replay-store', 'consume'],
    ['const MARGIN = 90', 'const MARGIN = 0'],
    ['_MARGIN: Final = 90', '_MARGIN: Final = 0'],
  ],
  [
    'replay',
    'seconds are kept for milliseconds',
    ['replay-store', 'consume'],
    ['Math.max(skew, MARGIN)) * 1000)', 'Math.max(skew, MARGIN)))'],
    ['max(self.clock_skew_seconds, _MARGIN)) * 1000', 'max(self.clock_skew_seconds, _MARGIN)) * 1'],
  ],
  [
    'replay',
    'when a token was issued is not told',
    ['replay-store', 'consume'],
    ["String(issued ?? ''), String(skew)", "'', String(skew)"],
    ['"" if issued is None else f"{issued:.6f}"', '""'],
  ],
  [
    'replay',
    'each part notices for itself',
    ['replay-store', 'consume'],
    [
      '    for (const part of partKeys(prefix))\n      deadline\n',
      '    for (const part of partKeys(prefix).slice(16))\n      deadline\n',
    ],
    [
      'Have all parts look whether they forgot."""\n        for part in part_keys(self.prefix):',
      'Have all parts look whether they forgot."""\n        for part in part_keys(self.prefix)[16:]:',
    ],
  ],
  [
    'replay',
    'an answer that is none lets a token in',
    ['replay-store', 'consume'],
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
  [
    'replicas',
    'nobody counts the replicas that know',
    'consume',
    ["said === 'fresh' && !(Number(copied) >= least) ? 'unreplicated'", "said === '' ? 'unreplicated'"],
    ['return said if said != "fresh" or is_enough else "unreplicated"', 'return said'],
  ],
  [
    'replicas',
    'replicas are not waited for',
    'consume',
    ["['WAIT', String(least),", "['WAIT', '0',"],
    ['["WAIT", str(self.min_replicas),', '["WAIT", "0",'],
  ],
  [
    'replicas',
    'what is no number counts',
    'consume',
    ['!(Number(copied) >= least)', 'Number(copied) < least'],
    ['type(copied) is int and copied', 'copied is not None and int(str(copied).replace("True", "1"))'],
  ],
]
