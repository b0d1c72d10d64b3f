import { isJwksUrl } from '../sources/jwks-url'
import type { KeySource } from '../sources/key-source'
import { JWKS_CACHE_TTL, remoteJwks, type Transport } from '../sources/remote-jwks'
import type { Members } from './members'

/** The members of which an entry has one at most: where its public keys come from. */
export const SOURCES = ['publicKeys', 'jwksUrl', 'jwksService', 'keySource'] as const

const MAX_SECONDS = 999_999_999

/** How sources of a kit fetch, and for how long they keep. */
export interface Fetching {
  readonly cacheTtl: number
  readonly transport: Transport | undefined
}

/** @throws ConfigError - `config_invalid` */
export function readFetching(members: Members): Fetching {
  return {
    cacheTtl: members.integer('jwksCacheTtl', 1, MAX_SECONDS, JWKS_CACHE_TTL),
    transport: members.callable<Transport>('transport'),
  }
}

/** @throws ConfigError - `config_conflict` with the later of two members, `config_invalid` */
export function readSource(members: Members, fetching: Fetching = readFetching(members)): KeySource | undefined {
  const named = SOURCES.filter((name) => members.has(name))
  // An adapter that knows the service puts its key source beside the name.
  const isInjected = named.join() === 'jwksService,keySource'
  if (named.length > 1 && !isInjected) members.fail('config_conflict', named.at(-1) as string)
  members.text('jwksService')
  const url = members.text('jwksUrl')
  if (url === undefined) return members.port<KeySource>('keySource', 'select')
  if (!isJwksUrl(url)) members.fail('config_invalid', 'jwksUrl')
  const { cacheTtl, transport } = fetching
  return remoteJwks(url, transport === undefined ? { cacheTtl } : { cacheTtl, transport })
}
