import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Outcome, outcomesOf, type Scenario } from './command-world'

const { scenarios } = JSON.parse(
  readFileSync(new URL('../../../conformance/issuer/commands/transcripts.json', import.meta.url), 'utf8'),
) as { scenarios: readonly (Scenario & { readonly outcomes: readonly Outcome[] })[] }

describe('the commands say what was approved', () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    async (_, { outcomes, ...scenario }) => {
      expect(await outcomesOf(scenario)).toEqual(outcomes)
    },
  )
})
