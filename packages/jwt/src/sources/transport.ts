/**
 * Fetches a URL: `globalThis.fetch`, or something in its place (a service binding, a test).
 *
 * @param url - the URL of a JWKS
 * @param init - as for `fetch`: no redirect is followed, and the signal ends it after 5 seconds
 * @returns the answer, of which up to 256 kB are read
 */
export type Transport = (url: string, init: RequestInit) => Promise<Response>

const URL_FORM = /^(https?):\/\/(\[[\da-fA-F:.]+\]|[^/?#@:[\]]+)(?::(\d{1,5}))?(?:[/?].*)?$/
const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])){3})$/
const MAX_PORT = 65535
const TIMEOUT_MILLISECONDS = 5000
const MAX_BYTES = 262144

/**
 * Whether a JWKS may be fetched from a URL, judged as it is written: `https:`, or `http:` on loopback; printable ASCII
 * without backslashes, no credentials, no fragment. A parser's normalisation would differ from one language to another.
 */
export function isJwksUrl(url: string): boolean {
  const [, scheme, host = '', port = '1'] = (/^[!"$-[\]-~]+$/.test(url) && URL_FORM.exec(url)) || []
  return host !== '' && Number(port) >= 1 && Number(port) <= MAX_PORT && (scheme === 'https' || LOOPBACK.test(host))
}

// Looked up at each call: a program may replace it, and some runtimes want it called on its own.
export const fetchFrom: Transport = (url, init) => fetch(url, init)

/**
 * What a fetch that another call began comes to; undefined, and `late` is called, where it does not end in time. A Worker's
 * fetch ends with the request that began it: whoever still waits for it would wait for ever.
 */
export const inTime = <Value>(fetching: Promise<Value>, late: () => undefined): Promise<Value | undefined> =>
  Promise.race([
    fetching,
    new Promise<undefined>((resolve) => {
      AbortSignal.timeout(TIMEOUT_MILLISECONDS).onabort = () => resolve(late())
    }),
  ])

/** The body of a 200 answer; no redirect, 5 seconds and 256 kB at most. Throws for everything else. */
export async function bodyOf(transport: Transport, url: string): Promise<Uint8Array> {
  const { status, body } = await transport(url, {
    // Not followed, and no 200 either; workerd knows no 'error'.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  })
  const reader = body?.getReader()
  if (status !== 200 || reader === undefined) throw new Error('no key set')
  const bytes = new Uint8Array(MAX_BYTES)
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bytes.subarray(0, length)
    if (length + value.length > MAX_BYTES) {
      await reader.cancel()
      throw new Error('no key set')
    }
    bytes.set(value, length)
    length += value.length
  }
}
