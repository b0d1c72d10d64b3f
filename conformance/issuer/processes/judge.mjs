// What must hold of keys and tokens, whoever dies when. It knows what the store says of itself, and trusts no process.
import { TIMES } from './times.mjs'

const ORDER = { published: 0, activated: 1, retired: 2, removed: 3, revoked: 3 }
const LEAD = TIMES.maxAge + TIMES.cooldown + TIMES.leeway + TIMES.refresh

export class Judge {
  faults = []
  checks = 0
  documents = new Map()
  #store
  #clockAt
  #published = new Map()
  #lives = new Map()
  #signed = new Map()

  /**
   * @param store - one of `stores.mjs`
   * @param clockAt - seconds of the processes' clocks, on average, for milliseconds of ours
   */
  constructor(store, clockAt) {
    this.#store = store
    this.#clockAt = clockAt
  }

  /** Reads what is new in the store. */
  look() {
    for (const { version, text, at } of this.#store.fresh()) {
      const document = JSON.parse(text)
      this.#check(!this.documents.has(version), `version ${version} was written twice`)
      this.documents.set(version, document)
      for (const { kid } of document.keys) if (!this.#published.has(kid)) this.#published.set(kid, this.#clockAt(at))
    }
  }

  /** A process was told of a change; `life` is between two starts of it. */
  changed(life, { change, kid }) {
    const reached = this.#lives.get(life) ?? new Map()
    this.#lives.set(life, reached)
    const before = reached.get(kid) ?? -1
    this.#check(ORDER[change] > before && (before >= 0 || change === 'published'), `${change} after ${before}`)
    reached.set(kid, ORDER[change])
  }

  /** @param at - seconds, by the clock of whoever signed less what it is ahead */
  signed(kid, at) {
    this.#signed.set(kid, Math.min(at, this.#signed.get(kid) ?? at))
  }

  verdict(code, who) {
    this.#check(code === null, `refused: ${code} (${who})`)
  }

  failed(code, who) {
    this.#check(false, `${who}: ${code}`)
  }

  /** @returns how many rotations there were */
  end() {
    this.look()
    const versions = [...this.documents.keys()].sort((a, b) => a - b)
    this.#check(
      versions.every((version, index) => version === index + 1),
      `versions ${versions.join(' ')}`,
    )
    const periods = new Map()
    const states = new Map()
    let first
    for (const version of versions) {
      const { keys } = this.documents.get(version)
      const active = keys.filter(({ state }) => state === 'active')
      this.#check(active.length === 1, `version ${version} has ${active.length} active keys`)
      const [{ kid, activatedAt }] = active
      first ??= kid
      const period = Math.floor(activatedAt / TIMES.rotateEvery)
      this.#check((periods.get(period) ?? kid) === kid, `period ${period} has two active keys`)
      periods.set(period, kid)
      for (const { kid: one, state } of keys) states.set(one, [...(states.get(one) ?? []), state])
    }
    for (const [kid, passed] of states) {
      const distinct = passed.filter((state, index) => state !== passed[index - 1]).join(' ')
      const right = kid === first ? 'active retired' : 'next active retired'
      this.#check(right.includes(distinct), `a key was ${distinct}`)
    }
    for (const [kid, at] of this.#signed) {
      const published = this.#published.get(kid)
      this.#check(published !== undefined, 'a key signed that nobody published')
      if (kid === first || published === undefined) continue
      // A clock ahead began earlier, a look takes its time, and tokens have whole seconds.
      const least = LEAD - TIMES.leeway - TIMES.refresh - 1
      this.#check(at - published >= least, `a key signed ${at - published} s after it was published`)
    }
    return periods.size - 1
  }

  #check(holds, fault) {
    this.checks += 1
    if (!holds) this.faults.push(fault)
  }
}
