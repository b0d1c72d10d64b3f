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
  /**
   * Whether a signature is this key's.
   *
   * @param data - what was signed
   * @param signature - as it stands in a token, decoded
   * @returns whether it holds; false for a signature of a wrong length, too
   * @example
   * const key = await importPublicKey(publicJwk)
   * await key.verify(data, new Uint8Array(64)) // false
   */
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
  /**
   * Signs with Ed25519 (RFC 8032).
   *
   * @param data - what to sign
   * @returns 64 bytes
   * @example
   * const key = await importPrivateKey(privateJwk)
   * await key.publicKey.verify(data, await key.sign(data)) // true
   */
  sign(data: Bytes): Promise<Bytes>
}

/** A shared secret, made by `importSecret`. It cannot be exported. */
export interface SecretKey extends Signer {
  readonly alg: 'HS512'
  /** None unless one was given: a `kid` is never derived from a secret. */
  readonly kid: string | undefined
  /** Length of the secret in bytes. */
  readonly bytes: number
  /**
   * Authenticates data with HMAC and SHA-512 (RFC 7518 section 3.2).
   *
   * @param data - what to sign
   * @returns 64 bytes
   * @example
   * const key = await importSecret(generateSecret())
   * await key.verify(data, await key.sign(data)) // true
   */
  sign(data: Bytes): Promise<Bytes>
  /**
   * Whether a signature is this secret's, in constant time.
   *
   * @param data - what was signed
   * @param signature - as it stands in a token, decoded
   * @returns whether it holds; false for a signature of a wrong length, too
   * @example
   * await (await importSecret(generateSecret())).verify(data, new Uint8Array(64)) // false
   */
  verify(data: Bytes, signature: Bytes): Promise<boolean>
}

/** The members of a JWK (RFC 7517 section 4) that are used here. */
export interface Jwk {
  /** Type of the key: `OKP`, `EC`, `RSA` or `oct`. */
  readonly kty: string
  /** Its id. */
  readonly kid?: string
  /** The algorithm that it is for. */
  readonly alg?: string
  /** What it is for: `sig`. */
  readonly use?: string
  /** What it may do: `sign`, `verify`. */
  readonly key_ops?: readonly string[]
  /** OKP and EC: the curve. */
  readonly crv?: string
  /** OKP: the public key; EC: the x coordinate. */
  readonly x?: string
  /** EC: the y coordinate. */
  readonly y?: string
  /** RSA: the modulus. */
  readonly n?: string
  /** RSA: the exponent. */
  readonly e?: string
  /** The private member of OKP, EC and RSA. */
  readonly d?: string
  /** `oct`: the secret. */
  readonly k?: string
}

/** A JWK Set (RFC 7517 section 5). */
export interface Jwks {
  /** The keys, in no order that means anything. */
  readonly keys: readonly Jwk[]
}
