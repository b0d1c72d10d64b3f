import type { ProfileName } from '../crypto/algorithms'
import type { Bytes } from '../encoding/utf8'

/** What signs: a local key, or a remote one (a KMS, Vault transit). */
export interface Signer {
  /** `HS512` or `EdDSA`. */
  readonly alg: ProfileName
  /** Written into the header; required with `EdDSA`. */
  readonly kid?: string | undefined
  /**
   * Signs; called once for each token.
   *
   * @param data - the signing input (RFC 7515 section 5.1)
   * @returns the 64 bytes of the signature, or a promise of them; what it throws reaches the caller of `sign`
   * @example
   * const signer: Signer = { alg: 'EdDSA', kid: 'kms-1', sign: (data) => key.sign(data) }
   */
  sign(data: Bytes): Promise<Uint8Array> | Uint8Array
}
