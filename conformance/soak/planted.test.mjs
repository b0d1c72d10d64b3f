// The soak itself: what is planted in the consumers must be noticed in both languages, and as what it is.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { flatness } from './memory.mjs'

const program = fileURLToPath(new URL('soak.mjs', import.meta.url))

/** By what is planted: what every face, or every process, must be told of. One is planted in Node.js alone. */
const NOTICED = {
  accept: ['node', 'threads', 'loop'].map((face) => new RegExp(`^✗ ${face}: [1-9]\\d* false acceptance$`, 'm')),
  refuse: ['node', 'threads', 'loop'].map((face) => new RegExp(`^✗ ${face}: [1-9]\\d* false refusal$`, 'm')),
  fetch: ['node', 'threads', 'loop'].map((face) => new RegExp(`^✗ ${face}: [1-9]\\d* asked too often$`, 'm')),
  mute: [/^✗ node: [1-9]\d* did not ask$/m],
  leak: ['node: \\d+ bytes', 'python: \\d+ blocks'].map((memory) => new RegExp(`^✗ ${memory} early`, 'm')),
}

/** A seed whose first outages are longer than any key set is fresh. */
const SEED = 1706
/**
 * On a starved machine so many verdicts are left open that a short run may see nothing of a fault: then a longer one is
 * made. What is never noticed fails all the same.
 */
const SECONDS = [22, 40, 60]

const run = (plant, seconds) =>
  new Promise((resolve) => {
    const args = [program, '--seconds', String(seconds), '--seed', String(SEED), '--plant', plant]
    execFile(process.execPath, args, (error, output) => resolve({ status: error?.code ?? 0, output }))
  })

async function untilNoticed(plant, lines) {
  let last
  for (const seconds of SECONDS) {
    last = await run(plant, seconds)
    if (lines.every((line) => line.test(last.output))) break
  }
  return last
}

for (const [plant, lines] of Object.entries(NOTICED))
  test(`a planted fault is noticed: ${plant}`, async () => {
    const { status, output } = await untilNoticed(plant, lines)
    assert.equal(status, 1, output)
    for (const line of lines) assert.match(output, line)
  })

/** 60 samples of 12 MB, of which two in three hold answers on their way: of 3 MB late in the run, of 1 MB before. */
const samples = (grown) =>
  Array.from({ length: 60 }, (_, at) => 12_000_000 + (at % 3 && (at < 40 ? 1e6 : 3e6)) + at * grown)

test('answers on their way are not growth', () => {
  assert.equal(flatness('node', samples(0)).isFlat, true)
})

test('growth is noticed beneath answers on their way', () => {
  assert.equal(flatness('node', samples(50_000)).isFlat, false)
})
