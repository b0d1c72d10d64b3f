// What a Worker that signs, verifies and checks has to load.
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The text of a bundle of some names of `@kit/jwt` for Cloudflare Workers, all in one file. */
const bundleOf = (...names: string[]) => bundled(`export { ${names.join(', ')} } from '@kit/jwt'`)

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here },
    // The repository's own path for #environment is not what a program resolves it to.
    tsconfigRaw: '{}',
    bundle: true,
    minify: true,
    format: 'esm',
    conditions: ['workerd'],
    external: ['cloudflare:workers'],
    logLevel: 'error',
    write: false,
  })
  return (outputFiles[0] as { text: string }).text
}

/** 13 kB. */
const MOST = 13 * 1024

describe('a bundle of sign, verify and checkAuth', () => {
  test('is small', async () => {
    const { length } = gzipSync(await bundleOf('sign', 'verify', 'checkAuth'), { level: 9 })
    expect(length).toBeLessThanOrEqual(MOST)
  })

  test('holds nothing that is not called', async () => {
    const text = await bundleOf('sign', 'verify', 'checkAuth')
    for (const name of [
      'may_act',
      'subjectPrefix',
      'maxEntries',
      'rolesAll(',
      'unsafeAnyActor',
      'exportJWK',
      'cloudflareaccess',
    ])
      expect(text).not.toContain(name)
  })

  test('reads the environment of the Worker, and needs nothing of Node.js', async () => {
    const text = await bundleOf('sign')
    expect(text).toContain('"cloudflare:workers"')
    expect(text).not.toContain('node:')
    expect(text).not.toContain('process')
  })
})

test('a bundle of the testing kit still warns, and one without it does not', async () => {
  expect(await bundled(`export { fixedClock } from '@kit/jwt/testing'`)).toContain('KIT_JWT_TESTING')
  expect(await bundled(`import '@kit/jwt/testing'`)).toContain('KIT_JWT_TESTING')
  expect(await bundleOf('createKit')).not.toContain('KIT_JWT_TESTING')
})
