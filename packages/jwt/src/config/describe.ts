import type { Prepared } from './prepare'
import type { Resolved } from './resolve'

/** A kit's configuration as JSON, without secrets: for a log at the start, or a health page. */
export interface KitDescription {
  /** Minted as `iss`; null where the kit only verifies what others issue. */
  readonly issuer: string | null
  /** Accepted audiences, and the default `aud` when minting. */
  readonly audience: readonly string[] | null
  /** `HS512` or `EdDSA`; null where it signs with nothing. */
  readonly profile: string | null
  /** Algorithms accepted for the own issuer. */
  readonly accept: readonly string[]
  /** Seconds that a token lives. */
  readonly ttl: number
  /** Seconds by which clocks may differ. */
  readonly leeway: number
  /** Seconds that an own token may live at most. */
  readonly maxLifetime: number
  /** What it signs with. */
  readonly signs: { readonly alg: string; readonly kid: string | null } | null
  /** Secrets that verify for the own issuer, and their length. */
  readonly secrets: readonly { readonly kid: string | null; readonly bytes: number }[]
  /** Public keys that verify for the own issuer. */
  readonly publicKeys: readonly { readonly alg: string; readonly kid: string; readonly thumbprint: string }[]
  /** Where the key set of the own issuer is fetched. */
  readonly jwksUrl: string | null
  /** The service binding that serves the key set of the own issuer. */
  readonly jwksService: string | null
  /** Seconds that an answer of a JWKS URL is used. */
  readonly jwksCacheTtl: number
  /** Pins: thumbprints of the only asymmetric keys that are taken; any where empty. */
  readonly allowedThumbprints: readonly string[]
}

/** Describes a kit. */
export function describe({ settings, signing, own }: Resolved, prepared: Prepared): KitDescription {
  const { issuer, audience, ttl, leeway, maxLifetime, jwksUrl, jwksService, jwksCacheTtl } = settings
  const { signer } = prepared.mint ?? {}
  const isAccepted = (alg: string): boolean => own.accept.some(({ name }) => name === alg)
  const { secrets, keys } = prepared.own
  return {
    issuer: issuer ?? null,
    audience: audience === undefined ? null : [audience].flat(),
    profile: signing.profile ?? null,
    accept: own.accept.map(({ name }) => name),
    ttl,
    leeway,
    maxLifetime,
    signs: signer ? { alg: signer.alg, kid: signer.kid ?? null } : null,
    secrets: secrets.filter(({ alg }) => isAccepted(alg)).map(({ kid, bytes }) => ({ kid: kid ?? null, bytes })),
    publicKeys: keys.keys
      .filter(({ alg }) => isAccepted(alg))
      .map(({ alg, kid, thumbprint }) => ({ alg, kid, thumbprint })),
    jwksUrl: jwksUrl ?? null,
    jwksService: jwksService ?? null,
    jwksCacheTtl,
    allowedThumbprints: settings.allowedThumbprints ?? [],
  }
}
