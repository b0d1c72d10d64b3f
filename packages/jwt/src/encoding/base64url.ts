import { type Bytes, encodeUtf8 } from './utf8'

const ALPHABET = /* @__PURE__ */ encodeUtf8('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
/** Values of ASCII characters; −1, which a byte holds as 255, where a character has none. */
const VALUES = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(code))
const INVALID = 255
const ascii = /* @__PURE__ */ new TextDecoder()

/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2). */
export function encodeBase64url(bytes: Uint8Array): string {
  const { length } = bytes
  const text = new Uint8Array(Math.ceil((length * 4) / 3))
  let at = 0
  for (let i = 0; i < length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    // Writing beyond the end of a typed array does nothing, which is what an incomplete last group needs.
    for (let shift = 18; shift >= 0; shift -= 6) text[at++] = ALPHABET[(group >> shift) & 63] as number
  }
  return ascii.decode(text)
}

/**
 * The bytes of canonical base64url text, or undefined: no padding, no other character, no unused bits that are set, so
 * that one sequence of bytes has exactly one text.
 *
 * @param from - index of the first character
 * @param to - index after the last one
 */
export function decodeBase64url(text: string, from = 0, to = text.length): Bytes | undefined {
  const length = to - from
  if (length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  let at = 0
  let group = 0
  let bits = 0
  for (let i = from; i < to; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? INVALID
    if (value === INVALID) return undefined
    group = ((group << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = group >> bits
    }
  }
  return (group & ((1 << bits) - 1)) === 0 ? bytes : undefined
}
