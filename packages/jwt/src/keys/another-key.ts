import { parseJsonObject } from '../encoding/strict-json'

// How keys of other kinds begin: PEM (RFC 7468), SSH (RFC 4253), a member of every JWK (RFC 7517).
const MARKS = /-----BEGIN|ssh-ed25519|ssh-rsa|ecdsa-sha2-|"kty"/

const SEQUENCE = 0x30
const INTEGER = 0x02

const text = /* @__PURE__ */ new TextDecoder('latin1')

/**
 * Whether bytes are a key of another kind: PEM, SSH, JWK or JWKS anywhere in them, or DER from end to end. As a shared
 * secret it would be one that everybody may know.
 */
export const isAnotherKey = (bytes: Uint8Array): boolean =>
  MARKS.test(text.decode(bytes)) || isDer(bytes) || parseJsonObject(bytes) !== undefined

/**
 * One ASN.1 SEQUENCE that fills the bytes and begins with another one (SubjectPublicKeyInfo, a certificate) or with a number
 * (PKCS #1, PKCS #8, SEC 1). Of random 64 bytes, one in eight million look like this.
 */
export function isDer(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes
  const octets = first < 0x80 ? 0 : first & 0x7f
  if (tag !== SEQUENCE || octets > 3) return false
  const head = 2 + octets
  const length = octets === 0 ? first : bytes.subarray(2, head).reduce((sum, byte) => sum * 256 + byte, 0)
  const inner = bytes[head]
  return head + length === bytes.length && (inner === SEQUENCE || inner === INTEGER)
}
