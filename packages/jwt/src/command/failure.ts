import { printable } from './style'

/** Exit statuses: done; an invalid token, a denial, a failed test; a mistake in usage or configuration. */
export const EXIT = { ok: 0, refused: 1, usage: 2 } as const

/** A mistake of the person at the keyboard, told in one sentence that shows no value that could be a secret. */
export class CommandFailure extends Error {
  /**
   * @param sentence - what is wrong, without a full stop where a hint follows
   * @param exit - the exit status
   * @param code - for machines, and for people where it is an error code
   */
  constructor(
    readonly sentence: string,
    readonly exit: number = EXIT.usage,
    readonly code = 'usage',
  ) {
    super(sentence)
  }
}

const TOKEN_LIKE = /^ey[\w-]*\.[\w-]*\./

// A long run without a dot or a slash, or JSON, or PEM: pasted where none of them belongs. In base64 a slash stands too; then
// capitals and digits tell it from a path.
const SECRET_LIKE = /[\w+=-]{32,}|(?=[\w+/=-]{40})(?=[\w+/=-]{0,60}[A-Z])(?=[\w+/=-]{0,60}\d)|[{}]|-----/

const LONGEST_SHOWN = 80

/**
 * Text of the command line as it may be shown again: never what looks like a token, a secret or a key.
 *
 * @param hidden - what is said in its place
 */
export const quoted = (text: string, hidden = 'what was given'): string => (isShown(text) ? `'${text}'` : hidden)

/** The sentence for a name that does not exist. */
export const unknown = (kind: string, name: string): string =>
  isShown(name) ? `there is no ${kind} '${name}'` : `there is no such ${kind}`

function isShown(text: string): boolean {
  // U+FFFD stands for bytes that were no text: they could have been anything.
  const isText = text !== '' && printable(text) === text && !text.includes('\ufffd')
  return isText && [...text].length <= LONGEST_SHOWN && !looksSecret(text)
}

/** Whether text of the command line looks like a token, a secret or a key. */
export const looksSecret = (text: string): boolean => looksToken(text) || SECRET_LIKE.test(text)

/** Whether it looks like a token. */
export const looksToken = (text: string): boolean => TOKEN_LIKE.test(text)
