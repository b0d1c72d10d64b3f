// The environment where no other condition applies: Node.js, Bun, and browsers, which have none.

interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>
  getBuiltinModule?(name: 'node:fs'): { readFileSync(path: string, encoding: 'utf8'): string }
}

const host = (): Process | undefined => (globalThis as { process?: Process }).process

/** The variables of this process; none where there is no process. */
export const environment = (): Readonly<Record<string, unknown>> => host()?.env ?? {}

/** The text of a file. Throws where it cannot be read, or where there are no files. */
export function readFile(path: string): string {
  const fs = host()?.getBuiltinModule?.('node:fs')
  if (fs === undefined) throw new Error('no files here')
  return fs.readFileSync(path, 'utf8')
}
