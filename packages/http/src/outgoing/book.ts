// The tokens that are kept: no waiting, no clock of its own.
import type { Given } from './source'

/** How long tokens are kept. */
export interface Keeping {
  /** Seconds before its end that a token is renewed. */
  readonly margin: number
  /** Seconds before the margin, of which chance takes a part: callers that started together do not renew together. */
  readonly jitter: number
  /** Tokens that are kept at most. */
  readonly maxTokens: number
  /** From 0 up to 1. */
  readonly random: () => number
}

interface Entry {
  readonly given: Given
  readonly keptAt: number
  readonly endsAt: number
  renewAt: number
  /** The target refused it. */
  isRefused: boolean
  /** It stands for one that the target refused. */
  readonly isReplacement: boolean
}

/** Seconds between two attempts while a source does not answer and a token still lives. */
const PAUSE = 5
/** Seconds that a replacement is kept at least: a target that refuses everything must not drain the issuer. */
const PATIENCE = 10

export class TokenBook {
  // In the order of their last use.
  readonly #entries = new Map<string, Entry>()
  readonly #keeping: Keeping

  constructor(keeping: Keeping) {
    this.#keeping = keeping
  }

  /** The token to be shown; undefined: ask for one. */
  find(key: string, now: number): string | undefined {
    const entry = this.#entries.get(key)
    // A clock that was set back says nothing about how long the token has lived.
    if (entry === undefined || entry.isRefused || now < entry.keptAt || now >= entry.renewAt) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.given.token
  }

  /** The token that is still good while no other can be had; undefined: there is none. */
  spare(key: string, now: number): string | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.isRefused || now < entry.keptAt || now >= entry.endsAt) return undefined
    entry.renewAt = Math.min(now + PAUSE, entry.endsAt)
    return entry.given.token
  }

  /** @param now - when it was asked for */
  keep(key: string, given: Given, now: number): void {
    const { margin, jitter, maxTokens, random } = this.#keeping
    const early = Math.min(margin + jitter * random(), given.lifetime / 2)
    const endsAt = now + given.lifetime
    const isReplacement = this.#entries.get(key)?.isRefused === true
    this.#entries.delete(key)
    this.#entries.set(key, { given, keptAt: now, endsAt, renewAt: endsAt - early, isRefused: false, isReplacement })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > maxTokens && oldest !== undefined) this.#entries.delete(oldest)
  }

  /** The target refused a token. Whether another one is worth showing. */
  refuse(key: string, token: string, now: number): boolean {
    const entry = this.#entries.get(key)
    // It was replaced meanwhile.
    if (entry === undefined || entry.given.token !== token) return true
    const age = now - entry.keptAt
    if (entry.isReplacement && age >= 0 && age < PATIENCE) return false
    entry.isRefused = true
    return true
  }
}
