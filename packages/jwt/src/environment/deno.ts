// The environment on Deno, which asks for --allow-env and, for a file, --allow-read.

interface Deno {
  readonly env: { toObject(): Record<string, string> }
  readTextFileSync(path: string): string
}

const host = (): Deno => (globalThis as unknown as { Deno: Deno }).Deno

/** All variables. */
export const environment = (): Readonly<Record<string, unknown>> => host().env.toObject()

/** The text of a file. Throws where it cannot be read. */
export const readFile = (path: string): string => host().readTextFileSync(path)
