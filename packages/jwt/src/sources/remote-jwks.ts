import { ConfigError, MisuseError } from '../errors/errors'
import { readOptions } from '../errors/misuse'
import { freshnessOf } from './freshness'
import { JwksCache, type Schedule } from './jwks-cache'
import { readJwks } from './key-set'
import type { KeySource } from './key-source'
import { ask, fetchFrom, isJwksUrl, MAX_BYTES, type Transport } from './transport'

/** Options of `remoteJwks`. */
export interface RemoteJwksOptions {
  /** Seconds that an answer is used at most, 300 unless given; its own `Cache-Control` may ask for less. */
  readonly cacheTtl?: number
  /** Seconds that an answer is used beyond its time while the endpoint fails, 3600 unless given; 0: none. */
  readonly maxStale?: number
  /** Seconds that a request may take with its body, 5 unless given. */
  readonly timeout?: number
  /** Bytes that a body may have, 262,144 unless given. */
  readonly maxBytes?: number
  /** `globalThis.fetch` unless given. */
  readonly transport?: Transport
}

/** Seconds that an answer is used unless configured otherwise. */
export const JWKS_CACHE_TTL = 300

/** The source of a URL, whose options are checked already. */
export function remoteSource(
  url: string,
  {
    cacheTtl = JWKS_CACHE_TTL,
    maxStale = 3600,
    timeout = 5,
    maxBytes = MAX_BYTES,
    transport = fetchFrom,
  }: { readonly [Name in keyof RemoteJwksOptions]: RemoteJwksOptions[Name] | undefined },
  ...world: [schedule?: Schedule, isKept?: boolean]
): JwksCache {
  return new JwksCache(
    async (shown, signal) => {
      const { headers, body } = await ask(transport, url, shown, maxBytes, signal)
      return { ...(body && { entries: readJwks(body) }), ...freshnessOf(headers) }
    },
    { cacheTtl, maxStale, timeout },
    ...world,
  )
}

const MAX_LIMIT = 999_999_999
const MAX_TIMEOUT = 3600

const isCount = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= MAX_LIMIT

const CHECKS: Readonly<Record<keyof RemoteJwksOptions, (value: unknown) => boolean>> = {
  cacheTtl: (value) => isCount(value, 1),
  maxStale: (value) => isCount(value, 0),
  timeout: (value) => typeof value === 'number' && value > 0 && value <= MAX_TIMEOUT,
  maxBytes: (value) => isCount(value, 1),
  transport: (value) => typeof value === 'function',
}

/**
 * A private copy of options of which some are those of a cache.
 *
 * @throws MisuseError - one that is unknown or wrong
 */
export function readLimits<Options extends object>(options: Options): Options {
  const given = readOptions(options, Object.keys(CHECKS))
  for (const [name, holds] of Object.entries(CHECKS))
    if (name in given && !holds(given[name as keyof Options])) throw new MisuseError(`${name}: wrong`)
  return given
}

/**
 * A private copy of the options of a URL.
 *
 * @throws ConfigError - `config_invalid` with `jwksUrl`
 * @throws MisuseError - one that is unknown or wrong
 */
export function readRemoteOptions(url: unknown, options: RemoteJwksOptions): RemoteJwksOptions {
  if (typeof url !== 'string' || !isJwksUrl(url)) throw new ConfigError('config_invalid', { variable: 'jwksUrl' })
  return readLimits(options)
}

/**
 * A key source for a JWKS at a URL (RFC 7517 section 5).
 *
 * It is fetched when first needed and used for its time: what `Cache-Control` says (RFC 9111), at least 30 seconds and at
 * most `cacheTtl`. In the last fifth of that it is fetched again while it is used. For an unknown `kid` it is fetched 30
 * seconds after the last request at the earliest. While the endpoint fails, known keys are used for `maxStale` more, and it
 * is asked again every 15 seconds. One request runs at a time; none follows a redirect.
 *
 * @param url - `https:`, or `http:` on loopback; no credentials, no fragment
 * @param options - limits, and the `transport`
 * @returns a key source; nothing is fetched yet
 * @throws ConfigError - `config_invalid` with `jwksUrl`
 * @throws MisuseError - wrong options
 * @example
 * const keySource = remoteJwks('https://auth.example/.well-known/jwks.json', { maxStale: 86_400 })
 * const kit = createKit({ issuer: 'https://auth.example', audience: 'api', keySource })
 */
export const remoteJwks = (url: string, options: RemoteJwksOptions = {}): KeySource =>
  remoteSource(url, readRemoteOptions(url, options))
