import { defineConfig } from 'tsup'

const entry = {
  index: 'src/index.ts',
  express: 'src/express.ts',
  fastify: 'src/fastify.ts',
  hono: 'src/hono.ts',
  koa: 'src/koa.ts',
  node: 'src/node.ts',
}

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
