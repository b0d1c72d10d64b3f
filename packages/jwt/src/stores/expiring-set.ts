/** Names that are forgotten once their time has come. Bounded, so that a flood of names cannot fill the memory. */
export class ExpiringSet {
  readonly #expiries = new Map<string, number>()
  readonly #limit: number
  /** Entries are looked through when the set has doubled since the last time: cheap on average, and never late. */
  #sweepAt = 64

  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit
  }

  get size(): number {
    return this.#expiries.size
  }

  /** @param now - seconds since the epoch */
  has(name: string, now: number): boolean {
    const expires = this.#expiries.get(name)
    return expires !== undefined && expires > now
  }

  /**
   * @param expires - seconds since the epoch from which on the name may be forgotten
   * @returns false where the set is full of names that may not be forgotten yet
   */
  add(name: string, expires: number, now: number): boolean {
    if (this.#expiries.size >= Math.min(this.#sweepAt, this.#limit)) this.#sweep(now)
    if (this.#expiries.size >= this.#limit) return false
    this.#expiries.set(name, expires)
    return true
  }

  #sweep(now: number): void {
    for (const [name, expires] of this.#expiries) if (expires <= now) this.#expiries.delete(name)
    this.#sweepAt = Math.max(64, this.#expiries.size * 2)
  }
}

/** One name of two texts, which no other two share. */
export const pairName = (issuer: string, jti: string): string => JSON.stringify([issuer, jti])
