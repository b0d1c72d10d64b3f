import { ConfigError } from '../errors/errors'

/**
 * Fetches a URL: `globalThis.fetch`, or something in its place (a service binding, a test).
 *
 * @param url - the URL of a JWKS
 * @param init - as for `fetch`: `redirect` is `manual`, `headers` may have `if-none-match`, and `signal` is aborted when the
 *   request has taken too long, and after its end
 * @returns the answer, of which no more is read than the limit
 */
export type Transport = (url: string, init: RequestInit) => Promise<Response>

// As written: printable ASCII without backslashes and fragment, and no credentials.
const URL_FORM =
  /^(?=[!"$-[\]-~]+$)(?:https:\/\/(?:\[[\da-fA-F:.]+\]|[^/?#@:[\]]+)|http:\/\/(?:localhost|\[::1\]|127(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3}))(?::(\d{1,5}))?(?:[/?].*)?$/
const MAX_PORT = 65535
/** Bytes of a set, unless configured. */
export const MAX_BYTES = 262_144

/**
 * Whether a JWKS may be fetched from a URL, judged as it is written: `https:`, or `http:` on loopback; printable ASCII
 * without backslashes, no credentials, no fragment. A parser's normalisation would differ from one language to another.
 */
export function isJwksUrl(url: string): boolean {
  const [match, port = '1'] = URL_FORM.exec(url) ?? []
  return match !== undefined && Number(port) >= 1 && Number(port) <= MAX_PORT
}

// Looked up at each call: a program may replace it, and some runtimes want it called on its own.
export const fetchFrom: Transport = (url, init) => fetch(url, init)

/** What an endpoint answered. */
export interface Answer {
  readonly headers: Headers
  /** None: what the entity tag stands for has not changed. */
  readonly body?: Uint8Array
}

/**
 * Asks a URL: a 200 with its body, or a 304 where an entity tag was sent. Throws for everything else: a redirect is not
 * followed, and is neither.
 *
 * @param maxBytes - of the body, counted as it comes
 */
export async function ask(
  transport: Transport,
  url: string,
  etag: string | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Answer> {
  const { status, headers, body } = await transport(url, {
    // workerd knows no 'error'.
    redirect: 'manual',
    headers: etag === undefined ? {} : { 'if-none-match': etag },
    signal,
  })
  if (status === 304 && etag !== undefined) return { headers }
  if (status !== 200 || !body) throw new ConfigError('jwks_invalid')
  const reader = body.getReader()
  const bytes = new Uint8Array(maxBytes)
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { headers, body: bytes.subarray(0, length) }
    // Beyond the limit this throws.
    bytes.set(value, length)
    length += value.length
  }
}
