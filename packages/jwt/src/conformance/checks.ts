// Checks of parsed JSON, and how larger ones are made of smaller ones.
import type { Text } from './inputs'

export type Check = (value: unknown) => boolean

/** Characters that a repetition may come to. */
export const MAX_TEXT = 16 * 1024 * 1024

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isString: Check = (value) => typeof value === 'string'
export const isNumber: Check = (value) => typeof value === 'number'
export const isFlag: Check = (value) => typeof value === 'boolean'
export const isPresent: Check = (value) => value !== undefined

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

export const oneOf =
  (...choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value)

export const listOf =
  (check: Check, least = 0): Check =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.every(check)

/** An object whose members of these names are right. */
export const withMembers =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.entries(checks).every(([name, check]) => check(Object.hasOwn(value, name) ? value[name] : undefined))

/** An object that has these members and no others. */
export const only =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    withMembers(checks)(value) && Object.keys(value as object).every((name) => Object.hasOwn(checks, name))

export const mapOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check)

export const isCount =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most

const isRepetition = only({
  repeat: isString,
  times: isCount(0, MAX_TEXT),
  prefix: optional(isString),
  middle: optional(isString),
  repeatEnd: optional(isString),
  suffix: optional(isString),
})

/** A text, written out or as a repetition that is no bomb. */
export function isText(value: unknown): value is Text {
  if (typeof value === 'string') return true
  if (!isRepetition(value)) return false
  const { repeat, times, repeatEnd = '' } = value as { repeat: string; times: number; repeatEnd?: string }
  return [...repeat, ...repeatEnd].length * times <= MAX_TEXT
}
