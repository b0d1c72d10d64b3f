import type { PublicAlgorithmName } from '../crypto/algorithms'
import type { Bytes } from '../encoding/utf8'
import type { Signer } from './signer'

/** A public key, bound to one algorithm. Made by `importPublicKey` and `createKeySet`. */
export interface PublicKey {
  /** The one algorithm that the key verifies. */
  readonly alg: PublicAlgorithmName
  /** The key's own `kid`, or its thumbprint where it has none. */
  readonly kid: string
  /** SHA-256 thumbprint (RFC 7638), base64url. */
  readonly thumbprint: string
  /** The members of the key that RFC 7638 requires, and no others. */
  readonly jwk: Readonly<Record<string, string>>
  /** Whether `signature` is this key's over `data`; false for a signature of a wrong length. */
  verify(data: Bytes, signature: Bytes): Promise<boolean>
}

/** An Ed25519 private key, made by `importPrivateKey`. It cannot be exported. */
export interface PrivateKey extends Signer {
  readonly alg: 'EdDSA'
  /** The key's own `kid`, or its thumbprint where it has none. */
  readonly kid: string
  /** SHA-256 thumbprint (RFC 7638) of its public half, base64url. */
  readonly thumbprint: string
  /** The public half. */
  readonly publicKey: PublicKey
  sign(data: Bytes): Promise<Bytes>
}

/** A shared secret, made by `importSecret`. It cannot be exported. */
export interface SecretKey extends Signer {
  readonly alg: 'HS512'
  /** None unless one was given: a `kid` is never derived from a secret. */
  readonly kid: string | undefined
  /** Length of the secret in bytes. */
  readonly bytes: number
  sign(data: Bytes): Promise<Bytes>
  verify(data: Bytes, signature: Bytes): Promise<boolean>
  /** Whether another secret is the same bytes. */
  equals(other: SecretKey): boolean
}

/** The members of a JWK (RFC 7517 section 4) that are used here. */
export interface Jwk {
  readonly kty: string
  readonly kid?: string
  readonly alg?: string
  readonly use?: string
  readonly key_ops?: readonly string[]
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
  readonly d?: string
  readonly k?: string
}

/** A JWK Set (RFC 7517 section 5). */
export interface Jwks {
  readonly keys: readonly Jwk[]
}
