// The environment where no export condition is resolved (JSR): Deno's in a Deno, else that of a process.
import * as deno from './deno'
import * as process from './process'

/** The variables of the program. */
export const environment = (): Readonly<Record<string, unknown>> =>
  ('Deno' in globalThis ? deno : process).environment()

export { readFile } from './process'
