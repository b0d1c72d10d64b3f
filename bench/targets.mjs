// node bench/targets.mjs [FILE]: holds bench/results/latest.json, or another such file, against the targets. Ends with 1 where
// one is not met.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { judge } from './core/targets.mjs'

const path = process.argv[2] ?? fileURLToPath(new URL('results/latest.json', import.meta.url))
if (!existsSync(path)) {
  process.stderr.write(`There is no ${path}: run 'make bench' first.\n`)
  process.exit(2)
}
const judged = judge(JSON.parse(readFileSync(path, 'utf8')))
for (const { what, ratio, target, value, isMet, floor } of judged) {
  const beyond = floor === undefined ? '' : `, nor by the strict floor: ${floor.toFixed(2)}`
  const verdict = value === undefined ? 'not measured' : isMet ? 'met' : `not met${beyond}`
  process.stdout.write(
    `${what.padEnd(44)}${ratio.padEnd(34)}${target.padEnd(8)}${(value?.toFixed(2) ?? '').padStart(7)}  ${verdict}\n`,
  )
}
const met = judged.filter(({ isMet }) => isMet).length
const beyond = judged.filter(({ floor }) => floor !== undefined).length
process.stdout.write(
  `${met} of ${judged.length} targets met; ${beyond} of the others are out of reach of the strict floor, too\n`,
)
process.exit(met === judged.length ? 0 : 1)
