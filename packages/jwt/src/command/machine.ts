// The machine that the command runs on: Node.js and what is like it.
import { closeSync, mkdirSync, openSync, readdirSync, readSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { generateKeyPair } from '../keys/generate'
import { EXIT } from './failure'
import { FileFault, type FileReason, type World } from './world'

const REASONS: Readonly<Record<string, FileReason>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EEXIST: 'exists',
  EACCES: 'denied',
  EPERM: 'denied',
  EISDIR: 'folder',
}

/** More than any token, key set or policy needs; the vectors' largest files are below it. */
const MOST_BYTES = 16 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024

function withFaults<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw faultOf(error)
  }
}

const faultOf = (error: unknown): FileFault =>
  error instanceof FileFault
    ? error
    : new FileFault(REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'unreadable')

/**
 * All of a stream, such as standard input.
 *
 * @throws FileFault
 */
export async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > MOST_BYTES) throw new FileFault('too large')
      chunks.push(chunk)
    }
  } catch (error) {
    throw faultOf(error)
  }
  return Buffer.concat(chunks)
}

/** All of a file; no more than is taken is ever read, so that a device or a pipe without an end is refused too. */
function readFile(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const chunks: Uint8Array[] = []
    for (let left = MOST_BYTES + 1; left > 0; ) {
      const chunk = Buffer.allocUnsafe(Math.min(left, CHUNK_BYTES))
      const size = readSync(file, chunk)
      if (size === 0) return Buffer.concat(chunks)
      chunks.push(chunk.subarray(0, size))
      left -= size
    }
    throw new FileFault('too large')
  } finally {
    closeSync(file)
  }
}

const bitsOf = (mode: number | undefined): number | undefined => (mode === undefined ? undefined : mode & 0o777)

/** As the project in the current folder finds `@kit/conformance`, else as this package does. */
function vectorFolder(): string | undefined {
  for (const from of [() => join(process.cwd(), 'package.json'), () => import.meta.url])
    try {
      return join(dirname(createRequire(from()).resolve('@kit/conformance/package.json')), 'vectors')
    } catch {
      // Not installed there.
    }
  return undefined
}

/** Ends the process where standard output cannot be written. Nobody can be told that standard error cannot. */
export function unwritable(name: string, stream: 'stdout' | 'stderr', error: unknown): void {
  if (stream === 'stderr') return
  // A reader that went away (`| head`) is no error of ours.
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(EXIT.ok)
  process.stderr.write(`${name}: standard output cannot be written.\n`)
  process.exit(EXIT.usage)
}

// What Node.js says of a stream that is no terminal: nothing.
const isTerminal = ({ isTTY }: { readonly isTTY?: boolean }): boolean => isTTY === true

/** The world of this process, which runs a program of this name. */
export const nodeWorld = (name: string): World => ({
  env: process.env,
  terminal: {
    stdin: isTerminal(process.stdin),
    stdout: isTerminal(process.stdout),
    stderr: isTerminal(process.stderr),
  },
  now: () => Date.now() / 1000,
  entropy: (size) => crypto.getRandomValues(new Uint8Array(size)),
  keyPair: generateKeyPair,
  readInput: () => readAll(process.stdin),
  readFile: (path) => withFaults(() => readFile(path)),
  writeNew: (path, text, mode) => withFaults(() => writeFileSync(path, text, { flag: 'wx', mode })),
  makeFolder: (path) => {
    withFaults(() => mkdirSync(path, { recursive: true }))
  },
  list: (path) => withFaults(() => readdirSync(path).sort()),
  vectorFolder,
  modeOf: (path) =>
    process.platform === 'win32' ? undefined : bitsOf(statSync(path, { throwIfNoEntry: false })?.mode),
  write: (stream, text) => {
    try {
      process[stream].write(text)
    } catch (error) {
      // Files are written at once; pipes and terminals tell their errors later, see entry.ts.
      unwritable(name, stream, error)
    }
  },
})
