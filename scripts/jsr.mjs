// Lays out what is published on JSR: the built package, with its types beside each entry, and a deno.json.
//   node scripts/jsr.mjs        then, in the folder that it prints: deno publish
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './setup.mjs'

const from = join(root, 'packages', 'jwt')
// Vitest and workerd's own module are resolved by npm and by Cloudflare's tools, not by JSR.
const ENTRIES = ['index', 'verifier', 'node', 'workers', 'deno', 'encoding', 'testing', 'conformance']
const LEFT_OUT =
  /[\\/]dist[\\/](?:command(?:\.js|\.d\.ts|[\\/])|testing[\\/]|workers[\\/]|environment[\\/](?:workerd|browser)\.|crypto[\\/]node\.)/

/** Declarations that entries share have no module beside them: Deno wants them by their own name. */
function followTypes(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
  for (const path of files.filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(path, 'utf8').replace(/((?:from|import) ')(\.[^']+)\.js'/g, (whole, from, name) =>
      existsSync(join(dirname(path), `${name}.js`)) ? whole : `${from}${name}.d.ts'`,
    )
    writeFileSync(path, text)
  }
}

/** Writes the folder anew and returns its path. */
export function layOutJsr(folder = join(root, '.make', 'jsr')) {
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(join(from, 'dist'), join(folder, 'dist'), { recursive: true, filter: (path) => !LEFT_OUT.test(path) })
  for (const name of ['README.md', 'LICENSE']) cpSync(join(from, name), join(folder, name))
  for (const entry of [...ENTRIES, 'environment/portable', 'crypto/web']) {
    const path = join(folder, 'dist', `${entry}.js`)
    writeFileSync(path, `/* @ts-self-types="./${basename(entry)}.d.ts" */\n${readFileSync(path, 'utf8')}`)
  }
  followTypes(join(folder, 'dist'))
  const jose = `npm:jose@${manifest.dependencies.jose}`
  const config = {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license,
    exports: Object.fromEntries(ENTRIES.map((name) => [name === 'index' ? '.' : `./${name}`, `./dist/${name}.js`])),
    imports: {
      '#environment': './dist/environment/portable.js',
      '#crypto': './dist/crypto/web.js',
      'jose/key/export': `${jose}/key/export`,
      'jose/key/generate/keypair': `${jose}/key/generate/keypair`,
    },
    publish: { include: ['dist', 'README.md', 'LICENSE', 'deno.json'] },
  }
  writeFileSync(join(folder, 'deno.json'), `${JSON.stringify(config, null, 2)}\n`)
  return folder
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(`${layOutJsr()}\n`)
