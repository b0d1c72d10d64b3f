import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`src/${path}.ts`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: {
      '#environment': source('environment/process'),
      '#crypto': source(`crypto/backend/${process.env['KIT_CRYPTO'] ?? 'node'}`),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Ed25519 in WebCrypto is called experimental by Node.js 20, once for each worker.
    execArgv: ['--no-warnings'],
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/conformance/**', 'src/conformance.ts', 'src/**/*.d.ts'],
      reporter: ['text-summary', 'json'],
      thresholds: { lines: 95, branches: 95 },
    },
  },
})
