// node conformance/generator/providers.mjs [--check]: providers.json, as each package ships it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { forms, providers } = JSON.parse(readFileSync(new URL('../providers.json', import.meta.url), 'utf8'))

/** What the code needs: the rest is for people. */
const shipped = {
  forms: Object.fromEntries(Object.entries(forms).map(([name, { pattern }]) => [name, pattern])),
  providers: Object.fromEntries(
    providers.map(({ name, options, audience, issuer, jwksUrl, algorithms, mapping = {} }) => [
      name,
      {
        options: options.map(({ example: _, ...option }) => option),
        ...(audience.form && { audience: audience.form }),
        issuer,
        jwksUrl,
        algorithms,
        mapping,
      },
    ]),
  ),
}
const text = `${JSON.stringify(shipped, null, 1)}\n`

for (const place of ['packages/jwt/src/config/providers.json', 'python/src/kit_jwt/config/providers.json']) {
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
