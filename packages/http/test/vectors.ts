import { readFileSync } from 'node:fs'
import { createKit, type PolicyRules, type ReplayStore } from '@kit/jwt'
import { expect } from 'vitest'
import type { Draw, Drawn, GuardOptions, Limit, Limiter, Refusal, RouteOptions } from '../src'

/** What the limiter is asked, and what it gives. */
interface Scripted {
  readonly key: string
  readonly limit: string
  readonly cost: number
  readonly gives: Drawn | 'unavailable'
}

export interface Expected {
  readonly status: number
  /** Null: not there. */
  readonly headers: Readonly<Record<string, string | null>>
  readonly body?: string
  /** For the log. */
  readonly why?: string
  /** What the handler answers with. */
  readonly subject?: string
}

export interface Step {
  readonly method: string
  readonly path: string
  readonly query?: string
  readonly headers: readonly (readonly [string, string])[]
  readonly fill?: number
  readonly orServer?: boolean
  readonly draws?: readonly Scripted[]
  readonly answer: Expected
}

interface Route {
  readonly policy?: PolicyRules
  readonly context?: 'id'
  readonly allow?: 'owner'
  readonly limits?: readonly Limit[]
  readonly cost?: number
  readonly by?: 'subject' | 'client' | 'address'
  readonly before?: boolean
  readonly onLimiterFailure?: 'refuse' | 'pass'
  readonly replay?: boolean
}

interface Guarded {
  readonly cookie?: string
  readonly query?: string
  readonly replay?: 'unavailable'
  readonly trustedProxies?: readonly string[]
  readonly routes: Readonly<Record<string, Route>>
}

interface File {
  readonly kit: { readonly issuer: string; readonly audience: string; readonly secret: string; readonly leeway: number }
  readonly guards: Readonly<Record<string, Guarded>>
  readonly tests: readonly {
    readonly id: string
    readonly comment: string
    readonly guard: string
    readonly now: number
    readonly requests: readonly Step[]
  }[]
}

export const file = JSON.parse(
  readFileSync(new URL('../../../conformance/http/guard.json', import.meta.url), 'utf8'),
) as File

const down: ReplayStore = {
  consume: () => {
    throw new Error('down')
  },
}

/** What an answer looked like to the client. */
export interface Given {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A guard of the file, what surrounds it, and what it told. */
export class World<Request> {
  readonly refusals: Refusal[] = []
  readonly #asked: Draw[] = []
  #script: Scripted[] = []
  readonly #guarded: Guarded
  readonly options: GuardOptions<Request>

  constructor(name: string, now: number) {
    this.#guarded = file.guards[name] as Guarded
    const { cookie, query, replay, trustedProxies } = this.#guarded
    const limiter: Limiter = {
      draw: (asked) => {
        this.#asked.push(asked)
        const gives = this.#script.shift()?.gives ?? 'unavailable'
        if (gives === 'unavailable') throw new Error('down')
        return gives
      },
    }
    this.options = {
      kit: createKit({ ...file.kit, clock: () => now, ...(replay && { replay: down }) }),
      limiter,
      ...(cookie !== undefined && { cookie }),
      ...(query !== undefined && { query }),
      ...(trustedProxies && { trustedProxies }),
      onRefusal: (refusal) => this.refusals.push(refusal),
    }
  }

  /** Paths with `:id`, policies and options, as a program would write them. */
  routes(idOf: (request: Request) => string) {
    return Object.entries(this.#guarded.routes).map(([path, { policy, context, allow, ...others }]) => {
      const route: RouteOptions<Request> = {
        ...others,
        ...(context && { context: (request) => ({ id: idOf(request) }) }),
        ...(allow && { allow: (principal, request) => principal.subject === idOf(request) }),
      }
      return { path, policy, route }
    })
  }

  expects(step: Step): void {
    this.#script = [...(step.draws ?? [])]
  }

  /** Holds what was answered, told and drawn against the vector. */
  check(given: Given, { answer, draws = [], orServer = false }: Step): void {
    if (orServer && this.refusals.length === 0) {
      expect(given.status).toBeGreaterThanOrEqual(400)
      return
    }
    expect({ status: given.status, why: this.refusals.map(({ code }) => code) }).toEqual({
      status: answer.status,
      why: answer.why === undefined ? [] : [answer.why],
    })
    this.refusals.length = 0
    for (const [name, value] of Object.entries(answer.headers))
      expect([name, given.headers[name] ?? null]).toEqual([name, value])
    expect(given.body).toBe(answer.body ?? bodyOf(answer.subject ?? ''))
    expect(this.#asked.map(({ key, limit, cost }) => ({ key, limit: limit.name, cost }))).toEqual(
      draws.map(({ key, limit, cost }) => ({ key, limit, cost })),
    )
    this.#asked.length = 0
  }
}

/** What the handler behind a guard answers. */
export const bodyOf = (subject: string): string => JSON.stringify({ subject })

/** The headers of a step, by which a server is to be asked. */
export const headersOf = ({ headers, fill }: Step): (readonly [string, string])[] =>
  fill === undefined ? [...headers] : [...headers, ['Authorization', `Bearer ${'a'.repeat(fill)}`]]
