import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Outcome, outcomesOf, type Scenario } from './command-world'

const { scenarios } = JSON.parse(
  readFileSync(new URL('../../../conformance/issuer/commands/transcripts.json', import.meta.url), 'utf8'),
) as { scenarios: readonly (Scenario & { readonly outcomes: readonly Outcome[] })[] }

// Modes of files are part of what they say, and Windows has none.
describe.skipIf(process.platform === 'win32')('the commands say what was approved', () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    async (_, { outcomes, ...scenario }) => {
      expect(await outcomesOf(scenario)).toEqual(outcomes)
    },
  )
})
