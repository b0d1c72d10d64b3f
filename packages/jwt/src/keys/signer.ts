import type { ProfileName } from '../crypto/algorithms'
import type { Bytes } from '../encoding/utf8'

/** What signs: a local key, or a remote one (a KMS, Vault transit). */
export interface Signer {
  /** `HS512` or `EdDSA`. */
  readonly alg: ProfileName
  /** Written into the header; required with `EdDSA`. */
  readonly kid?: string | undefined
  /** The 64 bytes of the signature over `data`. */
  sign(data: Bytes): Promise<Uint8Array> | Uint8Array
}
