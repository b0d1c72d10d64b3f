import { defineConfig, type Options } from 'tsup'

// Splitting keeps one copy of every class across the entries: an error caught from one entry is the same class in another.
const library = {
  index: 'src/index.ts',
  verifier: 'src/verifier.ts',
  node: 'src/node.ts',
  workers: 'src/workers.ts',
  'workers/jwks': 'src/workers/jwks.ts',
  'workers/replay': 'src/workers/replay.ts',
  deno: 'src/deno.ts',
  testing: 'src/testing.ts',
  'testing/vitest': 'src/testing/vitest.ts',
  conformance: 'src/conformance.ts',
  'environment/process': 'src/environment/process.ts',
  'environment/workerd': 'src/environment/workerd.ts',
  'environment/deno': 'src/environment/deno.ts',
  'environment/browser': 'src/environment/browser.ts',
  'environment/portable': 'src/environment/portable.ts',
  'crypto/web': 'src/crypto/backend/web.ts',
}

/** Pure functions: what they share with the core is copied, as one chunk more would cost every other bundle bytes. */
const apart = { encoding: 'src/encoding.ts' }

const format = {
  format: 'esm',
  platform: 'neutral',
  // Deno and a Worker that may use Node.js know its modules by their whole name alone.
  removeNodeProtocol: false,
  target: 'es2022',
  treeshake: true,
  minifySyntax: true,
} as const satisfies Options
const external = ['#environment', '#crypto', 'cloudflare:workers', /^node:/, /^jose/]

export default defineConfig([
  {
    ...format,
    external,
    // It has Node.js's types, which no declaration may need, and those of crypto/web.
    entry: { ...library, 'crypto/node': 'src/crypto/backend/node.ts' },
    splitting: true,
    clean: ['!encoding.*'],
    dts: { entry: { ...library, ...apart }, compilerOptions: { ignoreDeprecations: '6.0' } },
  },
  { ...format, external, entry: apart, splitting: false },
])
