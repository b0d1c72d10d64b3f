import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '#environment': fileURLToPath(new URL('src/environment/process.ts', import.meta.url)) } },
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
