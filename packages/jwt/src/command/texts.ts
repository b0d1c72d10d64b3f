// What both languages' commands say: generated from conformance/command.json and conformance/errors.json.
import texts from './texts.json'

/** An option of a command; without `value` it is a switch. */
export interface OptionText {
  readonly name: string
  readonly short?: string
  readonly value?: string
  readonly many?: boolean
  readonly summary: string
}

/** One command. */
export interface CommandText {
  readonly name: string
  readonly operands?: string
  readonly summary: string
  readonly about: readonly string[]
  readonly options: readonly OptionText[]
  readonly examples: readonly { readonly line: string; readonly about: string }[]
}

/** What a program of several commands says. */
export interface Texts {
  readonly name: string
  readonly summary: string
  /** Where else to look, at the end of the overview. */
  readonly more?: string
  /** Options that every command has. */
  readonly everywhere: readonly OptionText[]
  readonly commands: readonly CommandText[]
  /** What each error code means, and what helps. */
  readonly codes: Readonly<Record<string, { readonly meaning: string; readonly cure: string }>>
}

export const TEXTS: Texts = texts
