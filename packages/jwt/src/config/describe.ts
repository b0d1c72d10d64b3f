import type { Prepared } from './prepare'
import type { Resolved } from './resolve'

/** A kit's configuration as JSON, without secrets: for a log at the start, or a health page. */
export interface KitDescription {
  readonly issuer: string | null
  readonly audience: readonly string[] | null
  readonly profile: string | null
  /** Algorithms accepted for the own issuer. */
  readonly accept: readonly string[]
  readonly ttl: number
  readonly leeway: number
  readonly maxLifetime: number
  readonly signs: { readonly alg: string; readonly kid: string | null } | null
  /** Secrets that verify for the own issuer, and their length. */
  readonly secrets: readonly { readonly kid: string | null; readonly bytes: number }[]
  /** Public keys that verify for the own issuer. */
  readonly publicKeys: readonly { readonly alg: string; readonly kid: string; readonly thumbprint: string }[]
  readonly jwksUrl: string | null
  readonly jwksService: string | null
  readonly jwksCacheTtl: number
  readonly allowedThumbprints: readonly string[]
}

/** Describes a kit. */
export function describe({ settings, signing, own }: Resolved, prepared: Prepared): KitDescription {
  const { issuer, audience, ttl, leeway, maxLifetime, jwksUrl, jwksService, jwksCacheTtl } = settings
  const { signer } = prepared.mint ?? {}
  return {
    issuer: issuer ?? null,
    audience: audience === undefined ? null : [audience].flat(),
    profile: signing.profile ?? null,
    accept: own.accept.map(({ name }) => name),
    ttl,
    leeway,
    maxLifetime,
    signs: signer ? { alg: signer.alg, kid: signer.kid ?? null } : null,
    secrets: prepared.own.secrets.map(({ kid, bytes }) => ({ kid: kid ?? null, bytes })),
    publicKeys: prepared.own.keys.keys.map(({ alg, kid, thumbprint }) => ({ alg, kid, thumbprint })),
    jwksUrl: jwksUrl ?? null,
    jwksService: jwksService ?? null,
    jwksCacheTtl,
    allowedThumbprints: settings.allowedThumbprints ?? [],
  }
}
