// Requests and responses of the Fetch standard: Workers, Deno, Bun, and whatever else speaks it.
import { type AnyPolicy, ConfigError, type Principal } from '@kit/jwt'
import type { Answer } from './guard/answer'
import { createGuard } from './guard/guard'
import type { GuardOptions, RouteOptions } from './guard/options'
import type { GuardRequest } from './guard/request'

/**
 * A handler that is told who asks; what else it is given, such as `env` and `ctx` of a Worker, is passed on.
 *
 * @param request - as it came
 * @param auth - who asks
 * @param rest - what else the runtime gives
 * @returns the response
 */
export type FetchHandler<Rest extends readonly unknown[] = readonly []> = (
  request: Request,
  auth: Principal,
  ...rest: Rest
) => Response | Promise<Response>

/**
 * Puts a guard in front of a handler.
 *
 * @param policy - who may pass; anybody with a valid token unless given
 * @param route - see {@link RouteOptions}
 * @returns what puts the guard in front of a handler
 */
export type FetchGuard = (
  policy?: AnyPolicy,
  route?: RouteOptions<Request>,
) => <Rest extends readonly unknown[]>(
  handler: FetchHandler<Rest>,
) => (request: Request, ...rest: Rest) => Promise<Response>

/** Options of all routes of a guard for handlers of the Fetch standard. */
export interface FetchGuardOptions extends GuardOptions<Request> {
  /**
   * Address of whoever opened the connection, from what the runtime gives beside the request: nobody's unless given, as a
   * request of the Fetch standard does not tell it. A header is no such thing, unless the platform itself writes it.
   */
  readonly peer?: (request: Request, ...rest: never[]) => string | undefined
}

/** What a guard looks at in a request of the Fetch standard, which joins several headers of a name by a comma. */
export const partsOfRequest = (request: Request, peer: string | undefined): GuardRequest =>
  new RequestParts(request, peer)

/** Looks when it is asked: a server may make the URL of a request only where somebody wants it. */
class RequestParts implements GuardRequest {
  readonly peer: string | undefined
  readonly #request: Request

  constructor(request: Request, peer: string | undefined) {
    this.#request = request
    this.peer = peer
  }

  get query(): string {
    return queryOf(this.#request.url)
  }

  header(name: string): readonly string[] {
    const value = this.#request.headers.get(name)
    return value === null ? [] : [value]
  }
}

/** @throws ConfigError - `config_invalid` with the option */
export function checkPeer(options: { readonly peer?: unknown }): void {
  const isRight = !('peer' in options) || typeof options.peer === 'function'
  if (!isRight) throw new ConfigError('config_invalid', { variable: 'peer' })
}

/** Without its question mark; nothing is decoded. */
export function queryOf(url: string): string {
  const [target = ''] = url.split('#', 1)
  const at = target.indexOf('?')
  return at < 0 ? '' : target.slice(at + 1)
}

export const responseOf = ({ status, headers, body }: Answer): Response => new Response(body, { status, headers })

/** A response with further headers; its body streams on. */
function withHeaders(response: Response, headers: readonly (readonly [name: string, value: string])[]): Response {
  // A switch of protocols has no headers that a client would read, and cannot be built anew.
  if (response.status === 101) return response
  // What `fetch` gave cannot be changed.
  const changed = new Response(response.body, response)
  for (const [name, value] of headers) changed.headers.set(name, value)
  return changed
}

/**
 * Guards for handlers of the Fetch standard.
 *
 * @param options - see {@link FetchGuardOptions}
 * @returns puts a guard in front of a handler
 * @throws ConfigError - `config_missing`, `config_invalid` with the option; a guard of a route, too
 * @throws MisuseError - not a policy, when the guard of a route is made
 * @example
 * const requireAuth = fetchGuard({ kit })
 * const handle = requireAuth(policy().needAll('read:data'))((_request, auth) => new Response(auth.subject))
 * const response = await handle(new Request('https://orders.example/', { headers: { authorization: `Bearer ${token}` } }))
 * await response.text() // 'u1'
 */
export function fetchGuard(options: FetchGuardOptions): FetchGuard {
  checkPeer(options)
  const { peer, ...others } = options
  const given = new WeakMap<Request, readonly unknown[]>()
  const guard = createGuard(others, (request: Request) =>
    partsOfRequest(request, peer?.(request, ...((given.get(request) ?? []) as never[]))),
  )
  return (policy, route) => {
    const check = guard(policy, route)
    return (handler) =>
      async (request, ...rest) => {
        if (peer) given.set(request, rest)
        const outcome = await check(request)
        if (!outcome.passed) return responseOf(outcome.refusal)
        const entries = Object.entries(outcome.headers)
        const answered = handler(request, outcome.auth, ...rest)
        // Nobody waits twice for an answer that stays as it is.
        return entries.length === 0 ? answered : withHeaders(await answered, entries)
      }
  }
}
