import { AuthorityError, type Change, type Keks, type Timing, type TimingOptions, timingOf } from '../../src'
import { Authority } from '../../src/authority/authority'
import { freshKeks } from '../../src/sealing/kek'
import { Judge, type Served, type Token } from './judge'
import { Random } from './random'
import { Verifier } from './verifier'
import { type Machine, type StoreFault, World } from './world'

/** What is made wrong on purpose. */
export interface Faults {
  readonly store?: StoreFault
  /** Times that no configuration can have; the judge knows the right ones. */
  readonly timing?: (right: Timing) => Partial<Timing>
  /** Everything is told twice. */
  readonly isToldTwice?: true
}

interface Process extends Machine {
  /** Where a configuration is rolled out, some have another one. */
  readonly rotateEvery: number
  authority: Authority | undefined
  changes: Change[]
}

const STEPS = 220
const keks: Promise<Keks> = freshKeks()

/** One run that a seed determines: what happened, and what should not have. */
export async function simulate(seed: number, faults: Faults = {}): Promise<Judge> {
  const simulation = new Simulation(seed, faults, await keks)
  await simulation.run()
  return simulation.judge
}

class Simulation {
  readonly judge: Judge
  readonly #random: Random
  readonly #world: World
  readonly #timing: Timing
  readonly #faults: Faults
  readonly #keks: Keks
  readonly #look: number
  readonly #processes: Process[]
  readonly #verifiers: Verifier[]
  #tokens: Token[] = []
  #revocations: number

  constructor(seed: number, faults: Faults, keys: Keks) {
    const random = new Random(seed)
    const leeway = random.pick([0, 20, 90])
    const times: TimingOptions = {
      maxAge: random.pick([0, 60, 300]),
      leeway,
      longestTtl: random.pick([60, 300, 900]),
      refresh: random.pick([1, 5, 20]),
    }
    const { lead } = timingOf(times)
    this.#timing = timingOf({ ...times, rotateEvery: Math.ceil(lead * random.pick([1, 1.3, 3])) })
    this.#random = random
    this.#faults = faults
    this.#keks = keys
    this.#look = Math.max(this.#timing.refresh, 1)
    const isRolledOut = random.chance(0.3)
    this.judge = new Judge(this.#timing, !isRolledOut)
    this.#world = new World(this.judge, faults.store)
    const offset = (): number => random.pick([0, leeway, random.between(0, leeway)])
    this.#processes = Array.from({ length: random.pick([2, 3, 4]) }, () => ({
      offset: offset(),
      rotateEvery: this.#timing.rotateEvery * (isRolledOut ? random.pick([1, 2]) : 1),
      authority: undefined,
      work: undefined,
      isCutOff: false,
      readAt: Number.NEGATIVE_INFINITY,
      changes: [],
      version: 0,
    }))
    this.#verifiers = Array.from(
      { length: 3 },
      () => new Verifier(offset(), this.#timing.maxAge, this.#timing.cooldown, random.chance(0.5)),
    )
    this.#revocations = random.chance(0.3) ? random.pick([1, 2]) : 0
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS && this.judge.violations.length === 0; step++) await this.#step()
    for (const { changes } of this.#processes) this.judge.told(changes)
  }

  async #step(): Promise<void> {
    const random = this.#random
    const process = random.pick(this.#processes)
    const kind = random.next()
    if (kind < 0.35) await this.#proceed()
    else if (kind < 0.5) await this.#pass()
    else if (kind < 0.68) await this.#begin(process)
    else if (kind < 0.94) await this.#verify()
    else if (kind < 0.96) this.#die(process)
    else if (kind < 0.975) process.isCutOff = !process.isCutOff
    else if (kind < 0.98) for (const one of this.#processes) one.isCutOff = random.chance(0.3)
    else if (kind < 0.99) this.#sleep(process)
    else await this.#revoke(process)
  }

  /** One of those that wait goes on. */
  async #proceed(one?: Process): Promise<void> {
    const waiting = this.#processes.filter(({ work }) => work?.proceed)
    const process = one ?? (waiting.length > 0 ? this.#random.pick(waiting) : undefined)
    const work = process?.work
    if (!process || !work?.proceed) return
    if (work.isAsleep) work.deadline = this.#world.now + this.#look
    work.isAsleep = false
    const { proceed } = work
    await this.#world.until(proceed)
  }

  /** Time passes. Nobody takes longer for a look than was planned, except for those who sleep. */
  async #pass(): Promise<void> {
    const { rotateEvery, refresh, lead } = this.#timing
    const most = this.#random.pick([1, refresh, 35, lead / 2, lead / 2, rotateEvery, rotateEvery * 3])
    const oldest = this.#tokens.at(0)?.expires ?? 0
    // The last moment of a token is where a key that went too early is missed.
    const isLast = this.#random.chance(0.15) && oldest > this.#world.now + 1
    const until = isLast ? oldest - 1 : this.#world.now + this.#random.between(0, most)
    for (;;) {
      const awake = this.#processes.filter(({ work }) => work && !work.isAsleep)
      const late = awake.find(({ work }) => (work?.deadline ?? until) < until)
      if (!late) break
      await this.#proceed(late)
    }
    this.#world.now = until
    this.#tokens = this.#tokens.filter(({ expires }) => expires > until)
  }

  /** A process that sleeps where it reads finds another world. */
  #sleep({ work }: Process): void {
    if (!work?.at?.startsWith('read')) return
    work.isAsleep = true
    // A verifier does not wait so long.
    work.lost?.()
  }

  #die(process: Process): void {
    const lost = process.work?.lost
    this.judge.told(process.changes)
    process.authority = undefined
    process.work = undefined
    process.changes = []
    lost?.()
  }

  async #begin(process: Process): Promise<void> {
    if (process.work) return
    if (process.authority === undefined) return this.#start(process)
    if (this.#random.chance(0.3)) await this.#lookAround(process)
    else await this.#mint(process)
  }

  async #start(process: Process): Promise<void> {
    const { offset, rotateEvery } = process
    const changes: Change[] = []
    process.changes = changes
    const timing = { ...this.#timing, rotateEvery, ...this.#faults.timing?.(this.#timing) }
    const authority = new Authority(timing, {
      store: this.#world.storeOf(process),
      keks: this.#keks,
      algorithm: 'EdDSA',
      isMixed: false,
      clock: () => this.#world.now + offset,
      onChange: (change) => changes.push(...(this.#faults.isToldTwice ? [change, change] : [change])),
    })
    await this.#do(process, 'start', async () => {
      await authority.checkAndRotate()
      process.authority = authority
    })
  }

  async #lookAround(process: Process): Promise<void> {
    const began = this.#world.now + process.offset
    await this.#do(process, 'look', async () => {
      await process.authority?.checkAndRotate()
      this.judge.looked(began, process.rotateEvery)
    })
  }

  async #mint(process: Process): Promise<void> {
    await this.#do(process, 'mint', async () => {
      const { kid } = (await process.authority?.signer()) ?? { kid: '' }
      if (process.work?.name !== 'mint') return
      const { now } = this.#world
      const expires = Math.floor(now + process.offset) + this.#timing.longestTtl
      const token = { kid, expires, age: now - process.readAt }
      this.judge.minted(token, now)
      this.#tokens.push(token)
    })
  }

  async #revoke(process: Process): Promise<void> {
    const text = this.#world.documents.at(-1)?.text
    if (process.work || !process.authority || text === undefined || this.#revocations < 1) return
    this.#revocations -= 1
    const { keys } = JSON.parse(text) as { keys: { kid: string }[] }
    const { kid } = this.#random.pick(keys)
    await this.#do(process, 'revoke', async () => {
      await process.authority?.revoke(kid).catch((error: unknown) => {
        // It was removed meanwhile.
        if (!AuthorityError.is(error) || error.code !== 'key_not_found') throw error
      })
    })
  }

  async #verify(): Promise<void> {
    const verifier = this.#random.pick(this.#verifiers)
    const now = this.#world.now + verifier.offset
    const tokens = this.#tokens.filter(({ expires }) => expires > now)
    if (tokens.length === 0 || verifier.isFetching) return
    const token = this.#random.pick([tokens.at(0), tokens.at(-1), this.#random.pick(tokens)]) as Token
    await verifier.verify(
      token,
      this.#world.now,
      (landed) => this.#fetch(landed),
      (answer, set) => this.judge.verified(token, answer, set),
    )
  }

  /** Some process that is up serves the set, if there is one. */
  async #fetch(landed: (set: Served | undefined) => void): Promise<void> {
    const up = this.#processes.filter(({ authority, work }) => authority && !work)
    if (up.length === 0) return landed(undefined)
    const process = this.#random.pick(up)
    const isThere = (): boolean => process.work?.name === 'serve'
    let isLost = false
    const lost = (): void => {
      isLost = true
      landed(undefined)
    }
    const work = async (): Promise<void> => {
      const { keys } = (await process.authority?.jwks()) ?? { keys: [] }
      if (isLost || !isThere()) return
      const kids = keys.map(({ kid }) => kid as string)
      const age = this.#world.now - process.readAt
      const served = { kids, version: process.version, age, isStale: process.isCutOff }
      this.judge.served(served, this.#world.now)
      landed(served)
    }
    await this.#do(process, 'serve', work, lost)
  }

  /** Runs until it waits for the store, or is done; a process does one thing at a time. */
  async #do(process: Process, name: string, run: () => Promise<void>, lost?: () => void): Promise<void> {
    const { now } = this.#world
    const work = { name, began: now, deadline: now + this.#look, isAsleep: false, lost }
    process.work = work
    const end = (): void => {
      if (process.work === work) process.work = undefined
    }
    await this.#world.until(() => {
      run()
        .catch((error: unknown) => {
          // Nobody hears of what a process says that died.
          if (process.work !== work) return
          const code = AuthorityError.is(error) ? error.code : String(error)
          if (code !== 'key_store_unavailable' || !process.isCutOff) this.judge.failed(code)
          end()
          lost?.()
        })
        .finally(() => {
          end()
          this.#world.done()
        })
    })
  }
}
