// In Node.js, Deno and Bun: vector files by path, one line of JSON for each test.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { runFile } from '@kit/jwt/conformance'

for (const path of process.argv.slice(2))
  for (const result of await runFile(JSON.parse(readFileSync(path, 'utf8'))))
    process.stdout.write(`${JSON.stringify(result)}\n`)
