// One file and what it imports, resolved as the bundlers of a platform resolve it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { here } from '../install.mjs'

/**
 * The text of a bundle of a file under some export conditions. Wherever the file stands, its packages are those of this
 * folder: the packed tarball, not the source.
 *
 * @param file - a path below this folder
 */
export async function bundleOf(file, conditions) {
  // On a fresh clone it is there only once the repository is set up.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: { contents: readFileSync(join(here, file), 'utf8'), resolveDir: here },
    bundle: true,
    format: 'esm',
    conditions,
    external: ['cloudflare:workers', 'node:*'],
    write: false,
    tsconfigRaw: '{}',
  })
  return outputFiles[0].text
}
