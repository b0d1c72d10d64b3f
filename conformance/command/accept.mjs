// node conformance/command/accept.mjs [NAME…]: writes the transcripts of what both languages say. Read the difference
// as the person at the terminal would: what is written here is what everybody will see.
import { writeFileSync } from 'node:fs'
import { fingerprint, runBoth } from './languages.mjs'
import { readScenarios, toExpected, transcriptUrl } from './scenarios.mjs'

const wanted = process.argv.slice(2)
for (const [name, scenarios] of Object.entries(await readScenarios())) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const { typescript, python } = await runBoth(scenarios)
  const kept = scenarios.map((scenario, index) => {
    if (fingerprint(typescript[index]) === fingerprint(python[index]))
      return { ...scenario, expected: toExpected(typescript[index]) }
    console.error(`${name}, '${scenario.name}': the languages differ`)
    console.error(`  typescript ${JSON.stringify(typescript[index])}\n  python     ${JSON.stringify(python[index])}`)
    process.exitCode = 1
    return undefined
  })
  if (process.exitCode === 1) continue
  writeFileSync(transcriptUrl(name), `${JSON.stringify({ format: 1, scenarios: kept }, null, 1)}\n`)
  console.log(`${name}: ${kept.length} transcripts`)
}
