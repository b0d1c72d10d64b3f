// node conformance/issuer/commands/accept.mjs: writes what the commands of an issuer say in TypeScript. The tests of both languages
// are held to it: read the difference before it is committed.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { scenarios } from './scenarios.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
// Below the package, so that what it imports is found from there.
const outfile = join(root, 'packages', 'issuer', 'dist', 'command', 'scenarios.mjs')
await build({
  entryPoints: [join(root, 'packages', 'issuer', 'test', 'command-world.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  external: ['@kit/*'],
})
const { outcomesOf } = await import(pathToFileURL(outfile))
const told = []
for (const scenario of scenarios) told.push({ ...scenario, outcomes: await outcomesOf(scenario) })
const text = `${JSON.stringify({ format: 1, scenarios: told }, null, 2)}\n`
writeFileSync(new URL('transcripts.json', import.meta.url), text)
for (const { name, steps, outcomes } of told) {
  console.log(`\n=== ${name}`)
  for (const [index, { exit, stdout, stderr }] of outcomes.entries())
    console.log(`$ kit-issuer ${steps[index].argv.join(' ')}  # exits ${exit}\n${stdout}${stderr}`)
}
