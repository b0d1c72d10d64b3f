import type { Bytes } from '../encoding/utf8'
import { EDDSA } from './algorithms'
import { isSignature } from './edwards25519'

/** Verifies with a public key that was imported once. */
export type Verify = (data: Bytes, signature: Bytes) => Promise<boolean>

/** Signs with a private key that was imported once. */
export type Sign = (data: Bytes) => Promise<Bytes>

const NAME = 'Ed25519'

/** PKCS #8 (RFC 8410 section 7) up to the seed. */
const PKCS8 = /* @__PURE__ */ new Uint8Array([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])

/** @param x - 32 bytes that `isPublicKey` accepts */
export async function importVerify(x: Bytes): Promise<Verify> {
  const key = await crypto.subtle.importKey('raw', x, NAME, true, ['verify'])
  return async (data, signature) =>
    // Runtimes differ in what else they accept, and workerd throws on a wrong length.
    signature.length === EDDSA.signature && isSignature(signature) && crypto.subtle.verify(NAME, key, signature, data)
}

/** @param d - the 32 bytes of the seed. A JWK is not imported: some runtimes would believe its `x`. */
export async function importSign(d: Bytes): Promise<Sign> {
  const pkcs8 = new Uint8Array(PKCS8.length + d.length)
  pkcs8.set(PKCS8)
  pkcs8.set(d, PKCS8.length)
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, NAME, false, ['sign'])
  return async (data) => new Uint8Array(await crypto.subtle.sign(NAME, key, data))
}
