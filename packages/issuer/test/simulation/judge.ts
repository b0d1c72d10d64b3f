// What must hold, whatever happens in whatever order. It reads what is stored, and trusts no word of an authority.
import type { Change, ChangeName, Timing } from '../../src'

interface Key {
  readonly kid: string
  readonly state: 'next' | 'active' | 'retired'
  readonly publishedAt: number
  readonly activatedAt?: number
}

interface Document {
  readonly version: number
  readonly keys: readonly Key[]
  readonly revoked: readonly { readonly kid: string }[]
}

/** A token, as far as keys matter: times by the clock of whoever minted it. */
export interface Token {
  readonly kid: string
  readonly expires: number
  /** Seconds since whoever minted it had an answer of the store. */
  readonly age: number
}

/** A set as it was served. */
export interface Served {
  readonly kids: readonly string[]
  /** Number of the last document that its server can have read. */
  readonly version: number
  /** Seconds since its server had an answer of the store. */
  readonly age: number
  readonly isStale: boolean
}

type Turn = Exclude<ChangeName, 'rewrapped'>
/** Seconds for which a verifier keeps a set, whatever it is told. */
const MIN_LIFETIME = 30
const ORDER: Readonly<Record<Turn, number>> = { published: 0, activated: 1, retired: 2, removed: 3, revoked: 3 }

export class Judge {
  readonly violations: string[] = []
  readonly counts = { tokens: 0, verified: 0, unavailable: 0, writes: 0, rotations: 0, revocations: 0 }
  readonly #timing: Timing
  readonly #isOnePeriod: boolean
  readonly #look: number
  readonly #published = new Map<string, number>()
  readonly #revoked = new Map<string, { at: number; version: number }>()
  /** Signed before its time, because the key before it was taken back; so did the very first one. */
  readonly #hurried = new Set<string>()
  /** The key that each period began with. */
  readonly #began = new Map<number, string>()
  #last: Document | undefined
  #turned = Number.NEGATIVE_INFINITY

  /** @param isOnePeriod - whether all processes count periods alike */
  constructor(timing: Timing, isOnePeriod: boolean) {
    this.#timing = timing
    this.#isOnePeriod = isOnePeriod
    this.#look = Math.max(timing.refresh, 1)
  }

  /** @param now - of nobody's clock, as everywhere here */
  written(text: string, now: number): void {
    const document = JSON.parse(text) as Document
    const before = this.#last
    this.#last = document
    this.counts.writes += 1
    if (document.version !== (before?.version ?? 0) + 1)
      this.#fail(`version ${document.version} after ${before?.version}`)
    for (const { kid } of document.keys) if (!this.#published.has(kid)) this.#published.set(kid, now)
    for (const { kid } of document.revoked)
      if (!this.#revoked.has(kid)) {
        this.#revoked.set(kid, { at: now, version: document.version })
        this.counts.revocations += 1
      }
    const [was, is] = [before, document].map((one) => one?.keys.find(({ state }) => state === 'active'))
    if (is && is.kid !== was?.kid) this.#activated(is, now, was === undefined || this.#revoked.has(was.kid))
  }

  #activated({ kid, activatedAt = 0 }: Key, now: number, isHurried: boolean): void {
    const period = Math.floor(activatedAt / this.#timing.rotateEvery)
    if (isHurried) this.#hurried.add(kid)
    else {
      this.counts.rotations += 1
      if (this.#isOnePeriod && this.#began.has(period)) this.#fail(`period ${period} has two active keys`)
      if (now - this.#turned < this.#leastLead()) this.#fail(`two rotations in ${now - this.#turned} s`)
    }
    this.#began.set(period, kid)
    this.#turned = now
  }

  /** Lead as nobody's clock has it: one of those that wrote may be ahead, and a write may be on its way. */
  #leastLead(): number {
    return this.#timing.lead - this.#timing.leeway - this.#look
  }

  minted({ kid }: Token, now: number): void {
    this.counts.tokens += 1
    const published = this.#published.get(kid)
    if (published === undefined) this.#fail('a key signed that nobody published')
    else if (!this.#hurried.has(kid) && now - published < this.#leastLead())
      this.#fail(`a key signed ${now - published} s after it was published`)
  }

  /** A look is over that began at a moment of the clock of whoever looked: nothing that was due then is left. */
  looked(clock: number, rotateEvery: number): void {
    const active = this.#last?.keys.find(({ state }) => state === 'active')
    const next = this.#last?.keys.find(({ state }) => state === 'next')
    const ends = (Math.floor((active?.activatedAt ?? 0) / rotateEvery) + 1) * rotateEvery
    if (!next) this.#fail('no next key after a look')
    else if (Math.max(ends, next.publishedAt + this.#timing.lead) <= Math.floor(clock))
      this.#fail('overdue after a look')
  }

  served({ kids, isStale }: Served, now: number): void {
    if (isStale) return
    for (const kid of kids) {
      const { at = now } = this.#revoked.get(kid) ?? {}
      if (now - at > this.#timing.refresh + this.#look) this.#fail(`a revoked key is served after ${now - at} s`)
    }
  }

  /** @param set - that the verifier has at the end; undefined: none could be had */
  verified({ kid, age }: Token, answer: 'passed' | 'refused' | 'unavailable', set: Served | undefined): void {
    this.counts.verified += 1
    if (answer === 'unavailable') this.counts.unavailable += 1
    if (answer !== 'refused' || this.#revoked.has(kid) || this.#hurried.has(kid)) return
    // Who is cut off cannot know that a key was taken back, which one came in its place, and that others count shorter periods
    // than it does: it signs with a key that they have retired, and what they publish signs a lead later, where a set is kept
    // for a while.
    const isBlind = !this.#isOnePeriod && age > this.#timing.refresh + this.#look
    const isLate = [...this.#revoked.values()].some(({ version }) => version > (set?.version ?? 0))
    const most = this.#leastLead() - Math.max(this.#timing.maxAge, MIN_LIFETIME)
    const isExcused = set?.isStale && (isLate || (!this.#isOnePeriod && set.age > most))
    if (!(isBlind || isExcused)) this.#fail('a token was refused that should pass')
  }

  /** What one life of a process was told. */
  told(changes: readonly Change[]): void {
    const reached = new Map<string, number>()
    for (const { change, kid } of changes) {
      // Of the life of a key it is no part.
      if (change === 'rewrapped') continue
      const before = reached.get(kid) ?? -1
      if (ORDER[change] <= before || (before < 0 && change !== 'published')) this.#fail(`${change} after ${before}`)
      reached.set(kid, ORDER[change])
      if (change === 'activated' && this.#published.get(kid) === undefined) this.#fail('activated, and not stored')
    }
  }

  failed(code: string): void {
    this.#fail(`an authority said ${code}`)
  }

  get version(): number {
    return this.#last?.version ?? 0
  }

  #fail(what: string): void {
    this.violations.push(what)
  }
}
