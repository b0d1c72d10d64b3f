// Runs the scenarios on standard input and writes an outcome a line: for conformance/command, which bundles it.
import { argv, stdin, stdout } from 'node:process'
import { json } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { run } from '../../src/command/main'
import { type Outcome, type Scenario, ScenarioWorld, VERSION } from './world'

export async function outcomeOf(scenario: Scenario): Promise<Outcome> {
  const world = new ScenarioWorld(scenario)
  return world.outcome(await run(scenario.argv, world, VERSION))
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href)
  for (const scenario of (await json(stdin)) as readonly Scenario[])
    stdout.write(`${JSON.stringify(await outcomeOf(scenario))}\n`)
