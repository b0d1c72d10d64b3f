import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { MisuseError, TokenError } from '../errors/errors'
import type { Jwks, PublicKey } from '../keys/key'
import { importKeys, KeySet, readJwks, usableKeys } from './key-set'
import type { KeySource } from './key-source'

/** Gives the set of this moment, or its JSON text. */
type ReadJwks = () => Jwks | string | Promise<Jwks | string>

/** One state of the set, and the keys made of it so far. */
interface Snapshot {
  readonly text: string
  readonly entries: readonly unknown[]
  /** Made when the first token of an algorithm comes. */
  readonly sets: Map<Algorithm, Promise<KeySet>>
}

const importSet = async (entries: readonly unknown[], algorithm: Algorithm): Promise<KeySet> =>
  new KeySet(await importKeys(usableKeys(entries, [algorithm])))

/** The keys of an issuer in the same process; see {@link localJwks}. */
export class LocalJwks implements KeySource {
  readonly #read: ReadJwks
  #snapshot: Snapshot | undefined

  constructor(read: ReadJwks) {
    this.#read = read
  }

  async select({ alg, kid }: Parameters<KeySource['select']>[0]): Promise<PublicKey> {
    const { entries, sets } = await this.#now()
    const algorithm = algorithmOf(alg) as Algorithm
    const set = sets.get(algorithm) ?? importSet(entries, algorithm)
    sets.set(algorithm, set)
    return (await set).select({ alg, kid })
  }

  /** Compared by what it says: whoever changes a set may well change the one object that it always gives. */
  async #now(): Promise<Snapshot> {
    try {
      const jwks = await this.#read()
      const text = typeof jwks === 'string' ? jwks : JSON.stringify(jwks)
      const before = this.#snapshot
      // No text at all, as of undefined, is not what was there before either: it is no set.
      if (before && before.text === text) return before
      this.#snapshot = { text, entries: readJwks(text), sets: new Map() }
      return this.#snapshot
    } catch {
      // Whatever it threw may quote a key.
      throw new TokenError('jwks_unavailable')
    }
  }
}

/**
 * A key source for an issuer in the same process: whatever has a JWKS at hand, and may rotate it. Nothing is fetched and
 * nothing is kept: the set is read at every verification, so a key that it no longer has stops at once. Keys are imported
 * again only where the set says something else than before.
 *
 * @param read - gives the set of this moment, or its JSON text, from memory; entries that cannot be used (another type, use or
 *   algorithm, private or invalid keys) are ignored. Where it throws, or gives no set, keys are `jwks_unavailable`
 * @returns a key source; nothing is read yet
 * @throws MisuseError - not a function
 * @example
 * const keySource = localJwks(() => authority.jwks())
 * const kit = createKit({ issuer: 'https://auth.example', audience: 'api', keySource })
 */
export function localJwks(read: ReadJwks): KeySource {
  if (typeof read !== 'function') throw new MisuseError('read: not a function')
  return new LocalJwks(read)
}
