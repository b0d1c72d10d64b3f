import { mergeConfig } from 'vitest/config'
import base from './vitest.config'

// For mutation tests: what runs from the sources alone, without the built package, other libraries or suites of others.
export default mergeConfig(base, {
  test: {
    exclude: ['test/bundle.test.ts', 'test/exports.test.ts', 'test/interop.test.ts', 'test/third-party.test.ts'],
  },
})
