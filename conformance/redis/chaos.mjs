// Redis as it fails, under load through both clients or faces of a language at once: killed, frozen, full, demoted, failed over,
// resharded, behind a network that is slow, silent or breaks. What may never be is judged from outside.
//   node conformance/redis/chaos.mjs [--language typescript|python] [--only TEXT] [--seed N] [--times 5] [--tries 3]
// With --tries, a scenario that was merely late is run again, so many times at most: a machine that is shared is late by itself.
// What may never be, such as a token that is taken twice, counts whenever it is seen.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { LANGUAGES } from './chaos/consumer.mjs'
import { NEVER, RULES, slowest } from './chaos/judge.mjs'
import { NETWORK } from './chaos/scenarios/network.mjs'
import { SINGLE } from './chaos/scenarios/single.mjs'
import { TOPOLOGIES } from './chaos/scenarios/topologies.mjs'
import { World } from './chaos/world.mjs'

const SHOWN = 5
const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    times: { type: 'string', default: '1' },
    tries: { type: 'string', default: '1' },
  },
})
const [seed, times, tries] = [values.seed, values.times, values.tries].map(Number)
const languages = Object.keys(LANGUAGES).filter((language) => [undefined, language].includes(values.language))
const scenarios = Object.entries({ ...SINGLE, ...NETWORK, ...TOPOLOGIES }).filter(([name]) =>
  name.includes(values.only),
)
if (!Number.isInteger(seed) || !(times > 0) || !(tries > 0) || languages.length === 0 || scenarios.length === 0) {
  process.stderr.write(
    '--seed, --times and --tries are numbers, --language is typescript or python, --only is part of a name\n',
  )
  process.exit(2)
}

const counts = { passed: 0, failed: 0, skipped: 0 }
const say = (line) => process.stdout.write(`${line}\n`)

/** The rules that were broken. */
async function run(language, name, scenario, number) {
  const begun = performance.now()
  const world = new World(await scenario.start())
  const wrongs = {}
  try {
    await world.load(language, number)
    await scenario.run(world)
    await world.finish()
    for (const [rule, find] of Object.entries(RULES)) wrongs[rule] = find(world, scenario)
  } catch (error) {
    wrongs['the run came to its end'] = [error.stack, ...world.consumers.flatMap(({ faults }) => faults)]
  } finally {
    await world.end()
  }
  const failed = Object.entries(wrongs).filter(([, list]) => list.length > 0)
  const took = ((performance.now() - begun) / 1000).toFixed(1)
  say(
    `${failed.length ? '✗' : '✓'} ${language}: ${name}: ${world.events.length} calls, ${took} s, slowest ${slowest(world)}`,
  )
  for (const [rule, list] of failed) {
    say(`    ✗ ${rule}: ${list.length}, seed ${seed}`)
    for (const wrong of list.slice(0, SHOWN)) say(`        ${wrong}`)
  }
  return failed.map(([rule]) => rule)
}

async function tried(language, name, scenario, number) {
  for (let left = tries; ; left--) {
    const failed = await run(language, name, scenario, number)
    if (failed.length > 0 && left > 1 && !failed.some((rule) => NEVER.has(rule))) {
      say('    once more')
      continue
    }
    counts.failed += failed.length
    counts.passed += Object.keys(RULES).filter((rule) => !failed.includes(rule)).length
    return
  }
}

const hasRedis = spawnSync('redis-server', ['--version']).status === 0
if (!hasRedis && process.env.KIT_ALL_RUNTIMES === undefined) {
  say('this machine has no redis-server')
  counts.skipped = scenarios.length
} else
  for (let time = 0; time < times; time++)
    for (const language of languages) {
      say(`${language}, time ${time + 1} of ${times}, seed ${seed + time}`)
      for (const [name, scenario] of scenarios) await tried(language, name, scenario, seed + time)
    }

say(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
process.exit(counts.failed === 0 ? 0 : 1)
