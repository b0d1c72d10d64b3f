import { ConfigError, MisuseError } from '@kit/jwt'
import { type JsonObject, parseJson } from '@kit/jwt/encoding'
import { OutgoingError } from './errors'
import { isPrivate } from './origins'
import type { Given, TokenSource } from './source'
import type { Asked } from './wanted'

/** The issuer that gives the tokens, and the caller's credentials there. */
export interface ExchangeOptions {
  /** URL of the token endpoint: `https:`, or `http:` on loopback. */
  readonly endpoint: string
  /** The caller's name at the issuer. */
  readonly clientId: string
  /** The caller's secret at the issuer, as text. */
  readonly clientSecret: string
  /** Seconds that an exchange may take, 5 unless given. */
  readonly timeout?: number
  /** Sends the request, `fetch` unless given. */
  readonly transport?: (url: string, init: RequestInit) => Promise<Response>
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const JSON_TYPE = /^application\/json\s*(;|$)/i
const MAX_BYTES = 65_536
/** The longest time that a timer of this platform keeps, in seconds. */
const MAX_TIMEOUT = 2_147_483

// Looked up at each call: a program may replace it, and some runtimes want it called on its own.
const fetchFrom = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)

/**
 * Fetches the tokens from the token endpoint of an issuer, with `client_secret_basic` (RFC 6749 section 2.3.1): by token exchange
 * (RFC 8693) for a user, whose token is then needed; by client credentials (RFC 6749 section 4.4) for the caller itself. The
 * target is sent as `audience`. No redirect is followed.
 *
 * @param options - see {@link ExchangeOptions}
 * @returns the source; it throws `OutgoingError`, and `MisuseError` for a user by claims
 * @throws ConfigError - `config_invalid` with the option
 * @example
 * const endpoint = 'https://auth.example/token'
 * const source = exchangeAt({ endpoint, clientId: 'gateway', clientSecret: 'secret' })
 * const tokens = createTargetTokens({ caller: 'gateway', source })
 */
export function exchangeAt(options: ExchangeOptions): TokenSource {
  const { endpoint, clientId, clientSecret, timeout = 5, transport = fetchFrom } = options
  const isTimeout = typeof timeout === 'number' && timeout > 0 && timeout <= MAX_TIMEOUT
  check('endpoint', isEndpoint(endpoint))
  check('clientId', typeof clientId === 'string' && clientId !== '')
  check('clientSecret', typeof clientSecret === 'string' && clientSecret !== '')
  check('timeout', isTimeout)
  check('transport', typeof transport === 'function')
  const authorization = `Basic ${btoa(`${formOf(clientId)}:${formOf(clientSecret)}`)}`
  const headers = { authorization, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
  return async (asked) => {
    const body = parametersOf(asked).toString()
    // Not `AbortSignal.timeout`, whose timer would outlive the answer.
    const end = new AbortController()
    const timer = setTimeout(() => end.abort(), timeout * 1000)
    try {
      // workerd knows no redirect 'error'.
      const init = { method: 'POST', headers, body, redirect: 'manual' as const, signal: end.signal }
      return await read(await transport(endpoint, init))
    } catch (error) {
      // What the platform says may name the endpoint, or hold what was sent.
      throw OutgoingError.is(error) ? error : new OutgoingError('source_unavailable')
    } finally {
      clearTimeout(timer)
    }
  }
}

function check(variable: string, isRight: boolean): void {
  if (!isRight) throw new ConfigError('config_invalid', { variable })
}

function isEndpoint(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const url = new URL(value)
  return isPrivate(url) && `${url.username}${url.password}${url.hash}` === ''
}

/** As a value in a form: what may hold a colon must not end at it. */
const formOf = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

function parametersOf({ target, scopes, user }: Asked): URLSearchParams {
  if (typeof user === 'object') throw new MisuseError('user: a token is needed, claims cannot be exchanged')
  return new URLSearchParams({
    grant_type: user === undefined ? 'client_credentials' : EXCHANGE,
    audience: target,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(user !== undefined && { subject_token: user, subject_token_type: ACCESS_TOKEN }),
  })
}

async function read({ status, headers, body }: Response): Promise<Given> {
  if (status !== 200 || !body) {
    await body?.cancel()
    throw new OutgoingError(refusalOf(status))
  }
  if (!JSON_TYPE.test(headers.get('content-type') ?? '')) {
    await body.cancel()
    throw malformed()
  }
  const { access_token, token_type, expires_in = 0 } = documentOf(await bytesOf(body))
  if (typeof access_token !== 'string' || typeof expires_in !== 'number') throw malformed()
  if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') throw malformed()
  return { token: access_token, lifetime: expires_in }
}

/** RFC 6749 section 5.2: the status tells enough, and what else is said need not be believed. */
function refusalOf(
  status: number,
): 'source_client_rejected' | 'source_denied' | 'source_malformed' | 'source_unavailable' {
  if (status === 401) return 'source_client_rejected'
  if (status === 200) return 'source_malformed'
  return status === 400 || status === 403 ? 'source_denied' : 'source_unavailable'
}

async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = body.getReader()
  const bytes = new Uint8Array(MAX_BYTES)
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return bytes.subarray(0, length)
    if (length + value.length > MAX_BYTES) {
      await reader.cancel()
      throw new OutgoingError('source_unavailable')
    }
    bytes.set(value, length)
    length += value.length
  }
}

function documentOf(bytes: Uint8Array): JsonObject {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed()
  }
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return value as JsonObject
}

const malformed = () => new OutgoingError('source_malformed')
