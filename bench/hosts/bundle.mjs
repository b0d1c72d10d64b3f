// A module and what it imports, in one file.

/**
 * @param source - `{ entryPoints }`, or `{ stdin }` as esbuild takes them
 * @param conditions - export conditions of a platform
 */
export async function bundleOf(source, conditions, minify = false) {
  // On a fresh clone it is there only once the repository is set up.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    ...source,
    bundle: true,
    minify,
    format: 'esm',
    conditions,
    external: ['cloudflare:workers', 'node:*'],
    logLevel: 'error',
    write: false,
    tsconfigRaw: '{}',
  })
  return outputFiles[0].text
}
