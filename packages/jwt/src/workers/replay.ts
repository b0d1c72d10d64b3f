import { DurableObject } from 'cloudflare:workers'
import { encodeBase64url } from '../encoding/base64url'
import { MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { pairName } from '../stores/expiring-set'
import type { ReplayStore } from '../stores/replay'

/** One of the objects that remember used tokens. */
export interface ReplayMemory {
  /**
   * Remembers a token, and says whether it was there already.
   *
   * @param name - of the token: the same for all who ask
   * @param expires - seconds since the epoch from which on nobody takes it
   * @returns `fresh` or `replayed`
   * @example
   * await env.REPLAY.get(env.REPLAY.idFromName('a')).consume('name', 1_800_000_990) // 'fresh'
   */
  consume(name: string, expires: number): Promise<'fresh' | 'replayed'>
}

/** What a store needs of the binding of a Durable Object whose class is `ReplayObject`. */
export interface ReplayNamespace<Id = unknown> {
  /**
   * The id of an object.
   *
   * @param name - of the object
   * @returns its id
   * @example
   * env.REPLAY.idFromName('a')
   */
  idFromName(name: string): Id
  /**
   * An object to ask.
   *
   * @param id - of the object
   * @returns a stub of the object
   * @example
   * env.REPLAY.get(env.REPLAY.idFromName('a'))
   */
  get(id: Id): ReplayMemory
}

/** How a replay store on Durable Objects is made. */
export interface ReplayObjectOptions {
  /** Milliseconds that a call takes at most: 1000 unless given. */
  readonly deadlineMilliseconds?: number
}

const DEADLINE = 1000
/** The longest time that a timer of this platform keeps. */
const MAX_DEADLINE = 2_147_483_647
/** Milliseconds for which a token is remembered longer: a Worker whose clock is behind takes it longer, up to the leeway of a kit. */
const MARGIN = 90_000
/** Milliseconds between two looks for what has expired: an object that is woken for each token is paid for each token. */
const PAUSE = 60_000

const CREATE = `CREATE TABLE IF NOT EXISTS used (name TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS used_until ON used (until)`

class Memory extends DurableObject implements ReplayMemory {
  readonly #sql = this.ctx.storage.sql

  constructor(context: unknown, env: unknown) {
    super(context, env)
    this.#sql.exec(CREATE)
  }

  async consume(name: string, expires: number): Promise<'fresh' | 'replayed'> {
    const until = expires * 1000 + MARGIN
    // Nothing is awaited in between: an object does one thing at a time, and answers once what it wrote will last.
    const [found] = this.#sql.exec('SELECT until FROM used WHERE name = ?', name)
    if (found !== undefined && Number(found['until']) > Date.now()) return 'replayed'
    this.#sql.exec('INSERT OR REPLACE INTO used (name, until) VALUES (?, ?)', name, until)
    if ((await this.ctx.storage.getAlarm()) === null) await this.#wakeAt(until)
    return 'fresh'
  }

  async alarm(): Promise<void> {
    this.#sql.exec('DELETE FROM used WHERE until <= ?', Date.now())
    const [first] = this.#sql.exec('SELECT MIN(until) AS until FROM used')
    if (typeof first?.['until'] === 'number') await this.#wakeAt(first['until'])
  }

  #wakeAt(until: number): Promise<void> {
    return this.ctx.storage.setAlarm(Math.max(until, Date.now() + PAUSE))
  }
}

/**
 * The Durable Object that remembers used tokens, for a Worker to export; its class stands in `new_sqlite_classes` of a migration.
 *
 * @example
 * export { ReplayObject } from '@kit/jwt/workers/replay'
 */
export const ReplayObject: new (context: unknown, env: unknown) => ReplayMemory = Memory

/**
 * A replay store that all Workers of an account share, wherever on earth they run: the same token always comes to the same one of
 * 256 Durable Objects, which answers once it has written. What is expired is forgotten, by an alarm.
 *
 * KV cannot do this: it has no write that fails where another one came first, and what is written here is read there up to a
 * minute later.
 *
 * @param namespace - the binding whose class is `ReplayObject`
 * @param options - see {@link ReplayObjectOptions}
 * @returns the store; where an object does not answer in time, `replay_unavailable`
 * @throws MisuseError - what is no binding of a Durable Object, a wrong deadline
 * @example
 * import { durableObjectReplayStore } from '@kit/jwt/workers/replay'
 * const kit = createKit({ ...config, replay: durableObjectReplayStore(env.REPLAY) })
 */
export function durableObjectReplayStore<Id>(
  namespace: ReplayNamespace<Id>,
  options: ReplayObjectOptions = {},
): ReplayStore {
  const { deadlineMilliseconds = DEADLINE } = readOptions(options, ['deadlineMilliseconds'])
  if (!(deadlineMilliseconds > 0 && deadlineMilliseconds <= MAX_DEADLINE)) throw new MisuseError('deadlineMilliseconds')
  if (typeof (namespace as Partial<typeof namespace> | null)?.idFromName !== 'function')
    throw new MisuseError('namespace is no binding of a Durable Object')
  return {
    async consume({ issuer, jti, expires }) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pairName(issuer, jti)))
      const bytes = new Uint8Array(digest)
      // By the token alone: an option that says how many would let tokens in again when it is changed.
      const object = namespace.get(namespace.idFromName(String(bytes[0])))
      return within(deadlineMilliseconds, object.consume(encodeBase64url(bytes), expires))
    },
  }
}

/** The kit makes `replay_unavailable` of whatever is thrown. */
async function within<Value>(milliseconds: number, answer: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), milliseconds)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
