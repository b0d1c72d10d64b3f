// Runs vector files against @kit/jwt: one line of JSON for each test, a summary on stderr.
//   node conformance/run.mjs [--implementation FILE] [FILE…]
// Exits with 0, with 1 where a test failed, with 2 where a file cannot be read or has another format.
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, implementation: { type: 'string' } },
})
const here = fileURLToPath(new URL('vectors/', import.meta.url))
const files =
  positionals.length > 0
    ? positionals
    : readdirSync(here)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => here + name)
const implementation = values.implementation
  ? pathToFileURL(resolve(values.implementation)).href
  : '@kit/jwt/conformance'
const { isVectorFile, runFile } = await import(implementation).catch(({ message }) => {
  process.stderr.write(`${implementation} cannot be loaded (is @kit/jwt built?): ${message}\n`)
  process.exit(2)
})

function read(path) {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8'))
    if (isVectorFile(file)) return file
  } catch {
    // Said below, with the name of the file.
  }
  process.stderr.write(`${path}: not a file of vectors, format 1\n`)
  process.exit(2)
}

let passed = 0
let failed = 0
for (const file of files.map(read))
  for (const result of await runFile(file)) {
    if (result.passed) passed += 1
    else failed += 1
    process.stdout.write(`${JSON.stringify(result)}\n`)
  }
process.stderr.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0
