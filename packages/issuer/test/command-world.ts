// A scenario of conformance/issuer/commands: commands one after the other, in a folder of their own and at a time that is told.
// Its twin is python/tests/issuer_command_world.py.
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { nodeWorld } from '@kit/jwt/command'
import { run } from '../src/command/main'
import { type IssuerWorld, ListenFault, type ListenReason } from '../src/command/world'
import { fileKeyStore } from '../src/stores/file'

type Files = Readonly<Record<string, { readonly text: string; readonly mode: string }>>

/** What a command is started with, where it differs from its scenario. */
export interface Step {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Files
  /** Seconds since the scenario began. */
  readonly after?: number
}

export interface Scenario {
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Files
  readonly terminal?: readonly string[]
  /** What happens to who listens: it is told to end at once, or cannot. */
  readonly listen?: 'ended' | ListenReason
  readonly steps: readonly Step[]
}

/** What a command did. */
export interface Outcome {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
  /** What is in the folder then, with its mode. */
  readonly files: Readonly<Record<string, string>>
}

const NOW = 1_800_000_000
const VERSION = '1.2.3'
const TOKEN = /ey[\w-]+\.[\w-]+\.[\w-]+/g
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** Thumbprints, and secrets of 32 bytes. */
const RANDOM = /(?<![\w-])[\w-]{43}(?![\w-])/g

/** Runs a scenario in a folder that is gone afterwards. */
export async function outcomesOf(scenario: Scenario): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-issuer-'))
  const known: string[] = []
  try {
    write(folder, scenario.files)
    const outcomes: Outcome[] = []
    for (const step of scenario.steps) {
      write(folder, step.files)
      const streams = { stdout: '', stderr: '' }
      const argv = step.argv.map((word) =>
        word.replace(/\{random (\d+)\}/, (_, at: string) => known[Number(at) - 1] ?? ''),
      )
      const exit = await run(argv, worldOf(folder, scenario, step, streams), VERSION)
      outcomes.push({
        exit,
        stdout: plain(streams.stdout, known),
        stderr: plain(streams.stderr, known),
        files: modesIn(folder),
      })
    }
    return outcomes
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function write(folder: string, files: Files = {}): void {
  for (const [name, { text, mode }] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, text)
    chmodSync(path, Number.parseInt(mode, 8))
  }
}

function modesIn(folder: string): Readonly<Record<string, string>> {
  const names = (readdirSync(folder, { recursive: true }) as string[]).sort()
  return Object.fromEntries(names.map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]))
}

function worldOf(
  folder: string,
  scenario: Scenario,
  step: Step,
  streams: { stdout: string; stderr: string },
): IssuerWorld {
  const machine = nodeWorld('kit-issuer')
  const at = (path: string): string => join(folder, path)
  const { terminal = [], listen = 'ended' } = scenario
  return {
    ...machine,
    env: step.env ?? scenario.env ?? {},
    terminal: { stdin: false, stdout: terminal.includes('stdout'), stderr: terminal.includes('stderr') },
    now: () => NOW + (step.after ?? 0),
    readFile: (path) => machine.readFile(at(path)),
    writeNew: (path, text, mode) => machine.writeNew(at(path), text, mode),
    makeFolder: (path) => machine.makeFolder(at(path)),
    list: (path) => machine.list(at(path)),
    modeOf: (path) => machine.modeOf(at(path)),
    write: (stream, text) => {
      streams[stream] += text
    },
    keyStore: (path) => fileKeyStore(at(path)),
    listen: async (_, __, port) => {
      if (listen !== 'ended') throw new ListenFault(listen)
      return { port, stopped: Promise.resolve() }
    },
    tracer: async () => undefined,
    every: () => () => {},
  }
}

/** What is random, by its place in the scenario. */
function plain(text: string, known: string[]): string {
  return text
    .replace(TOKEN, '{token}')
    .replace(UUID, '{jti}')
    .replace(RANDOM, (one) => {
      if (!known.includes(one)) known.push(one)
      return `{random ${known.indexOf(one) + 1}}`
    })
}
