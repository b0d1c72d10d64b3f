import { decodeBase64url, encodeBase64url } from '@kit/jwt/encoding'
import { AuthorityError } from '../errors'
import { decodeUtf8 } from '../utf8'
import type { Keks } from './kek'

/** A sealed text: AES-256-GCM (SP 800-38D), the tag of 16 bytes at the end of the ciphertext. */
export interface Sealed {
  /** Which key-encryption key opens it. */
  readonly kek: string
  /** 12 random bytes, base64url. */
  readonly iv: string
  readonly ciphertext: string
}

const IV_BYTES = 12
const utf8 = new TextEncoder()

/**
 * Seals a text under the first key.
 *
 * @param context - what it belongs to: it opens nowhere else
 */
export async function seal(text: string, context: string, [{ id, key }]: Keks): Promise<Sealed> {
  // 2³² random nonces under one key are few enough (SP 800-38D section 8.3); an authority writes some a month.
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const params = { name: 'AES-GCM', iv, additionalData: utf8.encode(context) }
  const ciphertext = await crypto.subtle.encrypt(params, key, utf8.encode(text))
  return { kek: id, iv: encodeBase64url(iv), ciphertext: encodeBase64url(new Uint8Array(ciphertext)) }
}

/**
 * Opens what `seal` made of a text in the same context.
 *
 * @throws AuthorityError - `kek_unknown`; `key_document_tampered`: it was not sealed so; `key_document_invalid`
 */
export async function unseal(sealed: Sealed, context: string, keks: Keks): Promise<string> {
  const kek = keks.find(({ id }) => id === sealed.kek)
  if (kek === undefined) throw new AuthorityError('kek_unknown')
  const [iv, ciphertext] = [decodeBase64url(sealed.iv), decodeBase64url(sealed.ciphertext)]
  if (iv?.length !== IV_BYTES || ciphertext === undefined) throw new AuthorityError('key_document_invalid')
  const text = decodeUtf8(await decrypted(ciphertext, kek.key, iv, utf8.encode(context)))
  if (text === undefined) throw new AuthorityError('key_document_invalid')
  return text
}

type Bytes = Uint8Array<ArrayBuffer>

async function decrypted(ciphertext: Bytes, key: CryptoKey, iv: Bytes, additionalData: Bytes): Promise<ArrayBuffer> {
  try {
    return await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, ciphertext)
  } catch {
    throw new AuthorityError('key_document_tampered')
  }
}
