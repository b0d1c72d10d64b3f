// Ed25519 on other threads. Node.js and Bun have them for `node:crypto`; Deno has them for WebCrypto alone, where a signature
// takes as long to hand over as to make.
import type { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { Bytes } from '../../encoding/utf8'

const ED25519 = 'Ed25519'
const { subtle } = globalThis.crypto
const isDeno = 'Deno' in globalThis

/** Both ways to sign with one key. */
export interface Signing {
  readonly alone: (message: Uint8Array) => Buffer
  /** Missing where other threads would be no help. */
  readonly pooled?: (message: Bytes) => Promise<Buffer>
}

/** Both ways to verify with one key. */
export interface Verifying {
  readonly alone: (message: Uint8Array, signature: Uint8Array) => boolean
  readonly pooled: (message: Bytes, signature: Bytes) => Promise<boolean>
}

type Done<Result> = (error: Error | null, result: Result) => void

const promised = <Result>(begin: (done: Done<Result>) => void): Promise<Result> =>
  new Promise((resolve, reject) => begin((error, result) => (error ? reject(error) : resolve(result))))

/** @param pkcs8 - RFC 8410 section 7 */
export function signing(pkcs8: Buffer): Signing {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const alone: Signing['alone'] = (message) => sign(null, message, key)
  return isDeno ? { alone } : { alone, pooled: (message) => promised((done) => sign(null, message, key, done)) }
}

/** @param spki - RFC 8410 section 4 */
export function verifying(spki: Buffer): Verifying {
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  const alone: Verifying['alone'] = (message, signature) => verify(null, message, key, signature)
  if (!isDeno)
    return { alone, pooled: (message, signature) => promised((done) => verify(null, message, key, signature, done)) }
  let imported: Promise<CryptoKey> | undefined
  return {
    alone,
    pooled: async (message, signature) => {
      imported ??= subtle.importKey('spki', new Uint8Array(spki), ED25519, false, ['verify'])
      return subtle.verify(ED25519, await imported, signature, message)
    },
  }
}
