import type { JsonObject } from '../encoding/json-value'
import { after, type Maybe } from '../encoding/steps'

/** A token whose signature held. */
interface Remembered {
  /** The key that made the signature: this very object, which a source that was fetched anew no longer gives. */
  readonly key: object
  /** The payload, deeply frozen: nobody can change it for the next. */
  readonly claims: JsonObject
}

/** One verification of a token, which may be remembered. */
interface Opened<Key> {
  /** Whether a key made the signature: asked of the key unless it is known. */
  readonly check: (key: Key) => Maybe<boolean>
  /** The payload, once a key is known to have signed it. */
  readonly parse: () => JsonObject | undefined
  /** Remembers the token: everything else about it holds too. */
  readonly accept: () => void
}

/** Bytes that a character of a token takes at most, in its text and in what was parsed of it, and those of an entry. */
const PER_CHARACTER = 12
const PER_ENTRY = 512

const bytesOf = (token: string): number => PER_ENTRY + token.length * PER_CHARACTER

/** Which signatures held, by the whole text of a token; those that were not asked for longest make room. */
export class SignatureCache {
  readonly #entries = new Map<string, Remembered>()
  readonly #most: number
  #bytes = 0

  /** @param most - bytes that it takes at most */
  constructor(most: number) {
    this.#most = most
  }

  /** @param check - asks a key, and `parse` reads the payload, where that is not remembered */
  open<Key extends object>(
    token: string,
    check: (key: Key) => Maybe<boolean>,
    parse: () => JsonObject | undefined,
  ): Opened<Key> {
    const known = this.#find(token)
    let signer: Key | undefined
    let claims: JsonObject | undefined
    return {
      check: (key) =>
        after(key === known?.key || check(key), (held) => {
          if (held) signer = key
          return held
        }),
      parse: () => {
        claims = known && signer === known.key ? known.claims : parse()
        return claims
      },
      accept: () => {
        if (signer && claims && signer !== known?.key) this.#remember(token, { key: signer, claims })
      },
    }
  }

  #find(token: string): Remembered | undefined {
    const found = this.#entries.get(token)
    if (found) {
      this.#entries.delete(token)
      this.#entries.set(token, found)
    }
    return found
  }

  #remember(token: string, entry: Remembered): void {
    if (!this.#entries.delete(token)) this.#bytes += bytesOf(token)
    // A copy: a piece of a request would keep the whole of it in memory.
    this.#entries.set(JSON.parse(JSON.stringify(token)) as string, entry)
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#most) break
      this.#entries.delete(oldest)
      this.#bytes -= bytesOf(oldest)
    }
  }
}
