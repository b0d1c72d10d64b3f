import type { Maybe } from '../encoding/steps'
import type { Bytes } from '../encoding/utf8'

/** Verifies with a key that was imported once. */
export type Verify = (data: Bytes, signature: Bytes) => Promise<boolean>

/** Signs with a key that was imported once. */
export type Sign = (data: Bytes) => Promise<Bytes>

/** HMAC with SHA-512 (RFC 7518 section 3.2) under one secret. */
export interface Hs512 {
  readonly sign: Sign
  readonly verify: Verify
}

interface Signs {
  sign(data: Bytes): PromiseLike<Uint8Array> | Uint8Array
}

interface Verifies {
  verify(data: Bytes, signature: Bytes): PromiseLike<boolean> | boolean
}

/** What `#crypto` stands for, by import condition: crypto/backend/node on Node.js, crypto/backend/web elsewhere. */
export interface Backend {
  /** Opens a secret of at least 64 bytes. */
  hs512(secret: Bytes): Hs512
  /** @param d - the 32 bytes of the seed of an Ed25519 key */
  importSign(d: Bytes): Maybe<Sign>
  /** @param x - 32 bytes that `isPublicKey` accepts */
  importVerify(x: Bytes): Maybe<Verify>
  /** SHA-256 of a text, base64url. */
  sha256(text: string): Maybe<string>
  /**
   * Signs the first two segments of a token.
   *
   * @param signer - one of this backend, for which there may be a shorter way, or anybody's
   * @returns the signature, base64url
   */
  signText(signer: Signs, input: string): Maybe<string>
  /**
   * Verifies the signature of the first two segments of a token.
   *
   * @param key - one of this backend or anybody's, of which it is not known that it answers true or false
   * @param signature - canonical base64url
   */
  verifyText(key: Verifies, input: string, signature: string): Maybe<unknown>
  /** Work whose caller cannot wait: what the platform can answer at once it does, whatever else is under way. */
  atOnce<Result>(work: () => Result): Result
  /** The base64url of a text's UTF-8 bytes. */
  encodeText(text: string): string
  /**
   * The text of canonical base64url; undefined where it is not canonical, and '' where the bytes are not UTF-8: what is not
   * text is neither a header nor a payload.
   */
  decodeText(segment: string): string | undefined
  /** Whether text is canonical base64url. */
  isCanonical(segment: string): boolean
}
