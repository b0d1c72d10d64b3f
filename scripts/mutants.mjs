// `make mutants`: are the vectors and the tests able to see a mistake?
// First the wrong versions of conformance/mutants, each caught by a vector: on Node.js, on the backend of every runtime, and
// with kits that remember signatures. Then Stryker and mutmut change every line of the token, key, policy and delegation rooms;
// what they change unnoticed must be listed, with the reason why it is no mistake, in conformance/mutants/equivalent/. It takes
// longer than all else here.
//   npm run mutants -- [--language typescript|python] [--skip-patches] [--only ROOM]
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { explain } from './mutation/equivalents.mjs'
import { mutmut } from './mutation/mutmut.mjs'
import { stryker } from './mutation/stryker.mjs'
import { python, root, setup } from './setup.mjs'

const { values } = parseArgs({
  options: { language: { type: 'string' }, 'skip-patches': { type: 'boolean' }, only: { type: 'string' } },
})
const tools = Object.entries({ typescript: stryker, python: mutmut }).filter(
  ([language]) => values.language === undefined || values.language === language,
)
if (tools.length === 0) {
  process.stderr.write(`There is no language '${values.language}': it is typescript or python.\n`)
  process.exit(2)
}

setup()
let failed = 0
/** Arguments of `run.mjs`; Python has one backend. */
const language = values.language ? ['--language', values.language] : []
const WAYS = [language, [...language, '--cache']]
if (values.language !== 'python') WAYS.push(['--language', 'typescript', '--backend', 'web'])
for (const way of values['skip-patches'] ? [] : WAYS) {
  const run = spawnSync(process.execPath, ['conformance/mutants/run.mjs', ...way], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KIT_PYTHON: python },
  })
  if (run.status !== 0) failed += 1
}

const table = [['language', 'room', 'mutants', 'killed', 'equivalent', 'survived']]
for (const [language, tool] of tools) {
  process.stdout.write(`\n${language}: this takes a while …\n`)
  const { rooms, survivors } = await tool(values.only)
  const { unexplained, explained, stale } = explain(language, survivors, values.only !== undefined)
  for (const mutant of unexplained) process.stdout.write(`survived: ${mutant.where}\n${mutant.change}\n\n`)
  for (const { where, change } of stale) process.stdout.write(`no longer survives: ${where}\n${change}\n\n`)
  failed += unexplained.length + stale.length
  for (const [room, total] of Object.entries(rooms).sort()) {
    const of = (list) => list.filter((mutant) => mutant.room === room).length
    const alive = of(unexplained)
    const equivalent = of(explained)
    table.push([language, room, total, total - alive - equivalent, equivalent, alive].map(String))
  }
}
process.stdout.write('\n')
for (const row of table)
  process.stdout.write(
    `${row[0].padEnd(12)}${row[1].padEnd(28)}${row
      .slice(2)
      .map((cell) => cell.padStart(11))
      .join('')}\n`,
  )
process.stdout.write(failed ? `\n${failed} unexplained\n` : '\nevery mutant is killed or explained\n')
process.exit(failed ? 1 : 0)
