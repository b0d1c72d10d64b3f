import type { Jwk } from '../keys/key'

/** Why a file cannot be read or written. */
export type FileReason = 'missing' | 'exists' | 'denied' | 'folder' | 'too large' | 'unreadable'

/** A file cannot be read or written. Nothing of what is in it is told. */
export class FileFault extends Error {
  constructor(readonly reason: FileReason) {
    super(reason)
  }
}

/** What `kit-jwt` touches of the machine: in a test, all of it is given. */
export interface World {
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether a stream is a terminal. */
  readonly terminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean }
  /** Seconds since the epoch. */
  now(): number
  /** Random bytes. */
  entropy(size: number): Uint8Array
  /** A new Ed25519 key pair. */
  keyPair(options: { readonly kid?: string }): Promise<{ readonly privateJwk: Jwk; readonly publicJwk: Jwk }>
  /** All of standard input. */
  readInput(): Promise<Uint8Array>
  /** @throws FileFault */
  readFile(path: string): Uint8Array
  /** Writes a file that must not exist; `mode` is what others may do with it. @throws FileFault */
  writeNew(path: string, text: string, mode: number): void
  /** Makes a folder and those above it. @throws FileFault */
  makeFolder(path: string): void
  /** The names in a folder, sorted by code unit. @throws FileFault */
  list(path: string): readonly string[]
  /** The folder of the vectors that are installed beside this package, if they are. */
  vectorFolder(): string | undefined
  /** The permission bits of a file; undefined where it does not exist, or where the system has none. */
  modeOf(path: string): number | undefined
  write(stream: 'stdout' | 'stderr', text: string): void
}
