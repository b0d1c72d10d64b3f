import type { AlgorithmName, ProfileName } from '../crypto/algorithms'
import type { Jwk, Jwks } from '../keys/key'
import type { Signer } from '../keys/signer'
import type { KeySource } from '../sources/key-source'
import type { Transport } from '../sources/transport'
import type { ReplayStore } from '../stores/replay'
import type { RevocationList } from '../stores/revocation'
import type { ClaimsMapping } from '../token/mapping'

/** A secret: canonical base64url text of at least 64 bytes, or an `oct` JWK object. */
export type SecretInput = string | Jwk

/** A secret, with a `kid` beside it where it has one. */
export type AcceptedSecret = SecretInput | { readonly kid: string; readonly secret: string }

/** Public keys: a JWK, a JWKS (unusable keys in it are ignored), an array of JWKs, or the JSON text of the first two. */
export type PublicKeysInput = Jwk | Jwks | readonly Jwk[] | string

/** An issuer that is trusted beside the kit's own. */
export interface TrustConfig {
  /** Exact `iss`. */
  readonly issuer: string
  /** Audiences of which its tokens must name one; the kit's unless given. */
  readonly audience?: string | readonly string[]
  /** What it may sign with. */
  readonly algorithms: readonly AlgorithmName[]
  /** Up to four. */
  readonly secrets?: readonly AcceptedSecret[]
  /** Verify its tokens. */
  readonly publicKeys?: PublicKeysInput
  /** Its JWKS: `https:`, or `http:` on loopback. */
  readonly jwksUrl?: string
  /** Knows its keys. */
  readonly keySource?: KeySource
  /** The outermost actors that it may name; none unless given. */
  readonly actors?: readonly string[]
  /** It may name any actor. */
  readonly unsafeAnyActor?: true
  /** For an outside identity provider: what its claims become. */
  readonly mapping?: ClaimsMapping
}

/** The names of environment variables by option, where a configuration came from an environment. */
export const VARIABLES: unique symbol = /* @__PURE__ */ Symbol('variables')

/** One immutable configuration. A member that is `undefined`, `''` or `[]` is an error, never an absence. */
export interface KitConfig {
  /** Minted as `iss`, and the issuer whose tokens are the kit's own. */
  readonly issuer?: string
  /** Accepted, and the default `aud` when minting. */
  readonly audience?: string | readonly string[]
  /** What it signs with; inferred where only one can be meant. */
  readonly profile?: ProfileName
  /** HS512: signs and verifies. */
  readonly secret?: SecretInput
  /** Up to three more that verify. */
  readonly acceptSecrets?: readonly AcceptedSecret[]
  /** Ed25519 private JWK, or its JSON text: signs, and its public half verifies. */
  readonly privateKey?: Jwk | string
  /** `kid` of the key or secret that signs. */
  readonly kid?: string
  /** Verify for the own issuer, beside the private key's public half. */
  readonly publicKeys?: PublicKeysInput
  /** JWKS of the own issuer: `https:`, or `http:` on loopback. */
  readonly jwksUrl?: string
  /** Seconds that an answer of a JWKS URL is used, 300 unless given. */
  readonly jwksCacheTtl?: number
  /** Name of the service binding that serves the JWKS; an adapter puts a `keySource` beside it. */
  readonly jwksService?: string
  /** Verification keys of the own issuer. */
  readonly keySource?: KeySource
  /** Signs in the place of `secret` or `privateKey`. */
  readonly signer?: Signer
  /** Algorithms accepted for the own issuer; needed where there are both secrets and public keys. */
  readonly accept?: readonly AlgorithmName[]
  /** Issuers trusted beside the own one. */
  readonly trust?: readonly TrustConfig[]
  /** Seconds, 900 unless given. */
  readonly ttl?: number
  /** Seconds from 0 to 90, 90 unless given. */
  readonly leeway?: number
  /** Seconds that an own token may live at most, 86,400 unless given. */
  readonly maxLifetime?: number
  /** Bytes, 16,384 unless given. */
  readonly maxTokenBytes?: number
  /** From 1 to 14, 5 unless given. */
  readonly maxActorDepth?: number
  /**
   * Bytes of memory for tokens whose signature held, so that it is not computed again when the same token comes again;
   * everything else is checked each time. Off unless given.
   */
  readonly signatureCacheBytes?: number
  /** Accepted `typ`; the first is minted. `['JWT']` unless given. */
  readonly types?: readonly string[]
  /** Whether a token must have a `typ`. */
  readonly requireType?: boolean
  /** How EdDSA is written in a header, `EdDSA` unless given. */
  readonly headerAlg?: 'EdDSA' | 'Ed25519'
  /** Thumbprints (RFC 7638) of the only asymmetric keys that are taken, of every issuer. */
  readonly allowedThumbprints?: readonly string[]
  /** Restricts the outermost actors of own tokens; any unless given. */
  readonly actors?: readonly string[]
  /** Remembers used tokens; in memory, for one process, unless given. */
  readonly replay?: ReplayStore
  /** Knows revoked tokens; none unless given. */
  readonly revocation?: RevocationList
  /** Fetches JWKS URLs; `globalThis.fetch` unless given. */
  readonly transport?: Transport
  /** Seconds since the epoch, fractions allowed. */
  readonly clock?: () => number
  /** Random bytes. */
  readonly entropy?: (size: number) => Uint8Array
  /** @internal */
  readonly [VARIABLES]?: Readonly<Record<string, string>>
}

/** The names of all options: any other is a fault. */
export const OPTIONS: readonly string[] = [
  ...['issuer', 'audience', 'profile', 'secret', 'acceptSecrets', 'privateKey', 'kid', 'publicKeys', 'jwksUrl'],
  ...['jwksCacheTtl', 'jwksService', 'keySource', 'signer', 'accept', 'trust', 'ttl', 'leeway', 'maxLifetime'],
  ...['maxTokenBytes', 'maxActorDepth', 'signatureCacheBytes', 'types', 'requireType', 'headerAlg'],
  ...['allowedThumbprints', 'actors', 'replay', 'revocation', 'transport', 'clock', 'entropy'],
]
