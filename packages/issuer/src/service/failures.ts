const MOST = 10
/** Seconds. */
const WINDOW = 60

/** Failures of late: after ten within a minute nobody is listened to, the right one included, so that nothing can be tried out. */
export class Failures {
  #at: readonly number[] = []

  /** Seconds until somebody is listened to again; 0: now. */
  wait(now: number): number {
    // A clock that was set back forgets too.
    this.#at = this.#at.filter((at) => Math.abs(now - at) < WINDOW)
    const oldest = this.#at[this.#at.length - MOST]
    return oldest === undefined ? 0 : Math.max(1, Math.ceil(oldest + WINDOW - now))
  }

  add(now: number): void {
    this.#at = [...this.#at, now]
  }
}
