import type { PublicAlgorithmName } from '../crypto/algorithms'
import type { PublicKey } from '../keys/key'

/** Whatever knows the public keys of an issuer. It is asked at every verification, so it caches by itself. */
export interface KeySource {
  /**
   * The one key of an algorithm and a `kid`.
   *
   * @param query - `alg` (`EdDSA` for both of its names), `kid` where the token has one, `now` in seconds since the epoch
   * @returns the key, or a promise of it
   * @throws TokenError - `key_not_found`, `key_ambiguous`, `jwks_unavailable`; anything else counts as `jwks_unavailable`
   * @example
   * const set = await createKeySet(jwks, { algorithms: ['EdDSA'] })
   * const keySource: KeySource = { select: (query) => set.select(query) }
   */
  select(query: {
    readonly alg: PublicAlgorithmName
    readonly kid?: string | undefined
    readonly now: number
  }): PublicKey | Promise<PublicKey>
}
