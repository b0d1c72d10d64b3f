import { CommandFailure } from './failure'

const NUMBER = /^(?:0|[1-9][0-9]{0,8})$/

/** The number that an option gives; undefined where it was not given. @throws CommandFailure */
export function readInteger(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined
  const number = NUMBER.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new CommandFailure(`--${name} is a number from ${least} to ${most}`)
}
