import { defineConfig } from 'tsup'

// The commands have Node.js's types, and their declaration none of them. They are apart, with a copy of what they need of the
// core: chunks that they shared with it would cost the bundles of others bytes.
export default defineConfig({
  entry: { command: 'src/command.ts', 'command/entry': 'src/command/entry.ts' },
  format: 'esm',
  platform: 'neutral',
  removeNodeProtocol: false,
  target: 'es2022',
  splitting: true,
  // What is published elsewhere without the commands leaves the folder out.
  esbuildOptions: (options) => {
    options.chunkNames = 'command/[name]-[hash]'
  },
  treeshake: true,
  external: ['#environment', '#crypto', /^node:/, /^jose/],
  tsconfig: 'tsconfig.command.json',
  dts: { entry: { command: 'src/command.ts' }, compilerOptions: { ignoreDeprecations: '6.0' } },
})
