import type { Jwk } from '@kit/jwt'

/** Algorithms that an authority signs with. */
export type AuthorityAlgorithm = 'EdDSA' | 'ES256' | 'RS256' | 'HS512'

/** Members of a public JWK (RFC 7518 section 6), for those kinds of keys that an authority makes. */
export const PUBLIC_MEMBERS: readonly string[] = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use']

/** `next` is published and does not sign, `active` signs, `retired` is published until its last token has expired. */
export type KeyState = 'next' | 'active' | 'retired'

/** One key over time. Moments are whole seconds since the epoch. */
export interface KeyRecord {
  readonly kid: string
  readonly algorithm: AuthorityAlgorithm
  readonly state: KeyState
  /** Since when verifiers can fetch it. */
  readonly publishedAt: number
  /** When it began to sign. */
  readonly activatedAt?: number
  /** When it stopped. */
  readonly retiredAt?: number
  /** When it goes, once it is retired. */
  readonly removeAt?: number
  /** What is published; an HS512 secret has nothing to publish. */
  readonly publicJwk?: Jwk
  /** What signs. A retired key has none, except for an HS512 secret, which still verifies. */
  readonly privateJwk?: Jwk
}

/** A key that was taken back before its time. It must not come back. */
export interface RevokedKey {
  readonly kid: string
  readonly revokedAt: number
}

/** All keys of an authority at one moment: what a store keeps, opened. */
export interface KeySetRecord {
  /** Counts the writes, from 1. */
  readonly version: number
  /** Number of the period, counted from the epoch, in which the active key began to sign. */
  readonly period: number
  /** One is active, at most one is next. */
  readonly keys: readonly KeyRecord[]
  readonly revoked: readonly RevokedKey[]
}

/** A key that nobody knows yet. */
export type NewKey = Pick<KeyRecord, 'kid' | 'algorithm' | 'publicJwk' | 'privateJwk'>

export const keyIn = (set: KeySetRecord, state: KeyState): KeyRecord | undefined =>
  set.keys.find((key) => key.state === state)
