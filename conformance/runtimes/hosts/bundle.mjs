// One file of a shim and what it imports, resolved as the bundlers of a platform resolve it.
import { join } from 'node:path'
import { here } from '../install.mjs'

/** The text of a bundle of a file of this folder under some export conditions. */
export async function bundleOf(file, conditions) {
  // On a fresh clone it is there only once the repository is set up.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(here, file)],
    bundle: true,
    format: 'esm',
    conditions,
    external: ['cloudflare:workers', 'node:*'],
    write: false,
    tsconfigRaw: '{}',
  })
  return outputFiles[0].text
}
