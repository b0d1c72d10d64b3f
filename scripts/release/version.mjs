// `npx changeset version`, and the same number for the Python packages.
//   node scripts/release/version.mjs
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the number stands in Python: each file, and the line that holds it. */
const PLACES = [
  ['python/pyproject.toml', /^version = "[^"]*"$/m, (version) => `version = "${version}"`],
  ['python/src/kit_jwt/__init__.py', /^__version__ = "[^"]*"$/m, (version) => `__version__ = "${version}"`],
]

/** The version of `@kit/jwt`. */
export const versionOf = (folder = root) =>
  JSON.parse(readFileSync(join(folder, 'packages', 'jwt', 'package.json'), 'utf8')).version

/** Writes a number into every place. Throws where a place has no line for it. */
export function follow(version, folder = root) {
  // What npm calls 1.2.0-rc.1 is 1.2.0rc1 to Python (PEP 440).
  const python = version.replace(
    /-(?:(rc)|(alpha)|(beta))\.(\d+)$/,
    (_, rc, alpha, _beta, number) => `${rc ?? (alpha ? 'a' : 'b')}${number}`,
  )
  for (const [path, line, write] of PLACES) {
    const file = join(folder, path)
    const text = readFileSync(file, 'utf8')
    if (!line.test(text)) throw new Error(`${path}: no line holds the version`)
    writeFileSync(file, text.replace(line, write(python)))
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { status } = spawnSync('npx', ['changeset', 'version'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
  follow(versionOf())
}
