// Holds the answers of one face against the oracle, some time after they came: by then all is known that they depend on.
import { History } from './history.mjs'
import { answers, faultAt, knowledge } from './oracle.mjs'

/** What a face may do wrong. */
export const WRONGS = ['false refusal', 'false acceptance', 'wrong code', 'did not ask', 'asked too often']

const SLACK = 0.25
/** Seconds of the wall. */
const DELAY = 1.5
const REMEMBERED = 1.5

export class Judge {
  /** How many verdicts there were of each kind. */
  verdicts = { accept: 0, refuse: 0, either: 0, doubt: 0 }
  /** How many tokens of each kind, and how many of them passed. */
  kinds = {}
  wrongs = Object.fromEntries(WRONGS.map((wrong) => [wrong, []]))
  #pending = []
  #lags = []

  constructor(face, sources, time) {
    this.face = face
    /** By name of the issuer: `history` and `spells`. */
    this.sources = Object.fromEntries(
      Object.entries(sources).map(([name, spells]) => [name, { spells, history: new History() }]),
    )
    this.time = time
  }

  began(name, fetch) {
    const slack = this.#slack(fetch.hi, fetch.hi)
    // A thread that fetches may start later than it was told to.
    this.sources[name].history.began({ ...fetch, slack, lo: Math.min(fetch.lo, fetch.hi - slack) })
  }

  lagged(at, lag) {
    if (lag > 0.01) this.#lags.push({ at, lag })
    const old = at - REMEMBERED * 2 * this.time.speed
    while (this.#lags[0]?.at < old) this.#lags.shift()
  }

  answered(token, t0, t1, code) {
    this.#pending.push({ token, t0, t1, code })
  }

  /** Judges what is old enough, or everything. */
  work(all = false) {
    const now = this.time.clock()
    while (this.#pending.length > 0 && (all || this.#pending[0].t1 < now - DELAY * this.time.speed))
      this.#judge(this.#pending.shift())
  }

  /** How far moments may be off: more where the process stood still. */
  #slack(t0, t1) {
    const near = REMEMBERED * this.time.speed
    const lags = this.#lags.filter(({ at }) => at > t0 - near && at < t1 + near).map(({ lag }) => lag)
    return (SLACK + 2 * Math.max(0, ...lags)) * this.time.speed
  }

  #judge({ token, t0, t1, code }) {
    const kind = this.kinds[token.name] ?? { shown: 0, passed: 0 }
    this.kinds[token.name] = kind
    kind.shown += 1
    if (code === null) kind.passed += 1
    const slack = this.#slack(t0, t1)
    const when = faultAt(token, t0, t1)
    const { history, spells } = this.sources[token.issuer] ?? {}
    const known = history && !token.isFixed ? knowledge({ history, spells, key: token.key, t0, t1, slack }) : {}
    const all = Object.values(this.sources)
    const isFresh = all.every((source) => source.history.isFresh(t0, t1, slack))
    const { codes, verdict } = answers({ ...token, ...when }, known, isFresh)
    const isSure = codes.length === 1 && codes[0] === null
    const told = (answer) => answer ?? 'claims'
    const tell = (wrong, why = `and not ${codes.map(told).join(' or ')}`) =>
      this.wrongs[wrong].push({
        at: t0,
        what: `${token.name} (${token.issuer} ${token.key?.kid}): ${told(code)}, ${why}`,
      })
    // It had to wait for what it asked for, and did not.
    if (known.must && known.never) tell(code === null ? 'false acceptance' : 'false refusal')
    else if (when === undefined) this.verdicts.doubt += 1
    else {
      this.verdicts[verdict] += 1
      if (!codes.includes(code)) tell(code === null ? 'false acceptance' : isSure ? 'false refusal' : 'wrong code')
      if (token.isUnique && history.wasNotAsked(token.key.kid, t0, t1, slack))
        tell('did not ask', 'and nobody was asked')
    }
  }
}
