// Time that only the simulation moves, one store, and processes that stop wherever they wait for it.
import type { KeyStore, StoredDocument } from '../../src'
import type { Judge } from './judge'

/** What a process does at the moment. It runs alone until it waits for the store, and goes on when it is told to. */
export interface Work {
  readonly name: string
  readonly began: number
  /** It has to be done by then, unless it sleeps. */
  deadline: number
  isAsleep: boolean
  /** It waits at a gate: this opens it. */
  proceed?: () => void
  at?: 'read' | 'read answer' | 'write' | 'write answer'
  /** Of a fetch: told when the process dies under it. */
  readonly lost?: (() => void) | undefined
}

/** Whoever has a store and a clock. */
export interface Machine {
  readonly offset: number
  work: Work | undefined
  isCutOff: boolean
  /** When the store last gave it what it asked for. */
  readAt: number
  /** Newest document then. */
  version: number
}

/** Stores that are wrong on purpose. */
export type StoreFault = 'says yes' | 'forgets'

export class World {
  now = 1_000_000
  readonly documents: StoredDocument[] = []
  readonly #judge: Judge
  readonly #fault: StoreFault | undefined
  #wake: () => void = () => {}

  constructor(judge: Judge, fault?: StoreFault) {
    this.#judge = judge
    this.#fault = fault
  }

  /** Lets something run until it is done, or waits for the store. */
  async until(start: () => void): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    start()
    await stopped
  }

  /** Called by whatever ran, when it is done. */
  done(): void {
    this.#wake()
  }

  /** The store as one machine sees it: each way there and back is a place to stop, to die, or to be cut off. */
  storeOf(machine: Machine): KeyStore {
    const stop = (work: Work, at: NonNullable<Work['at']>): Promise<void> =>
      new Promise((resolve) => {
        work.at = at
        work.proceed = () => {
          delete work.proceed
          resolve()
        }
        this.#wake()
      })
    const there = async <Answer>(kind: 'read' | 'write', ask: () => Answer): Promise<Answer> => {
      const work = machine.work as Work
      await stop(work, kind)
      if (machine.isCutOff) throw new Error('away')
      const answer = ask()
      const { now } = this
      const { version } = this.#judge
      await stop(work, `${kind} answer`)
      if (machine.isCutOff) throw new Error('gone')
      if (kind === 'read') machine.readAt = now
      if (answer !== false) machine.version = version
      return answer
    }
    return {
      read: () => there('read', () => this.documents.at(-1)),
      writeIf: (version, text) => there('write', () => this.#write(version, text)),
    }
  }

  #write(version: number, text: string): boolean {
    if ((this.documents.at(-1)?.version ?? 0) !== version && this.#fault !== 'says yes') return false
    this.documents.push({ version: version + 1, text })
    this.#judge.written(text, this.now)
    if (this.#fault === 'forgets' && this.documents.length % 5 === 0) this.documents.splice(-2)
    return true
  }
}
