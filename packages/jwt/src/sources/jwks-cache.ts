import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { encodeUtf8 } from '../encoding/utf8'
import { TokenError } from '../errors/errors'
import type { PublicKey } from '../keys/key'
import type { PublicMaterial } from '../keys/public-key'
import type { Freshness } from './freshness'
import { importKeys, KeySet, only, usableKeys } from './key-set'
import type { KeySource } from './key-source'

/** Limits of a cache, in seconds. */
export interface CacheLimits {
  /** That an answer is used at most. */
  readonly cacheTtl: number
  /** That it is used beyond its time while the source fails. */
  readonly maxStale: number
  /** That a request may take, from its beginning to the end of its body. */
  readonly timeout: number
}

/** What a source brought. */
export interface Retrieved extends Freshness {
  /** Absent: the set has not changed. */
  readonly entries?: readonly unknown[]
}

/** Brings the set of a source. Whatever it throws, there is none to be had. */
export type Retrieve = (etag: string | undefined, signal: AbortSignal) => Promise<Retrieved>

/** Calls back after so many milliseconds, unless the function that it returns was called before. */
export type Schedule = (callback: () => void, milliseconds: number) => () => void

/** An answer asks for less: it is used for so many seconds all the same, where that is not above the configured time. */
const MIN_LIFETIME = 30
/** Anyone can make up a `kid`: a request for an unknown one comes so many seconds after the last request. */
const COOLDOWN = 30
/** So many seconds after a request that failed there is none. */
const PAUSE = 15
/** A key that a request did not bring causes none for so many seconds. */
const REMEMBERED = 60
/** As many such keys, at most, and no `kid` of more bytes: what senders make up takes little room. */
const MAX_REMEMBERED = 256
const MAX_KID_BYTES = 256
/** Entries of a set that are read. */
const MAX_ENTRIES = 1000
/** Who waited for another endpoint comes late, with an older moment; so much older, it is of a clock set back. */
const LATE = 60

type Query = Parameters<KeySource['select']>[0]

interface Cached {
  readonly entries: readonly unknown[]
  /** When it was asked for. */
  readonly at: number
  readonly lifetime: number
  readonly etag?: string
  /** Made when the first token of an algorithm comes. */
  readonly sets: Map<Algorithm, Promise<KeySet>>
}

/** A request that runs. */
interface Flight {
  readonly began: number
  readonly landed: Promise<void>
}

const later: Schedule = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}

/**
 * The keys of one source over time: used for their time, fetched again before its end by one request at a time, and kept
 * where that fails. docs/key-sources.md has the rules. A moment is `now` of whoever asks; time is the distance between two,
 * so that a clock which is set back makes nothing last for ever.
 */
export class JwksCache implements KeySource {
  readonly #retrieve: Retrieve
  readonly #limits: CacheLimits
  readonly #schedule: Schedule
  readonly #isKept: boolean
  readonly #missing = new Map<string, number>()
  #cached: Cached | undefined
  #flight: Flight | undefined
  /** When the last request began, where it failed; at no distance of anything where it did not. */
  #failed = Number.NaN
  #latest = Number.NaN

  /** @param isKept - whether the runtime keeps what a caller began when the caller is gone; a Worker does not */
  constructor(
    retrieve: Retrieve,
    limits: CacheLimits,
    schedule = later,
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- not every runtime has one
    isKept = globalThis.navigator?.userAgent !== 'Cloudflare-Workers',
  ) {
    this.#retrieve = retrieve
    this.#limits = limits
    this.#schedule = schedule
    this.#isKept = isKept
  }

  async select(given: Query): Promise<PublicKey> {
    const late = this.#latest - given.now
    if (!(late > 0 && late < LATE)) this.#latest = given.now
    const query = { ...given, now: this.#latest }
    const cached = this.#cached
    let keys = await this.find(query)
    // A set that came meanwhile, even while the answer was on its way, may have what the other lacks.
    if (cached !== this.#cached) return this.select(given)
    const flight = this.#flightFor(query, keys.length > 0)
    if (flight) {
      const left = flight.began + this.#limits.timeout - query.now
      await this.#within(flight.landed, left).catch(() => this.#giveUp(flight))
      keys = await this.find(query)
      if (keys.length === 0 && this.#cached?.at === flight.began) this.#remember(query)
    }
    if (keys.length === 0 && !this.isFresh(query.now)) throw new TokenError('jwks_unavailable')
    return only(keys)
  }

  /** The keys that a header may mean, none where they are too old. */
  async find({ now, ...query }: Query): Promise<readonly PublicKey[]> {
    const cached = this.#cached
    if (cached === undefined || !(distance(now, cached.at) < cached.lifetime + this.#limits.maxStale)) return []
    const algorithm = algorithmOf(query.alg) as Algorithm
    const set = cached.sets.get(algorithm) ?? importSet(usableKeys(cached.entries, [algorithm]))
    cached.sets.set(algorithm, set)
    return (await set).find(query)
  }

  /** Whether the set is within its time. */
  isFresh(now: number): boolean {
    return distance(now, this.#cached?.at) < (this.#cached?.lifetime ?? 0)
  }

  /** The request that a caller has to wait for, if any. Where it is time for one, it begins here. */
  #flightFor({ now, ...query }: Query, isKnown: boolean): Flight | undefined {
    const since = (then: number | undefined): number => distance(now, then)
    if (this.#flight && since(this.#flight.began) >= this.#limits.timeout) this.#giveUp(this.#flight)
    const { at, lifetime = 0 } = this.#cached ?? {}
    const isDown = since(this.#failed) < COOLDOWN
    const isDue = !(since(at) * 5 < lifetime * 4)
    const isTurnedAway = isDown || since(at) < COOLDOWN || since(this.#missing.get(nameOf(query))) < REMEMBERED
    const isWanted = isDue || !(isKnown || isTurnedAway || encodeUtf8(query.kid ?? '').length > MAX_KID_BYTES)
    const begins = isWanted && !this.#flight && !(since(this.#failed) < PAUSE)
    if (begins) this.#flight = this.#begin(now)
    // A known key is served at once while it is fresh, and where the source was down a moment ago.
    const isServed = isKnown && (isDown || since(at) < lifetime) && (this.#isKept || !begins)
    return isServed ? undefined : this.#flight
  }

  #begin(began: number): Flight {
    const controller = new AbortController()
    // An endpoint that failed when it was shown a tag is asked without one.
    const etag = Number.isNaN(this.#failed) ? this.#cached?.etag : undefined
    const flight: Flight = {
      began,
      landed: this.#within(this.#retrieve(etag, controller.signal), this.#limits.timeout)
        .then(
          (retrieved) => this.#land(flight, retrieved),
          () => this.#fail(flight),
        )
        .finally(() => controller.abort()),
    }
    return flight
  }

  #land(flight: Flight, retrieved: Retrieved): void {
    if (this.#flight !== flight) return
    const { cacheTtl } = this.#limits
    const before = retrieved.entries ? {} : this.#cached
    const cached = { entries: [], sets: new Map(), lifetime: cacheTtl, ...before, ...retrieved, at: flight.began }
    this.#cached = {
      ...cached,
      entries: cached.entries.slice(0, MAX_ENTRIES),
      lifetime: Math.min(cacheTtl, Math.max(MIN_LIFETIME, cached.lifetime)),
    }
    this.#flight = undefined
    this.#failed = Number.NaN
  }

  #fail(flight: Flight, failed = flight.began): void {
    if (this.#flight !== flight) return
    this.#flight = undefined
    this.#failed = failed
  }

  /** It took too long. Where it may have been lost together with its caller, that says nothing of the source. */
  #giveUp(flight: Flight): void {
    this.#fail(flight, this.#isKept ? flight.began : Number.NaN)
  }

  #remember({ now, ...query }: Query): void {
    this.#missing.set(nameOf(query), now)
    for (const [oldest] of this.#missing) if (this.#missing.size > MAX_REMEMBERED) this.#missing.delete(oldest)
  }

  /** Rejects where work takes longer than so many seconds. */
  #within<Result>(work: Promise<Result>, seconds: number): Promise<Result> {
    return new Promise((resolve, reject) => {
      const cancel = this.#schedule(reject, seconds * 1000)
      work.finally(cancel).then(resolve, reject)
    })
  }
}

/** Not a number, and so neither more nor less than anything, where there is no moment. */
const distance = (now: number, then = Number.NaN): number => Math.abs(now - then)

const importSet = async (materials: readonly PublicMaterial[]): Promise<KeySet> =>
  new KeySet(await importKeys(materials))

const nameOf = ({ alg, kid = '' }: Omit<Query, 'now'>): string => `${alg} ${kid}`
