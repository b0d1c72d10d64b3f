import type { Maybe } from '../../encoding/steps'

const AT_ONCE = Promise.resolve()

/**
 * Work that is done at once where nothing else is there, and on the thread pool where it comes together with other work: the
 * first would wait for the pool in vain, and several keep all of its threads busy.
 */
export class Turn {
  /** On the pool now. */
  #pooled = 0
  /** Whether something was done at once in this very turn. */
  #isTaken = false
  /** Whether the caller cannot wait. */
  #isForced = false

  /**
   * @param alone - does it at once
   * @param pooled - has the thread pool do it
   */
  take<Result>(alone: () => Result, pooled: () => Promise<Result>): Maybe<Result> {
    if (this.#isForced) return alone()
    if (!this.#isTaken && this.#pooled === 0) {
      this.#isTaken = true
      void AT_ONCE.then(this.#free)
      return alone()
    }
    this.#pooled += 1
    return pooled().then(this.#done, this.#failed)
  }

  /** Does work of which every piece is done at once, whatever else is there. */
  force<Result>(work: () => Result): Result {
    const before = this.#isForced
    this.#isForced = true
    try {
      return work()
    } finally {
      this.#isForced = before
    }
  }

  readonly #free = (): void => {
    this.#isTaken = false
  }

  readonly #done = <Result>(result: Result): Result => {
    this.#pooled -= 1
    return result
  }

  readonly #failed = (error: unknown): never => {
    this.#pooled -= 1
    throw error
  }
}
