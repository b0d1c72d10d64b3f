import { type Algorithm, algorithmOf } from '../crypto/algorithms'
import { ConfigError, MisuseError, TokenError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import type { PublicKey } from '../keys/key'
import { importKeys, KeySet, only, readJwks, usableKeys } from './key-set'
import type { KeySource } from './key-source'
import { bodyOf, fetchFrom, inTime, isJwksUrl, type Transport } from './transport'

/** Options of `remoteJwks`. */
export interface RemoteJwksOptions {
  /** Seconds that an answer is used, 300 unless given. */
  readonly cacheTtl?: number
  /** `globalThis.fetch` unless given. */
  readonly transport?: Transport
}

/** Seconds that an answer is used unless configured otherwise. */
export const JWKS_CACHE_TTL = 300
/** Anyone can make up a `kid`: an unknown one leads to a fetch once in so many seconds. */
const COOLDOWN_SECONDS = 30
/** A source that failed is asked again after so many seconds. */
const RETRY_SECONDS = 5

interface Fetched {
  readonly at: number
  readonly entries: readonly unknown[]
  /** Made when the first token of an algorithm comes. */
  readonly sets: Map<Algorithm, Promise<KeySet>>
}

/** See {@link remoteJwks}; its arguments are checked already. */
export class RemoteJwks implements KeySource {
  readonly #url: string
  readonly #cacheTtl: number
  readonly #transport: Transport
  #fetched: Fetched | undefined
  #failedAt = Number.NaN
  #fetching: Promise<Fetched | undefined> | undefined

  constructor(url: string, cacheTtl: number, transport: Transport) {
    this.#url = url
    this.#cacheTtl = cacheTtl
    this.#transport = transport
  }

  async select({ now, ...query }: Parameters<KeySource['select']>[0]): Promise<PublicKey> {
    const fetched = this.#fresh(now) ?? (await this.#fetch(now))
    if (fetched === undefined) throw new TokenError('jwks_unavailable')
    const found = await keysOf(fetched, query)
    if (found.length > 0 || now - fetched.at < COOLDOWN_SECONDS) return only(found)
    // A new key signs before this cache runs out. An outage now leaves the known keys in place.
    return only(await keysOf((await this.#fetch(now)) ?? fetched, query))
  }

  #fresh(now: number): Fetched | undefined {
    const age = now - (this.#fetched?.at ?? Number.NaN)
    return age >= 0 && age < this.#cacheTtl ? this.#fetched : undefined
  }

  /** One fetch at a time, whoever asks. */
  async #fetch(now: number): Promise<Fetched | undefined> {
    const sinceFailure = now - this.#failedAt
    if (sinceFailure >= 0 && sinceFailure < RETRY_SECONDS) return undefined
    this.#fetching ??= this.#fetchNow(now)
    return inTime(this.#fetching, () => (this.#fetching = undefined))
  }

  async #fetchNow(now: number): Promise<Fetched | undefined> {
    try {
      const entries = readJwks(await bodyOf(this.#transport, this.#url))
      this.#fetched = { at: now, entries, sets: new Map() }
      return this.#fetched
    } catch {
      // Whatever went wrong, there is no key set to be had.
      this.#failedAt = now
      return undefined
    } finally {
      this.#fetching = undefined
    }
  }
}

type Query = Parameters<KeySet['find']>[0]

async function keysOf({ entries, sets }: Fetched, query: Query): Promise<readonly PublicKey[]> {
  const algorithm = algorithmOf(query.alg) as Algorithm
  const set = sets.get(algorithm) ?? importKeys(usableKeys(entries, [algorithm])).then((keys) => new KeySet(keys))
  sets.set(algorithm, set)
  return (await set).find(query)
}

/**
 * A key source for a JWKS at a URL (RFC 7517 section 5).
 *
 * It is fetched when first needed, when the cache has run out, and for an unknown `kid` at most every 30 seconds. One fetch
 * runs at a time, follows no redirect, takes 5 seconds and 256 kB at most; after a failure there is none for 5 seconds.
 *
 * @param url - `https:`, or `http:` on loopback; no credentials, no fragment
 * @param options - `cacheTtl` in seconds, `transport`
 * @returns a key source; nothing is fetched yet
 * @throws ConfigError - `config_invalid` with `jwksUrl`
 * @throws MisuseError - wrong options
 * @example
 * const kit = createKit({ issuer, audience, keySource: remoteJwks('https://auth.example/.well-known/jwks.json') })
 */
export function remoteJwks(url: string, options: RemoteJwksOptions = {}): KeySource {
  const { cacheTtl = JWKS_CACHE_TTL, transport = fetchFrom } = readOptions(options, ['cacheTtl', 'transport'])
  if (typeof url !== 'string' || !isJwksUrl(url)) throw new ConfigError('config_invalid', { variable: 'jwksUrl' })
  if (!Number.isInteger(cacheTtl) || cacheTtl < 1 || typeof transport !== 'function')
    throw new MisuseError('cacheTtl or transport is wrong')
  return new RemoteJwks(url, cacheTtl, transport)
}
