import { MisuseError } from '@kit/jwt'
import type { RedisCommands } from './commands'
import { StoreError, storeError } from './errors'

/** Milliseconds that a store waits at most, unless told otherwise. */
const DEADLINE = 200

/** Calls that a client still holds after nobody waits for them: a server that is frozen must not fill the memory. */
const MAX_UNANSWERED = 1000

/** The longest time that a timer of this platform keeps. */
const MAX_TIMER = 2_147_483_647

/** Gives every call an end. What is asked of a server may still be done when nobody waits any longer. */
export class Deadline {
  readonly #commands: RedisCommands
  /** That a call takes at most. */
  readonly milliseconds: number
  #unanswered = 0

  /** @throws MisuseError - a deadline that is no positive number of milliseconds */
  constructor(commands: RedisCommands, milliseconds: number = DEADLINE) {
    if (typeof milliseconds !== 'number' || !(milliseconds > 0 && milliseconds <= MAX_TIMER))
      throw new MisuseError('deadlineMilliseconds is not a positive number')
    this.#commands = commands
    this.milliseconds = milliseconds
  }

  /**
   * @param work - one or more commands, that end together
   * @throws StoreError - `store_unavailable` after the deadline, and what else can be wrong
   */
  async within<Result>(work: (commands: RedisCommands) => Promise<Result>): Promise<Result> {
    if (this.#unanswered >= MAX_UNANSWERED) {
      this.#commands.late?.()
      throw new StoreError('store_unavailable')
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#commands.late?.()
        reject(new StoreError('store_unavailable'))
      }, this.milliseconds)
    })
    try {
      return await Promise.race([this.#counted(work), tooLate])
    } catch (error) {
      throw storeError(error)
    } finally {
      clearTimeout(timer)
    }
  }

  async #counted<Result>(work: (commands: RedisCommands) => Promise<Result>): Promise<Result> {
    this.#unanswered += 1
    try {
      return await work(this.#commands)
    } finally {
      this.#unanswered -= 1
    }
  }
}
