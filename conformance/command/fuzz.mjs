// node conformance/command/fuzz.mjs: random command lines and random files, for which both languages must give the same
// bytes. The seed is printed; KIT_SEED runs one again, KIT_CASES says how many of each.
import { pathToFileURL } from 'node:url'
import { randomClaims } from './claims.mjs'
import { randomContents } from './contents.mjs'
import { fingerprint, runBoth } from './languages.mjs'
import { randomLines } from './lines.mjs'
import { randomVectors } from './vectors.mjs'

const INTERNAL = /internal error|"internal"|"exception":"(?!Fetch)/
const MOST_SHOWN = 10

/** How many cases there were, and what was wrong with some. */
export async function fuzz(seed, count) {
  const scenarios = [randomLines, randomContents, randomClaims, randomVectors].flatMap((make) => make(seed, count))
  const { typescript, python } = await runBoth(scenarios)
  const faults = scenarios.flatMap((scenario, index) => {
    const [ours, theirs] = [typescript[index], python[index]]
    if (fingerprint(ours) === fingerprint(theirs) && !INTERNAL.test(ours.stdout + ours.stderr)) return []
    const told = { scenario, typescript: ours, python: theirs }
    return [
      Object.entries(told)
        .map(([name, value]) => `  ${name} ${JSON.stringify(value).slice(0, 600)}\n`)
        .join(''),
    ]
  })
  return { count: scenarios.length, faults }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const seed = Number(process.env.KIT_SEED ?? Date.now() % 2 ** 31)
  const { count, faults } = await fuzz(seed, Number(process.env.KIT_CASES ?? 3000))
  for (const fault of faults.slice(0, MOST_SHOWN)) console.log(`✗\n${fault}`)
  console.log(`seed ${seed}\n${count - faults.length} passed, ${faults.length} failed`)
  process.exitCode = faults.length === 0 ? 0 : 1
}
