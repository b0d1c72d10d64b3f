// What the commands say, in both languages: generated from conformance/issuer/commands/command.json and the lists of codes.
import type { Texts } from '@kit/jwt/command'
import texts from './texts.json'

/** How bad a finding of the doctor is. */
export type Level = 'error' | 'warning'

/** What a finding of the doctor says. */
export interface FindingText {
  readonly level: Level
  readonly meaning: string
  readonly cure: string
}

interface IssuerTexts extends Texts {
  readonly findings: Readonly<Record<string, FindingText>>
}

export const TEXTS = texts as IssuerTexts
