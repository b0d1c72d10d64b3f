// Wrong versions of packages/issuer/src. Each has a twin of the same name in python.mjs.
import { wrong } from '../../mutants/wrong.mjs'

const SEALED = 'crypto.getRandomValues(new Uint8Array(IV_BYTES))'
const WRITTEN = 'if (await asked(() => store.writeIf(before?.set.version ?? 0, text))) '

/** Of these only the vectors of wrapping anew are asked. */
const rewrapped = (one) => ({ ...one, tests: ['rewrap'] })

export default [
  ...wrong('authority/timing.ts', {
    'the lead forgets how long verifiers wait': ['keptBy(given) + cooldown + leeway', 'keptBy(given) + leeway'],
    'clocks count once in the retention': ['2 * (leeway + lookOf(given))', 'leeway + lookOf(given)'],
    'a lead that is too short is taken': ["if (lead < leastLead) throw tooShort('lead')", ''],
    'a retention that is too short is taken': ["if (retention < leastRetention) throw tooShort('retention')", ''],
    'a period may be shorter than the lead': ["if (rotateEvery < lead) throw tooShort('rotateEvery')", ''],
  }),
  ...wrong('authority/life.ts', {
    'a key signs before its lead is over': ['Math.max(periodEnds, next.publishedAt + timing.lead)', 'periodEnds'],
    'a retired key goes at once': ['removeAt: at + retention', 'removeAt: at + 1'],
    'a retired key stays for a moment more': ['removeAt > at', 'removeAt >= at'],
    'an overdue rotation is made twice': [
      "state: 'active', activatedAt: at }\n  if",
      "state: 'active', activatedAt: key.publishedAt }\n  if",
    ],
    'a clock that is behind makes time go back': ['Math.max(Math.floor(now), beganOf(set))', 'Math.floor(now)'],
    'a retired key keeps its private half': [
      "key.algorithm === 'HS512' && privateJwk !== undefined",
      'privateJwk !== undefined',
    ],
    'a key that leaked signs first, as its time has come': [
      '  const at = momentOf(set, now)\n  const gone',
      '  set = await advanced(set, now, timing, keys)\n  const at = momentOf(set, now)\n  const gone',
    ],
    'a key that leaked leaves no trace': ['[...set.revoked, { kid, revokedAt: at }]', 'set.revoked'],
    'a key that leaked is followed by a new one': [
      'signed ? others.map((key) => turn(key, at, timing)) : others',
      'others',
    ],
    'a key signs early before its lead is over': ['at < soonestOf(after, timing)', 'at < 0'],
    'a key that retires early goes early': ['rotationOf(set, timing) + timing.retention', 'at + timing.retention'],
    'the key after an early one is not published': ['[...turned, published(await keys(), at)]', 'turned'],
  }),
  ...wrong('authority/document.ts', {
    'what is sealed is not bound to the rest': ['canonicalize({ kid, set })', 'canonicalize({ kid })'],
    'what is sealed is not bound to its name': [
      'canonicalize({ kid, set })',
      'canonicalize({ set: kid === kid && set })',
    ],
    'the number of the store is not compared': [
      "if (json.version !== version) throw new AuthorityError('key_document_rolled_back')",
      '',
    ],
    'a form of the future is read': ["typeof format === 'number' && format > FORMAT", 'format === null'],
    'a private half of another name is taken': [" || jwk['kid'] !== key.kid", ''],
  }),
  ...wrong('authority/shape.ts', {
    'a private member is published': [' && Object.keys(value).every((name) => PUBLIC_MEMBERS.includes(name))', ''],
  }),
  ...wrong('authority/given-key.ts', {
    'a given key loses its name': ['own ?? (await thumbprint(whole))', 'await thumbprint(whole)'],
    'a given key for something else is taken': ["use !== 'sig'", "use === ''"],
    'a part of a given key is missing': ['  if (!isWhole)', '  if (isWhole === null)'],
    'halves of a given key need not belong together': ['  await prove(key, algorithm)\n', ''],
    'every new key is the given one': ['    first = undefined\n', ''],
  }),
  ...wrong('sealing/seal.ts', {
    'a nonce is used twice': [SEALED, 'new Uint8Array(IV_BYTES)'],
    'the name of the key-encryption key is ignored': ['keks.find(({ id }) => id === sealed.kek)', 'keks[0]'],
    'a nonce may have any length': ['iv?.length !== IV_BYTES', 'iv === undefined'],
  }),
  ...wrong('sealing/kek.ts', {
    'a key-encryption key may be short': ['bytes.length !== BYTES', 'bytes.length > BYTES'],
    'two key-encryption keys may have one name': ['.size < keks.length', '.size > keks.length'],
  }),
  ...wrong('authority/ledger.ts', {
    'a store that went back is believed': ['known && (stored?.version ?? 0) <= known.set.version', 'known === null'],
    'keys of another algorithm are taken': ['!isMixed && set.keys', 'set === null && [].concat(set)'],
    'a write that was lost counts': [WRITTEN, `${WRITTEN.replace('if (', 'if ((').trim()} !== undefined) `],
    'what a store says reaches the caller': [
      "AuthorityError.is(error) ? error : new AuthorityError('key_store_unavailable')",
      'error',
    ],
    'whoever listens stops a rotation': ['tell(this.#options.onChange, change)', 'this.#options.onChange(change)'],
  }),
  ...wrong('authority/freshness.ts', {
    'the known key signs for ever while the store is away': [
      'isAway && last && clock() < until(last.set)',
      'isAway && last',
    ],
    'what is known is never looked up again': [
      'Math.abs(now - known.readAt) < timing.refresh && now < rotationOf(known.set, timing)',
      'known',
    ],
  }),
  ...wrong('authority/signers.ts', {
    'what an import says reaches the caller': [
      "throw new AuthorityError('key_document_invalid')",
      "throw new Error('key')",
    ],
  }),
  ...wrong('stores/file.ts', {
    'a file that others may read is read': ['(mode & OTHERS) !== 0', '(mode & OTHERS) < 0'],
    'a symbolic link is followed': ['constants.O_RDONLY | NO_FOLLOW', 'constants.O_RDONLY'],
    'any version may be written on': ['if (highest !== version) return false', ''],
    'fifteen documents are kept': ['const KEPT = 16', 'const KEPT = 15'],
    'what a crash left behind stays': ['age > STALE_MILLISECONDS', 'age > Number.MAX_VALUE'],
    'what another process is writing is removed': ['age > STALE_MILLISECONDS', 'age > -1e12'],
    'pruning goes on beyond what stays': [' break\n', ' continue\n'],
  }),
  ...wrong('authority/ledger.ts', {
    'one key under the first is enough': ['.every((id) => id === keks[0].id)', '.some((id) => id === keks[0].id)'],
    'a wrapping anew is no write of its own': ['version: after.version + 1', 'version: after.version'],
    'keys are wrapped anew each time': ['if (!rewraps || ', 'if (!rewraps && '],
    'a wrapping anew that was lost counts': [WRITTEN, `${WRITTEN.slice(0, -2)} || rewraps) `],
    'what is wrapped anew is not told': ['...rewrapsBetween(before?.seals ?? new Map(), seals, now)', ''],
  }).map(rewrapped),
  ...wrong('authority/document.ts', {
    'a retired secret is not wrapped anew': [
      'context(key.kid), keks)\n      return {',
      "context(key.kid), key.state === 'retired' ? [keks.at(-1)] : keks)\n      return {",
    ],
  }).map(rewrapped),
  ...wrong('sealing/seal.ts', {
    'what is wrapped anew has the name of the old key': ['[{ id, key }]: Keks', "[{ key }, { id } = { id: 'a' }]: any"],
  }).map(rewrapped),
]
