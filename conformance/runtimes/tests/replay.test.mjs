// Tokens that pass once, remembered by Durable Objects in workerd.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { bundleOf } from '../hosts/bundle.mjs'
import { COMPATIBILITY_DATE } from '../hosts/workerd.mjs'
import { options } from './installed.mjs'

const CLASSES = { REPLAY: 'ReplayObject', WATCHED: 'WatchedObject', FROZEN: 'FrozenObject', LYING: 'LyingObject' }
const persisted = mkdtempSync(join(tmpdir(), 'kit-replay-'))
let miniflare

async function start() {
  const { Miniflare } = await import('miniflare')
  const contents = await bundleOf('tests/programs/replay.mjs', ['workerd'])
  return new Miniflare({
    modules: [{ type: 'ESModule', path: 'replay.mjs', contents }],
    durableObjects: Object.fromEntries(
      Object.entries(CLASSES).map(([binding, className]) => [binding, { className, useSQLite: true }]),
    ),
    durableObjectsPersist: persisted,
    compatibilityDate: COMPATIBILITY_DATE,
  })
}

before(async () => {
  if (!options.skip) miniflare = await start()
})
after(async () => {
  await miniflare?.dispose()
  rmSync(persisted, { recursive: true, force: true })
})

async function ask(operation, given = {}) {
  const body = JSON.stringify({ operation, ...given })
  return (await miniflare.dispatchFetch('http://worker.test/', { method: 'POST', body })).json()
}

const inSeconds = (seconds) => Date.now() / 1000 + seconds

/** How often each answer was given. */
function countOf(answers) {
  const counts = {}
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1
  return counts
}

test('of many at once, in one Worker and in many requests, exactly one is the first', options, async () => {
  const use = { jti: 'at once', expires: inSeconds(300) }
  const rounds = await Promise.all(Array.from({ length: 20 }, () => ask('consume', { uses: Array(10).fill(use) })))
  assert.deepEqual(countOf(rounds.flat()), { fresh: 1, replayed: 199 })
})

test('tokens of many objects, of a long name and of a strange one, are told apart', options, async () => {
  const names = [...Array.from({ length: 300 }, (_, index) => `j${index}`), 'a'.repeat(10_000), '{}\n\0', 'é', '']
  const uses = names.map((jti) => ({ jti, expires: inSeconds(300) }))
  assert.deepEqual(countOf(await ask('consume', { uses })), { fresh: names.length })
  assert.deepEqual(countOf(await ask('consume', { uses })), { replayed: names.length })
})

test('the same name is another token where another issuer gave it', options, async () => {
  const uses = ['a', 'b'].map((name) => ({ issuer: `https://${name}.example`, jti: 'same', expires: inSeconds(300) }))
  assert.deepEqual(await ask('consume', { uses }), ['fresh', 'fresh'])
})

test(
  'a token is remembered for 90 seconds longer than it lives, for a clock that is behind, and no longer',
  options,
  async () => {
    const uses = [
      { jti: 'just remembered', expires: inSeconds(-60) },
      { jti: 'just forgotten', expires: inSeconds(-91) },
    ]
    assert.deepEqual(await ask('consume', { uses }), ['fresh', 'fresh'])
    assert.deepEqual(await ask('consume', { uses }), ['replayed', 'fresh'])
  },
)

test('an alarm forgets what is over, and nothing else', options, async () => {
  const { before: held, after: left } = await ask('watched', { inSeconds: [-100, -91, -30, 10, 300] })
  assert.deepEqual([held.held, left], [5, 3])
  // Not for each token: a minute later at the earliest.
  assert.ok(held.wakesIn > 50 && held.wakesIn < 100, `${held.wakesIn}`)
})

test('a kit takes a token once', options, async () => {
  assert.deepEqual(countOf(await ask('once', { times: 20 })), { passed: 1, token_replayed: 19 })
})

test('what does not answer in time, or not what it should, lets nothing pass', options, async () => {
  const hurried = { deadlineMilliseconds: 50 }
  assert.deepEqual(await ask('once', { binding: 'FROZEN', options: hurried }), ['replay_unavailable'])
  assert.deepEqual(await ask('once', { binding: 'LYING' }), ['replay_unavailable'])
})

test('what is no binding, or no deadline, makes no store', options, async () => {
  assert.deepEqual(await ask('misuse'), Array(5).fill('MisuseError'))
})

test('a restart forgets nothing', options, async () => {
  const uses = [{ jti: 'before', expires: inSeconds(300) }]
  assert.deepEqual(await ask('consume', { uses }), ['fresh'])
  await miniflare.dispose()
  miniflare = await start()
  assert.deepEqual(await ask('consume', { uses }), ['replayed'])
})
