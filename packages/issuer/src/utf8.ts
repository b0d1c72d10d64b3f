const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const BEYOND_ASCII = /[\u0080-\u00ff]/

/** The text of bytes that are UTF-8 (RFC 3629) throughout; undefined for others. A byte order mark is a character. */
export function decodeUtf8(bytes: ArrayBuffer | Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** The same of bytes in base64 (RFC 4648 section 4); undefined for what is not base64 either. */
export function decodeUtf8Base64(base64: string): string | undefined {
  let characters: string
  try {
    characters = atob(base64)
  } catch {
    return undefined
  }
  if (!BEYOND_ASCII.test(characters)) return characters
  return decodeUtf8(Uint8Array.from(characters, (character) => character.charCodeAt(0)))
}
