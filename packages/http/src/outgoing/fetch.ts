// The wrapper around `fetch`.
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

/** What a stream has given is gone; anything else can be sent again. */
function isSentAgain(input: string | URL | Request, init: RequestInit): boolean {
  const body = init.body ?? (input instanceof Request ? input.body : null)
  if (body === null || typeof body === 'string' || body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return true
  return [Blob, FormData, URLSearchParams].some((type) => body instanceof type)
}

/**
 * A `fetch` that shows a token: `Authorization` is its own, whatever else was given. Where the target answers with 401, the token
 * is forgotten, and the request sent once more with a new one, unless its body was a stream. What is given is not changed.
 * Meant for URLs of the target alone, by https.
 *
 * @param tokens - where the token is kept
 * @param wanted - for which target, with which scopes, for which user
 * @param fetcher - sends the request, `fetch` unless given
 * @returns to be called as `fetch` is; it throws what `TargetTokens.token` and `fetch` throw
 * @example
 * const tokens = createTargetTokens({ caller: 'gateway', source: mintLocally(kit) })
 * const orders = tokenFetch(tokens, { target: 'orders', scopes: ['orders:read'] })
 */
export function tokenFetch(
  tokens: TargetTokens,
  wanted: Wanted,
  fetcher: Fetch = (input, init) => fetch(input, init),
): Fetch {
  const own = { ...wanted }
  return async (input, init = {}) => {
    const given = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined))
    const kept = { ...init }
    const isRepeatable = isSentAgain(input, kept)
    const send = (token: string) => {
      const headers = new Headers(given)
      headers.set('authorization', `Bearer ${token}`)
      return fetcher(input, { ...kept, headers })
    }
    const token = await tokens.token(own)
    const response = await send(token)
    if (response.status !== 401 || !(await tokens.refuse(own, token)) || !isRepeatable) return response
    // What nobody reads would keep its connection.
    await response.body?.cancel()
    return send(await tokens.token(own))
  }
}
