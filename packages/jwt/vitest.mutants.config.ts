import { mergeConfig } from 'vitest/config'
import config from './vitest.config'

// The tests that Stryker runs against each mutant: what says how the rooms behave, and not what watches the package.
const base = mergeConfig(config, {})
base.test.include = [`test/{${process.env['KIT_TESTS']}}.test.ts`]

export default base
