import type { Bytes } from './utf8'

// ECMAScript 2026; runtimes that lack it do it by hand.
interface Native {
  readonly toBase64?: (options: object) => string
}
interface NativeClass {
  readonly fromBase64?: (text: string, options: object) => Bytes
}

/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2). */
export function encodeBase64url(bytes: Uint8Array): string {
  const { toBase64 } = bytes as Native
  if (toBase64) return toBase64.call(bytes, { alphabet: 'base64url', omitPadding: true })
  let binary = ''
  for (let index = 0; index < bytes.length; index++) binary += String.fromCharCode(bytes[index] as number)
  return btoa(binary).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_')
}

/** Whole groups, and at the end one that is incomplete, whose last character has no unused bits that are set. */
const CANONICAL = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/

/** Whether text is base64url as it is written: of a sequence of bytes there is exactly one. */
export const isCanonical = (text: string): boolean => CANONICAL.test(text)

/** The bytes of canonical base64url text, or undefined: no padding, no other character, no unused bits that are set. */
export function decodeBase64url(text: string): Bytes | undefined {
  if (!isCanonical(text)) return undefined
  const { fromBase64 } = Uint8Array as unknown as NativeClass
  if (fromBase64) return fromBase64.call(Uint8Array, text, { alphabet: 'base64url' })
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
