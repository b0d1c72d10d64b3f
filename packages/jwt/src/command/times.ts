// Times of a token for people: UTC as in RFC 3339, and how far away they are.
import { canonicalize } from '../encoding/jcs'
import type { JsonObject, JsonValue } from '../encoding/json-value'
import { printable, type Style } from './style'

/** 9999-12-31T23:59:59Z, the last second that RFC 3339 can name. */
const LATEST = 253402300799
const MILLISECONDS = 1000
/** Characters of what is no time. */
const LONGEST = 32

// From how many seconds on a unit is used, how long it is, and its name: two of a unit before the next.
const UNITS = [
  [63_115_200, 31_557_600, 'year'],
  [172_800, 86_400, 'day'],
  [7200, 3600, 'hour'],
  [120, 60, 'minute'],
  [1, 1, 'second'],
] as const

/** Whether a claim is a time that can be written: seconds since the epoch. */
export const isTime = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && value >= 0 && value <= LATEST

/** A time as in RFC 3339 section 5.6, in UTC; with milliseconds, cut off, where it is no whole second. */
export function timestamp(time: number): string {
  const second = Math.floor(time)
  const text = new Date(second * MILLISECONDS).toISOString()
  if (time === second) return text.replace('.000', '')
  const fraction = Math.floor((time - second) * MILLISECONDS)
  return text.replace('.000', `.${String(fraction).padStart(3, '0')}`)
}

/** A length of time in its largest fitting unit, rounded. */
export function duration(seconds: number): string {
  const length = Math.abs(seconds)
  for (const [least, size, name] of UNITS) {
    if (length < least) continue
    const count = Math.floor(length / size + 0.5)
    return `${count} ${name}${count === 1 ? '' : 's'}`
  }
  return 'less than a second'
}

type Told = readonly [mark: Parameters<Style>[0], text: string]

/** What each time says of a moment that is so many seconds away. */
const SAYINGS: readonly (readonly [claim: string, say: (away: number) => Told])[] = [
  ['iat', (away) => (away > 0 ? ['yellow', `issued ${duration(away)} in the future`] : past('issued', away))],
  ['nbf', (away) => (away > 0 ? ['yellow', `starts in ${duration(away)}`] : past('started', away))],
  ['exp', (away) => (away > 0 ? ['green', `expires in ${duration(away)}`] : ['red', `expired ${duration(away)} ago`])],
]

const past = (what: string, away: number): Told => ['dim', `${what} ${duration(away)} ago`]

/** The times of claims, one a line: when it was issued, when it starts, when it ends, how long it lives. */
export function drawTimes(claims: JsonObject, now: number, style: Style): string {
  const rows = SAYINGS.flatMap(([claim, say]): (readonly [string, string, Told])[] => {
    const value = claims[claim]
    if (value === undefined) return claim === 'exp' ? [[claim, 'none', ['yellow', 'never expires']]] : []
    if (!isTime(value))
      return [
        [claim, shortened(value), ['yellow', isInMilliseconds(value) ? 'is no time: milliseconds?' : 'is no time']],
      ]
    return [[claim, timestamp(value), say(value - now)]]
  })
  const { exp, iat } = claims
  if (isTime(exp) && isTime(iat) && exp > iat) rows.push(['lifetime', duration(exp - iat), ['dim', 'exp - iat']])
  const width = Math.max(...rows.map(([, text]) => [...text].length))
  const lines = rows.map(([name, text, [mark, saying]]) => {
    const blanks = ' '.repeat(width - [...text].length)
    return `  ${name.padEnd('lifetime'.length)}  ${text}${blanks}  ${style(mark, saying)}\n`
  })
  return lines.join('')
}

/** The usual mistake: seconds are asked for, and most clocks of programs count milliseconds. */
const isInMilliseconds = (value: JsonValue): boolean =>
  typeof value === 'number' && value > LATEST && isTime(value / MILLISECONDS)

function shortened(value: JsonValue): string {
  const characters = [...printable(canonicalize(value))]
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST - 1).join('')}…`
}
