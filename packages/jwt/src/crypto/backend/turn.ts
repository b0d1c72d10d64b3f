/** Told what came of a job. */
export type Done<Result> = (error: Error | null, result: Result) => void

interface Job {
  readonly alone: () => void
  readonly pooled: () => void
}

/**
 * Work that is done at once where it is alone in its turn, and on the thread pool where several pieces of it are there: one
 * would wait for the pool in vain, and several keep all of its threads busy.
 */
export class Turn {
  #jobs: Job[] = []

  /**
   * @param alone - does it at once
   * @param pooled - has the thread pool do it
   */
  take<Result>(alone: () => Result, pooled: (done: Done<Result>) => void): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#jobs.push({
        // `async` for what it may throw.
        alone: () => resolve((async () => alone())()),
        pooled: () => {
          pooled((error, result) => {
            if (error) reject(error)
            else resolve(result)
          })
        },
      })
      // Whoever else is there in this turn has come once its first microtask runs.
      if (this.#jobs.length === 1) queueMicrotask(() => this.#begin())
    })
  }

  #begin(): void {
    const jobs = this.#jobs
    this.#jobs = []
    const [only] = jobs
    if (jobs.length === 1) only?.alone()
    else for (const { pooled } of jobs) pooled()
  }
}
