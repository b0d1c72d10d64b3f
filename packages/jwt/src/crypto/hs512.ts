import type { Bytes } from '../encoding/utf8'
import { HS512 } from './algorithms'

/** HMAC with SHA-512 (RFC 7518 section 3.2) under one secret that was imported once. */
export interface Hs512 {
  readonly sign: (data: Bytes) => Promise<Bytes>
  readonly verify: (data: Bytes, signature: Bytes) => Promise<boolean>
}

/** Imports a secret of at least 64 bytes on first use. */
export function hs512(secret: Bytes): Hs512 {
  let imported: Promise<CryptoKey> | undefined
  const key = (): Promise<CryptoKey> => {
    imported ??= crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-512' }, false, ['sign', 'verify'])
    return imported
  }
  return {
    sign: async (data) => new Uint8Array(await crypto.subtle.sign('HMAC', await key(), data)),
    // subtle.verify compares in constant time; some runtimes throw on a wrong length, so it is asked for first.
    verify: async (data, signature) =>
      signature.length === HS512.signature && crypto.subtle.verify('HMAC', await key(), signature, data),
  }
}
