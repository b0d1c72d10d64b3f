// What is wrong with a number: digits that a person reads, and the kit does not.
import type { Symptom } from './findings'
import type { Entry, Reading } from './reading'
import { VARIABLES } from './texts'

// A long text in the place of a number could be a secret: nothing of it is shown.
const LONGEST_SHOWN = 12

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Forms of numbers that are not read, the first that fits; and the number that was meant. */
const FORMS: readonly (readonly [code: string, form: RegExp, meant?: (digits: string, unit: string) => number])[] = [
  ['number_other_digits', /[\u0080-\uffff]/],
  ['number_spaced', /^[ \t\n\v\f\r]+([0-9]{1,9})[ \t\n\v\f\r]*$/, Number],
  ['number_spaced', /^([0-9]{1,9})[ \t\n\v\f\r]+$/, Number],
  ['number_signed', /^[+-]([0-9]{1,9})$/, Number],
  ['number_leading_zero', /^0([0-9]{1,9})$/, Number],
  ['number_long', /^[0-9]{10,}$/],
  ['number_grouped', /^([0-9]{1,3}(?:[_,'][0-9]{3})+)$/, (digits) => Number(digits.replace(/[_,']/g, ''))],
  ['number_grouped', /^[0-9]+(?:_[0-9]+)+$/],
  ['number_fraction', /^([0-9]{1,9})\.[0-9]*$/, Number],
  ['number_fraction', /^[0-9.]+[eE][+-]?[0-9]+$/],
  ['number_unit', /^([0-9]{1,5}) ?([smhd])[a-z]*$/, (digits, unit) => Number(digits) * (SECONDS[unit] as number)],
]

/** Why a number is refused, and the line with the one that was meant, or with the default. */
export function numberSymptoms(entry: Entry, reading: Reading): readonly Symptom[] {
  const { default: fallback = 0, least = 0, most = 0 } = VARIABLES.get(entry.name) ?? {}
  const variable = entry.name
  const number = reading.number(entry.option)
  if (number === undefined && entry.text !== undefined) {
    const [code, meant] = malformed(entry.text)
    const isMeant = meant !== undefined && entry.text.length <= LONGEST_SHOWN
    return [[code, variable, { meant: isMeant ? Math.min(Math.max(meant, least), most) : fallback }]]
  }
  if (number !== undefined && number < least) return [['number_zero', variable, { meant: fallback }]]
  if (number !== undefined && number > most) return [['leeway_too_long', variable, { most }]]
  // Every other number is right but for this: the default too can be too long.
  const lifetime = reading.number('maxLifetime') ?? VARIABLES.get('JWT_MAX_LIFETIME_SECONDS')?.default ?? 0
  const values = { seconds: number ?? fallback, most: lifetime, meant: Math.min(fallback, lifetime) }
  return [['ttl_above_lifetime', variable, values]]
}

function malformed(text: string): readonly [code: string, meant: number | undefined] {
  for (const [code, form, meant] of FORMS) {
    const match = form.exec(text)
    if (match) return [code, meant?.(match[1] ?? '', match[2] ?? '')]
  }
  return ['number_malformed', undefined]
}
