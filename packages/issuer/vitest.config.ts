import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Ed25519 in WebCrypto is called experimental by Node.js 20, once for each worker.
  test: { include: ['test/**/*.test.ts'], execArgv: ['--no-warnings'], testTimeout: 20_000 },
})
