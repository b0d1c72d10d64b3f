// WebCrypto, which every runtime has. Whatever it does must be awaited.
import { decodeBase64url, decodeLeniently, encodeBase64url, isCanonical } from '../../encoding/base64url'
import { after, type Maybe, settled } from '../../encoding/steps'
import { decodeUtf8, encodeUtf8 } from '../../encoding/utf8'
import { EDDSA, HS512 } from '../algorithms'
import type { Backend } from '../backend'
import { isSignature } from '../edwards25519'

const ED25519 = 'Ed25519'

/** PKCS #8 (RFC 8410 section 7) up to the seed. */
const PKCS8 = /* @__PURE__ */ new Uint8Array([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])

/** Imports the secret on first use. */
export const hs512: Backend['hs512'] = (secret) => {
  let imported: Maybe<CryptoKey> | undefined
  const key = (): Maybe<CryptoKey> => {
    imported ??= crypto.subtle
      .importKey('raw', secret, { name: 'HMAC', hash: 'SHA-512' }, false, ['sign', 'verify'])
      .then((done) => (imported = done))
    return imported
  }
  return {
    sign: async (data) => new Uint8Array(await after(key(), (one) => crypto.subtle.sign('HMAC', one, data))),
    // subtle.verify compares in constant time; some runtimes throw on a wrong length, so it is asked for first.
    verify: (data, signature) =>
      signature.length === HS512.signature
        ? (after(key(), (one) => crypto.subtle.verify('HMAC', one, signature, data)) as Promise<boolean>)
        : Promise.resolve(false),
  }
}

export const importVerify: Backend['importVerify'] = async (x) => {
  const key = await crypto.subtle.importKey('raw', x, ED25519, true, ['verify'])
  return (data, signature) =>
    // Runtimes differ in what else they accept, and workerd throws on a wrong length.
    signature.length === EDDSA.signature && isSignature(signature)
      ? crypto.subtle.verify(ED25519, key, signature, data)
      : Promise.resolve(false)
}

/** A JWK is not imported: some runtimes would believe its `x`. */
export const importSign: Backend['importSign'] = async (d) => {
  const pkcs8 = new Uint8Array(PKCS8.length + d.length)
  pkcs8.set(PKCS8)
  pkcs8.set(d, PKCS8.length)
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, ED25519, false, ['sign'])
  return async (data) => new Uint8Array(await crypto.subtle.sign(ED25519, key, data))
}

export const sha256: Backend['sha256'] = async (text) =>
  encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', encodeUtf8(text))))

export const signText: Backend['signText'] = (signer, input) =>
  after(settled(signer.sign(encodeUtf8(input))), encodeBase64url)

export const verifyText: Backend['verifyText'] = (key, input, signature) =>
  settled(key.verify(encodeUtf8(input), decodeLeniently(signature)))

export const atOnce: Backend['atOnce'] = (work) => work()

export const encodeText: Backend['encodeText'] = (text) => encodeBase64url(encodeUtf8(text))

export const decodeText: Backend['decodeText'] = (segment) => {
  const bytes = decodeBase64url(segment)
  return bytes && (decodeUtf8(bytes) ?? '')
}

export { isCanonical }
