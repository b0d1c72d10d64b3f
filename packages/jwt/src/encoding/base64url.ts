import type { Bytes } from './utf8'

// ECMAScript 2026; runtimes that lack it do it by hand.
interface Native {
  readonly toBase64?: (options: object) => string
}
interface NativeClass {
  readonly fromBase64?: (text: string, options: object) => Bytes
}

const UNPADDED = { alphabet: 'base64url', omitPadding: true }

/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2). */
export function encodeBase64url(bytes: Uint8Array): string {
  const { toBase64 } = bytes as Native
  if (toBase64) return toBase64.call(bytes, UNPADDED)
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_')
}

/** The text of 64 bytes, as signatures are: two bits of the last character are theirs. */
export const BYTES_64 = /^[\w-]{85}[AQgw]$/

/** Whether text is base64url as it is written: of a sequence of bytes there is exactly one. */
export const isCanonical = (text: string): boolean => BYTES_64.test(text) || decodeBase64url(text) !== undefined

/** The bytes of canonical base64url text, or undefined: no padding, no other character, no unused bits that are set. */
export function decodeBase64url(text: string): Bytes | undefined {
  try {
    const bytes = decodeLeniently(text)
    // What was passed over or taken for something else comes back as other text.
    return encodeBase64url(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}

/**
 * The bytes of text that is known to be canonical; of other text any.
 *
 * @throws Error - no base64 at all
 */
export function decodeLeniently(text: string): Bytes {
  const { fromBase64 } = Uint8Array as NativeClass
  if (fromBase64) return fromBase64.call(Uint8Array, text, UNPADDED)
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0))
}
