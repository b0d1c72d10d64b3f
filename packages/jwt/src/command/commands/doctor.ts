import type { JsonValue } from '../../encoding/json-value'
import type { Command } from '../command'
import { toFindings } from '../doctor/findings'
import { judge } from '../doctor/judgement'
import { Reading } from '../doctor/reading'
import { report } from '../doctor/report'
import { safePath } from '../doctor/shown'
import { shownKit } from '../doctor/shown-kit'
import { carelessKit, carelessValues } from '../doctor/soundness'
import { aroundIt } from '../doctor/surroundings'
import { strangeVariables } from '../doctor/words'
import { CommandFailure, EXIT } from '../failure'
import { readVariables } from '../variables'

/** `kit-jwt doctor`: all that is missing, weak or in conflict in the configuration of the environment and `.env`. */
export const doctor: Command = async (given, world, output) => {
  const role = readRole(given.values['role']?.[0])
  const variables = readVariables(given, world)
  const reading = new Reading(variables.values, world)
  const { symptoms, kit } = await judge(variables.values, world, role)
  const findings = toFindings(
    [
      ...symptoms,
      ...carelessValues(reading, role),
      ...(kit === undefined ? [] : carelessKit(reading, kit)),
      ...aroundIt(variables, reading, world),
      ...strangeVariables(reading),
    ],
    variables,
  )
  const shown = kit === undefined ? null : shownKit(kit)
  const ok = findings.every(({ level }) => level !== 'error')
  const value = { findings, kit: shown, ok } as unknown as JsonValue
  output.result(value, report(findings, shown, safePath(variables.file ?? ''), output.style))
  return ok ? EXIT.ok : EXIT.usage
}

function readRole(text: string | undefined): 'producer' | 'consumer' | undefined {
  if (text === undefined || text === 'producer' || text === 'consumer') return text
  throw new CommandFailure('--role is producer or consumer')
}
