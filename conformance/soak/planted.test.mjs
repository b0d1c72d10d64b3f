// The soak itself: what is planted in the consumers must be noticed in both languages, and as what it is.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

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

const run = (plant) =>
  new Promise((resolve) => {
    const args = [program, '--seconds', '22', '--seed', String(SEED), '--plant', plant]
    execFile(process.execPath, args, (error, output) => resolve({ status: error?.code ?? 0, output }))
  })

for (const [plant, lines] of Object.entries(NOTICED))
  test(`a planted fault is noticed: ${plant}`, async () => {
    const { status, output } = await run(plant)
    assert.equal(status, 1, output)
    for (const line of lines) assert.match(output, line)
  })
