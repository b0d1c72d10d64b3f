import { defineConfig } from 'vitest/config'

// The tests that Stryker runs against each mutant: what says how the rooms behave, and not what watches the package.
export default defineConfig({
  test: { include: ['test/{vectors,kit,reading,encoding,errors,keys,policy,delegation,stores}.test.ts'] },
})
