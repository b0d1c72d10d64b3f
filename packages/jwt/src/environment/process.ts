// The environment of Node.js and Bun, and where no other condition applies.

interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly platform?: string
  getBuiltinModule?(name: 'node:fs'): Files
}

interface Files {
  openSync(path: string, flags: 'r'): number
  fstatSync(file: number): { readonly mode: number }
  readFileSync(file: number, encoding: 'utf8'): string
  closeSync(file: number): void
}

/** What the group or others may do with a file, in its mode. */
const OTHERS = 0o077

const host = (): Process | undefined => (globalThis as { process?: Process }).process

/** The variables of this process; none where there is no process. */
export const environment = (): Readonly<Record<string, unknown>> => host()?.env ?? {}

/**
 * The text of a file that holds a key. Throws where it cannot be read, where it is open to others than its owner (a mode
 * such as 0644; Windows has no modes), or where there are no files.
 */
export function readFile(path: string): string {
  const fs = host()?.getBuiltinModule?.('node:fs')
  if (fs === undefined) throw new Error('no files here')
  const file = fs.openSync(path, 'r')
  try {
    // Asked of the open file: a path could be another file by the time it is read.
    if (host()?.platform !== 'win32' && (fs.fstatSync(file).mode & OTHERS) !== 0) throw new Error('open to others')
    return fs.readFileSync(file, 'utf8')
  } finally {
    fs.closeSync(file)
  }
}
