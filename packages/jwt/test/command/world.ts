// The world of a scenario: everything that the command can touch, in memory. Its twin is python/tests/command_world.py.
import { FileFault, type FileReason, type World } from '../../src/command/world'
import { ConfigError } from '../../src/index'

/** A file as a scenario gives it. */
export type ScenarioFile =
  | string
  | {
      readonly text?: string
      readonly base64?: string
      readonly folder?: true
      readonly fault?: FileReason
      readonly mode?: string
    }

/** What a command is started with. */
export interface Scenario {
  readonly name: string
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, ScenarioFile>>
  readonly stdin?: ScenarioFile
  readonly terminal?: readonly ('stdin' | 'stdout' | 'stderr')[]
  readonly now?: number
  readonly seed?: number
  readonly keyPair?: 'unsupported'
  readonly vectors?: string
}

/** What it did. */
export interface Outcome {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
  readonly written: Readonly<
    Record<string, { readonly mode: string; readonly text: string } | { readonly folder: true }>
  >
}

interface Entry {
  readonly bytes?: Uint8Array
  readonly fault?: FileReason | undefined
  readonly mode: number
}

export const VERSION = '1.2.3'
const NOW = 1_800_000_000

// The key of RFC 8037, appendix A.
const KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
} as const
const D = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'
const KID = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'

export class ScenarioWorld implements World {
  readonly env: World['env']
  readonly terminal: World['terminal']
  readonly #scenario: Scenario
  readonly #entries = new Map<string, Entry>()
  readonly #streams = { stdout: '', stderr: '' }
  readonly #written = new Map<string, { mode: string; text: string } | { folder: true }>()
  #drawn: number

  constructor(scenario: Scenario) {
    const terminal = scenario.terminal ?? []
    this.#scenario = scenario
    this.#drawn = scenario.seed ?? 0
    this.env = scenario.env ?? {}
    this.terminal = {
      stdin: terminal.includes('stdin'),
      stdout: terminal.includes('stdout'),
      stderr: terminal.includes('stderr'),
    }
    this.#addFolder('')
    for (const [path, file] of Object.entries(scenario.files ?? {})) {
      this.#addFolder(parentOf(normal(path)))
      this.#entries.set(normal(path), entryOf(file))
    }
  }

  outcome(exit: number): Outcome {
    return { exit, ...this.#streams, written: Object.fromEntries(this.#written) }
  }

  now(): number {
    return this.#scenario.now ?? NOW
  }

  /** Bytes that count on: nobody takes them for random ones, and both languages draw the same. */
  entropy(size: number): Uint8Array {
    return Uint8Array.from({ length: size }, () => this.#drawn++)
  }

  async keyPair({ kid = KID }: { readonly kid?: string }) {
    if (this.#scenario.keyPair === 'unsupported') throw new ConfigError('runtime_unsupported')
    const metadata = { kid, alg: 'EdDSA', use: 'sig' }
    return { privateJwk: { ...KEY, d: D, ...metadata }, publicJwk: { ...KEY, ...metadata } }
  }

  async readInput(): Promise<Uint8Array> {
    return bytesOf(entryOf(this.#scenario.stdin ?? ''))
  }

  readFile(path: string): Uint8Array {
    return bytesOf(this.#find(path))
  }

  writeNew(path: string, text: string, mode: number): void {
    const at = normal(path)
    const parent = this.#find(parentOf(at))
    if (this.#entries.has(at)) throw new FileFault('exists')
    if (parent.fault !== undefined) throw new FileFault(parent.fault)
    if (parent.bytes !== undefined) throw new FileFault('missing')
    this.#entries.set(at, { bytes: new TextEncoder().encode(text), mode })
    this.#written.set(at, { mode: mode.toString(8), text })
  }

  makeFolder(path: string): void {
    const at = normal(path)
    const entry = this.#entries.get(at)
    if (entry?.bytes !== undefined) throw new FileFault('exists')
    if (entry !== undefined) return
    const parent = parentOf(at)
    this.makeFolder(parent)
    const fault = this.#find(parent).fault
    if (fault !== undefined) throw new FileFault(fault)
    this.#addFolder(at)
    this.#written.set(at, { folder: true })
  }

  list(path: string): readonly string[] {
    const entry = this.#find(path)
    if (entry.fault !== undefined) throw new FileFault(entry.fault)
    if (entry.bytes !== undefined) throw new FileFault('missing')
    const at = normal(path)
    const inside = [...this.#entries.keys()].filter((each) => each !== '' && parentOf(each) === at)
    return inside.map((each) => each.slice(at === '' ? 0 : at.length + 1)).sort()
  }

  vectorFolder(): string | undefined {
    return this.#scenario.vectors
  }

  modeOf(path: string): number | undefined {
    return this.#entries.get(normal(path))?.mode
  }

  write(stream: 'stdout' | 'stderr', text: string): void {
    this.#streams[stream] += text
  }

  #find(path: string): Entry {
    const entry = path.includes('\0') ? undefined : this.#entries.get(normal(path))
    if (entry === undefined) throw new FileFault(path.includes('\0') ? 'unreadable' : 'missing')
    return entry
  }

  #addFolder(path: string): void {
    if (this.#entries.has(path)) return
    if (path !== '') this.#addFolder(parentOf(path))
    this.#entries.set(path, { mode: 0o755 })
  }
}

function entryOf(file: ScenarioFile): Entry {
  if (typeof file === 'string') return { bytes: new TextEncoder().encode(file), mode: 0o644 }
  const { text, base64, fault, mode = file.folder ? '755' : '644' } = file
  const bytes = base64 === undefined ? new TextEncoder().encode(text ?? '') : Buffer.from(base64, 'base64')
  return { fault, mode: Number.parseInt(mode, 8), ...(!file.folder && { bytes }) }
}

function bytesOf({ fault, bytes }: Entry): Uint8Array {
  if (fault !== undefined) throw new FileFault(fault)
  if (bytes === undefined) throw new FileFault('folder')
  return bytes
}

/** A path without empty and `.` parts; '' is the folder that the command was started in. */
function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
