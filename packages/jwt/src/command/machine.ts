// The machine that the command runs on: Node.js and what is like it.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { generateKeyPair } from '../keys/generate'
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

function withFaults<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof FileFault) throw error
    throw new FileFault(REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'unreadable')
  }
}

/** Reads a stream to its end. @throws FileFault */
async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    size += (chunk as Uint8Array).length
    if (size > MOST_BYTES) throw new FileFault('too large')
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
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

/** The world of this process. */
export const nodeWorld = (): World => ({
  env: process.env,
  terminal: {
    stdin: process.stdin.isTTY === true,
    stdout: process.stdout.isTTY === true,
    stderr: process.stderr.isTTY === true,
  },
  now: () => Date.now() / 1000,
  entropy: (size) => crypto.getRandomValues(new Uint8Array(size)),
  keyPair: generateKeyPair,
  readInput,
  readFile: (path) =>
    withFaults(() => {
      if (statSync(path).size > MOST_BYTES) throw new FileFault('too large')
      return readFileSync(path)
    }),
  writeNew: (path, text, mode) => withFaults(() => writeFileSync(path, text, { flag: 'wx', mode })),
  makeFolder: (path) => {
    withFaults(() => mkdirSync(path, { recursive: true }))
  },
  list: (path) => withFaults(() => readdirSync(path).sort()),
  vectorFolder,
  modeOf: (path) =>
    process.platform === 'win32' ? undefined : bitsOf(statSync(path, { throwIfNoEntry: false })?.mode),
  write: (stream, text) => {
    process[stream].write(text)
  },
})
