import { defineConfig } from 'tsup'

// Splitting keeps one copy of every class across the entries: an error caught from one entry is the same class in another.
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    signers: 'src/signers.ts',
    'command/entry': 'src/command/entry.ts',
  },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  splitting: true,
  treeshake: true,
  clean: true,
  dts: {
    entry: { index: 'src/index.ts', node: 'src/node.ts', signers: 'src/signers.ts' },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
  external: [/^@kit\//, /^node:/],
})
