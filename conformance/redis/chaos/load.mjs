// What every face does under load: the same in Node.js (node.mjs) and in Python (python/load.py), each call told by its kind,
// what it was about, when it began, how long it took, and what came of it.

/** Milliseconds that a call may take. */
export const DEADLINE = 200
/** Calls that each face begins in a second. */
export const RATE = 100
/** Tokens that are issued in a second; every face tries the newest, and now and then an older one. */
export const TOKENS = 20
/** Tokens `r0` to `r9` are revoked before anything begins; those of `n…` never are. */
export const REVOKED = 10

/** Budgets that do not come back while a run lasts, so that what was let through can be counted. */
export const BURST = 40
export const LIMITS = {
  shared: { name: 'shared', quota: 1, windowSeconds: 3600, burst: BURST },
  // In a part of its own for each process while Redis does not answer.
  fallback: { name: 'fallback', quota: 1, windowSeconds: 3600, burst: BURST },
  // One that does come back: 10 a second.
  steady: { name: 'steady', quota: 10, windowSeconds: 1, burst: 10 },
}

/** What is done, in turn. */
export const KINDS = ['consume', 'again', 'draw', 'revoked', 'consume', 'steady', 'read', 'fallback', 'again', 'write']

/** Answers, of a store that works, by kind. */
const ANSWERS = {
  consume: ['fresh', 'replayed', 'store_forgetful'],
  again: ['fresh', 'replayed', 'store_forgetful'],
  draw: ['allowed', 'denied'],
  steady: ['allowed', 'denied'],
  revoked: ['true', 'false'],
  write: ['written', 'stale'],
}
/** One of them, or the version of a document. The fallback always answers, and so says nothing of Redis. */
export const isAnswer = ({ kind, result }) =>
  kind === 'read' ? /^\d+$/.test(result) : kind !== 'fallback' && ANSWERS[kind].includes(result)
