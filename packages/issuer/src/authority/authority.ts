import { ConfigError, type Jwks, MisuseError } from '@kit/jwt'
import { AuthorityError } from '../errors'
import { freshKeks, type Keks } from '../sealing/kek'
import type { KeyStore } from '../stores/key-store'
import { memoryKeyStore } from '../stores/memory'
import { type Change, changesBetween } from './changes'
import { readDocument, writeDocument } from './document'
import { type AuthorityAlgorithm, type KeyRecord, type KeySetRecord, keyIn } from './key-set'
import { advanced, revoked, rotationOf } from './life'
import { newKey } from './new-key'
import { planOf, type Step } from './plan'
import { type AuthoritySigner, signerOf } from './signers'
import { keptBy, lookOf, TIMES, type Timing, type TimingOptions, timingOf } from './timing'

/** Options of `createAuthority`. */
export interface AuthorityOptions extends TimingOptions {
  /** Where the keys are kept; in memory, with a warning to be given by whoever starts it so, unless given. */
  readonly store?: KeyStore
  /** What the private keys are encrypted with; required with a store. */
  readonly keks?: Keks
  /** What the keys are for, `EdDSA` unless given. */
  readonly algorithm?: AuthorityAlgorithm
  /** Whether keys of another algorithm may be in the set: while it is changed. */
  readonly mixedAlgorithms?: boolean
  /** Told of each change of a key, by whichever process it was made; what it throws goes nowhere. */
  readonly onChange?: (change: Change) => void
  /** Seconds since the epoch; the system's clock unless given. */
  readonly clock?: () => number
}

/** A key as people and dashboards see it: no material. */
export type KeySummary = Omit<KeyRecord, 'privateJwk' | 'publicJwk'>

/** Whoever loses a write looks again; so many times is a store that says no whatever is written. */
const TRIES = 32

const ALGORITHMS: readonly unknown[] = ['EdDSA', 'ES256', 'RS256', 'HS512'] satisfies AuthorityAlgorithm[]
const OPTIONS = [...TIMES, 'store', 'keks', 'algorithm', 'mixedAlgorithms', 'onChange', 'clock']

/** What was read last, and when. */
interface Known {
  readonly set: KeySetRecord
  readonly text: string
  readonly readAt: number
}

/** Owns the signing keys over time. Any number of processes may share a store; each has an authority of its own. */
export class Authority {
  /** How long things last, computed and checked. */
  readonly timing: Timing
  readonly #store: KeyStore
  readonly #keks: Keks
  readonly #algorithm: AuthorityAlgorithm
  readonly #isMixed: boolean
  readonly #onChange: (change: Change) => void
  readonly #clock: () => number
  #known: Known | undefined
  #checking: Promise<Known> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #signer: { readonly kid: string; readonly signer: Promise<AuthoritySigner> } | undefined

  /** @internal */
  constructor(options: AuthorityOptions, timing: Timing, store: KeyStore, keks: Keks) {
    this.timing = timing
    this.#store = store
    this.#keks = keks
    this.#algorithm = options.algorithm ?? 'EdDSA'
    this.#isMixed = options.mixedAlgorithms ?? false
    this.#onChange = options.onChange ?? (() => {})
    this.#clock = options.clock ?? (() => Date.now() / 1000)
  }

  /**
   * Looks at the stored keys and does what is due: makes the first ones, rotates, removes. Anyone may call it at any time,
   * in any number of processes; the first write wins, and the others take it over.
   *
   * @throws AuthorityError - `key_store_unavailable`, `key_store_open`, `key_document_*`, `kek_unknown`
   * @example
   * setInterval(() => authority.checkAndRotate().catch(report), 60_000)
   */
  async checkAndRotate(): Promise<void> {
    await this.#check()
  }

  /**
   * Takes a key back at once, because its private half may be known to others. Where it signed, the next key signs from
   * now on. Verifiers that have the set already believe in the key until they fetch it again: `maxAge` at most.
   *
   * @param kid - of the key
   * @throws AuthorityError - `key_not_found`; what `checkAndRotate` throws
   * @example
   * await authority.revoke('kid-that-leaked')
   */
  async revoke(kid: string): Promise<void> {
    const set = await this.#write(async (before, now) => {
      const due = await advanced(before, now, this.timing, this.#newKey)
      if (before === undefined || !before.keys.some((key) => key.kid === kid)) return due
      // Two steps, and one write.
      return { ...(await revoked(due, kid, now, this.timing, this.#newKey)), version: before.version + 1 }
    })
    if (!set.revoked.some((one) => one.kid === kid)) throw new AuthorityError('key_not_found')
  }

  /**
   * The key that signs now.
   *
   * @returns the signer; ask again for each token, it is kept
   * @throws AuthorityError - what `checkAndRotate` throws; where only the store is away, the known key signs until another
   *   process may have rotated
   * @example
   * const { kid } = await authority.signer()
   */
  async signer(): Promise<AuthoritySigner> {
    const set = await this.#fresh((known) => rotationOf(known, this.timing) - this.timing.leeway)
    const active = keyIn(set, 'active') as KeyRecord
    if (this.#signer?.kid !== active.kid) this.#signer = { kid: active.kid, signer: signerOf(active) }
    return this.#signer.signer
  }

  /**
   * What is published: the public halves of all keys that sign, will sign, or have signed what still lives.
   *
   * @returns a JWK Set; empty where the keys are secrets
   * @throws AuthorityError - what `checkAndRotate` throws; where only the store is away, the known set is given as long as
   *   whoever fetches it has fetched it again before a key signs that is not in it
   * @example
   * const { keys } = await authority.jwks()
   */
  async jwks(): Promise<Jwks> {
    const set = await this.#fresh((known) => {
      const { lead, leeway } = this.timing
      return rotationOf(known, this.timing) + lead - leeway - keptBy(this.timing)
    })
    return { keys: set.keys.flatMap(({ publicJwk }) => publicJwk ?? []) }
  }

  /**
   * The keys, with their states and times.
   *
   * @returns in the order in which they were made, without material
   * @throws AuthorityError - what `checkAndRotate` throws
   * @example
   * for (const { kid, state } of await authority.keys()) console.log(state, kid)
   */
  async keys(): Promise<readonly KeySummary[]> {
    const { set } = await this.#check()
    return set.keys.map(({ privateJwk: _, publicJwk: __, ...summary }) => summary)
  }

  /**
   * What will happen to the keys, and when.
   *
   * @returns steps in the order of time
   * @throws AuthorityError - what `checkAndRotate` throws
   * @example
   * const [first] = await authority.plan()
   */
  async plan(): Promise<readonly Step[]> {
    const { set } = await this.#check()
    return planOf(set, this.timing)
  }

  readonly #newKey = (): ReturnType<typeof newKey> => newKey(this.#algorithm)

  /** One look at a time: whoever comes meanwhile shares it. */
  #check(): Promise<Known> {
    this.#checking ??= this.#write((set, now) => advanced(set, now, this.timing, this.#newKey))
      .then(() => this.#known as Known)
      .finally(() => {
        this.#checking = undefined
      })
    return this.#checking
  }

  /**
   * The set, no older than `refresh`. While the store is away, the known one up to a moment.
   *
   * @param until - seconds since the epoch
   */
  async #fresh(until: (known: KeySetRecord) => number): Promise<KeySetRecord> {
    const known = this.#known
    const now = this.#clock()
    if (known && Math.abs(now - known.readAt) < this.timing.refresh && now < rotationOf(known.set, this.timing))
      return known.set
    try {
      for (let tries = 0; tries < TRIES; tries++) {
        const { set, readAt } = await this.#check()
        // A process that slept while it looked does not know what others wrote meanwhile.
        if (Math.abs(this.#clock() - readAt) <= lookOf(this.timing)) return set
      }
      throw new AuthorityError('key_store_unavailable')
    } catch (error) {
      const isAway = AuthorityError.is(error) && error.code === 'key_store_unavailable'
      // It may have taken long to find out.
      const last = this.#known
      if (isAway && last && this.#clock() < until(last.set)) return last.set
      throw error
    }
  }

  /** One after the other: what is read late must not count as newer than what was written meanwhile. */
  #write(change: (set: KeySetRecord | undefined, now: number) => Promise<KeySetRecord>): Promise<KeySetRecord> {
    const written = this.#last.then(() => this.#writeNow(change))
    this.#last = written.catch(() => {})
    return written
  }

  /** Changes what is stored, from what is stored: again where another process wrote in between. */
  async #writeNow(
    change: (set: KeySetRecord | undefined, now: number) => Promise<KeySetRecord>,
  ): Promise<KeySetRecord> {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await this.#read()
      const now = this.#clock()
      const after = await change(before, now)
      if (after === before) return after
      const text = await writeDocument(after, this.#keks)
      if (await asked(this.#store.writeIf(before?.version ?? 0, text))) return this.#adopt(after, text, now)
    }
    throw new AuthorityError('key_store_unavailable')
  }

  async #read(): Promise<KeySetRecord | undefined> {
    // What comes may be as old as the question.
    const now = this.#clock()
    const stored = await asked(this.#store.read())
    const known = this.#known
    if (known && known.set.version === stored?.version && known.text === stored.text) {
      this.#known = { ...known, readAt: now }
      return known.set
    }
    // What was read before does not become undone.
    if (known && (stored?.version ?? 0) <= known.set.version) throw new AuthorityError('key_document_rolled_back')
    if (stored === undefined) return undefined
    const set = await readDocument(stored.text, stored.version, this.#keks)
    if (!this.#isMixed && set.keys.some(({ algorithm }) => algorithm !== this.#algorithm))
      throw new AuthorityError('key_document_mixed')
    return this.#adopt(set, stored.text, now)
  }

  #adopt(set: KeySetRecord, text: string, now: number): KeySetRecord {
    const changes = changesBetween(this.#known?.set, set, now)
    this.#known = { set, text, readAt: now }
    for (const change of changes)
      try {
        this.#onChange(change)
      } catch {
        // Whoever listens does not decide what happens to keys.
      }
    return set
  }
}

/** What a store answers; whatever it throws, it was not there. */
async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    throw AuthorityError.is(error) ? error : new AuthorityError('key_store_unavailable')
  }
}

/**
 * An authority over the keys of a store; the first keys are made where there are none.
 *
 * @param options - the store, what seals the keys, and how long things last
 * @returns the authority, when its keys are read
 * @throws ConfigError - `config_missing`: `keks`; `config_invalid` with the option: times that are not safe, an algorithm
 *   that is none
 * @throws MisuseError - an unknown option
 * @throws AuthorityError - what `checkAndRotate` throws
 * @example
 * const authority = await createAuthority({ rotateEvery: 7 * 86_400, longestTtl: 3600 })
 */
export async function createAuthority(options: AuthorityOptions = {}): Promise<Authority> {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined) throw new MisuseError(`${unknown}: unknown`)
  if (options.algorithm !== undefined && !ALGORITHMS.includes(options.algorithm))
    throw new ConfigError('config_invalid', { variable: 'algorithm' })
  const times = Object.fromEntries(Object.entries(options).filter(([name]) => TIMES.includes(name)))
  const timing = timingOf(times)
  if (options.store !== undefined && options.keks === undefined)
    throw new ConfigError('config_missing', { variable: 'keks' })
  const keks = options.keks ?? (await freshKeks())
  const authority = new Authority(options, timing, options.store ?? memoryKeyStore(), keks)
  await authority.checkAndRotate()
  return authority
}
