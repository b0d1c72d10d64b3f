import { TEXTS } from '../texts'
import type { Variables } from '../variables'
import { textIn } from './reading'
import { safePath } from './shown'
import { DOCTOR, type FindingText, filled, type Level, VARIABLES, type Values } from './texts'

/** What was seen: a kind of finding, the variable concerned (null: the file), and what its text tells. */
export type Symptom = readonly [code: string, variable: string | null, values?: Values]

/** What is told of a symptom. */
export interface Finding {
  readonly code: string
  readonly fix: string
  readonly level: Level
  readonly message: string
  readonly variable: string | null
}

/**
 * Findings of symptoms: errors first, then in the order of the table of variables, then as they were found; what is told
 * twice is told once.
 */
export function toFindings(symptoms: readonly Symptom[], variables: Variables): readonly Finding[] {
  const findings = symptoms.map((symptom) => findingOf(symptom, variables))
  const distinct = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
  const rank = ({ level, variable }: Finding): number => (level === 'error' ? 0 : 1000) + placeOf(variable)
  // Sorting is stable.
  return distinct.sort((a, b) => rank(a) - rank(b))
}

function findingOf([code, variable, values = {}]: Symptom, variables: Variables): Finding {
  const { level, message, fix } = textOf(code)
  const { file } = variables
  const own: Values = {
    entry: '',
    ...(variable !== null && { variable, place: placeOfValue(variable, variables), ...namesOf(variable) }),
    ...(file !== undefined && { file: safePath(file), path: safePath(file), name: safePath(fileName(file)) }),
    ...values,
  }
  // The line that removes a variable, or one that several findings share, has names of its own.
  const mending = filled(fix, { remove: removal(variable, variables), ...own })
  return { code, fix: filled(mending, own), level, message: filled(message, own), variable }
}

/** What the kit refuses for a reason that has no words of its own here. */
function textOf(code: string): FindingText {
  const { meaning = code, cure = '' } = TEXTS.codes[code] ?? {}
  return DOCTOR.findings[code] ?? { level: 'error', message: meaning, fix: cure }
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Where the value stands: in the variable that a twin points to. A name that exists is no value in the wrong place. */
function placeOfValue(variable: string, { values }: Variables): string {
  const target = variable.endsWith('_NAME') ? textIn(values, variable) : undefined
  return target !== undefined && Object.hasOwn(values, target) && safePath(target) === target ? target : variable
}

const baseOf = (variable: string): string => variable.replace(/_(?:NAMES?|PATH)$/, '')

function namesOf(variable: string): Values {
  const row = VARIABLES.get(variable) ?? VARIABLES.get(baseOf(variable))
  return { example: row?.example ?? '', ...(row?.default !== undefined && { default: row.default }) }
}

const removal = (variable: string | null, { ofProcess, file }: Variables): string =>
  variable !== null && file !== undefined && !Object.hasOwn(ofProcess, variable) ? DOCTOR.delete : DOCTOR.unset

/** Files come before variables, and variables that no kit reads last. */
function placeOf(variable: string | null): number {
  const names = [...VARIABLES.keys()]
  const place = variable === null ? -1 : names.indexOf(variable)
  const base = variable === null || place >= 0 ? place : names.indexOf(baseOf(variable))
  return base < 0 && variable !== null ? names.length : base
}
