// Two issuers whose keys rotate, endpoints that fail in every way, and both languages verifying all the time: nothing may be
// refused that has to pass, nothing may pass that has to be refused, and nothing may grow.
//   node conformance/soak/soak.mjs [--seconds 30] [--seed N] [--language typescript|python] [--rate 200] [--plant FAULT]
import { parseArgs } from 'node:util'
import { LANGUAGES } from './consumer.mjs'
import { report } from './report.mjs'
import { soak } from './run.mjs'

const PLANTS = ['leak', 'accept', 'refuse', 'fetch', 'mute']

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    language: { type: 'string' },
    rate: { type: 'string', default: '200' },
    speed: { type: 'string', default: '30' },
    plant: { type: 'string' },
  },
})
const [seconds, seed, rate, speed] = [values.seconds, values.seed, values.rate, values.speed].map(Number)
const languages = Object.keys(LANGUAGES).filter((language) => [undefined, language].includes(values.language))
const isWrong = [seconds, rate, speed].some((number) => !(number > 0)) || !Number.isInteger(seed)
if (isWrong || languages.length === 0 || (values.plant !== undefined && !PLANTS.includes(values.plant))) {
  process.stderr.write(`--seconds, --rate and --speed are numbers, --plant is one of ${PLANTS.join(', ')}\n`)
  process.exit(2)
}

process.stdout.write(`seed ${seed}, ${seconds} s at ${speed} times the speed\n`)
const outcome = await soak({ seconds, seed, rate, speed, languages, plant: values.plant })
const failed = report(outcome, { seed, seconds })
process.exit(failed ? 1 : 0)
