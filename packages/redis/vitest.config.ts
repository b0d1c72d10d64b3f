import { spawnSync } from 'node:child_process'
import { defineConfig } from 'vitest/config'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json'],
      // Without a server there is little that can be run.
      ...(hasRedis && { thresholds: { lines: 95, branches: 90 } }),
    },
  },
})
