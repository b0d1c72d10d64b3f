// One file of a shim and what it imports, resolved as the bundlers of a platform resolve it.
import { join } from 'node:path'
import { build } from 'esbuild'
import { here } from '../install.mjs'

/** The text of a bundle of a file of this folder under some export conditions. */
export async function bundleOf(file, conditions) {
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
