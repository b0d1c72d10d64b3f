import { canonicalize } from '../encoding/jcs'
import { type JsonObject, readJson } from '../encoding/json-value'
import { MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import type { Jwk } from '../keys/key'
import type { Transport } from '../sources/transport'
import { TEST_ISSUER, TEST_PRIVATE_JWK, TEST_PRIVATE_JWKS, TEST_PUBLIC_JWK, TEST_PUBLIC_JWKS } from './keys'

/** Options of `fakeJwks`. */
export interface FakeJwksOptions {
  /** Where it stands; `https://issuer.test/.well-known/jwks.json` unless given. */
  readonly url?: string
  /** Value of `Cache-Control`; `public, max-age=300` unless given, none where null. */
  readonly cacheControl?: string | null
  /** Whether it has an `ETag`, and answers 304 to whoever shows it; true unless given. */
  readonly etag?: boolean
}

/** One answer of a fake endpoint. */
export interface JwksAnswer {
  /** Of HTTP. */
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Empty where there is none. */
  readonly body: string
}

/** A JWKS endpoint without a network (RFC 7517 section 5). Made by `fakeJwks`. */
export interface FakeJwks {
  /** Where it stands; at every other address there is nothing. */
  readonly url: string
  /** For `createKit({ jwksUrl, transport })`, `remoteJwks(url, { transport })`, and in the place of `fetch`. */
  readonly transport: Transport
  /** How many requests came to its URL, whatever became of them. */
  readonly requests: number
  /** The public keys that it serves, the newest first. */
  readonly keys: readonly Jwk[]
  /** The newest key: what its issuer signs with. */
  readonly privateKey: Jwk
  /**
   * Takes the next of the published keys into use.
   *
   * @param options - `keep`: whether the keys so far stay in the set, as they must while their tokens live; true unless given
   * @throws MisuseError - wrong options
   * @example
   * jwks.rotate({ keep: false })
   */
  rotate(options?: { readonly keep?: boolean }): void
  /**
   * Serves other keys from now on.
   *
   * @param keys - public keys, or a text that is served as it is
   * @throws MisuseError - neither text nor an array of what JSON can carry
   * @example
   * jwks.serve('<html>') // as a proxy does that is in the way
   */
  serve(keys: readonly Jwk[] | string): void
  /**
   * Fails from now on.
   *
   * @param status - what it answers; unless given, it cannot be reached
   * @throws MisuseError - no status of HTTP
   * @example
   * jwks.fail(503)
   */
  fail(status?: number): void
  /**
   * Takes its time from now on. Whoever asks may run out of patience: the kit does after 5 seconds.
   *
   * @param seconds - of the system's clock
   * @throws MisuseError - not a number of seconds
   * @example
   * jwks.slow(0.5)
   */
  slow(seconds: number): void
  /**
   * Answers at once again, with its keys.
   *
   * @example
   * jwks.recover()
   */
  recover(): void
  /**
   * What it answers now, without being asked over the transport; it is not counted.
   *
   * @param ifNoneMatch - the `ETag` that the asker has, if any
   * @returns status, headers and body
   * @example
   * jwks.answer(jwks.answer().headers['etag']).status // 304
   */
  answer(ifNoneMatch?: string | null): JwksAnswer
}

const DEFAULTS = { url: `${TEST_ISSUER}/.well-known/jwks.json`, cacheControl: 'public, max-age=300', etag: true }

class Endpoint implements FakeJwks {
  readonly url: string
  readonly #cacheControl: string | null
  readonly #etag: boolean
  #generation = 1
  #newest = 0
  #keys: readonly Jwk[] = TEST_PUBLIC_JWKS.slice(0, 1)
  #text: string | undefined
  #requests = 0
  #failure: number | undefined
  #isReachable = true
  #seconds = 0

  constructor({ url, cacheControl, etag }: Required<FakeJwksOptions>) {
    this.url = url
    this.#cacheControl = cacheControl
    this.#etag = etag
  }

  get requests(): number {
    return this.#requests
  }

  get keys(): readonly Jwk[] {
    return this.#keys
  }

  get privateKey(): Jwk {
    return TEST_PRIVATE_JWKS[this.#newest] ?? TEST_PRIVATE_JWK
  }

  readonly transport: Transport = async (url, init?: RequestInit) => {
    if (url !== this.url) throw new TypeError('fetch failed')
    this.#requests += 1
    if (this.#seconds > 0) await pause(this.#seconds, init?.signal)
    if (!this.#isReachable) throw new TypeError('fetch failed')
    const { status, headers, body } = this.answer(new Headers(init?.headers).get('if-none-match'))
    return new Response(body === '' ? null : body, { status, headers })
  }

  rotate(options: { readonly keep?: boolean } = {}): void {
    const { keep = true } = readOptions(options, ['keep'])
    this.#newest = (this.#newest + 1) % TEST_PUBLIC_JWKS.length
    const kept = keep ? this.#keys : []
    const next = TEST_PUBLIC_JWKS[this.#newest] ?? TEST_PUBLIC_JWK
    this.serve([next, ...kept.filter(({ kid }) => kid !== next.kid)])
  }

  serve(keys: readonly Jwk[] | string): void {
    const isText = typeof keys === 'string'
    const copy = isText ? [] : readJson(keys)
    if (!Array.isArray(copy)) throw new MisuseError('keys: neither text nor an array of keys')
    this.#text = isText ? keys : undefined
    this.#keys = copy
    this.#generation += 1
  }

  fail(status?: number): void {
    if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status < 600))
      throw new MisuseError('status: not one of HTTP')
    this.#failure = status
    this.#isReachable = status !== undefined
  }

  slow(seconds: number): void {
    if (!(seconds >= 0 && Number.isFinite(seconds))) throw new MisuseError('not a number of seconds')
    this.#seconds = seconds
  }

  recover(): void {
    this.#failure = undefined
    this.#isReachable = true
    this.#seconds = 0
  }

  answer(ifNoneMatch: string | null = null): JwksAnswer {
    if (this.#failure !== undefined) return { status: this.#failure, headers: {}, body: '' }
    const etag = `"${this.#generation}"`
    const headers = {
      ...(this.#cacheControl !== null && { 'cache-control': this.#cacheControl }),
      ...(this.#etag && { etag }),
    }
    if (this.#etag && ifNoneMatch === etag) return { status: 304, headers, body: '' }
    const body = this.#text ?? canonicalize({ keys: this.#keys as unknown as readonly JsonObject[] })
    return { status: 200, headers: { 'content-type': 'application/jwk-set+json', ...headers }, body }
  }
}

/** Waits, until the asker gives up at the latest. */
async function pause(seconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000)
    signal?.addEventListener('abort', () => resolve())
    if (signal?.aborted) resolve()
  })
  clearTimeout(timer)
  signal?.throwIfAborted()
}

/**
 * A JWKS endpoint without a network. It serves the public half of `TEST_PRIVATE_JWK` until it is told otherwise.
 *
 * @param options - `url`, `cacheControl`, `etag`
 * @returns the endpoint; its `transport` goes where a kit would fetch
 * @throws MisuseError - wrong options
 * @example
 * const jwks = fakeJwks()
 * const kit = createTestKit({ jwksUrl: jwks.url, transport: jwks.transport })
 * jwks.rotate()
 * await kit.verify(await createTokens({ privateKey: jwks.privateKey }).mint())
 * jwks.requests // 1
 */
export function fakeJwks(options: FakeJwksOptions = {}): FakeJwks {
  return new Endpoint({ ...DEFAULTS, ...readOptions(options, ['url', 'cacheControl', 'etag']) })
}
