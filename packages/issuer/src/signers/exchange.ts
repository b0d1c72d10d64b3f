import type { Transport } from '@kit/jwt'
import { parseJson } from '@kit/jwt/encoding'
import { AuthorityError } from '../errors'
import { isObject } from '../json'
import { decodeUtf8 } from '../utf8'

/** Bytes of an answer: a key with thousands of versions has fewer. */
const MAX_BYTES = 1_048_576

/** One request, and how long it may take. */
export interface Exchange {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent by POST where there is one. */
  readonly body?: string
  /** Seconds for all of it. */
  readonly timeout: number
  readonly transport: Transport
}

/**
 * The JSON object that a server answers with status 200; no redirect is followed, and of a failure nothing is read.
 *
 * @throws AuthorityError - `key_not_found` with status 404, `key_store_unavailable` with anything else
 */
export async function exchange({ timeout, ...asked }: Exchange): Promise<Readonly<Record<string, unknown>>> {
  const ending = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(refuse, timeout * 1000)
  })
  try {
    return await Promise.race([answerOf(asked, ending.signal), late])
  } catch (error) {
    // What a transport throws may hold the request, and with it a token.
    throw AuthorityError.is(error) ? error : new AuthorityError('key_store_unavailable')
  } finally {
    clearTimeout(timer)
    ending.abort()
  }
}

async function answerOf(
  { url, headers, body, transport }: Omit<Exchange, 'timeout'>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await transport(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body !== undefined && { body }),
    // workerd knows no 'error'.
    redirect: 'manual',
    signal,
  })
  if (response.status !== 200)
    throw new AuthorityError(response.status === 404 ? 'key_not_found' : 'key_store_unavailable')
  const value = parseJson(decodeUtf8(await bytesOf(response)) ?? '')
  if (!isObject(value)) throw new AuthorityError('key_store_unavailable')
  return value
}

async function bytesOf({ body }: Response): Promise<Uint8Array> {
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > MAX_BYTES) throw new AuthorityError('key_store_unavailable')
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
