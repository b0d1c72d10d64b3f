import { printable, type Style } from '@kit/jwt/command'
import { type Level, TEXTS } from './texts'

/** One thing that is wrong or weak. */
export interface Finding {
  readonly level: Level
  readonly code: string
  /** Of the variable, the member of the file, or the path. */
  readonly name: string
  readonly meaning: string
  readonly cure: string
}

/** @param code - of the list in the texts */
export function finding(code: string, name: string): Finding {
  const { level, meaning, cure } = TEXTS.findings[code] as (typeof TEXTS.findings)[string]
  return { level, code, name, meaning, cure }
}

/** A fault that has a code of its own, with what that one means. */
export function fault(code: string, name: string): Finding {
  const { meaning, cure } = TEXTS.codes[code] as { meaning: string; cure: string }
  return { level: 'error', code, name, meaning, cure }
}

const MARKS = { error: 'red', warning: 'yellow' } as const

/** The findings for people. */
export function report(findings: readonly Finding[], style: Style): string {
  if (findings.length === 0) return `${style('green', 'Nothing is wrong or weak.')}\n`
  return findings
    .map(
      ({ level, name, meaning, cure }) =>
        `${style(MARKS[level], level)}  ${style('bold', printable(name))}\n  ${meaning}\n  ${style('dim', cure)}\n`,
    )
    .join('')
}
