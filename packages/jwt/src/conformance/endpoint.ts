// A JWKS endpoint that answers when a script says so, and time that passes when it says so.
import type { Schedule } from '../sources/jwks-cache'
import type { Transport } from '../sources/transport'
import { type Text, textOf } from './inputs'

/** What the endpoint answers: an HTTP answer, whose end may never come, or a failure. */
export interface ScriptedAnswer {
  readonly failure?: true
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Text
  readonly endless?: true
}

interface Timer {
  readonly at: number
  readonly callback: () => void
}

interface Request {
  readonly step: number
  readonly url: string
  readonly ifNoneMatch: string | null
  readonly settle: (answer: ScriptedAnswer) => void
  isAnswered: boolean
  isEndless: boolean
  /** What limits it; undefined until it is set. */
  timer: Timer | undefined
}

/** The world of one script: its clock, its timers, the requests so far. */
export class Endpoint {
  now = 0
  step = 0
  /** What a request of this step is answered once all callers have asked, by URL or whatever its URL is. */
  atOnce: (url: string) => ScriptedAnswer | undefined = () => undefined
  readonly requests: Request[] = []
  readonly #timers = new Set<Timer>()

  readonly transport: Transport = (url, init) =>
    new Promise((resolve, reject) => {
      const request: Request = {
        step: this.step,
        url,
        ifNoneMatch: new Headers(init.headers).get('if-none-match'),
        settle: (given) => {
          request.isAnswered = true
          request.isEndless = given.endless === true
          if (given.failure) reject(new TypeError('no connection'))
          else resolve(responseOf(given))
        },
        isAnswered: false,
        isEndless: false,
        timer: undefined,
      }
      this.requests.push(request)
    })

  readonly schedule: Schedule = (callback, milliseconds) => {
    const timer = { at: this.now + milliseconds / 1000, callback }
    this.#timers.add(timer)
    // The limit of a request is set as it begins; every other timer is a caller's who waits.
    const request = this.requests.at(-1)
    if (request) request.timer ??= timer
    return () => this.#timers.delete(timer)
  }

  /** Answers a request, the newest open one unless told which; where none is open, nobody hears it. */
  answer(answer: ScriptedAnswer, number = this.requests.map(({ isAnswered }) => isAnswered).lastIndexOf(false)): void {
    const request = this.requests[number]
    if (request?.isAnswered === false) request.settle(answer)
  }

  /** Answers a request of this step that has its answer at once; tells whether there was one. */
  answerAtOnce(): boolean {
    const isOpen = ({ step, url, isAnswered }: Request): boolean =>
      step === this.step && !isAnswered && this.atOnce(url) !== undefined
    const request = this.requests.find(isOpen)
    request?.settle(this.atOnce(request.url) as ScriptedAnswer)
    return request !== undefined
  }

  /** The next timer that is due, if any, has its call. */
  fire(): boolean {
    const due = [...this.#timers].filter(({ at }) => at <= this.now).sort((a, b) => a.at - b.at)
    const [first] = due
    if (first === undefined) return false
    this.#timers.delete(first)
    first.callback()
    return true
  }

  /** How many callers wait; undefined while an answer is still on its way to them. */
  get waiting(): number | undefined {
    const limits = new Set(this.requests.map(({ timer }) => timer))
    const isRead = ({ isAnswered, isEndless, timer }: Request): boolean =>
      !isAnswered || isEndless || timer === undefined || !this.#timers.has(timer)
    return this.requests.every(isRead) ? [...this.#timers].filter((timer) => !limits.has(timer)).length : undefined
  }
}

function responseOf({ status, headers, body, endless }: ScriptedAnswer): Response {
  const bytes = body === undefined ? null : new TextEncoder().encode(textOf(body))
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes ?? new Uint8Array()),
  })
  return new Response(endless ? stream : bytes, { status, ...(headers && { headers }) })
}
