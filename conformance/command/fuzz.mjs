// Thousands of random command lines: both languages must give the same bytes. The seed is printed; KIT_SEED runs one again.
import { fingerprint, runBoth } from './languages.mjs'
import { randomLines } from './lines.mjs'

const seed = Number(process.env.KIT_SEED ?? Date.now() % 2 ** 31)
const count = Number(process.env.KIT_CASES ?? 3000)
const lines = randomLines(seed, count)
const { typescript, python } = await runBoth(lines)
const different = lines.filter((_, index) => fingerprint(typescript[index]) !== fingerprint(python[index]))
console.log(`seed ${seed}`)
for (const line of different.slice(0, 20)) {
  const index = lines.indexOf(line)
  console.log(`✗ ${JSON.stringify(line.argv)}`)
  console.log(`  typescript ${JSON.stringify(typescript[index])}\n  python     ${JSON.stringify(python[index])}`)
}
const internal = typescript.filter(({ stdout, stderr }) => /internal error|"internal"/.test(stdout + stderr)).length
if (internal > 0) console.log(`✗ ${internal} internal errors`)
console.log(`${count - different.length} passed, ${different.length + internal} failed`)
process.exitCode = different.length + internal === 0 ? 0 : 1
