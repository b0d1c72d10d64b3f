// import-one.mjs import PACKAGE | import-one.mjs import.ready CANDIDATE MATERIAL.json
import { readFileSync } from 'node:fs'

const [operation, what, path] = process.argv.slice(2)
const material = operation === 'import' ? undefined : JSON.parse(readFileSync(path, 'utf8'))
const began = performance.now()
if (material === undefined) await import(what)
else {
  const { verify } = await import(`../candidates/${what}.mjs`)
  await (await verify(material, 'hs512'))(material.tokens.hs512['0.5'][0])
}
process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - began) / 1000 })}\n`)
