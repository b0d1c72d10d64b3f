/** Exit statuses: done; an invalid token, a denial, a failed test; a mistake in usage or configuration. */
export const EXIT = { ok: 0, refused: 1, usage: 2 } as const

/** A mistake of the person at the keyboard, told in one sentence that shows no value that could be a secret. */
export class CommandFailure extends Error {
  /**
   * @param sentence - what is wrong, without a full stop where a hint follows
   * @param exit - the exit status
   */
  constructor(
    readonly sentence: string,
    readonly exit: number = EXIT.usage,
  ) {
    super(sentence)
  }
}

// A token, or a long run without a dot or a slash, or JSON, or PEM: pasted where none of them belongs.
const SECRET_LIKE = /^ey[\w-]*\.[\w-]*\.|[\w+=-]{32,}|[{}]|-----/

/** Text of the command line as it may be shown again: never what looks like a token, a secret or a key. */
export function quoted(text: string): string {
  return looksSecret(text) || !/^[ -~]{1,80}$/.test(text) ? 'what was given' : `'${text}'`
}

/** Whether text of the command line looks like a token, a secret or a key. */
export function looksSecret(text: string): boolean {
  return SECRET_LIKE.test(text)
}
