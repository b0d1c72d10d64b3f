import { defineConfig } from 'tsup'

const entry = { index: 'src/index.ts' }

// Splitting keeps one copy of every class across the entries: an error caught from one entry is the same class in another.
export default defineConfig({
  entry,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  splitting: true,
  treeshake: true,
  clean: true,
  dts: { entry, compilerOptions: { ignoreDeprecations: '6.0' } },
  external: [/^@kit\//, /^node:/, 'express', 'fastify', 'hono', 'koa'],
})
