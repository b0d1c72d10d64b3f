// What the doctor says: generated from conformance/doctor.json and conformance/variables.json.
import texts from '../texts.json'

/** A kind of finding: `{names}` in its texts stand for values. */
export interface FindingText {
  readonly level: Level
  readonly message: string
  readonly fix: string
}

/** A kit refuses what is an error; a careful operator would not leave what is a warning. */
export type Level = 'error' | 'warning'

/** What is told of a variable. */
export interface VariableText {
  readonly name: string
  readonly example: string
  readonly secret: boolean
  readonly path?: string
  readonly default?: number
  readonly least?: number
  readonly most?: number
}

interface DoctorTexts {
  /** In the place of a value that looks like a secret. */
  readonly hidden: string
  /** How a variable is removed from the environment, and from a file. */
  readonly unset: string
  readonly delete: string
  /** Lines that mend several findings. */
  readonly lines: Readonly<Record<'secret' | 'private' | 'public' | 'keys', string>>
  readonly labels: Readonly<Record<string, string>>
  readonly phrases: Readonly<Record<string, string>>
  /** What variables of this meaning are called elsewhere. */
  readonly aliases: Readonly<Record<string, string>>
  readonly findings: Readonly<Record<string, FindingText>>
}

export const DOCTOR = texts.doctor as DoctorTexts
export const VARIABLES: ReadonlyMap<string, VariableText> = new Map(texts.variables.map((row) => [row.name, row]))

/** Values of a text, by name. */
export type Values = Readonly<Record<string, string | number>>

/** A text with its values in the places of their names; once, so that a value that holds a name stays what it is. */
export const filled = (text: string, values: Values): string =>
  text.replace(/\{([a-z]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole))
