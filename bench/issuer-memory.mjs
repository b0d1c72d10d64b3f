// node bench/issuer-memory.mjs [--tokens N] [--only node|python]: does an issuer keep something of every token?
//
// A million tokens unless told otherwise, most of client_credentials, some of an exchange. What is kept late in the run is held
// against what was kept early, when all rubbish is collected: bytes in Node.js, allocated blocks in Python.
import { parseArgs } from 'node:util'
import { flatness } from '../conformance/soak/memory.mjs'
import { setup } from '../scripts/setup.mjs'

const SAMPLES = 40
const EXCHANGED = 10

const { values } = parseArgs({
  options: { tokens: { type: 'string', default: '1000000' }, only: { type: 'string', default: '' } },
})
const tokens = Number(values.tokens)
if (!Number.isInteger(tokens) || tokens < SAMPLES) {
  process.stderr.write(`--tokens is a count, ${SAMPLES} at least.\n`)
  process.exit(2)
}
setup()
const { askFor, CREDENTIALS, exchangeOf } = await import('./issuer/requests.mjs')
const { LANGUAGES, startIssuer } = await import('./issuer/servers.mjs')

let [passed, failed] = [0, 0]
for (const name of Object.keys(LANGUAGES).filter((name) => name.includes(values.only))) {
  const issuer = await startIssuer(name)
  try {
    const exchange = exchangeOf(issuer.user)
    const samples = []
    for (let sample = 0; sample < SAMPLES; sample++) {
      await askFor(issuer, Math.ceil(tokens / SAMPLES), (n) => (n % EXCHANGED === 0 ? exchange : CREDENTIALS))
      // A line of each token would fill a disk.
      issuer.forget()
      samples.push(await issuer.ask('kept'))
    }
    const { isFlat, text } = flatness(name, samples)
    if (isFlat) passed += 1
    else failed += 1
    process.stdout.write(`${isFlat ? '✓' : '✗'} ${tokens} tokens, ${text}\n`)
  } finally {
    await issuer.stop()
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
