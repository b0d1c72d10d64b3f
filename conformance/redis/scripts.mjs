// node conformance/redis/scripts.mjs [--check]: the scripts that Redis runs, written where each package ships them.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const sources = new URL('scripts/', import.meta.url)
const scripts = readdirSync(sources)
  .filter((name) => name.endsWith('.lua'))
  .sort()
  .map((name) => {
    const text = readFileSync(new URL(name, sources), 'utf8').replaceAll('\r\n', '\n')
    return [name.slice(0, -4), { sha1: createHash('sha1').update(text).digest('hex'), text }]
  })
const text = `${JSON.stringify(Object.fromEntries(scripts), null, 2)}\n`

for (const place of ['packages/redis/src/scripts/texts.json', 'python/src/kit_jwt/redis/scripts.json']) {
  const url = new URL(`../../${place}`, import.meta.url)
  if (existsSync(url) && readFileSync(url, 'utf8') === text) continue
  if (process.argv.includes('--check')) {
    console.error(`differs from its source: ${place}`)
    process.exitCode = 1
  } else {
    writeFileSync(url, text)
    console.log(fileURLToPath(url))
  }
}
