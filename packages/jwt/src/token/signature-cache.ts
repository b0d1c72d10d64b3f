import type { JsonObject } from '../encoding/json-value'
import { after } from '../encoding/steps'
import type { Header } from './header'
import { type Opened, openToken } from './opened'

/** A token whose signature held, and whose claims are of the right types: neither can change. */
interface Remembered {
  readonly token: string
  readonly header: Header
  /** The key that made the signature: this very object, which a source that was fetched anew no longer gives. */
  readonly key: object
  /** Whose rules its claims were held to. */
  readonly issuer: object
  /** The payload, deeply frozen: nobody can change it for the next. */
  readonly claims: JsonObject
}

/** Bytes that a character of a token takes at most, in its text and in what was parsed of it, and those of an entry. */
const PER_CHARACTER = 12
const PER_ENTRY = 512

const bytesOf = ({ length }: string): number => PER_ENTRY + length * PER_CHARACTER

/** So many characters of a signature find a token, at a tenth of what it costs to hash all of it. */
const TAIL = 24

/** Which signatures held, by the whole text of a token; those that were not asked for longest make room. */
export class SignatureCache {
  readonly #entries = new Map<string, Remembered>()
  readonly #most: number
  #bytes = 0
  #newest: Remembered | undefined

  /** @param most - bytes that it takes at most */
  constructor(most: number) {
    this.#most = most
  }

  /** A token, of which nothing is done again that is remembered. Throws as `openToken`. */
  open(token: unknown, maxBytes: number): Opened {
    const known = this.#find(token)
    let fresh = known ? undefined : openToken(token, maxBytes)
    const opened = (): Opened => {
      fresh ??= openToken(token, maxBytes)
      return fresh
    }
    const header = (known ?? opened()).header
    let key = known?.key
    let claims = known?.claims
    const isKnown = (issuer: object): boolean => key === known?.key && issuer === known?.issuer
    return {
      header,
      check: (one) =>
        one === known?.key ||
        after(opened().check(one), (held) => {
          if (held) key = one
          return held
        }),
      parse: () => {
        claims ??= opened().parse()
        return claims
      },
      isKnown,
      accept: (issuer) => {
        if (key && claims && !isKnown(issuer)) this.#remember({ token: token as string, header, key, issuer, claims })
      },
    }
  }

  #find(token: unknown): Remembered | undefined {
    if (typeof token !== 'string') return undefined
    const tail = token.slice(-TAIL)
    const found = this.#entries.get(tail)
    if (found?.token !== token) return undefined
    if (found !== this.#newest) {
      this.#entries.delete(tail)
      this.#entries.set(tail, found)
      this.#newest = found
    }
    return found
  }

  #remember(entry: Remembered): void {
    // A copy: a piece of a request would keep the whole of it in memory.
    const token = JSON.parse(JSON.stringify(entry.token)) as string
    const tail = token.slice(-TAIL)
    this.#forget(tail)
    this.#newest = { ...entry, token }
    this.#entries.set(tail, this.#newest)
    this.#bytes += bytesOf(token)
    for (const [oldest] of this.#entries) if (this.#bytes > this.#most) this.#forget(oldest)
  }

  #forget(tail: string): void {
    const found = this.#entries.get(tail)
    if (found === undefined) return
    this.#entries.delete(tail)
    this.#bytes -= bytesOf(found.token)
    if (found === this.#newest) this.#newest = undefined
  }
}
