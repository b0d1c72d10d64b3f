/** Bytes that WebCrypto takes: not shared between threads. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = /* @__PURE__ */ new TextEncoder()
// ignoreBOM keeps a byte order mark in the text, where strict JSON refuses it; without it the mark would vanish.
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The UTF-8 bytes of a text. A lone surrogate becomes the three bytes of U+FFFD. */
export const encodeUtf8 = (text: string): Bytes => encoder.encode(text)

/** The text of UTF-8 bytes, or undefined where they are not UTF-8 (RFC 3629: no surrogates, no overlong forms). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Whether a text holds no lone surrogate, that is, whether UTF-8 can carry it. */
export const isWellFormed = (text: string): boolean => text.isWellFormed()

/** Whether a text takes more than `limit` bytes of UTF-8, a lone surrogate counting three. */
export function isLongerThan(text: string, limit: number): boolean {
  // A code unit takes one to three bytes: most texts need no counting, and a huge one is never encoded.
  return text.length > limit || (text.length * 3 > limit && encodeUtf8(text).length > limit)
}
