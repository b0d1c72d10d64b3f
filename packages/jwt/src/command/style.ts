const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

/** Marks text for a terminal; leaves it alone where there is none. */
export type Style = (name: keyof typeof CODES, text: string) => string

/** @param coloured - whether the stream shows colours */
export const styleOf =
  (coloured: boolean): Style =>
  (name, text) =>
    coloured ? `\u001b[${CODES[name]}m${text}\u001b[0m` : text

/** Colours are for terminals, unless `NO_COLOR` is set to anything (no-color.org) or the terminal is dumb. */
export const showsColour = (env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean =>
  isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb'

// Control and formatting characters, lone surrogates: what could move the cursor, hide text or turn it around.
const UNSAFE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e0fff}]/gu

/** Text of a token or a file, as it may be shown on a terminal: what does not print is written as `\uXXXX`. */
export const printable = (text: string): string =>
  text.replace(UNSAFE, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  )
