import { ConfigError, type Jwk, type Jwks, MisuseError } from '@kit/jwt'
import { AuthorityError } from '../errors'
import { freshKeks, type Kek, type Keks } from '../sealing/kek'
import type { KeyStore } from '../stores/key-store'
import { memoryKeyStore } from '../stores/memory'
import type { Change } from './changes'
import { signingSet, verifyingSet, type Watch } from './freshness'
import { givenFirst, givenKey } from './given-key'
import { type AuthorityAlgorithm, type KeyRecord, keyIn, type NewKey } from './key-set'
import { type Known, Ledger, type LedgerOptions, type Turn } from './ledger'
import { advanced, revoked, rotatedEarly, soonestOf } from './life'
import { newKey } from './new-key'
import { planOf, type Step } from './plan'
import { type AuthoritySigner, signerOf } from './signers'
import { type KeySummary, summaryOf } from './summary'
import { TIMES, type Timing, type TimingOptions, timingOf } from './timing'

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
  /** A private JWK, or an `oct` one, that signs elsewhere already: under its `kid` it signs on, where the store has no keys yet. */
  readonly firstKey?: Jwk
  /** Told of each change of a key, by whichever process it was made; what it throws goes nowhere. */
  readonly onChange?: (change: Change) => void
  /** Seconds since the epoch; the system's clock unless given. */
  readonly clock?: () => number
}

const ALGORITHMS: readonly unknown[] = ['EdDSA', 'ES256', 'RS256', 'HS512'] satisfies AuthorityAlgorithm[]
const OPTIONS = [...TIMES, 'store', 'keks', 'algorithm', 'mixedAlgorithms', 'firstKey', 'onChange', 'clock']

/** Owns the signing keys over time. Any number of processes may share a store; each has an authority of its own. */
export class Authority {
  /** How long things last, computed and checked. */
  readonly timing: Timing
  /** What new keys are for. */
  readonly algorithm: AuthorityAlgorithm
  readonly #ledger: Ledger
  readonly #clock: () => number
  readonly #firstKey: NewKey | undefined
  #checking: Promise<Known> | undefined
  #signer: { readonly kid: string; readonly signer: Promise<AuthoritySigner> } | undefined

  /** @internal */
  constructor(timing: Timing, ledger: LedgerOptions, firstKey?: NewKey) {
    this.timing = timing
    this.#ledger = new Ledger(ledger)
    this.algorithm = ledger.algorithm
    this.#clock = ledger.clock
    this.#firstKey = firstKey
  }

  /**
   * Looks at the stored keys and does what is due: makes the first ones, rotates, removes. Anyone may call it at any time,
   * in any number of processes; the first write wins, and the others take it over.
   *
   * @throws AuthorityError - `key_store_unavailable`, `key_store_open`, `kek_unknown`, `key_document_invalid`,
   *   `key_document_unsupported`, `key_document_tampered`, `key_document_rolled_back`, `key_document_mixed`
   * @example
   * await authority.checkAndRotate()
   */
  async checkAndRotate(): Promise<void> {
    await this.#check()
  }

  /**
   * Lets the next key sign before its time, if that is safe: when it has been published for `lead`. Called twice, or by two at
   * once, it rotates once: the key after it has been published for no time then.
   *
   * @returns undefined where it signs now; else when it may at the soonest, in seconds since the epoch
   * @throws AuthorityError - as `checkAndRotate`
   * @example
   * const soonest = await authority.rotate()
   */
  async rotate(): Promise<number | undefined> {
    let soonest: number | undefined
    await this.#ledger.write(async (before, now) => {
      if (before === undefined) return this.#advanced(before, now)
      const after = await rotatedEarly(before, now, this.timing, this.#newKey)
      soonest = keyIn(after, 'active') === keyIn(before, 'active') ? soonestOf(after, this.timing) : undefined
      return after
    })
    return soonest
  }

  /**
   * Takes a key back at once, because its private half may be known to others. Where it signed, the next key signs from
   * now on. Verifiers that have the set already believe in the key until they fetch it again: `maxAge` at most.
   *
   * @param kid - of the key
   * @throws AuthorityError - `key_not_found`; as `checkAndRotate`
   * @example
   * const { kid } = await authority.signer()
   * await authority.revoke(kid)
   */
  async revoke(kid: string): Promise<void> {
    const { set } = await this.#ledger.write((before, now) =>
      before === undefined ? this.#advanced(before, now) : revoked(before, kid, now, this.timing, this.#newKey),
    )
    if (!set.revoked.some((one) => one.kid === kid)) throw new AuthorityError('key_not_found')
  }

  /**
   * Seals every private half anew under the first key-encryption key, where one is sealed under another: after it, nothing
   * that is written needs the others. All processes must have the first one before.
   *
   * @throws AuthorityError - as `checkAndRotate`
   * @example
   * await authority.rewrap()
   */
  async rewrap(): Promise<void> {
    await this.#ledger.rewrap(this.#advanced)
  }

  /**
   * The key that signs now.
   *
   * @returns the signer; ask again for each token, it is kept
   * @throws AuthorityError - as `checkAndRotate`; while only the store is away, the known key signs until another process
   *   may have rotated
   * @example
   * const { kid } = await authority.signer()
   */
  async signer(): Promise<AuthoritySigner> {
    const set = await signingSet(this.#watch)
    const active = keyIn(set, 'active') as KeyRecord
    if (this.#signer?.kid !== active.kid) this.#signer = { kid: active.kid, signer: signerOf(active) }
    return this.#signer.signer
  }

  /**
   * What is published: the public halves of all keys that sign, will sign, or have signed what still lives.
   *
   * @returns a JWK Set; empty where the keys are secrets
   * @throws AuthorityError - as `checkAndRotate`; while only the store is away, the known set is given as long as whoever
   *   fetches it has fetched it again before a key signs that is not in it
   * @example
   * const { keys } = await authority.jwks()
   */
  async jwks(): Promise<Jwks> {
    const { keys } = await verifyingSet(this.#watch)
    return { keys: keys.flatMap(({ publicJwk }) => publicJwk ?? []) }
  }

  /**
   * The secrets that tokens are verified with, of an authority for HS512: those that sign, will sign, or have signed what still
   * lives. Whoever has them can mint: for services that share the store, never for an endpoint.
   *
   * @returns `oct` JWKs, in the order in which they were made; none where the keys have public halves
   * @throws AuthorityError - as `jwks`
   * @example
   * const sharing = await createAuthority({ algorithm: 'HS512' })
   * const [active, next] = await sharing.secrets()
   */
  async secrets(): Promise<readonly Jwk[]> {
    const { keys } = await verifyingSet(this.#watch)
    return keys.flatMap(({ algorithm, privateJwk }) => (algorithm === 'HS512' && privateJwk ? { ...privateJwk } : []))
  }

  /**
   * The keys, with their states and times.
   *
   * @returns in the order in which they were made, without material
   * @throws AuthorityError - as `checkAndRotate`
   * @example
   * for (const { kid, state } of await authority.keys()) console.info(state, kid)
   */
  async keys(): Promise<readonly KeySummary[]> {
    const { set } = await this.#check()
    return set.keys.map(summaryOf)
  }

  /**
   * What will happen to the keys, and when.
   *
   * @returns steps in the order of time
   * @throws AuthorityError - as `checkAndRotate`
   * @example
   * const [first] = await authority.plan()
   */
  async plan(): Promise<readonly Step[]> {
    const { set } = await this.#check()
    return planOf(set, this.timing)
  }

  get #watch(): Watch {
    return { ledger: this.#ledger, look: () => this.#check(), clock: this.#clock, timing: this.timing }
  }

  readonly #newKey = (): ReturnType<typeof newKey> => newKey(this.algorithm)

  /** One look at a time: whoever comes meanwhile shares it. */
  #check(): Promise<Known> {
    this.#checking ??= this.#ledger.write(this.#advanced).finally(() => {
      this.#checking = undefined
    })
    return this.#checking
  }

  readonly #advanced: Turn = (set, now) => {
    const keys = set === undefined ? givenFirst(this.#firstKey, this.#newKey) : this.#newKey
    return advanced(set, now, this.timing, keys)
  }
}

/**
 * An authority over the keys of a store; the first keys are made where there are none.
 *
 * @param options - the store, what seals the keys, and how long things last
 * @returns the authority, when its keys are read
 * @throws ConfigError - `config_missing`: `keks`; `config_invalid` with the option: times that are not safe, an algorithm
 *   that is none; `key_invalid`, `key_unsuitable`, `key_weak` with `firstKey`
 * @throws MisuseError - an unknown option
 * @throws AuthorityError - as `Authority.checkAndRotate`
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
  // A list that is empty seals nothing, whatever its type says.
  const given = (options.keks as readonly Kek[] | undefined)?.length ? options.keks : undefined
  if (options.store !== undefined && given === undefined) throw new ConfigError('config_missing', { variable: 'keks' })
  const keks = given ?? (await freshKeks())
  const { algorithm = 'EdDSA', firstKey } = options
  const first = firstKey === undefined ? undefined : await givenKey(firstKey, algorithm)
  const ledger = {
    store: options.store ?? memoryKeyStore(),
    keks,
    algorithm,
    isMixed: options.mixedAlgorithms ?? false,
    onChange: options.onChange ?? (() => {}),
    clock: options.clock ?? (() => Date.now() / 1000),
  }
  const authority = new Authority(timing, ledger, first)
  await authority.checkAndRotate()
  return authority
}
