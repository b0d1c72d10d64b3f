// The wrapper around `fetch`.
import { ConfigError, MisuseError } from '@kit/jwt'
import { elsewhere, readOrigins } from './origins'
import type { TargetTokens } from './tokens'
import type { Wanted } from './wanted'

/**
 * What is called as `fetch` is.
 *
 * @param input - URL or request
 * @param init - what else the request has
 * @returns the response
 */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Where a token may be shown. */
export interface TokenFetchOptions {
  /** Origins of the target, such as `https://orders.example`: of `https:`, or of `http:` on loopback; without a path. */
  readonly origins: readonly string[]
  /** Sends the request, `fetch` unless given. */
  readonly transport?: Fetch
}

// Looked up at each call: a program may replace it, and some runtimes want it called on its own.
const anyFetch: Fetch = (input, init) => fetch(input, init)

/** What a stream has given is gone; anything else can be sent again. */
function isSentAgain(input: string | Request, init: RequestInit): boolean {
  const body = init.body ?? (input instanceof Request ? input.body : null)
  if (body === null || typeof body === 'string' || body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return true
  return [Blob, FormData, URLSearchParams].some((type) => body instanceof type)
}

/** Some runtimes show the token to whomever a redirect names: none is followed. */
function redirectOf(input: string | Request, { redirect }: RequestInit): 'error' | 'manual' {
  if (redirect === 'follow') throw new MisuseError('redirect: none is followed with a token')
  return (redirect ?? (input instanceof Request ? input.redirect : 'manual')) === 'error' ? 'error' : 'manual'
}

/**
 * A `fetch` that shows a token, to its target alone: `Authorization` is its own, whatever else was given. A URL of another origin
 * is refused before anything is asked for, and no redirect is followed: it is the answer. Where the target answers with 401, the
 * token is forgotten, and the request sent once more with a new one, unless its body was a stream. What is given is not changed.
 *
 * @param tokens - where the token is kept
 * @param wanted - for which target, with which scopes, for which user
 * @param options - see {@link TokenFetchOptions}
 * @returns to be called as `fetch` is; it throws what `TargetTokens.token` and `fetch` throw, `OutgoingError` with
 *   `origin_not_allowed`, and `MisuseError` for `redirect: 'follow'`
 * @throws ConfigError - `config_invalid` with the option
 * @example
 * const tokens = createTargetTokens({ caller: 'gateway', source: mintLocally(kit) })
 * const wanted = { target: 'orders', scopes: ['orders:read'] }
 * const orders = tokenFetch(tokens, wanted, { origins: ['https://orders.example'] })
 */
export function tokenFetch(tokens: TargetTokens, wanted: Wanted, options: TokenFetchOptions): Fetch {
  const { origins, transport = anyFetch } = options
  const isOfTarget = readOrigins(origins)
  if (typeof transport !== 'function') throw new ConfigError('config_invalid', { variable: 'transport' })
  const own = { ...wanted }
  return async (asked, init = {}) => {
    // What is looked at is what is sent: a URL can be changed while a token is waited for.
    const input = asked instanceof Request ? asked : String(asked)
    if (!isOfTarget(input instanceof Request ? input.url : input)) throw elsewhere()
    const given = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined))
    const kept = { ...init, redirect: redirectOf(input, init) }
    const isRepeatable = isSentAgain(input, kept)
    const send = (token: string) => {
      const headers = new Headers(given)
      headers.set('authorization', `Bearer ${token}`)
      return transport(input, { ...kept, headers })
    }
    const token = await tokens.token(own)
    const response = await send(token)
    if (response.status !== 401 || !(await tokens.refuse(own, token)) || !isRepeatable) return response
    // What nobody reads would keep its connection.
    await response.body?.cancel()
    return send(await tokens.token(own))
  }
}
